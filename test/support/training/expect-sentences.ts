/** That a text holds exactly the lines that are expected, in any order; numbers may differ by a rounding of their last digit. */
import { expect } from 'vitest';

const HEADS = ['| sweep |', '| data |', '| h‖f₂‖/‖f₁‖ |', '| ---'];
const RESULTS = ['- ', '| ', 'First order is better', 'The ratio is taken'];
const NUMBER = /−?\d+(?:\.\d+)?(?:e−?\d+)?/g;

export function expectSentences(written: string, expected: readonly string[]): void {
  const lines = written
    .split('\n')
    .filter(line => RESULTS.some(begin => line.startsWith(begin)) && !HEADS.some(head => line.startsWith(head)));
  const left = [...expected];
  const strange = lines.filter(line => {
    const found = left.findIndex(other => isSame(line, other));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  expect({ strange, left }).toEqual({ strange: [], left: [] });
  expect(lines.length).toBeGreaterThan(0);
}

function isSame(line: string, other: string): boolean {
  if (line.replaceAll(NUMBER, '#') !== other.replaceAll(NUMBER, '#')) return false;
  const theirs = other.match(NUMBER) ?? [];
  return (line.match(NUMBER) ?? []).every((own, at) => isNear(own, theirs[at] ?? ''));
}

function isNear(own: string, other: string): boolean {
  if (own === other) return true;
  const [a, b] = [own, other].map(each => Number(each.replaceAll('−', '-')));
  // Whole numbers are counts.
  if (a === undefined || b === undefined || (Number.isInteger(a) && Number.isInteger(b))) return false;
  const [digits = '', power = '0'] = own.replaceAll('−', '-').split('e');
  const last = 10 ** (Number(power) - (digits.split('.')[1]?.length ?? 0));
  return Math.abs(a - b) <= 1.01 * last;
}
