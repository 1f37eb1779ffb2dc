/** The full batch: every named sum carried out where it can be, and the equation with the sums inserted. */
import { beforeFirstOf } from '../../../notation/before-first.ts';
import type { ClosedEquation } from '../../../closed-form/close-equation.ts';
import { leastLabels } from '../../../closed-form/least-labels.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { quantity, point, index } from '../../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { ModifiedEquation } from '../../../derivation/derive.ts';
import type { Derivation } from '../../../derivation/derivation.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { treeKey } from '../../../closed-form/factors.ts';
import { oneSum } from './one-sum.ts';
import { inline } from '../print/print-row.ts';
import { withOneLoss } from './one-loss.ts';
import { seriesInStep } from '../print/series.ts';
import {
  claimStep,
  definitionRow,
  formulaRow,
  type Part,
  prose,
  type DisplayRow,
  type Section,
} from '../model/write-up.ts';

/** The derived flow with one loss for all steps, its quantities named as in the derivation. */
export function fullBatchOf(derivation: Derivation): ModifiedEquation {
  const { optimizer, order } = derivation;
  const inOneLoss = (formula: Formula): Formula => withOneLoss(formula, optimizer);
  const definitions = derivation.definitions.map(each => ({ ...each, body: inOneLoss(each.body) }));
  const coefficients = derivation.flow.map(inOneLoss);
  const reader = new FormulaReader({
    declarations: optimizer.declarations,
    definitions,
    order: 0,
    fullBatch: true,
    genericProducts: true,
    ...beforeFirstOf(optimizer),
  });
  const expressions = coefficients.map(formula => coefficient(reader.read(formula), 0));
  const used = namesUsed(coefficients, definitions);
  return {
    optimizer,
    setting: 'full-batch',
    order,
    form: 'flow',
    coefficients,
    definitions: definitions.filter(({ name }) => used.has(name)),
    expressions,
    switches: derivation.switches.map(each => ({
      ...each,
      shown: inOneLoss(each.shown),
      vanishing: inOneLoss(each.vanishing),
    })),
  };
}

function namesUsed(formulas: readonly Formula[], definitions: readonly Definition[]): Set<string> {
  const found = new Set<string>();
  const visit = (formula: Formula): void => {
    for (const node of nodes(formula)) {
      if (node.kind !== 'quantity' || found.has(node.name)) continue;
      found.add(node.name);
      for (const { name, body } of definitions) if (name === node.name) visit(body);
    }
  };
  formulas.forEach(visit);
  return found;
}

const left = ({ name, indices }: Definition): Formula =>
  quantity(name, indices.length > 0 ? [index(COMPONENT)] : [], [index(ITERATION)], point());

/** A closed form is made for the labels that occur, which may begin after 0. */
function fromLabel({ name }: Definition, least: ReadonlyMap<string, number>, { iteration }: Notation): string {
  const first = least.get(name) ?? 0;
  return first > 0 ? `\\text{if } ${iteration} \\ge ${first}` : '';
}

/** Whether nothing was carried out or inserted, so that the equation is the theorem's. */
const isAsItWas = (
  { flow, definitions }: Derivation,
  { coefficients, definitions: shown, inserted }: ClosedEquation,
): boolean =>
  inserted === null &&
  coefficients.map(treeKey).join() === flow.map(treeKey).join() &&
  shown.every(each => definitions.some(({ name, body }) => name === each.name && treeKey(body) === treeKey(each.body)));

/** The display that holds the equation of the full batch. */
export const fullBatchDisplay = (section: Section): 'full-batch' | 'theorem' =>
  section.parts.some(part => part.kind === 'step' && part.id === 'full-batch') ? 'full-batch' : 'theorem';

/** The right side as minus a gradient. */
const gradientParts = (closed: ClosedEquation, order: number): Part[] =>
  closed.whole === null
    ? []
    : [
        prose('The right side is a gradient up to its factor, the flow of a modified loss:'),
        claimStep('full-batch-loss', {
          keys: { setting: 'full-batch', order },
          rows: [
            {
              left: { kind: 'flow' },
              relation: '=',
              right: closed.whole,
              current: 'moving',
              remainder: null,
              tail: '',
            },
          ],
          reason: 'by differentiation of the bracket.',
        }),
      ];

/** One sum, so that a reader sees how the closed forms come about. */
function exampleParts(derivation: Derivation, closed: ClosedEquation, notation: Notation): Part[] {
  const { optimizer, definitions } = derivation;
  const isFixed = (name: string): boolean => {
    const own = closed.definitions.find(each => each.name === name);
    return own !== undefined && ![...nodes(own.body)].some(node => node.kind === 'index' && node.name === ITERATION);
  };
  const inOneLoss = definitions.map(each => ({ ...each, body: withOneLoss(each.body, optimizer) }));
  const found = oneSum(inOneLoss, optimizer, name => !isFixed(name));
  if (found === null) return [];
  const name = inline(quantity(found.definition.name, [index(COMPONENT)], [index(ITERATION)]), notation);
  return [
    prose(
      `With one loss the derivatives in ${name} do not depend on the step at which they are taken and go in front of its sums over the past. What is left to add up is${found.wasNested ? ', the inner sum having equal terms,' : ''}`,
    ),
    claimStep('one-sum', {
      keys: { setting: 'full-batch' },
      rows: [formulaRow(found.sum, found.closed)],
      reason: found.wasNested
        ? 'by the geometric sum and its derivative with respect to the ratio.'
        : 'by the geometric sum.',
    }),
  ];
}

export function fullBatchSection(derivation: Derivation, closed: ClosedEquation, notation: Notation): Section {
  const { order, setting } = derivation;
  const { loss, iteration } = notation;
  const isMiniBatch = setting === 'mini-batch';
  const parts: Part[] = [
    prose(
      isMiniBatch
        ? `Let every step use the same loss, $${loss}_{k} \\equiv ${loss}$.`
        : `The sums over the past are carried out, as far as they have a closed form in $${iteration}$.`,
    ),
  ];
  const { inserted } = closed;
  const title = isMiniBatch ? 'The full batch' : 'Closed form';
  if (!isMiniBatch && isAsItWas(derivation, closed))
    return {
      id: 'full-batch',
      title,
      parts: [
        prose('No sum over the past has a shorter form: the equation of <<theorem>> stays as it is.'),
        ...gradientParts(closed, order),
      ],
    };
  const example = exampleParts(derivation, closed, notation);
  const hasExample = example.length > 0;
  parts.push(...example);
  if (inserted !== null && closed.definitions.length > 0) {
    const least = leastLabels(closed.coefficients, closed.definitions);
    parts.push(
      prose('The quantities of the theorem are, with the sums over the past carried out,'),
      claimStep('full-batch-quantities', {
        keys: { setting: 'full-batch', given: ['definitions'] },
        rows: closed.definitions.map(each =>
          formulaRow(left(each), each.body, { tail: fromLabel(each, least, notation) }),
        ),
        reason: hasExample ? 'by sums such as <<one-sum>>.' : 'by summation.',
      }),
    );
  }
  const equation: DisplayRow = {
    left: { kind: 'flow' },
    relation: '=',
    right: seriesInStep(inserted ?? closed.coefficients, 0),
    current: 'moving',
    remainder: null,
    tail: '',
  };
  parts.push(
    prose(
      closed.definitions.length > 0 && inserted === null
        ? 'The modified equation keeps its form, with the sums over the past carried out where they have a closed form:'
        : 'The modified equation becomes',
    ),
    claimStep('full-batch', {
      keys: { setting: 'full-batch', order },
      rows: [equation, ...(inserted === null ? closed.definitions.map(definitionRow) : [])],
      reason:
        inserted === null
          ? `by summation in <<theorem>>${hasExample ? ', as in <<one-sum>>' : ''}.`
          : 'by insertion into <<theorem>>.',
    }),
  );
  parts.push(...gradientParts(closed, order));
  return { id: 'full-batch', title, parts };
}
