/** The unrolled update, and everything in it expanded about the current point. */
import { addition, index, iterate, number } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { Derivation } from '../../../derivation/derivation.ts';
import type { Expanded } from '../../../derivation/history-form.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { seriesInStep } from '../print/series.ts';
import { natureOf, SERIES } from './nature.ts';
import type { Definitions } from '../model/definitions.ts';
import { iterateAt, pointLetter } from '../model/points.ts';
import { inline } from '../print/print-row.ts';
import { claimStep, formulaRow, type Part, prose, type Section } from '../model/write-up.ts';

const next = addition(index(ITERATION), number(1));

/** Whether the derivation has a past at all: gradient descent has none. */
export const hasPast = ({ remembers }: Derivation): boolean => remembers;

export function historySection(derivation: Derivation, notation: Notation): Section {
  const { optimizer, history, update, exact, order } = derivation;
  const rows = history.filter(({ coefficients }) => coefficients.length > 0);
  const remainder = exact ? null : order + 2;
  const parts: Part[] = [];
  if (rows.length > 0) {
    parts.push(
      prose(
        optimizer.states.length > 0
          ? 'Each recursion is linear in its own earlier value, so it is solved by a sum over the past steps.'
          : 'The rows of the update, written out, are',
      ),
      claimStep('history', {
        keys: { order: exact ? order + 1 : order },
        rows: rows.map(({ left, coefficients }) =>
          formulaRow(left, seriesInStep(coefficients, 0), { remainder: exact ? null : order + 1 }),
        ),
        reason: `by induction on $${notation.iteration}$: the sum for $${notation.iteration}$ is put into the recursion${exact ? '' : '; what is taken at a shifted point is expanded in powers of the step'}.`,
      }),
    );
  }
  parts.push(
    prose(
      rows.length > 0
        ? 'The update then depends on all earlier points:'
        : 'A step repeats a part of the step before it. Unrolled down to the first step this is a sum over the past:',
    ),
    claimStep('update', {
      keys: { order: order + 1 },
      rows: [
        formulaRow(
          iterate(index(COMPONENT), next),
          seriesInStep(update.map(negated), 1, iterate(index(COMPONENT), index(ITERATION))),
          { remainder },
        ),
      ],
      reason: rows.length > 0 ? 'by insertion of <<history>>.' : 'by induction on the number of the step.',
    }),
  );
  return { id: 'history', title: 'The update with its history', level: 'proof', parts };
}

const negated = (formula: Formula): Formula =>
  formula.kind === 'number' && formula.value.isZero() ? formula : { kind: 'negate', span: null, argument: formula };

/** θ^{(k)}, the gradients there, and the quantities of the update about θ = θ^{(n)}. */
export function expansionSection(derivation: Derivation, definitions: Definitions, notation: Notation): Section {
  const { order, pastLabel, pastComponent, displacement, gradient } = derivation;
  const k = index(pastLabel);
  const remainder = order + 1;
  const now = inline(iterate(index(COMPONENT), index(ITERATION)), notation);
  const parts: Part[] = [
    prose(
      `Fix $${notation.iteration}$ and write $${pointLetter(notation)}$ for the current point $${iterateAt(notation, notation.iteration)}$, so that $${notation.parameters}_{${notation.component}}$ stands for ${now}. The past is expanded about it.`,
    ),
  ];
  parts.push(...definitions.introduce('leading', [...displacement, ...gradient.coefficients.slice(0, 2)], LEADING));
  if (order > 0) {
    parts.push(
      prose('In the quantities above the earlier points are'),
      claimStep('past', {
        keys: { order, given: definitions.ids },
        rows: [
          formulaRow(
            iterate(index(pastComponent), k),
            seriesInStep(displacement, 1, iterate(index(pastComponent), index(ITERATION))),
            { remainder },
          ),
        ],
        reason: `For $${pastLabel} \\le ${notation.iteration}$ the step numbers $${pastLabel}, \\dots, ${notation.iteration} - 1$ add up; each is expanded about the current point, to one power of $${notation.step}$ less than is asked for.`,
      }),
      prose('The gradients at these points are'),
      claimStep('gradient', {
        keys: { order, given: definitions.ids },
        rows: [expandedRow(gradient, remainder)],
        reason: "by Taylor's formula, with <<past>> for the distance of the points.",
      }),
    );
  }
  parts.push(...quantityParts(derivation, definitions));
  return { id: 'expansions', title: 'Expansion about the current point', level: 'proof', parts };
}

const LEADING = 'At the current point the sums of the update are';

const expandedRow = ({ left, coefficients }: Expanded, remainder: number) =>
  formulaRow(left, seriesInStep(coefficients, 0), { remainder });

/** States, rows and factors; the first group has no names of its own, the second introduces those of the variations. */
function quantityParts(derivation: Derivation, definitions: Definitions): Part[] {
  const { order, expansions } = derivation;
  const shown = expansions.filter(({ left }) => !definitions.clashes(left));
  if (shown.length === 0) return [];
  const introduced = definitions.introduce(
    'variations',
    shown.flatMap(({ coefficients }) => coefficients),
    'The first variations of these sums along the past are',
  );
  return [
    ...introduced,
    prose('With them the quantities of the update become, one by one,'),
    ...shown.map((each, at) =>
      claimStep(`expansion-${at + 1}`, {
        keys: { order, given: definitions.ids },
        rows: [expandedRow(each, order + 1)],
        reason: order === 0 ? 'by setting all points to the current one.' : reasonOf(each, derivation),
      }),
    ),
  ];
}

/** By which series a state, a row or a factor is expanded: what the sum over the past of the row is made of tells it. */
function reasonOf({ left }: Expanded, { history, optimizer }: Derivation): string {
  const body =
    left.kind === 'quantity'
      ? (history.find(row => row.left.kind === 'quantity' && row.left.name === left.name)?.coefficients ??
        optimizer.quantities.filter(({ name }) => name === left.name).map(row => row.body))
      : [left];
  const natures = body.map(natureOf);
  const nature =
    (['function', 'power', 'polynomial', 'linear'] as const).find(each => natures.includes(each)) ?? 'free';
  return `by insertion of <<gradient>>${SERIES[nature]}.`;
}
