/** A derived theorem as JSON: every formula in LaTeX, in text, and losslessly as a tree. */
import { encodeDefinition, encodeFormula } from '../formula/json.ts';
import type { Json } from '../formula/json.ts';
import { writeDefinition, writeFormula } from '../latex/write-formula.ts';
import type { Notation } from '../optimizer/model.ts';
import { rateReport } from './rate-text.ts';
import { theoremLatex } from './theorem-latex.ts';
import type { Theorem } from './theorem-parts.ts';
import { theoremText } from './theorem-text.ts';

/**
 * The theorem as a JSON value. `coefficients[q].power` is the power of h that the coefficient belongs to: q for a flow
 * (in \dot{\tilde\theta}_j), q + 1 for a map (in θ_j^{(n+1)} − θ_j^{(n)}).
 */
export function theoremJson(theorem: Theorem, notation: Notation = theorem.optimizer.notation): Json {
  const shift = theorem.form === 'map' ? 1 : 0;
  return {
    schema: 1,
    optimizer: theorem.optimizer.id,
    setting: theorem.setting,
    order: theorem.order,
    form: theorem.form,
    limit: theorem.limit ?? null,
    regime: theorem.regime ?? null,
    rate: theorem.rate ? { ...rateReport(theorem.rate) } : null,
    coefficients: theorem.coefficients.map((coefficient, q) => ({
      power: q + shift,
      latex: writeFormula(coefficient, notation, 'latex'),
      text: writeFormula(coefficient, notation, 'text'),
      formula: encodeFormula(coefficient),
    })),
    ...(theorem.losses === undefined
      ? {}
      : {
          modifiedLoss: theorem.losses.map((coefficient, q) => ({
            power: q,
            latex: writeFormula(coefficient, notation, 'latex'),
            text: writeFormula(coefficient, notation, 'text'),
            formula: encodeFormula(coefficient),
          })),
        }),
    inserted:
      theorem.inserted?.map((coefficient, q) => ({
        power: q + shift,
        latex: writeFormula(coefficient, notation, 'latex'),
        text: writeFormula(coefficient, notation, 'text'),
        formula: encodeFormula(coefficient),
      })) ?? null,
    ...(theorem.losses === undefined
      ? {}
      : {
          losses: theorem.losses.map((coefficient, q) => ({
            power: q,
            latex: writeFormula(coefficient, notation, 'latex'),
            text: writeFormula(coefficient, notation, 'text'),
            formula: encodeFormula(coefficient),
          })),
        }),
    modifiedLoss: theorem.whole
      ? {
          latex: writeFormula(theorem.whole, notation, 'latex'),
          text: writeFormula(theorem.whole, notation, 'text'),
          formula: encodeFormula(theorem.whole),
        }
      : null,
    definitions: theorem.definitions.map(definition => ({
      name: definition.name,
      latex: writeDefinition(definition, notation, 'latex'),
      text: writeDefinition(definition, notation, 'text'),
      definition: encodeDefinition(definition),
    })),
    latex: theoremLatex(theorem, notation),
    text: theoremText(theorem, notation),
  };
}
