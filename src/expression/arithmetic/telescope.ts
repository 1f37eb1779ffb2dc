/** Products over an index whose factors cancel but for a few at either end. */
import { addForms, type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import type { Rational } from '../../number/rational.ts';
import { type Expression, factorExpression } from '../core/expression.ts';
import { type FactorPower, factorKey, plainExponent, substituteFactor } from '../core/factor.ts';
import type { Factor } from '../core/factors.ts';
import { indexName } from '../core/indices.ts';
import { type Assumptions, withIndices } from './assumptions.ts';
import type { CountedProduct } from './orient-product.ts';
import { power } from './power.ts';
import { comparison } from './sum-range.ts';
import { hasThinZeros } from './thin-zeros.ts';

const MAX_TELESCOPED = 8;

/** Pairs f(i)^e · f(i+d)^{−e} leave only d ends on each side; `rest` is what finds no partner. */
export function telescope(
  moving: readonly FactorPower[],
  open: number,
  { lower, upper }: Pick<CountedProduct, 'lower' | 'upper'>,
  assumptions: Assumptions,
): { readonly ends: readonly Expression[]; readonly rest: readonly FactorPower[] } {
  const rest = [...moving];
  const parts: Expression[] = [];
  // What stays is taken at places after the range as well.
  const from = comparison(addForms(lower, variableForm(open), -1), open);
  const inside = withIndices(assumptions, assumptions.indices.with(from === null ? [] : [from]));
  for (let i = 0; i < rest.length; i += 1) {
    const early = rest[i];
    const exponent = early === undefined ? null : plainExponent(early.exponent);
    if (early === undefined || exponent === null) continue;
    const found = mayVanish(early.factor, inside) ? null : findPartner(early.factor, exponent.negate(), rest, open);
    if (found === null) continue;
    const at = (form: LinearForm): Expression =>
      factorExpression(substituteFactor(early.factor, new Map([[open, form]])));
    for (let end = 0; end < found.distance; end += 1) {
      parts.push(
        power(at(shiftForm(lower, end)), exponent, assumptions),
        power(at(shiftForm(upper, 1 + end)), exponent.negate(), assumptions),
      );
    }
    rest.splice(Math.max(i, found.position), 1);
    rest.splice(Math.min(i, found.position), 1);
    i = -1;
  }
  return { ends: parts, rest };
}

/** i − 1 and 1 − β^{i−1} are zero inside a range from 1 on, where what telescoping leaves is 0/0. */
const mayVanish = (factor: Factor, inside: Assumptions): boolean => !hasThinZeros(factorExpression(factor), inside);

/** Where f(i + d)^exponent stands, for the least d ≥ 1. */
function findPartner(
  early: Factor,
  exponent: Rational,
  among: readonly FactorPower[],
  open: number,
): { readonly position: number; readonly distance: number } | null {
  for (let distance = 1; distance <= MAX_TELESCOPED; distance += 1) {
    const next = factorKey(substituteFactor(early, new Map([[open, variableForm(open, distance)]])), indexName);
    const position = among.findIndex(
      late => factorKey(late.factor, indexName) === next && (plainExponent(late.exponent)?.equals(exponent) ?? false),
    );
    if (position !== -1) return { position, distance };
  }
  return null;
}
