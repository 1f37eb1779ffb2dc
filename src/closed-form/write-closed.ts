/** Terms in closed form as one formula; terms whose fractions are nearly the same share them where that is shorter. */
import * as build from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import type { Variables } from '../rewrite/polynomial-variables.ts';
import { divideFractions, type Fraction } from '../algebra/rational-function.ts';
import type { ClosedTerm } from './closed-terms.ts';
import { costOf } from './cost.ts';
import { gradientOf } from './recognise.ts';
import { type ClosedOptions, FractionWriter } from './write-fraction.ts';

/** The sum of the terms; those whose fractions differ by a number and hyperparameters only share the fraction. */
export function writeClosed(terms: readonly ClosedTerm[], options: ClosedOptions): Formula {
  const apart = terms.map(term => writeTerm(term, options));
  const together = shareFractions(terms).map(group => writeGroup(group, options));
  const parts = total(together) < total(apart) ? together : apart;
  const weight = (formula: Formula): number =>
    (formula.kind === 'negate' ? 10_000 : 0) + (hasPoint(formula) ? 1000 : 0) + costOf(formula);
  const ordered = [...parts].sort((a, b) => weight(a) - weight(b));
  const [only] = ordered;
  if (only === undefined) return build.number(0);
  return ordered.length === 1 ? only : build.addition(...ordered);
}

/** θ_j as a factor: such terms come last. */
function hasPoint(formula: Formula): boolean {
  if (formula.kind === 'iterate') return true;
  return ['negate', 'multiply', 'divide', 'power'].includes(formula.kind) && children(formula).some(hasPoint);
}

const total = (formulas: readonly Formula[]): number => formulas.reduce((sum, formula) => sum + costOf(formula), 0);

interface Sharing {
  readonly first: ClosedTerm;
  /** Terms with what their fractions are of the first one's. */
  readonly others: readonly { readonly term: ClosedTerm; readonly ratio: Fraction }[];
}

function shareFractions(terms: readonly ClosedTerm[]): Sharing[] {
  const groups: Sharing[] = [];
  for (const term of [...terms].sort(
    (a, b) => a.fraction.above.length + degreeOf(a.fraction) - b.fraction.above.length - degreeOf(b.fraction),
  )) {
    const known = groups.flatMap(({ first }, position) => {
      const ratio =
        tailOf(term).length === 0 || tailOf(first).length === 0
          ? null
          : divideFractions(term.fraction, first.fraction, term.variables.factor);
      return ratio !== null && isSimple(ratio, term.variables) ? [{ position, ratio }] : [];
    })[0];
    const group = known === undefined ? undefined : groups[known.position];
    if (known === undefined || group === undefined) groups.push({ first: term, others: [] });
    else groups[known.position] = { ...group, others: [...group.others, { term, ratio: known.ratio }] };
  }
  return groups;
}

const degreeOf = ({ above }: Fraction): number =>
  above.flatMap(({ monomial }) => monomial).reduce((sum, [, exponent]) => sum + exponent, 0);

/** A number times positive powers of hyperparameters. */
const isSimple = ({ above, below }: Fraction, variables: Variables): boolean =>
  below.length === 0 &&
  above.length === 1 &&
  above.every(({ monomial }) =>
    monomial.every(([id, exponent]) => exponent > 0 && variables.get(id).kind === 'symbol'),
  );

function writeGroup({ first, others }: Sharing, options: ClosedOptions): Formula {
  if (others.length === 0) return writeTerm(first, options);
  const writer = new FractionWriter(first.variables, options, first.letters);
  const sum = build.addition(
    build.productOfFactors(tailOf(first)),
    ...others.map(({ term, ratio }) => writer.formula(ratio, tailOf(term))),
  );
  return writer.formula(first.fraction, [sum]);
}

/** One term. */
export function writeTerm(term: ClosedTerm, options: ClosedOptions): Formula {
  return new FractionWriter(term.variables, options, term.letters).formula(term.fraction, tailOf(term));
}

const tailOf = ({ potentials, sums }: ClosedTerm): Formula[] => [...potentials.map(gradientOf), ...sums];
