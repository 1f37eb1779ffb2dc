/** Equations whose quantities are all written out, and what is printed read again. */
import { subtract, type Expression } from '../expression/core/expression.ts';
import { coefficient } from '../expression/calculus/series.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { beforeFirstOf } from '../notation/before-first.ts';
import { hasOneLoss, isEpoch, isMean, type Setting } from '../notation/settings.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { isProbablyNonzero } from '../rewrite/probably-nonzero.ts';
import { EquationWriter } from './equation-writer.ts';
import { Names } from './names.ts';
import { withNorms } from './norms.ts';
import { potentialOf } from './potential.ts';
import { reservedNames } from './reserved-names.ts';
import { Roles } from './roles.ts';

/**
 * The written formulas as normal forms, so that what is proved is about what is printed. Where writing and reading would
 * change a value the program is at fault.
 */
export function reread(
  expressions: readonly Expression[],
  { coefficients, definitions }: Written,
  optimizer: Optimizer,
  setting: Setting,
): Expression[] {
  const reader = new FormulaReader({
    declarations: optimizer.declarations,
    definitions,
    order: 0,
    genericProducts: true,
    fullBatch: hasOneLoss(setting),
    epoch: isEpoch(setting),
    population: isMean(setting),
    ...(isMean(setting) ? {} : beforeFirstOf(optimizer)),
  });
  return coefficients.map((formula, q) => {
    const read = coefficient(reader.read(formula), 0);
    const original = expressions[q];
    if (original === undefined || isProbablyNonzero(subtract(read, original)))
      throw new Error(`the coefficient of h^${q} is not what is printed`);
    return read;
  });
}

interface Written {
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

export interface WrittenOut extends Written {
  readonly expressions: readonly Expression[];
  /** One for every power of h, where all are gradients. */
  readonly losses?: readonly Formula[];
}

interface WritingOut {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly form: 'flow' | 'map';
  /** What index letters are written as. */
  readonly letters?: ReadonlyMap<number, Formula>;
  /** The normal form that is held against what is read. */
  readonly meant?: (value: Expression) => Expression;
}

/** Coefficients without names of their own, with their potentials. */
export function withoutQuantities(
  expressions: readonly Expression[],
  { optimizer, setting, form, letters, meant = value => value }: WritingOut,
): { readonly parts: WrittenOut; readonly writer: EquationWriter } {
  const writer = new EquationWriter(new Names(new Roles(), reservedNames(optimizer)), optimizer);
  const written = { coefficients: expressions.map(value => writer.writeOut(value, letters)), definitions: [] };
  const known = reread(expressions.map(meant), written, optimizer, setting);
  const potentials = form === 'map' ? [] : expressions.map(potentialOf).filter(each => each !== null);
  const losses = potentials.map(each => withNorms(writer.writeOut(each, letters)));
  const parts = { ...written, expressions: known };
  return { parts: losses.length === expressions.length ? { ...parts, losses } : parts, writer };
}
