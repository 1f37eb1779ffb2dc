/** Written by tools/playground.ts from the documents under derivations/. */
declare module 'modeq:catalogue' {
  const catalogue: {
    readonly examples: readonly { readonly id: string; readonly title: string; readonly text: string }[];
    readonly claims: readonly { readonly id: string; readonly about: string; readonly text: string }[];
  };
  export default catalogue;
}
