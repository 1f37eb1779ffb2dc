/** Initial rows with their labels counted from n, which is 0 where they are read: E_0 becomes E_n, θ^{(0)} becomes θ^{(n)}. */
import { addition, index } from '../../formula/build.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import type { Optimizer } from '../../optimizer/model.ts';

const known = new WeakMap<Optimizer, Optimizer>();

/** The optimizer with such initial rows; the same object for the same optimizer. */
export function withStartAtN(optimizer: Optimizer): Optimizer {
  const made = known.get(optimizer) ?? {
    ...optimizer,
    states: optimizer.states.map(row => ({ ...row, initial: fromN(row.initial) })),
  };
  known.set(optimizer, made);
  known.set(made, made);
  return made;
}

function fromN(formula: Formula): Formula {
  const inner = withChildren(formula, children(formula).map(fromN));
  switch (inner.kind) {
    case 'iterate':
      return inner.label === null ? inner : { ...inner, label: labelFromN(inner.label) };
    case 'loss':
      return inner.batch === null ? inner : { ...inner, batch: labelFromN(inner.batch) };
    case 'quantity':
      return { ...inner, labels: inner.labels.map(labelFromN) };
    case 'schedule':
      return { ...inner, index: labelFromN(inner.index) };
    default:
      return inner;
  }
}

function labelFromN(label: Formula): Formula {
  if (label.kind !== 'number') return label;
  return label.value.isZero() ? index(ITERATION) : addition(index(ITERATION), label);
}
