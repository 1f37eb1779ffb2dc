/** The step: h, and h with a label, which is h times a schedule. */
import type { Formula } from '../../../formula/formula.ts';
import type { NameItem } from '../../layout/item.ts';
import { labelItems, readIndex, sortOfEntry } from './read-index.ts';
import type { Reading } from '../reading.ts';
import type { Value } from '../value.ts';
import { scalar } from '../value.ts';

/** h, and \eta_t = \eta \sigma_t, without a power; null where a subscript is no label. */
export function readStep(item: NameItem, reading: Reading): Value | null {
  const label = item.sub ?? labelItems(item.sup);
  const step: Formula = { kind: 'step', span: item.inner };
  if (label === null) return scalar(step, item.span);
  const { stepSchedule: name } = reading.scope;
  if (name === undefined || sortOfEntry(label, reading) !== 'history') return null;
  const index = readIndex(label, 'history', reading, item.span);
  const schedule: Formula = { kind: 'schedule', span: item.inner, name, index };
  return scalar({ kind: 'multiply', span: item.inner, factors: [step, schedule] }, item.span);
}

/** The step's name with its power alone: \eta^{(n)} has a label there. */
export const labelledStep = (item: NameItem): NameItem =>
  labelItems(item.sup) === null ? item : { ...item, sup: null };
