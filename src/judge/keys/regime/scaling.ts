/** Statements about a regime: which regime, how quantities scale in it, and the terms that a right side shows. */
import { type Regime, regimeOfComponent } from '../../../notation/regimes.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import type { Formula } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import * as build from '../../../formula/build.ts';
import type { Rational } from '../../../number/rational.ts';
import { regimeDimension } from '../../../optimizer/checks/dimension-of.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { type RegimeScaling, scalingFor } from '../../../prove/regime/scaling.ts';

/** The regime of a statement: the claim's, or what its condition |∇_jE| ≫ √ε says. */
export function regimeOf(claim: Claim, statement: Statement): Regime | null {
  if (claim.regime !== null) return claim.regime;
  const relation = statement.condition?.comparisons.map(c => c.relation).find(r => r === '\\gg' || r === '\\ll');
  if (relation === undefined) return null;
  return regimeOfComponent(relation === '\\gg' ? 'large' : 'small');
}

/** How quantities scale in a regime; the small parameter is the symbol under the root of the condition, else ε. */
export function scalingOf(
  regime: Regime,
  statement: Statement,
  symbols: readonly string[],
  optimizer: Optimizer | null,
): RegimeScaling {
  const inCondition = statement.condition?.comparisons
    .flatMap(({ right }) => symbolsOf(right))
    .find(name => symbols.includes(name));
  const dimension = (small: string): Rational => regimeDimension(small, optimizer);
  return scalingFor(regime, inCondition === undefined ? symbols : [inCondition], dimension, inCondition);
}

const symbolsOf = (formula: Formula): string[] =>
  formula.kind === 'parameter' ? [formula.name] : children(formula).flatMap(symbolsOf);

/** Products of more summands than this are not taken apart. */
const MOST_SHOWN = 64;

/** The terms that a right side shows: its summands, with products, quotients, sums and derivatives of sums taken apart. */
export function shownTerms(formula: Formula): Formula[] {
  switch (formula.kind) {
    case 'add':
      return formula.terms.flatMap(shownTerms);
    case 'negate':
      return shownTerms(formula.argument).map(term => build.negation(term));
    case 'divide':
      return shownTerms(formula.numerator).map(numerator => ({ ...formula, numerator }));
    case 'sum':
      return shownTerms(formula.body).map(body => ({ ...formula, body }));
    case 'derivative':
      return shownTerms(formula.argument).map(argument => ({ ...formula, argument }));
    case 'multiply': {
      const parts = formula.factors.reduce<Formula[][]>(
        (rows, factor) => rows.flatMap(row => shownTerms(factor).map(term => [...row, term])),
        [[]],
      );
      return parts.length > MOST_SHOWN ? [formula] : parts.map(factors => ({ ...formula, factors }));
    }
    default:
      return [formula];
  }
}
