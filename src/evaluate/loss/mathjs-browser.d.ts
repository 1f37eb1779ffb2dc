/** The part of mathjs' browser build that is used: it loads in 0.2 s, the package's main entry in 1 to 2.5 s. */
declare module 'mathjs/lib/browser/math.js' {
  /** A parsed node; which fields are there depends on `type`. */
  export interface MathNode {
    readonly type: string;
    readonly op?: string;
    readonly implicit?: boolean;
    readonly args?: readonly MathNode[];
    readonly content?: MathNode;
    readonly name?: string;
    readonly value?: unknown;
    readonly fn?: { readonly name?: string };
  }
  export interface MathInstance {
    parse(text: string): MathNode;
    derivative(node: MathNode, variable: string, options: { readonly simplify: false }): MathNode;
  }
  const math: { readonly all: object; create(factories: object): MathInstance };
  export default math;
}
