/** A derived theorem as JSON: every formula in LaTeX and in text as its author counts, and losslessly as a tree with the labels of the model. */
import type { Formula } from '../../formula/formula.ts';
import { encodeDefinition, encodeFormula, type Json } from '../../formula/json.ts';
import { writeDefinition, writeFormula } from '../../latex/write/write-formula.ts';
import { switchingConditions } from '../../document/switching-text.ts';
import type { Notation } from '../../optimizer/model.ts';
import { rateReport } from './rate-text.ts';
import { theoremLatex } from './theorem-latex.ts';
import type { Theorem } from './theorem-parts.ts';
import { theoremText } from './theorem-text.ts';
import { typedTheorem } from './typed-theorem.ts';

/**
 * The theorem as a JSON value. `coefficients[q].power` is the power of h that the coefficient belongs to: q for a flow
 * (in \dot{\tilde\theta}_j), q + 1 for a map (in θ_j^{(n+1)} − θ_j^{(n)}).
 */
export function theoremJson(theorem: Theorem, notation: Notation = theorem.optimizer.notation): Json {
  const shift = theorem.form === 'map' ? 1 : 0;
  const typed = typedTheorem(theorem);
  const written = (formula: Formula, shown: Formula = formula): { latex: string; text: string; formula: Json } => ({
    latex: writeFormula(shown, notation, 'latex'),
    text: writeFormula(shown, notation, 'text'),
    formula: encodeFormula(formula),
  });
  const series = (coefficients: readonly Formula[], first: number, shown: readonly Formula[] = coefficients): Json =>
    coefficients.map((coefficient, q) => ({ power: q + first, ...written(coefficient, shown[q]) }));
  return {
    schema: 1,
    optimizer: theorem.optimizer.id,
    setting: theorem.setting,
    order: theorem.order,
    form: theorem.form,
    ...(theorem.mean === undefined ? {} : { mean: theorem.mean }),
    limit: theorem.limit ?? null,
    regime: theorem.regime ?? null,
    rate: theorem.rate ? { ...rateReport(theorem.rate) } : null,
    coefficients: series(theorem.coefficients, shift, typed.coefficients),
    inserted: theorem.inserted ? series(theorem.inserted, shift, typed.inserted ?? undefined) : null,
    ...(theorem.squaredNoise === undefined ? {} : { squaredNoise: series(theorem.squaredNoise, 0) }),
    ...(theorem.losses === undefined ? {} : { losses: series(theorem.losses, 0, typed.losses) }),
    modifiedLoss: theorem.whole ? written(theorem.whole, typed.whole ?? undefined) : null,
    definitions: theorem.definitions.map((definition, at) => ({
      name: definition.name,
      latex: writeDefinition(typed.definitions[at] ?? definition, notation, 'latex'),
      text: writeDefinition(typed.definitions[at] ?? definition, notation, 'text'),
      definition: encodeDefinition(definition),
    })),
    excluded: switchingConditions(theorem.switches ?? [], theorem.optimizer),
    notes: [...(theorem.notes ?? [])],
    latex: theoremLatex(typed, notation),
    text: theoremText(typed, notation),
  };
}
