/** The first two sections: the optimizer as it is defined, and what is assumed. */
import { type Setting, hasOneLoss } from '../../../notation/settings.ts';
import { addition, index, iterate, number, quantity } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import { shiftIteration } from '../../../optimizer/rows/counting.ts';
import type { Notation, Optimizer } from '../../../optimizer/model.ts';
import { children } from '../../../formula/walk.ts';
import { offsetFromIteration } from '../../../optimizer/label.ts';
import { nodes, replaceIndex } from '../../../optimizer/replace.ts';
import { rowConditions } from '../../../document/switching-text.ts';
import { domainLatex, whereText } from '../model/declare.ts';
import { withNamedPoints } from './named-points.ts';
import { inline } from '../print/print-row.ts';
import type { PrintableNames } from '../model/printable-names.ts';
import { iterateAt } from '../model/points.ts';
import { cite } from '../model/references.ts';
import { formulaRow, type Part, prose, type DisplayRow, type Section } from '../model/write-up.ts';

const next = addition(index(ITERATION), number(1));
const component = (yes: boolean): Formula[] => (yes ? [index(COMPONENT)] : []);

const AS_TYPED = { asTyped: true } as const;

interface Placed {
  readonly row: DisplayRow;
  /** Where it stood in the source. */
  readonly at: number;
}

/** The rows as one defines an optimizer, in the order of its source. */
export function optimizerRows(optimizer: Optimizer): DisplayRow[] {
  const states = optimizer.states.flatMap(({ name, componentwise, right, initial, span }): Placed[] => {
    const state = (label: Formula): Formula => quantity(name, component(componentwise), [label]);
    const first = replaceIndex(initial, ITERATION, number(0));
    const start = isZero(initial) ? [] : [{ row: formulaRow(state(number(0)), first, AS_TYPED), at: span.start - 1 }];
    return [...start, { row: formulaRow(state(next), right, AS_TYPED), at: span.start }];
  });
  const quantities = optimizer.quantities.map(({ name, indices, labels, body, span }): Placed => {
    const shift = labels.length > 0 ? usedAt(name, optimizer) : 0;
    const label = shift === 0 ? index(ITERATION) : next;
    const left = quantity(name, component(indices.length > 0), labels.length > 0 ? [label] : []);
    return {
      row: formulaRow(left, shiftIteration(body, shift), { ...AS_TYPED, relation: ':=' }),
      at: span?.start ?? 0,
    };
  });
  const placed = [...states, ...quantities].sort((a, b) => a.at - b.at);
  return [...placed.map(({ row }) => row), formulaRow(iterate(index(COMPONENT), next), optimizer.update, AS_TYPED)];
}

/** The label at which the step reads a row first, as 0 for n and 1 for n + 1: its row makes it there. */
function usedAt(name: string, optimizer: Optimizer, seen: readonly string[] = []): 0 | 1 {
  const { update, states, quantities } = optimizer;
  const isRead = (formula: Formula, moved: number): boolean =>
    [...nodes(formula)].some(
      node =>
        node.kind === 'quantity' &&
        node.name === name &&
        node.labels.some(label => (offsetFromIteration(label) ?? 1) + moved > 0),
    );
  const makers = quantities.filter(each => each.name !== name && !seen.includes(each.name));
  const isAhead =
    [update, ...states.map(({ right }) => right)].some(formula => isRead(formula, 0)) ||
    makers.some(
      each => isRead(each.body, 0) || (isRead(each.body, 1) && usedAt(each.name, optimizer, [...seen, name]) === 1),
    );
  return isAhead ? 1 : 0;
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

export interface AboutRule {
  /** What names of the typed rule are printed as others. */
  readonly printed: PrintableNames['printed'];
  readonly source: string | null;
}

export function optimizerSection(
  optimizer: Optimizer,
  notation: Notation,
  setting: Setting,
  { printed, source }: AboutRule,
): Section {
  const where = optimizer.declarations.flatMap(each => whereText(each, notation) ?? []);
  const domains = optimizer.declarations.map(each => domainLatex(each, notation));
  const { iteration, loss, step, component: j, dimension } = notation;
  const n = iteration;
  const start = startText(optimizer, notation);
  const others = [...printed].map(([typed, shown]) => `$${shown}$ for $${typed}$`);
  const renamed = others.length === 0 ? '' : `Here stands ${inWords(others)} of the rule as it is typed.`;
  const losses = hasOneLoss(setting)
    ? `Every step uses the same loss, $${loss}_{${n}} \\equiv ${loss}$.`
    : `The step number $${n}$ uses the loss $${loss}_{${n}}$, each a function of its own.`;
  return {
    id: 'optimizer',
    title: 'The optimizer',
    parts: [
      prose(
        `${domains.length > 0 ? `Let ${inWords(domains)}. ` : ''}For $${n} = 0, 1, \\dots$ and $${j} = 1, \\dots, ${dimension}$ a step of size $${step} > 0$ is${source === null ? '' : ` ${cite('source')}`}`,
      ),
      {
        kind: 'step',
        id: 'optimizer',
        role: 'optimizer',
        keys: optimizer.beforeFirst === undefined ? {} : { 'before-first': optimizer.beforeFirst },
        where,
        rows: withNamedPoints(optimizerRows(optimizer), optimizer),
        reason: '',
      },
      prose(
        `${renamed === '' ? '' : `${renamed} `}${start} ${losses} The point $${iterateAt(notation, '0')}$ is arbitrary.`.trim(),
      ),
    ],
  };
}

function startText({ states }: Optimizer, notation: Notation): string {
  const zero = states
    .filter(({ initial, name }) => isZero(initial) && !name.startsWith('#'))
    .map(({ name, componentwise }) =>
      inline(quantity(name, component(componentwise), [number(0)]), notation).slice(1, -1),
    );
  return zero.length === 0 ? '' : `It starts from $${zero.join(' = ')} = 0$.`;
}

/** a, b and c. */
export const inWords = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

export function assumptionsSection(
  optimizer: Optimizer,
  notation: Notation,
  order: number,
  setting: Setting,
  conventions: Part,
): Section {
  const { loss, step, iteration: n } = notation;
  const smooth = order + 3;
  const losses = hasOneLoss(setting) ? `The loss $${loss}$ is` : `Every loss $${loss}_k$ is`;
  const uniform = hasOneLoss(setting) ? '' : ', uniformly in~$k$,';
  const items = [
    `${losses} ${smooth} times continuously differentiable, and its derivatives up to order ${smooth} are bounded${uniform} near the iterates and the solution below.`,
    `The hyperparameters are fixed: they do not depend on $${step}$.`,
    ...(optimizer.declarations.some(({ kind }) => kind === 'function' || kind === 'vector-function')
      ? ['The functions in the update are smooth, with bounded derivatives.']
      : []),
    ...(optimizer.declarations.some(({ kind }) => kind === 'schedule') ? ['The schedules are bounded.'] : []),
    ...(divides(optimizer)
      ? ['What stands in a denominator or under a root of the update stays away from zero along the iterates.']
      : []),
    ...switching(optimizer),
  ];
  return {
    id: 'assumptions',
    title: 'Assumptions and conventions',
    parts: [
      prose(`\\begin{enumerate}\n${items.map(item => `\\item ${item}`).join('\n')}\n\\end{enumerate}`),
      prose(
        `The steps below are identities between power series in $${step}$ for every fixed $${n}$; they use the derivatives of the losses and nothing else. The bounds of the assumptions are needed for the error bound of the theorem only, and are not checked here.`,
      ),
      conventions,
    ],
  };
}

/** The equation is that of the side of every switch on which the iterates run. */
function switching(optimizer: Optimizer): string[] {
  const conditions = rowConditions(optimizer).map(condition => `$${condition}$`);
  return conditions.length === 0
    ? []
    : [
        `The rule does not switch along the iterates: ${inWords(conditions)} in every step and every component. Where it switches, no coefficient of the equation has a value.`,
      ];
}

/** Whether the update divides by, or takes a root of, what depends on the parameters. */
function divides({ update, quantities, states }: Optimizer): boolean {
  const moving = new Set([...states, ...quantities].map(({ name }) => name));
  const depends = (formula: Formula): boolean =>
    formula.kind === 'iterate' ||
    formula.kind === 'loss' ||
    (formula.kind === 'quantity' && moving.has(formula.name)) ||
    children(formula).some(depends);
  const found = (formula: Formula): boolean =>
    (formula.kind === 'divide' && depends(formula.denominator)) ||
    (formula.kind === 'root' && depends(formula.radicand)) ||
    children(formula).some(found);
  return [update, ...quantities.map(({ body }) => body)].some(found);
}
