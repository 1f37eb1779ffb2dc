/** Verdicts about a claim that was written with 1 − α as a letter, in the letters of its document. */
import { jsonName } from '../../evaluate/instance/instance.ts';
import { Rational } from '../../number/rational.ts';
import type { Sample } from '../sample/sample.ts';
import type { Counterexample, StatementVerdict } from '../verdict.ts';
import { complementName } from '../stated/complements.ts';

/** α beside 1 − α. */
function sampleWith(sample: Sample, names: ReadonlySet<string>): Sample {
  const own = [...names].flatMap((name): [string, Rational][] => {
    const value = sample.scalars.get(complementName(name));
    return value === undefined ? [] : [[name, Rational.one.subtract(value)]];
  });
  return { ...sample, scalars: new Map([...sample.scalars, ...own]) };
}

function counterexampleWith(counterexample: Counterexample, names: ReadonlySet<string>): Counterexample {
  const keys = new Map([...names].map(name => [jsonName(complementName(name)), jsonName(name)]));
  const renamed = <V>(values: Readonly<Record<string, V>>, of: (value: V) => V): Record<string, V> =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const own = keys.get(key);
        return own === undefined ? [key, value] : [own, of(value)];
      }),
    );
  const { hyperparameters, symbols, sequence } = counterexample;
  const mirrored = (value: string): string => {
    const number = Rational.parse(value);
    if (number === null) throw new Error(`${value} is no number`);
    return Rational.one.subtract(number).toString();
  };
  return {
    ...counterexample,
    hyperparameters: renamed(hyperparameters, mirrored),
    ...(symbols ? { symbols: renamed(symbols, value => (typeof value === 'string' ? mirrored(value) : value)) } : {}),
    ...(sequence ? { sequence: sequence.map(each => counterexampleWith(each, names)) } : {}),
  };
}

/** The verdict with the values of α for those of 1 − α. */
export function inOriginalLetters(verdict: StatementVerdict, names: ReadonlySet<string>): StatementVerdict {
  if (names.size === 0) return verdict;
  const { counterexample, refutedAt } = verdict;
  return {
    ...verdict,
    counterexample: counterexample && counterexampleWith(counterexample, names),
    ...(refutedAt
      ? {
          refutedAt: () => {
            const at = refutedAt();
            return { ...at, sample: sampleWith(at.sample, names) };
          },
        }
      : {}),
  };
}
