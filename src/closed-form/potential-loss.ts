/**
 * Right sides that are minus a gradient: the modified loss is found power by power of h among the functions that the terms themselves
 * suggest (derivation/potential.ts), and its gradient is proved to be the right side.
 */
import { beforeFirstOf } from '../notation/before-first.ts';
import { Budget } from '../base/budget.ts';
import { Pot } from '../base/pot.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { coefficient } from '../expression/calculus/series.ts';
import { isZero, subtract } from '../expression/core/expression.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import * as build from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import { withNorms } from '../derivation/norms.ts';
import { potentialOf } from '../derivation/potential.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { unfold } from '../rewrite/unfold.ts';
import { closedTerms } from './closed-terms.ts';
import { gradientOf } from './recognise.ts';
import { writeClosed } from './write-closed.ts';
import { inlineOptions } from './writing-options.ts';

const STEPS = 20_000;
const WORK = 400_000;

/** −∇_j(V_0 + hV_1 + …) for a flow whose coefficients have no names in them; null where no such function is found. */
export function potentialLoss({ form, optimizer }: ModifiedEquation, formulas: readonly Formula[]): Formula | null {
  if (form !== 'flow') return null;
  return new Pot(WORK, WORK).within(() => {
    const { declarations } = optimizer;
    const meaning = { declarations, definitions: [], order: formulas.length - 1, fullBatch: true, ...beforeFirstOf(optimizer) };
    const assumptions = assumptionsOf(declarations);
    const options = inlineOptions(optimizer);
    const values = formulas.map(formula => coefficient(new FormulaReader({ ...meaning, order: 0 }).read(formula), 0));
    if (values.slice(1).every(isZero)) return null;
    const parts: Formula[] = [];
    for (const [q, value] of values.entries()) {
      const potential = potentialOf(unfold(value, new Budget(STEPS), assumptions));
      const terms = potential && closedTerms(potential, options);
      if (!terms) return null;
      const written = withNorms(writeClosed(terms, options));
      if (!isNothing(written)) parts.push(timesStep(written, q));
    }
    const whole = build.negate(gradientOf(build.add(...parts)));
    const read = new FormulaReader(meaning).read(whole);
    const isRight = values.every(
      (value, q) => testZero(subtract(coefficient(read, q), value), assumptions, new Budget(STEPS)).kind === 'zero',
    );
    return isRight ? whole : null;
  });
}

const isNothing = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** h^q in front; a minus stays in front of it. */
function timesStep(formula: Formula, q: number): Formula {
  if (q === 0) return formula;
  if (formula.kind === 'negate') return build.negate(timesStep(formula.argument, q));
  return build.multiply(q === 1 ? build.step : build.power(build.step, build.number(q)), formula);
}
