/** The result: the quantities it names, the modified equation, and how near to the iterates its solution stays. */
import { multiplication, number } from '../../../formula/build.ts';
import type { Formula } from '../../../formula/formula.ts';
import type { Derivation } from '../../../derivation/derivation.ts';
import { memoryOfRows } from '../../../optimizer/checks/memory/fading-memory.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { printRange } from '../../theorem/theorem-parts.ts';
import { flowRow } from '../print/series.ts';
import type { Definitions } from '../model/definitions.ts';
import { iterateAt, solution } from '../model/points.ts';
import { type Part, prose, type Section } from '../model/write-up.ts';

export interface TheoremOptions {
  /** Names that mean something already. */
  readonly taken: ReadonlySet<string>;
  /** In words behind the display. */
  readonly reason: string;
  readonly withoutPoint: boolean;
}

export function theoremSection(
  derivation: Derivation,
  definitions: Definitions,
  notation: Notation,
  { taken, reason, withoutPoint }: TheoremOptions,
): Section {
  const { flow, order, setting } = derivation;
  const range = printRange({ ...derivation, form: 'flow', coefficients: flow }, notation, 'latex')?.text ?? '';
  const parts: Part[] = [
    ...definitions.introduce('definitions', flow, 'The equation is written with the quantities'),
    prose(theoremOpening(notation, withoutPoint)),
    {
      kind: 'step',
      id: 'theorem',
      role: 'claim',
      keys: { order, setting, given: definitions.ids },
      where: [],
      rows: [flowRow(flow, range)],
      reason,
    },
    ...closeness(derivation, definitions, notation, taken),
  ];
  return { id: 'theorem', title: 'The modified equation', parts };
}

export const theoremOpening = (notation: Notation, withoutPoint: boolean): string =>
  `\\textbf{Theorem.} \\emph{Let $${solution(notation, notation.time)}$ be continuous with $${solution(notation, '0')} = ${iterateAt(notation, '0')}$, and let it solve, for every $${notation.iteration} = 0, 1, \\dots$${withoutPoint ? `, with the functions on the right taken at $${solution(notation, notation.time)}$` : ''},}`;

/** Names for the constant of the bound, which means nothing else there. */
const CONSTANTS = ['C', 'K', 'B', 'A', 'Q', 'c'];

export const constantOfBound = (taken: ReadonlySet<string>): string =>
  CONSTANTS.find(letter => !taken.has(letter)) ?? 'C_0';

/** Whether the bound holds over a fixed time: whether the memory fades (docs/bounds.md). */
export const isUniform = ({ optimizer }: Derivation): boolean => memoryOfRows(optimizer).kind === 'fades';

/** How near the iterates the solution stays: over a fixed time where the memory fades, else in every fixed number of steps. */
function closeness(
  derivation: Derivation,
  definitions: Definitions,
  notation: Notation,
  taken: ReadonlySet<string>,
): Part[] {
  const { order } = derivation;
  const { step, iteration } = notation;
  if (!isUniform(derivation)) {
    return [
      prose(
        `\\emph{Then, for every fixed $${iteration}$, the iterate and the solution at the time $${iteration} ${step}$ differ by terms of the order $${step}^{${order + 2}}$.} Over a fixed time nothing is claimed: the memory of this update is not known to fade, and the errors of its many steps may add up to more.`,
      ),
    ];
  }
  return [
    prose(
      `\\emph{Then, for every fixed time $T > 0$, there are constants $${constantOfBound(taken)}$ and $${step}_0$, which do not depend on $${step}$ and $${iteration}$, such that for $${step} \\le ${step}_0$ and $${iteration} ${step} \\le T$}`,
    ),
    {
      kind: 'step',
      id: 'bound',
      role: 'claim',
      keys: { given: [...definitions.ids, 'theorem'], expect: 'conditional', order },
      where: [],
      rows: [
        {
          left: {
            kind: 'latex',
            latex: `\\|${solution(notation, `${iteration} ${step}`)} - ${iterateAt(notation, iteration)}\\|`,
            width: 10,
          },
          relation: '\\le',
          right: multiplication(
            { kind: 'parameter', span: null, name: constantOfBound(taken) },
            powerOfStep(order + 1),
          ),
          current: 'plain',
          remainder: null,
          tail: '',
        },
      ],
      reason: '',
    },
  ];
}

function powerOfStep(exponent: number): Formula {
  return exponent === 1
    ? { kind: 'step', span: null }
    : { kind: 'power', span: null, base: { kind: 'step', span: null }, exponent: number(exponent) };
}
