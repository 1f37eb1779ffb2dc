/** The derivative along a field of elementary differentials: trees grafted, without a letter for any component. */
import { formKey } from '../../number/linear-form.ts';
import type { Budget } from '../../base/budget.ts';
import { Rational } from '../../number/rational.ts';
import { type Expression, expressionOf } from '../core/expression.ts';
import { type FactorPower, ONE_EXPONENT } from '../core/factor.ts';
import type { DifferentialFactor } from '../core/factors.ts';
import { indexName } from '../core/indices.ts';
import type { RawTerm, Term } from '../core/term.ts';
import { graft, type Tree } from '../core/tree.ts';
import { type DifferentiationRule, directionalRule } from './differentiate.ts';

/** A term of the field: numbers times the differential of a tree. */
interface Scion {
  readonly term: Term;
  readonly differential: DifferentialFactor;
  /** The numbers that are not its coefficient. */
  readonly scalars: readonly FactorPower[];
}

/** The rule of D_f for a field whose terms are differentials times numbers, as inDifferentials (differential.ts) gives it. */
export function graftingRule(field: Expression, budget?: Budget): DifferentiationRule {
  const scions = field.terms.map(scionOf);
  const none = (): Expression => {
    throw new Error('what is grafted on is made of differentials');
  };
  return {
    ...directionalRule(none, undefined, budget),
    differential: stock => grafted(stock, scions),
  };
}

function scionOf(term: Term): Scion {
  const [own, ...others] = term.factors.filter(({ factor }) => factor.kind === 'differential');
  if (own?.factor.kind !== 'differential' || others.length > 0 || term.sorts.length > 0)
    throw new Error('a term of a field of differentials has one');
  return { term, differential: own.factor, scalars: term.factors.filter(power => power !== own) };
}

function grafted(stock: DifferentialFactor, scions: readonly Scion[]): Expression {
  const plain = new Map<Tree, Rational>();
  const raws: RawTerm[] = [];
  for (const { term, differential, scalars } of scions) {
    if (batchOf(differential) !== batchOf(stock)) throw new Error('trees of one loss are grafted');
    for (const [tree, count] of graft(stock.tree, differential.tree)) {
      const coefficient = term.coefficient.multiply(Rational.of(count));
      if (scalars.length === 0 && term.constraints.length === 0)
        plain.set(tree, plain.get(tree)?.add(coefficient) ?? coefficient);
      else raws.push({ ...term, coefficient, factors: [...scalars, powerOf({ ...stock, tree })] });
    }
  }
  for (const [tree, coefficient] of plain)
    raws.push({ coefficient, factors: [powerOf({ ...stock, tree })], sorts: [], constraints: [] });
  return expressionOf(raws);
}

const batchOf = ({ batch }: DifferentialFactor): string => (batch === null ? '' : formKey(batch, indexName));

const powerOf = (factor: DifferentialFactor): FactorPower => ({ factor, exponent: ONE_EXPONENT });
