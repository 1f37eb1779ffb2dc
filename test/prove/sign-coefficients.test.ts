/** Signs by coefficients: sums of products that are not negative are shown, strictly just where no end of a domain makes all of them zero. */
import { describe, expect, it } from 'vitest';
import { substituteSymbol } from '../../src/expression/calculus/substitute-symbol.ts';
import {
  add,
  asNumber,
  constant,
  type Expression,
  factorExpression,
  multiply,
  scale,
  subtract,
} from '../../src/expression/core/expression.ts';
import { Rational } from '../../src/number/rational.ts';
import { hasPositiveCoefficients } from '../../src/prove/sign/sign-coefficients.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 100);
const shows = (text: string, strictly: boolean): boolean =>
  hasPositiveCoefficients(unfold(typed(text), ample(), FACTS), strictly, FACTS);

/** A letter, numbers inside its domain, and the ends that belong to it. */
const LETTERS: readonly { readonly name: string; readonly inside: Rational; readonly ends: readonly number[] }[] = [
  { name: 'b', inside: Rational.of(1, 3), ends: [] },
  { name: 'c', inside: Rational.of(1, 3), ends: [1] },
  { name: 'w', inside: Rational.of(1, 3), ends: [0] },
  { name: 'e', inside: Rational.of(5, 2), ends: [0] },
  { name: 'm', inside: Rational.of(5, 2), ends: [] },
  { name: 'u', inside: Rational.of(2, 3), ends: [] },
  { name: 't', inside: Rational.of(1, 3), ends: [] },
  { name: 'v', inside: Rational.of(-7, 3), ends: [-1] },
];

/** Products of distances to the ends of domains, each to some power, with positive weights. */
function drawn(random: Random, letters: typeof LETTERS): Expression {
  const distances = (name: string): readonly Expression[] => {
    const { lower, upper } = FACTS.domain(name) ?? { lower: null, upper: null };
    const letter = factorExpression({ kind: 'symbol', name });
    return [
      ...(lower === null ? [] : [subtract(letter, constant(lower))]),
      ...(upper === null ? [] : [subtract(constant(upper), letter)]),
    ];
  };
  const product = (): Expression =>
    multiply(
      ...letters.flatMap(({ name }) =>
        distances(name).flatMap(distance => Array.from({ length: random.pick([0, 0, 1, 2, 3]) }, () => distance)),
      ),
    );
  return add(
    ...Array.from({ length: random.int(1, 3) }, () =>
      scale(product(), Rational.of(random.int(1, 4), random.int(1, 3))),
    ),
  );
}

/** Values inside of all domains and at all ends that belong to them. */
function valuesOf(expression: Expression, letters: typeof LETTERS): Rational[] {
  const [first, ...rest] = letters;
  if (first === undefined) return [asNumber(expression) ?? Rational.zero];
  return [first.inside, ...first.ends.map(end => Rational.of(end))].flatMap(at =>
    valuesOf(substituteSymbol(expression, first.name, constant(at), FACTS), rest),
  );
}

describe('sums of products that are not negative', () => {
  it('are shown, and strictly where they are zero at no end', () => {
    const random = new Random(7);
    const counts = { strict: 0, weak: 0 };
    for (let run = 0; run < RUNS; run += 1) {
      const letters = LETTERS.filter(() => random.chance(30)).slice(0, 3);
      const expression = drawn(random, letters);
      const isStrict = valuesOf(expression, letters).every(value => value.sign() > 0);
      expect(hasPositiveCoefficients(expression, false, FACTS)).toBe(true);
      expect(hasPositiveCoefficients(expression, true, FACTS)).toBe(isStrict);
      expect(hasPositiveCoefficients(scale(expression, Rational.minusOne), false, FACTS)).toBe(false);
      counts[isStrict ? 'strict' : 'weak'] += 1;
    }
    expect(Math.min(counts.strict, counts.weak)).toBeGreaterThan(RUNS / 10);
  });
});

describe('by coefficients alone', () => {
  it.each([
    '1-b',
    '1-b^9',
    '1-a b^2',
    '1-a+a^2',
    '1-3a+3a^2',
    '2-b-t',
    '(1-b)(u^2-u+1)',
    '1+x^2',
    '2b 3^n',
    '1+n',
    '1+(n+2)b',
    '1+(\\nabla_jE)^2',
    '1-c+q',
    '\\frac{1-b}{m}+1',
    '1+\\sum_{i=1}^{p}(\\nabla_iE)^2',
  ])('%s is positive', text => {
    expect(shows(text, true)).toBe(true);
    expect(shows(text, false)).toBe(true);
  });
  it.each([
    '0',
    'e',
    '(1-c)b^n',
    'w^n',
    'e^n q',
    'n',
    'n+b n^2',
    'n(n+1)',
    'x^2',
    '(1-b)x^2',
    '(\\nabla_jE)^2(1-b)',
    '\\sqrt{(\\nabla_jE)^2+e}',
    '(1-b)\\sqrt{1+x^2}',
    '\\frac{1}{(x+y)^2}',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2',
    '\\sum_{i=1}^{p}\\sum_{k=0}^{n}(\\nabla_iE_k)^2-b\\sum_{i=1}^{p}\\sum_{k=0}^{n}(\\nabla_iE_k)^2',
    '\\sum_{k=0}^{n}b^k',
  ])('%s is not negative, and no more is said', text => {
    expect(shows(text, false)).toBe(true);
    expect(shows(text, true)).toBe(false);
  });
  it.each([
    '-1',
    'b-1',
    'b-a',
    'x',
    'x^3',
    'y x^2',
    't',
    't^3+1-b',
    'v^n',
    'x^n',
    '(-1)^n+1',
    '\\nabla_jE',
    '(\\nabla_jE)^3+1',
    '\\frac{1}{x+y}',
    '\\frac{1}{(x+y)^3}',
    'n-1',
    '(n-1)b',
    'p-n',
    'x\\sqrt{1+x^2}',
    '\\phi(x)',
    // What stands under other sums is something else.
    '\\sum_{k=1}^{n}(\\nabla_jE_k)^2-\\sum_{k=0}^{n}(\\nabla_jE_k)^2',
    '\\sum_{i=1}^{j}(\\nabla_iE)^2-\\sum_{i=1}^{p}(\\nabla_iE)^2',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2-(\\nabla_jE)^2',
    // As are other factors.
    'x^2-y^2',
    'b^n-b^{2n}-a^n',
    '2^n-3^n',
  ])('nothing is said of %s', text => {
    expect(shows(text, false)).toBe(false);
    expect(shows(text, true)).toBe(false);
  });
});
