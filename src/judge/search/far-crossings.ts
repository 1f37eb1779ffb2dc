/** Where a formula in n, p and labels alone changes its sign far beyond every sample: the neighbours on both sides. */
import type { Formula } from '../../formula/formula.ts';
import { Program } from '../../evaluate/program/program.ts';
import type { Sample } from '../sample/sample.ts';
import { halve, powers, sizeAt, termsOf } from './far.ts';
import { type Way, waysFor } from './far-ways.ts';
import { grows } from './growth.ts';
import { type Heights, heightsOf } from './height.ts';
import type { SearchTask } from './search-task.ts';

export interface Crossings {
  /** Two samples each, one on either side, and one where it is zero. */
  readonly samples: readonly Sample[];
  /** Whether it may change its sign farther out than it was followed. */
  readonly mayChange: boolean;
}

export function crossingsOf(formula: Formula, start: Sample, { claim, question, budget }: SearchTask): Crossings {
  const { space } = question;
  const program = new Program({ definitions: claim.definitions, declarations: space.declarations });
  const whole = heightsOf(formula, program, 1, budget);
  const terms = termsOf(formula).map(term => heightsOf(term, program, 1, budget));
  const samples: Sample[] = [];
  let mayChange = false;
  for (const way of waysFor([formula], space)) {
    const { found, end, sign } = alongWay(way, start, whole);
    samples.push(...found);
    // What is positive last is compared with what is not.
    const signed = sign > 0 ? terms.map(negative) : terms;
    mayChange ||= end > 0 && grows(signed, power => way.at(start, sizeAt(power)), Math.log2(end));
  }
  return { samples, mayChange };
}

const negative =
  (heights: Heights): Heights =>
  sample => {
    const height = heights(sample);
    return height && { size: height.size, sign: height.sign === 0 ? 0 : height.sign > 0 ? -1 : 1 };
  };

interface Along {
  readonly found: readonly Sample[];
  /** The last size at which there is a value, and its sign. */
  readonly end: number;
  readonly sign: number;
}

function alongWay(way: Way, start: Sample, heights: Heights): Along {
  const signAt = (size: number): number | null => {
    const sample = way.at(start, size);
    return sample && (heights(sample)?.sign ?? null);
  };
  const found: Sample[] = [];
  let [end, sign] = [0, 0];
  for (const power of powers()) {
    if (!Number.isInteger(power)) continue;
    const size = sizeAt(power);
    const here = signAt(size);
    if (here === null) {
      if (end > 0) break;
      continue;
    }
    if (end > 0 && here !== sign) {
      const before = sign;
      const sides = halve(end, size, middle => signAt(middle) !== before);
      found.push(...sides.flatMap(each => way.at(start, each) ?? []));
    }
    [end, sign] = [size, here];
  }
  return { found, end, sign };
}
