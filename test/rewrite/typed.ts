/** Normal forms from text, for tests that look at one function: what is typed is read as in a claim. */
import { Budget } from '../../src/base/budget.ts';
import { type Assumptions, assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import type { Meaning } from '../../src/expression/read/meaning.ts';
import type { Declaration, Domain } from '../../src/formula/declaration.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { readFormula } from '../../src/latex/read/read-formula.ts';
import type { FormalLetter, NameRole } from '../../src/latex/read/scope.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { Rational } from '../../src/number/rational.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';

/** `(0,1)`, `[0,\infty)` … with whole numbers. */
function domain(text: string): Domain {
  const [lower = '', upper = ''] = text.slice(1, -1).split(',');
  return {
    lower: lower === '-' ? null : Rational.of(Number(lower)),
    lowerOpen: text.startsWith('('),
    upper: upper === '' ? null : Rational.of(Number(upper)),
    upperOpen: text.endsWith(')'),
  };
}

/** a, b, d between 0 and 1, c with its end 1 and w with its end 0; e and f from 0 on; q and m above them; u to 2, v below −1; x and y any number. */
const DOMAINS = {
  a: '(0,1)',
  b: '(0,1)',
  d: '(0,1)',
  c: '(0,1]',
  w: '[0,1)',
  e: '[0,)',
  f: '[0,)',
  q: '(0,)',
  m: '(1,)',
  t: '(-1,1)',
  u: '(0,2)',
  v: '(-,-1]',
  x: '(-,)',
  y: '(-,)',
} as const;

export const DECLARATIONS: readonly Declaration[] = Object.entries(DOMAINS).map(([name, text]) => ({
  kind: 'scalar',
  name,
  domain: domain(text),
  span: null,
}));

export const FACTS: Assumptions = assumptionsOf(DECLARATIONS);

const NAMES: ReadonlyMap<string, NameRole> = new Map<string, NameRole>([
  ...Object.keys(DOMAINS).map(name => [name, { kind: 'scalar' }] as const),
  ['\\eta', { kind: 'schedule' }],
  ['\\phi', { kind: 'function' }],
  ['K', { kind: 'vector-function', result: 'scalar' }],
]);
const FIXED: ReadonlyMap<string, FormalLetter> = new Map<string, FormalLetter>([
  ['j', { name: '#j', sort: 'coordinate' }],
  ['n', { name: '#n', sort: 'history' }],
]);

const MEANING = {
  declarations: [
    ...DECLARATIONS,
    { kind: 'schedule', name: '\\eta', span: null },
    { kind: 'function', name: '\\phi', odd: false, formal: 'x', body: null, span: null },
    { kind: 'vector-function', name: 'K', result: 'scalar', span: null },
  ],
  definitions: [],
  order: 0,
} satisfies Meaning;
const reader = new FormulaReader(MEANING);
const readerOfClaims = new FormulaReader({ ...MEANING, endsAtForms: true });

/** The normal form of what is typed, with n, j and the names above. */
export const typed = (text: string): Expression => coefficient(reader.read(formulaOf(text)), 0);

/** The same as in a claim, where products keep their ranges and ends may be forms. */
export const typedInClaim = (text: string): Expression => coefficient(readerOfClaims.read(formulaOf(text)), 0);

function formulaOf(text: string): Formula {
  return readFormula(tokenize({ name: 'formula', text }), {
    notation: DEFAULT_NOTATION,
    names: NAMES,
    where: 'claim',
    componentwiseVectors: false,
    warnings: [],
    fixed: FIXED,
  });
}

/** Enough for all that is typed in a test. */
export const ample = (): Budget => new Budget(100_000);
