/**
 * The one table of elementary functions, known without a declaration: how each is written and read, what is known of its values, and the
 * value itself. Only its two derivatives stand elsewhere: as an expression in `expression/functions.ts`, as the recurrence of its
 * coefficients in `simulate/jet/jet.ts` and `evaluate/ring/series-ring.ts`; a test holds them against each other.
 *
 * Source of the values: NIST Digital Library of Mathematical Functions, chapter 4.
 */
import { Rational } from '../number/rational.ts';

export type ElementaryName = 'exp' | 'log' | 'tanh' | 'sin' | 'cos' | 'cosh' | 'sinh' | 'arctan' | 'sign';

/** What a value is computed with; a ring of the numeric route is one. A function such as 1/(1+e^{-x}) is put together from these. */
export interface ElementaryArithmetic<T> {
  fromRational(value: Rational): T;
  add(a: T, b: T): T;
  negate(a: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  exp(a: T): T;
  log(a: T): T;
  tanh(a: T): T;
  sin(a: T): T;
  cos(a: T): T;
  sinh(a: T): T;
  cosh(a: T): T;
  arctan(a: T): T;
  sign(a: T): -1 | 0 | 1;
}

export interface ElementaryFunction {
  readonly name: ElementaryName;
  /** How LaTeX is written, and every way it is read: as a command, and as a word inside `\operatorname`, `\mathrm`, `\text`. */
  readonly latex: string;
  readonly commands: readonly string[];
  readonly words: readonly string[];
  readonly parity: 'odd' | 'even' | null;
  /** The value at 0 where it is a rational number. */
  readonly atZero: number | null;
  /** The least and the greatest value for real arguments; null where there is none. `positive`: 0 is never taken. */
  readonly range: { readonly least: number | null; readonly greatest: number | null; readonly positive: boolean };
  /** Has a value for positive arguments only. */
  readonly ofPositive: boolean;
  /** Has derivatives of every order wherever it has a value. */
  readonly smooth: boolean;
  readonly float: (x: number) => number;
  readonly value: <T>(arithmetic: ElementaryArithmetic<T>, x: T) => T;
}

const ANY = { least: null, greatest: null, positive: false } as const;
const WITHIN_ONE = { least: -1, greatest: 1, positive: false } as const;
const TOTAL = { ofPositive: false, smooth: true } as const;

export const ELEMENTARY_FUNCTIONS: readonly ElementaryFunction[] = [
  {
    name: 'exp',
    latex: '\\exp',
    commands: ['\\exp'],
    words: ['exp'],
    parity: null,
    atZero: 1,
    range: { least: 0, greatest: null, positive: true },
    ...TOTAL,
    float: Math.exp,
    value: (ring, x) => ring.exp(x),
  },
  {
    name: 'log',
    latex: '\\log',
    commands: ['\\log', '\\ln'],
    words: ['log', 'ln'],
    parity: null,
    atZero: null,
    range: ANY,
    ofPositive: true,
    smooth: true,
    float: Math.log,
    value: (ring, x) => ring.log(x),
  },
  {
    name: 'tanh',
    latex: '\\tanh',
    commands: ['\\tanh'],
    words: ['tanh'],
    parity: 'odd',
    atZero: 0,
    range: WITHIN_ONE,
    ...TOTAL,
    float: Math.tanh,
    value: (ring, x) => ring.tanh(x),
  },
  {
    name: 'sin',
    latex: '\\sin',
    commands: ['\\sin'],
    words: ['sin'],
    parity: 'odd',
    atZero: 0,
    range: WITHIN_ONE,
    ...TOTAL,
    float: Math.sin,
    value: (ring, x) => ring.sin(x),
  },
  {
    name: 'cos',
    latex: '\\cos',
    commands: ['\\cos'],
    words: ['cos'],
    parity: 'even',
    atZero: 1,
    range: WITHIN_ONE,
    ...TOTAL,
    float: Math.cos,
    value: (ring, x) => ring.cos(x),
  },
  {
    name: 'cosh',
    latex: '\\cosh',
    commands: ['\\cosh'],
    words: ['cosh'],
    parity: 'even',
    atZero: 1,
    range: { least: 1, greatest: null, positive: true },
    ...TOTAL,
    float: Math.cosh,
    value: (ring, x) => ring.cosh(x),
  },
  {
    name: 'sinh',
    latex: '\\sinh',
    commands: ['\\sinh'],
    words: ['sinh'],
    parity: 'odd',
    atZero: 0,
    range: ANY,
    ...TOTAL,
    float: Math.sinh,
    value: (ring, x) => ring.sinh(x),
  },
  {
    name: 'arctan',
    latex: '\\arctan',
    commands: ['\\arctan'],
    words: ['arctan', 'atan'],
    parity: 'odd',
    atZero: 0,
    range: ANY,
    ...TOTAL,
    float: Math.atan,
    value: (ring, x) => ring.arctan(x),
  },
  {
    name: 'sign',
    latex: '\\operatorname{sign}',
    commands: [],
    words: ['sign', 'sgn', 'Sign'],
    parity: 'odd',
    atZero: 0,
    range: WITHIN_ONE,
    ofPositive: false,
    smooth: false,
    float: Math.sign,
    value: (ring, x) => ring.fromRational(Rational.of(ring.sign(x))),
  },
];

const byName = new Map<string, ElementaryFunction>(ELEMENTARY_FUNCTIONS.map(each => [each.name, each]));

/** The elementary function of that name; null where there is none. */
export const elementaryFunction = (name: string): ElementaryFunction | null => byName.get(name) ?? null;

/** The elementary function of a name that is one. */
export function elementary(name: ElementaryName): ElementaryFunction {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no elementary function ${name}`);
  return found;
}
