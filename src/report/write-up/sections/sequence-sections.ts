/**
 * Write-ups of rules with states that are defined by their recursions: how the recursions of their coefficients come about, and the theorem. A claim
 * has no way to type a recursion, so that the theorem is not judged as it is printed; it is run beside the optimizer.
 */
import type { Derivation } from '../../../derivation/derivation.ts';
import type { Definition, Formula } from '../../../formula/formula.ts';
import { COMPONENT, ITERATION } from '../../../formula/formula.ts';
import { index, quantity } from '../../../formula/build.ts';
import { recursionStep } from '../../../formula/recursion-step.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { printRange } from '../../theorem/theorem-parts.ts';
import { inWords } from './optimizer-section.ts';
import { iterateAt } from '../model/points.ts';
import { inline } from '../print/print-row.ts';
import { flowRow } from '../print/series.ts';
import { theoremOpening } from './theorem-section.ts';
import { definitionRow, type DisplayRow, type Part, prose, type Section } from '../model/write-up.ts';

/** What the coefficients s_0, s_1, … of a state are, and how the row of the state defines them. */
export function sequencesSection({ recursions, definitions, order }: Derivation, notation: Notation): Section {
  const { step, iteration: n } = notation;
  const at = (label: string): string => iterateAt(notation, label);
  const nameOf = (state: string, q: number): string | null =>
    definitions.find(({ recursion }) => recursion?.id.endsWith(`:${state}:${q}`))?.name ?? null;
  const series = recursions.map(({ row, letter, componentwise }) => {
    const entry = (own: string): string => entryOf(own, componentwise, notation);
    const terms = Array.from({ length: order + 1 }, (_, q) => {
      const own = nameOf(row, q);
      return own === null ? [] : [`${q === 0 ? '' : `${q === 1 ? step : `${step}^{${q}}`} `}${entry(own)}(${at(n)})`];
    }).flat();
    return terms.length === 0 ? [] : [`$${entry(letter)} = ${terms.join(' + ')} + \\cdots$`];
  });
  const shown = series.flat();
  return {
    id: 'sequences',
    title: 'The states as sequences of functions',
    level: 'proof',
    parts: [
      ...differences(recursions, notation),
      prose(
        `The recursion of ${inWords(recursions.map(({ letter }) => `$${letter}$`))} is not solved by a sum over the past. At a fixed $${n}$ such a state is a function of the current point, a power series in $${step}$${shown.length === 0 ? '' : `: ${inWords(shown)}, where a name on the right stands for a function of the point`}.`,
      ),
      prose(
        `Let $${at(`${n}+1`)} = ${at(n)} + ${step} \\Phi_0^{(${n})}(${at(n)}) + ${step}^2 \\Phi_1^{(${n})}(${at(n)}) + \\cdots$ be the step with the past expanded about the current point. Insertion of the series into the row of a state, its left side taken at $${at(`${n}+1`)}$ and expanded about $${at(n)}$, and comparison of the powers of $${step}$ define one coefficient after the other: the first one by the row itself at one point, $s_0^{(${n}+1)} = F(s_0^{(${n})}, \\dots)$; the next one by $s_1^{(${n}+1)} = F_1 - \\sum_i \\Phi_{0,i}^{(${n})} \\partial_i s_0^{(${n}+1)}$, where $F_1$ is the coefficient of $${step}$ of the right side, which contains $s_1^{(${n})}$; and so on.`,
      ),
      prose(
        `The field $f_0 + ${step} f_1 + \\cdots$ whose flow over the time $${step}$ is the step follows from the $\\Phi_q$ power by power: $f_0 = \\Phi_0$, $f_1 = \\Phi_1 - \\frac12 (f_0 \\cdot \\nabla) f_0$, and for higher powers likewise, since the solution at the time $${step}$ is $\\sum_r \\frac{${step}^{r+1}}{(r+1)!} (f \\cdot \\nabla)^r f$.`,
      ),
    ],
  };
}

const entryOf = (name: string, componentwise: boolean, notation: Notation): string =>
  inline(quantity(name, componentwise ? [index(COMPONENT)] : [], [index(ITERATION)]), notation).slice(1, -1);

/** What the letters of differences of iterates are. */
function differences(recursions: Derivation['recursions'], notation: Notation): Part[] {
  const shown = recursions.flatMap(({ letter, componentwise, difference }) =>
    difference === null
      ? []
      : [`$${entryOf(letter, componentwise, notation)} = ${inline(difference, notation).slice(1, -1)}$`],
  );
  return shown.length === 0
    ? []
    : [prose(`Differences of iterates divided by the step are states: ${inWords(shown)}.`)];
}

/** The equation with the recursions that it names. */
export function followedTheorem(derivation: Derivation, notation: Notation): Section {
  const { flow, order, definitions } = derivation;
  const { iteration, step } = notation;
  const range = printRange({ ...derivation, form: 'flow', coefficients: flow }, notation, 'latex')?.text ?? '';
  const used = usedBy(flow, definitions);
  const parts: Part[] = [
    prose(theoremOpening(notation, false)),
    {
      kind: 'step',
      id: 'theorem',
      role: 'followed',
      keys: {},
      where: [],
      rows: [flowRow(flow, range), ...used.flatMap(rowsOf)],
      reason: '',
    },
    prose(
      `\\emph{Then, for every fixed $${iteration}$, the iterate and the solution at the time $${iteration} ${step}$ differ by terms of the order $${step}^{${order + 2}}$.} Over a fixed time nothing is claimed: whether the memory of this update fades is not known.`,
    ),
  ];
  return { id: 'theorem', title: 'The modified equation', parts };
}

/** A definition; of a recursion its step and its start. */
function rowsOf(definition: Definition): DisplayRow[] {
  if (definition.recursion === undefined) return [definitionRow(definition)];
  const row = definitionRow(definition);
  return [
    { ...row, right: recursionStep(definition).body },
    { ...row, left: { kind: 'start', definition }, right: definition.recursion.start },
  ];
}

/** Those that the formulas use, directly or not, in the order in which they stand. */
function usedBy(formulas: readonly Formula[], definitions: readonly Definition[]): readonly Definition[] {
  const found = new Set<string>();
  const visit = (formula: Formula): void => {
    for (const name of namesIn(formula)) {
      const definition = definitions.find(each => each.name === name);
      if (definition === undefined || found.has(name)) continue;
      found.add(name);
      visit(definition.body);
      if (definition.recursion !== undefined) visit(definition.recursion.start);
    }
  };
  formulas.forEach(visit);
  return definitions.filter(({ name }) => found.has(name));
}

const namesIn = (formula: Formula): string[] =>
  [...nodes(formula)].flatMap(node => (node.kind === 'quantity' ? [node.name] : []));
