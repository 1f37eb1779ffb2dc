/** What a derivative is taken by: the scripts of \nabla and \partial, and what stands behind a \partial of a denominator. */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import type { Formula, Vector } from '../../../formula/formula.ts';
import type { CommandItem, Item, NameItem } from '../../layout/item.ts';
import { spellItems, spellName, spellSubscript } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { labelItems, readIndex, splitIndices } from '../script/read-index.ts';
import { asVector, isScalarValue, known } from '../value.ts';

/** What a derivative is taken by: components of θ, all components `gradient` times, or a hyperparameter. */
export type DerivedBy =
  | { readonly kind: 'components'; readonly by: readonly Formula[]; readonly point?: Vector; readonly inRows?: boolean }
  | { readonly kind: 'gradient'; readonly order: number; readonly point?: Vector; readonly inRows?: boolean }
  | { readonly kind: 'parameter'; readonly name: string; readonly order: number };

/** The scripts of a derivative sign. */
export function readBy(sign: CommandItem, reading: Reading): DerivedBy {
  const order = sign.sup === null ? null : readOrder(sign.sup, sign.span);
  if (sign.sub === null) {
    if (sign.text === '\\partial') return refuse('derivative', 'expected an index under \\partial', sign.span);
    return { kind: 'gradient', order: order ?? 1 };
  }
  const named = readNamedPoint(sign.sub, reading);
  if (named !== null) return named.kind === 'gradient' ? { ...named, order: order ?? 1 } : repeated(named, order ?? 1);
  const only = sign.sub[0];
  const parameter = sign.sub.length === 1 && only?.kind === 'name' ? readParameter(only, reading) : null;
  if (parameter?.kind === 'parameter') return { ...parameter, order: order ?? 1 };
  const by = splitDerivativeIndices(sign.sub).map(part => readIndex(part, 'coordinate', reading, sign.span));
  if (order === null || order === by.length) return { kind: 'components', by };
  if (by.length === 1) return { kind: 'components', by: Array.from({ length: order }, () => known(by[0])) };
  return refuse('derivative', `expected ${order} indices under a derivative of order ${order}`, sign.span);
}

/** The components under a derivative sign: digits side by side, as in \nabla_{12}, are one each; a component has no 0 in it. */
function splitDerivativeIndices(sub: readonly Item[]): Item[][] {
  const [only] = sub;
  if (sub.length !== 1 || only?.kind !== 'number' || !/^[1-9]{2,}$/.test(only.text)) return splitIndices(sub);
  return [...only.text].map(text => [{ ...only, text }]);
}

/** The same component several times. */
const repeated = (by: Extract<DerivedBy, { kind: 'components' }>, times: number): DerivedBy => ({
  ...by,
  by: Array.from({ length: times }, () => known(by.by[0])),
});

/** How often is derived: a superscript that is no label. */
export function readOrder(sup: readonly Item[], span: Span): number {
  const only = sup[0];
  const order = sup.length === 1 && only?.kind === 'number' ? Number(only.text) : Number.NaN;
  return Number.isInteger(order) && order >= 1 && order <= 12
    ? order
    : refuse('derivative', 'expected an order from 1 to 12', span);
}

/** A hyperparameter as the variable of a derivative; null where it is none. */
function readParameter(item: NameItem, reading: Reading): DerivedBy | null {
  const base = spellName(item.name);
  const sub = item.sub === null ? null : spellItems(item.sub);
  const full = sub === null ? base : spellSubscript(base, sub);
  if (reading.role(full)?.kind !== 'scalar' || reading.boundLetter(full) !== undefined) return null;
  return { kind: 'parameter', name: full, order: 1 };
}

/** θ_j, θ, a point as in {@link readNamedPoint}, or a hyperparameter as the variable of a derivative; null where it is an index letter. */
export function readVariable(items: readonly Item[], reading: Reading): DerivedBy | null {
  const [only, ...more] = items;
  const parameter = only?.kind === 'name' && more.length === 0 ? readParameter(only, reading) : null;
  return parameter ?? readNamedPoint(items, reading);
}

/**
 * The point under a derivative sign: \theta, \theta_j, \theta^{(n)}, \tilde\theta(t_k), x_t, or a row of the optimizer
 * such as y^{(n)}; null where the items are something else.
 */
function readNamedPoint(items: readonly Item[], reading: Reading): Extract<DerivedBy, { point?: Vector }> | null {
  const [first] = items;
  if (first?.kind !== 'name' || !isPointVariable(first, items.length, reading)) return null;
  const value = reading.expression(items, first.span);
  if (!isScalarValue(value)) {
    if (value.rank === 1 && !value.row)
      return { kind: 'gradient', order: 1, point: asVector(value), inRows: reading.scope.where === 'optimizer' };
  } else {
    const { formula } = value;
    const component =
      formula.kind === 'iterate' ? formula.component : formula.kind === 'quantity' ? formula.indices[0] : null;
    if (component)
      return {
        kind: 'components',
        by: [component],
        point: vectorWith(formula),
        inRows: reading.scope.where === 'optimizer',
      };
  }
  return refuse('derivative', 'expected a point or a component of one under the derivative sign', first.span);
}

/** The whole vector that a formula is a component of. */
function vectorWith(component: Formula): Vector {
  const index: Formula = { kind: 'index', span: null, name: '#c' };
  if (component.kind === 'iterate') return { index: '#c', body: { ...component, component: index } };
  if (component.kind === 'quantity') return { index: '#c', body: { ...component, indices: [index] } };
  throw new Error('a component of a point was expected');
}

function isPointVariable(item: NameItem, length: number, reading: Reading): boolean {
  if (length > 2 || item.primes > 0) return false;
  if (reading.isPointName(item.name)) return true;
  const name = spellName(item.name);
  if (reading.boundLetter(name) !== undefined) return false;
  const role = reading.role(name);
  if (role?.kind === 'quantity') return role.indices === 1 && role.indexSorts?.[0] !== 'history';
  // A letter alone may be an index; a state has a label.
  return role?.kind === 'state' && role.componentwise && (item.sub !== null || labelItems(item.sup) !== null);
}
