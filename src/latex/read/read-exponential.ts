/** e^{x}, where e means nothing else. */
import type { NameItem } from '../layout/item.ts';
import { labelItems } from './script/read-index.ts';
import type { Reading } from './reading.ts';
import type { Value } from './value.ts';
import { mapOf } from './value.ts';

/** The exponential function; null where the name is no e with an exponent, or e has another meaning. */
export function readExponential(item: NameItem, name: string, reading: Reading): Value | null {
  const isE = (name === 'e' || name === '\\mathrm{e}') && item.sub === null && item.primes === 0;
  if (!isE || item.sup === null || labelItems(item.sup) !== null) return null;
  if (reading.special(item.name) !== null || reading.roleName(name) !== null) return null;
  const exponent = reading.expression(item.sup, item.span);
  return mapOf(exponent, item.span, reading, 'a function', argument => ({
    kind: 'call',
    span: item.span,
    name: 'exp',
    derivative: 0,
    argument,
  }));
}
