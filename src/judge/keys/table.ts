/**
 * The keys that make another equation of the derived one, each with its way in normal form and its way in numbers. The two share nothing but
 * the key's formula; this table is the only file that knows both. Limits and regimes are ways of comparing, and have their own folders.
 */
import type { ModifiedEquation } from '../../derivation/derive.ts';
import type { ChangeKey } from '../../document/changes.ts';
import type { Claim } from '../../document/model.ts';
import type { Expression } from '../../expression/core/expression.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { RowKey, RowKeyTask, RowSource } from '../numeric/row-source.ts';
import type { CoefficientKey } from '../symbolic/coefficient-key.ts';
import { rowsAtValues } from './at/numeric.ts';
import { coefficientsAtValues } from './at/symbolic.ts';
import { partOfRows } from './part/numeric.ts';
import { rowsOfLoss } from './loss/numeric.ts';
import { coefficientsOfLoss } from './loss/symbolic.ts';
import { partOfCoefficients } from './part/symbolic.ts';
import { rescaledRows } from './rescale/numeric.ts';
import { rescaledCoefficients } from './rescale/symbolic.ts';

/** In the order in which they are applied. */
const CHANGED: Readonly<Record<ChangeKey, { readonly coefficients: CoefficientKey; readonly rows: RowKey }>> = {
  part: { coefficients: partOfCoefficients, rows: partOfRows },
  loss: { coefficients: coefficientsOfLoss, rows: rowsOfLoss },
  rescale: { coefficients: rescaledCoefficients, rows: rescaledRows },
  at: { coefficients: coefficientsAtValues, rows: rowsAtValues },
};
const KEYS = Object.values(CHANGED);

/** The derived coefficients under the keys of the claim. */
export const changedCoefficients = (
  claim: Claim,
  declarations: readonly Declaration[],
  equation: ModifiedEquation,
): readonly Expression[] =>
  KEYS.reduce(
    (values, { coefficients }) => coefficients(values, { claim, declarations, equation }),
    equation.expressions,
  );

/** The rows of a source under the keys of the claim. */
export const changedRows = (source: RowSource, task: RowKeyTask): RowSource =>
  KEYS.reduce((rows, key) => key.rows(rows, task), source);
