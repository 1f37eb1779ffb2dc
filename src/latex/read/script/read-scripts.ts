/**
 * The scripts of θ, states and quantities: component indices, iteration labels and powers, with labels in parenthesised
 * superscripts or, under `index=subscript`, in the subscript.
 */
import { refuse } from '../../../base/problem.ts';
import type { Formula, IndexSort } from '../../../formula/formula.ts';
import type { Item, NameItem } from '../../layout/item.ts';
import { labelItems, readIndex, sortOfEntry, splitCommas, splitIndices, textOfItem } from './read-index.ts';
import type { Reading } from '../reading.ts';

/** How many indices and labels a name takes. */
export interface Wanted {
  readonly indices: number;
  readonly labels: number;
  readonly historyIndex: boolean;
  readonly sorts?: readonly IndexSort[];
  /** Without a label the current point is meant. */
  readonly optionalLabel?: boolean;
}

export interface ReadScripts {
  /** Null where the component is left out: the whole vector. */
  readonly indices: readonly Formula[] | null;
  readonly labels: readonly Formula[];
  readonly power: readonly Item[] | null;
}

export function readScripts(item: NameItem, want: Wanted, name: string, reading: Reading): ReadScripts {
  const scripts = reading.subscriptLabels
    ? bySubscript(item, want, name, reading)
    : bySuperscript(item, want, name, reading);
  if (scripts.labels.length !== want.labels && !(want.optionalLabel === true && scripts.labels.length === 0)) {
    const where = reading.subscriptLabels ? 'in the subscript' : 'as a parenthesised superscript';
    const expected =
      want.labels === 0
        ? 'no iteration label'
        : want.labels === 1
          ? `an iteration label ${where}`
          : `${want.labels} iteration labels ${where}`;
    return refuse('missing-label', `expected ${expected} on ${name}`, item.span);
  }
  if (scripts.indices !== null && scripts.indices.length !== want.indices) {
    return refuse(
      'index-count',
      want.indices === 0 ? `expected no subscript on ${name}` : `expected ${want.indices} subscripts on ${name}`,
      item.span,
    );
  }
  const isTensor = want.sorts?.every(sort => sort === 'coordinate') === true;
  if (scripts.indices === null && want.indices > 0 && (want.historyIndex || (want.indices > 1 && !isTensor)))
    return refuse('missing-index', `expected a subscript on ${name}`, item.span);
  return scripts;
}

const sortAt = (want: Wanted, at: number): IndexSort =>
  want.sorts?.[at] ?? (want.historyIndex ? 'history' : 'coordinate');

function bySuperscript(item: NameItem, want: Wanted, name: string, reading: Reading): ReadScripts {
  const label = labelItems(item.sup);
  const labels = label === null ? [] : splitCommas(label).map(part => readIndex(part, 'history', reading, item.span));
  if (item.sub === null)
    return { indices: want.indices === 0 ? [] : null, labels, power: label === null ? item.sup : null };
  if (want.indices === 0) return refuse('index-count', `expected no subscript on ${name}`, item.span);
  if (want.indices === 1 && splitCommas(item.sub).length > 1) {
    const hint = 'iteration labels in subscripts need `notation index=subscript`';
    return refuse('index-count', `expected one subscript on ${name}`, item.span, hint);
  }
  const parts = want.indices === 1 ? [[...item.sub]] : splitIndices(item.sub);
  const indices = parts.map((part, at) => readIndex(part, sortAt(want, at), reading, item.span));
  return { indices, labels, power: label === null ? item.sup : null };
}

/** `m_t`, `g_{t,j}`, `x_{j,t-1}`, `w_t^{(j)}`: the letters say which is the component. */
function bySubscript(item: NameItem, want: Wanted, name: string, reading: Reading): ReadScripts {
  const label = labelItems(item.sup);
  const indices: Formula[] = [];
  const labels: Formula[] = [];
  const isTable = want.labels === 0 && want.indices > 1;
  const entries = item.sub === null ? [] : splitEntries(item.sub, isTable, reading);
  for (const part of entries) {
    const sort = sortOfEntry(part, reading);
    const historyWanted = want.historyIndex && want.labels === 0;
    const isLabel =
      !isNumberedComponent(part, want, reading) &&
      (sort === 'history' || (sort === null && (labels.length < want.labels || want.indices === 0)));
    if (historyWanted || isTable)
      indices.push(readIndex(part, isTable ? sortAt(want, indices.length) : 'history', reading, item.span));
    else if (isLabel) {
      if (want.indices > 0 && entries.length === 1 && label === null) refuseFactor(part);
      labels.push(readIndex(part, 'history', reading, item.span));
    } else indices.push(readIndex(part, 'coordinate', reading, item.span));
  }
  if (label !== null) {
    for (const part of splitCommas(label)) {
      const isLabel =
        sortOfEntry(part, reading) === 'history' ||
        (sortOfEntry(part, reading) === null && labels.length < want.labels);
      if (isLabel) labels.push(readIndex(part, 'history', reading, item.span));
      else indices.push(readIndex(part, 'coordinate', reading, item.span));
    }
  }
  if (labels.length > want.labels)
    return refuse(
      'missing-label',
      `expected ${want.labels === 0 ? 'no iteration label' : 'one iteration label'} on ${name}`,
      item.span,
    );
  return {
    indices: indices.length === 0 && want.indices > 0 ? null : indices,
    labels,
    power: label === null ? item.sup : null,
  };
}

/** x_2 beside \dot x_1. */
const isNumberedComponent = (part: readonly Item[], want: Wanted, reading: Reading): boolean =>
  reading.scope.numbered === true &&
  want.optionalLabel === true &&
  part.length === 1 &&
  part[0]?.kind === 'number' &&
  /^[1-9][0-9]*$/.test(part[0].text);

/** x_{2t}: the point of step 2t, or component 2 at step t. */
function refuseFactor([first, second, ...more]: readonly Item[]): void {
  if (first?.kind !== 'number' || second === undefined || second.kind === 'operator') return;
  const [factor, label] = [textOfItem(first), [second, ...more].map(textOfItem).join('')];
  refuse(
    'index-expression',
    `${factor}${label} is ambiguous: the label ${factor} \\cdot ${label}, or component ${factor} at ${label}`,
    first.span,
    `Write ${factor} \\cdot ${label} for the label, ${factor},${label} for the component.`,
  );
}

/** `t,j` and `tj`, but `2t` and `t-1` are one entry. */
function splitEntries(sub: readonly Item[], isTable: boolean, reading: Reading): Item[][] {
  const parts = splitIndices(sub, true);
  return !isTable &&
    parts.length > 1 &&
    parts.every(part => sortOfEntry(part, reading) === 'history') &&
    !sub.some(item => item.kind === 'operator')
    ? [[...sub]]
    : parts;
}
