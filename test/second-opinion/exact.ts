/** The exact value of a text of common algebra at rational numbers, by this project's own reader and arithmetic. */
import { attempt } from '../../src/base/problem.ts';
import { Rational } from '../../src/number/rational.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';

export type Values = readonly [string, ...string[]];
export type ExactValue = (text: string, values: readonly string[]) => string | null;

/** A rational number as text; null where the text has no rational value there, or is none that the reader knows. */
export async function exactReader(): Promise<ExactValue> {
  const reader = new LossReader(await loadMathjs());
  const ring = new RationalRing();
  return (text, values) => {
    const point = values.map(value => Rational.parse(value) ?? Rational.zero);
    const value = attempt(() => reader.function(text, 'x', point.length, null).derivative([])(ring, point));
    return value.ok ? `${value.value}` : null;
  };
}

/** `x1`, `x2`, … with their values, as the other programs take them. */
export const named = (values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, at) => [`x${at + 1}`, value]));
