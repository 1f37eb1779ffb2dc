/**
 * Conditions that name a regime: |∇_jE| ≫ √ε and the like. What is compared must be of one dimension, counted in powers of
 * the gradient: ε added to g² counts two, δ in tanh(g/δ) one, by the optimizer's own rows. Otherwise the condition says
 * something else than the regime.
 */
import type { Claim, Statement } from '../../../document/model.ts';
import type { Formula } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { dimensionOf } from '../../../optimizer/checks/dimension-of.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { Rational } from '../../../number/rational.ts';

const isLimiting = ({ relation }: { readonly relation: string }): boolean => relation === '\\gg' || relation === '\\ll';

/** Why the ≫ and ≪ of a statement do not say that the gradient is large or small beside a parameter; null where they do. */
export function regimeConditionReason(statement: Statement, claim: Claim, optimizer: Optimizer | null): string | null {
  const compared = (statement.condition?.comparisons ?? []).filter(isLimiting);
  const symbols = [...claim.declarations, ...(optimizer?.declarations ?? [])].flatMap(each =>
    each.kind === 'scalar' ? [each.name] : [],
  );
  const small = compared.flatMap(({ right }) => namesIn(right)).find(name => symbols.includes(name));
  if (compared.length === 0)
    return symbols.some(name => /epsilon|delta/.test(name))
      ? null
      : 'a regime needs a parameter such as ε to be compared with the gradient';
  if (small === undefined) return 'on the right of ≫ or ≪ a regime has a power of a small parameter';
  for (const { left, right } of compared) {
    const gradient = powerOf(left, isGradient);
    const parameter = powerOf(right, formula => formula.kind === 'parameter' && formula.name === small);
    if (gradient === null) return 'on the left of ≫ or ≪ a regime has the gradient of the loss';
    if (parameter === null) return `on the right of ≫ or ≪ a regime has a power of ${small}`;
    const dimension = optimizer === null ? Rational.of(2) : dimensionOf(small, optimizer);
    if (dimension === null || gradient !== parameter * dimension.toNumber())
      return `the condition compares quantities of different dimension: ${small} stands beside power ${dimension ?? '?'} of the gradient in the optimizer`;
  }
  return null;
}

const isGradient = (formula: Formula): boolean =>
  formula.kind === 'derivative' && formula.by.length === 1 && formula.argument.kind === 'loss';

const namesIn = (formula: Formula): string[] =>
  formula.kind === 'parameter' ? [formula.name] : children(formula).flatMap(namesIn);

/** k where a formula is the k-th power of what `isBase` knows; a norm is a power 1. */
function powerOf(formula: Formula, isBase: (formula: Formula) => boolean): number | null {
  if (isBase(formula)) return 1;
  switch (formula.kind) {
    case 'absolute':
      return powerOf(formula.argument, isBase);
    case 'root': {
      const inner = powerOf(formula.radicand, isBase);
      return inner === null ? null : inner / formula.degree;
    }
    case 'power': {
      const inner = powerOf(formula.base, isBase);
      return inner === null || formula.exponent.kind !== 'number'
        ? null
        : (inner * Number(formula.exponent.value.num)) / Number(formula.exponent.value.den);
    }
    case 'sum':
      return powerOf(formula.body, isBase);
    case 'norm':
      return powerOf(formula.argument.body, isBase);
    default:
      return null;
  }
}
