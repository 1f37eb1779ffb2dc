/** Reading a formula from text in the tests of this folder, with names of every role. */
import type { Problem } from '../../src/base/problem.ts';
import { Refusal } from '../../src/base/problem.ts';
import { positionAt } from '../../src/base/span.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { readFormula } from '../../src/latex/read/read-formula.ts';
import type { FormalLetter, NameRole, NameScope } from '../../src/latex/read/scope.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import type { Notation } from '../../src/optimizer/model.ts';

export const NAMES: ReadonlyMap<string, NameRole> = new Map<string, NameRole>([
  ...['a', 'b', 'c', 'x', '\\beta', '\\beta_1', '\\rho', '\\varepsilon', '\\lambda', '\\delta', '\\lambda_\\max'].map(
    name => [name, { kind: 'scalar' }] as const,
  ),
  ['\\eta', { kind: 'schedule' }],
  ['\\phi', { kind: 'function' }],
  ['K', { kind: 'vector-function', result: 'scalar' }],
  ['\\Phi', { kind: 'vector-function', result: 'vector' }],
  ['v', { kind: 'vector' }],
  ['u', { kind: 'vector' }],
  ['m', { kind: 'state', componentwise: true }],
  ['\\nu', { kind: 'state', componentwise: true }],
  ['\\boldsymbol{m}', { kind: 'state', componentwise: true }],
  ['s', { kind: 'state', componentwise: false }],
  ...['R', 'M', 'L', 'P', '\\bar{L}', '\\bar{P}', '\\hat{m}', 'y', 'g'].map(
    name => [name, { kind: 'quantity', indices: 1, labels: 1 }] as const,
  ),
  ['\\gamma', { kind: 'quantity', indices: 1, labels: 0, indexSorts: ['history'] }],
  ['A', { kind: 'quantity', indices: 2, labels: 0 }],
  ['D', { kind: 'quantity', indices: 1, labels: 2 }],
  ['f', { kind: 'quantity', indices: 0, labels: 0 }],
]);

export interface Options {
  readonly notation?: Partial<Notation>;
  readonly where?: NameScope['where'];
  readonly componentwise?: boolean;
  readonly fixed?: ReadonlyMap<string, FormalLetter>;
  readonly points?: ReadonlySet<string>;
}

export const INDICES: ReadonlyMap<string, FormalLetter> = new Map<string, FormalLetter>([
  ['j', { name: '#j', sort: 'coordinate' }],
  ['n', { name: '#n', sort: 'history' }],
  ['i', { name: 'i', sort: 'coordinate' }],
  ['r', { name: 'r', sort: 'coordinate' }],
  ['k', { name: 'k', sort: 'history' }],
  ['l', { name: 'l', sort: 'history' }],
]);

export function scopeOf(options: Options, warnings: Problem[] = []): NameScope {
  return {
    notation: { ...DEFAULT_NOTATION, ...options.notation },
    names: NAMES,
    where: options.where ?? 'claim',
    componentwiseVectors: options.componentwise ?? false,
    warnings,
    fixed: options.fixed ?? INDICES,
    ...(options.points === undefined ? {} : { points: options.points }),
  };
}

/** The formula of a text; j, n, i, r, k, l are fixed on the left unless the options say otherwise. */
export function read(text: string, options: Options = {}): Formula {
  return readFormula(tokenize({ name: 'formula', text }), scopeOf(options));
}

/** The codes of the warnings. */
export function warningsOf(text: string, options: Options = {}): string[] {
  const warnings: Problem[] = [];
  readFormula(tokenize({ name: 'formula', text }), scopeOf(options, warnings));
  return warnings.map(warning => warning.code);
}

/** `code at line:column`, or null where the text is read. */
export function refusalOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, span } = error.problem;
    if (span === undefined) return code;
    const { line, column } = positionAt(span.source.text, span.start);
    return `${code} at ${line}:${column}`;
  }
}
