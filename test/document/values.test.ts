/**
 * Formulas as authors type them against values that were computed without the program (values/make-table.py): each is the right side of a claim
 * and is evaluated as it was read.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { Program } from '../../src/evaluate/program/program.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import { Rational } from '../../src/number/rational.ts';
import { read } from './reading.ts';

interface Pair {
  readonly latex: string;
  readonly rows: string;
  readonly setting: 'full-batch' | 'mini-batch';
  readonly component: number;
  readonly value: string;
}
interface World {
  readonly n: number;
  readonly theta: string[];
  readonly h: string;
  readonly hyperparameters: Record<string, string>;
  readonly vectors: Record<string, string[]>;
  readonly losses: { powers: number[]; coefficient: string }[][];
}
const { world, pairs } = JSON.parse(readFileSync(new URL('values/table.json', import.meta.url), 'utf8')) as {
  world: World;
  pairs: Pair[];
};

const DIGITS = 40;
const ring = new FloatRing(60);
const rational = (text: string): Rational => Rational.parse(text) ?? Rational.zero;
const losses = world.losses.map(
  terms => new PolynomialLoss(terms.map(({ powers, coefficient }) => ({ powers, coefficient: rational(coefficient) }))),
);
const HEAD = {
  'full-batch': String.raw`\theta^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)})`,
  'mini-batch': String.raw`\theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)})`,
};

const known = new Map<string, Claim>();

/** The one claim of a document in which the formula is the right side: a number is claimed to be x, a vector to be v. */
function claimOf({ latex, rows, setting, component }: Pair, preamble: string): Claim {
  const text = String.raw`${preamble}
% !modeq optimizer gd
% !modeq where \beta in (0,1), \rho in (0,1), \varepsilon > 0
\[ ${HEAD[setting]} \]
% !modeq claim c order=1
% !modeq where x > 0, u vector, v vector
\begin{gather} ${component === 0 ? 'x' : 'v'} = ${latex}${rows === '' ? '' : String.raw`, \\ ${rows}`} \end{gather}
`;
  const before = known.get(text);
  if (before !== undefined) return before;
  const document: ModeqDocument = read(text);
  const [claim] = document.claims;
  const problems = [...document.problems, ...document.unreadable.flatMap(each => each.problems)];
  if (claim === undefined) throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join('; '));
  known.set(text, claim);
  return claim;
}

function evaluated(pair: Pair, preamble = ''): string {
  const claim = claimOf(pair, preamble);
  const [statement] = claim.statements;
  if (statement === undefined) throw new Error('nothing is stated');
  const instance: Instance = {
    n: world.n,
    theta: world.theta.map(rational),
    setting: pair.setting,
    hyperparameters: new Map(Object.entries(world.hyperparameters).map(([name, value]) => [name, rational(value)])),
    losses: pair.setting === 'full-batch' ? losses.slice(-1) : losses,
    functions: new Map(),
    schedules: new Map(),
    vectors: new Map(Object.entries(world.vectors).map(([name, value]) => [name, value.map(rational)])),
  };
  const program = new Program({ definitions: claim.definitions, declarations: claim.declarations });
  const environment = instanceEnvironment(instance, ring, ring.fromRational(rational(world.h)));
  const value = new Evaluator(program, environment).at(statement.right, world.n, Math.max(1, pair.component));
  return printFloat(value, DIGITS);
}

/** Equal to within one unit of the last digit that both have. */
function isClose(one: string, other: string): boolean {
  const [a, b] = [one, other].map(text => rational(text));
  if (a === undefined || b === undefined) return false;
  const size = a.abs().compare(Rational.one) > 0 ? a.abs() : Rational.one;
  return (
    a
      .subtract(b)
      .abs()
      .compare(size.multiply(Rational.of(1n, 10n ** BigInt(DIGITS - 2)))) < 0
  );
}

describe('formulas have the values that they have outside of the program', () => {
  it('there are enough of them', () => {
    expect(new Set(pairs.map(({ latex, rows }) => `${latex} ${rows}`)).size).toBeGreaterThanOrEqual(180);
  });
  it.each(pairs.map(pair => [pair.latex, pair.rows, pair.component, pair] as const))(
    '%s %s (%s)',
    (_, __, ___, pair) => {
      const value = evaluated(pair);
      expect(isClose(value, pair.value), `${value} is not ${pair.value}`).toBe(true);
    },
  );
  it('a value that is off in the last digits is seen', () => {
    const [first] = pairs;
    expect(first && isClose(first.value, `${first.value.slice(0, -4)}9999`)).toBe(false);
  });
});

/** Ways to type the same: what it says may not depend on them. */
const REWRITINGS: readonly { readonly name: string; readonly apply: (pair: Pair) => Pair & { preamble?: string } }[] = [
  {
    name: 'through a macro',
    apply: pair => ({ ...pair, latex: String.raw`\expr`, preamble: String.raw`\newcommand{\expr}{${pair.latex}}` }),
  },
  {
    name: 'through a macro with arguments',
    apply: pair => ({
      ...pair,
      latex: String.raw`\both{${pair.latex}}{0}`,
      preamble: String.raw`\newcommand{\both}[2]{\left(#1\right)+#2}`,
    }),
  },
  {
    name: 'under a name',
    apply: pair => ({
      ...pair,
      latex: 'Z',
      rows: `${pair.rows === '' ? '' : `${pair.rows}, \\quad `}Z := ${pair.latex}`,
    }),
  },
  {
    name: 'doubled and halved',
    apply: pair => ({ ...pair, latex: String.raw`\frac{2\left(${pair.latex}\right)}{2}` }),
  },
  {
    name: 'as two halves',
    apply: pair => ({ ...pair, latex: String.raw`\tfrac12\bigl(${pair.latex}\bigr) + \frac{${pair.latex}}2` }),
  },
  {
    name: 'by its component',
    apply: pair =>
      pair.component === 0
        ? { ...pair, latex: String.raw`-\left[-(${pair.latex})\right]` }
        : { ...pair, latex: String.raw`\left(${pair.latex}\right)_${pair.component}`, component: 0 },
  },
];

describe('the same typed in another way has the same value', () => {
  const chosen = pairs.filter(({ component }) => component <= 1);
  it.each(chosen.map((pair, at) => [pair.latex, pair.rows, at, pair] as const))('%s %s', (_, __, at, pair) => {
    for (const turn of [0, 1, 2]) {
      const rewriting = REWRITINGS[(at + 2 * turn) % REWRITINGS.length];
      if (rewriting === undefined) throw new Error('there is no such rewriting');
      const { preamble = '', ...rewritten } = rewriting.apply(pair);
      expect(isClose(evaluated(rewritten, preamble), pair.value), `${rewriting.name}: ${rewritten.latex}`).toBe(true);
    }
  });
});
