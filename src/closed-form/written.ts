/** A product as it will be written: its sign, its number, what stands above and below the bar. */
import { addition, divide, negation, number, productOfFactors } from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import { costOf } from './cost.ts';

/** ± number · above / below. */
export interface Written {
  readonly negative: boolean;
  readonly number: Rational;
  readonly above: readonly Formula[];
  readonly below: readonly Formula[];
}

/** The shortest of several ways to write one value. */
export const shortest = (ways: readonly Written[]): Written => {
  const [first, ...others] = ways;
  if (first === undefined) throw new Error('there is always one way to write a fraction');
  return others.reduce((a, b) => (costOf(joined(b)) < costOf(joined(a)) ? b : a), first);
};

/** The formula of what is written, with further factors beside it. */
export function joined({ negative, number: value, above, below }: Written, tail: readonly Formula[] = []): Formula {
  const top = value.num === 1n && above.length > 0 ? above : [number(Rational.of(value.num)), ...above];
  const bottom = value.den === 1n ? below : [number(Rational.of(value.den)), ...below];
  const isOne = value.num === 1n && above.length === 0 && bottom.length === 0;
  // θ_j stands above the bar, a sum or a gradient beside it.
  const short = bottom.length === 0 ? [] : tail.filter(each => each.kind === 'iterate');
  const beside = bottom.length === 0 ? tail : tail.filter(each => each.kind !== 'iterate');
  const over = value.num === 1n && above.length === 0 && short.length > 0 ? short : [...top, ...short];
  const front = bottom.length === 0 ? top : [divide(productOfFactors(over), productOfFactors(bottom))];
  const result = productOfFactors(isOne && tail.length > 0 ? tail : [...front, ...beside]);
  return negative ? negation(result) : result;
}

/** A number times the sum of the parts; a minus of every part stands in front of it. */
export function sumOf(parts: readonly Written[], factor: Rational): Written {
  const ordered = [...parts].sort((a, b) => Number(a.negative) - Number(b.negative));
  const negative = ordered[0]?.negative ?? false;
  const sum = addition(...ordered.map(each => joined({ ...each, negative: each.negative !== negative })));
  return { negative, number: factor, above: [sum], below: [] };
}
