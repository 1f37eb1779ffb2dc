/** What the formulas of a claim mean in normal form: its names, its free letters, its right side as a series in h. */
import { beforeFirstOf } from '../../notation/before-first.ts';
import { hasOneLoss, isEpoch, isMean } from '../../notation/settings.ts';
import { refuse } from '../../base/problem.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import { EPOCH_LETTERS } from '../../expression/read/epoch.ts';
import { POPULATION_LETTERS } from '../../expression/read/population.ts';
import { type Expression, factorExpression } from '../../expression/core/expression.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import type { Meaning } from '../../expression/read/meaning.ts';
import { type Letters, ROLE_LETTERS } from '../../expression/core/index-form.ts';
import { BATCHES_INDEX, freeSort, ITERATION_INDEX, openIndex, ZERO } from '../../expression/core/indices.ts';
import { coefficient, type Series } from '../../expression/calculus/series.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import * as build from '../../formula/build.ts';
import { COMPONENT } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import { freeLetters } from '../stated/free-letters.ts';

/** The declarations of a claim, and those of its optimizer that it does not replace. */
export function mergedDeclarations(claim: Claim, optimizer: Optimizer | null): Declaration[] {
  const own = new Set(claim.declarations.map(({ name }) => name));
  return [...claim.declarations, ...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name))];
}

/** Free index letters of a statement as indices of their own. */
export function lettersOf(claim: Claim, statement: Statement): Letters {
  const sorts = new Map(claim.definitions.map(({ name, indexSorts }) => [name, indexSorts]));
  const sortsOf = (name: string): Claim['definitions'][number]['indexSorts'] => sorts.get(name) ?? [];
  const free = [...freeLetters(statement.left, sortsOf), ...freeLetters(statement.right, sortsOf)];
  return new Map([
    ...free.map(([name, sort]) => [name, variableForm(openIndex(sort))] as const),
    ...(isEpoch(claim.setting) ? EPOCH_LETTERS : isMean(claim.setting) ? POPULATION_LETTERS : ROLE_LETTERS),
  ]);
}

/** A free letter that counts iterations is one of 0 … n. */
export const letterFacts = (letters: Letters): Constraint[] =>
  [...letters.values()].flatMap(({ terms }): Constraint[] => {
    const [only] = terms;
    if (only === undefined || only[0] === ITERATION_INDEX || only[0] === BATCHES_INDEX) return [];
    if (freeSort(only[0]) !== 'history') return [];
    return [
      { left: ZERO, right: only[0], bound: 0 },
      { left: only[0], right: ITERATION_INDEX, bound: 0 },
    ];
  });

/** How the names of a claim are read, with what has an h up to the power `order`. */
export function meaningOf(claim: Claim, declarations: readonly Declaration[], order: number): Meaning {
  const vectors = new Set(declarations.flatMap(d => (d.kind === 'vector' ? [d.name] : [])));
  return {
    declarations,
    definitions: claim.definitions,
    order,
    stepsOfRecursions: true,
    fullBatch: hasOneLoss(claim.setting),
    epoch: isEpoch(claim.setting),
    population: isMean(claim.setting),
    ...(isMean(claim.setting) ? {} : beforeFirstOf(claim)),
    endsAtForms: !isEpoch(claim.setting),
    iterate: currentPoint,
    // A declared vector is an arbitrary number for each coordinate.
    quantity: (node, labels, [index]) =>
      vectors.has(node.name) && index !== undefined && labels.length === 0
        ? [factorExpression({ kind: 'schedule', name: node.name, index })]
        : null,
  };
}

/** θ and θ^{(n)} are the current point; other labels do not occur in memoryless statements. */
function currentPoint(coordinate: LinearForm, label: LinearForm | null): Series {
  const isNow =
    label === null ||
    (label.constant === 0 &&
      label.terms.length === 1 &&
      label.terms[0]?.[0] === ITERATION_INDEX &&
      label.terms[0][1] === 1);
  if (!isNow) return refuse('earlier-point', 'the right side must be at the current θ');
  return [factorExpression({ kind: 'point', coordinate, at: null })];
}

/** The derived side with the values of `at`. */
export function derivedAtValues(derived: Expression, claim: Claim, declarations: readonly Declaration[]): Expression {
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ declarations, definitions: [], order: 0 });
  return claim.at.reduce(
    (value, { name, value: by }) => substituteSymbol(value, name, coefficient(reader.read(by), 0), assumptions),
    derived,
  );
}

/** The claimed right side as a series in h; for a modified loss the right side of the flow that it stands for. */
export function claimedSeries(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  offset: number,
): Series {
  const meaning = meaningOf(claim, declarations, claim.order + offset);
  if (statement.kind !== 'modified-loss') return new FormulaReader(meaning).read(statement.right);
  const flow = claim.flow ?? null;
  if (flow === null)
    return new FormulaReader(meaning).read(
      build.negation({ kind: 'derivative', span: null, by: [build.index(COMPONENT)], argument: statement.right }),
    );
  if (statement.left.kind !== 'quantity') return refuse('modified-loss', 'the modified loss needs a name');
  const own = { name: statement.left.name, indices: [], indexSorts: [], labels: [], body: statement.right, span: null };
  return new FormulaReader({ ...meaning, definitions: [...claim.definitions, own] }).read(flow);
}
