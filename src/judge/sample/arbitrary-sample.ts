/**
 * Samples for fast-check, which drives generation and shrinking. The sequence depends on the seed and the
 * {@link SampleSpace} alone.
 */
import * as fc from 'fast-check';
import type { Declaration } from '../../optimizer/model.ts';
import { Draw, drawSample } from './draw-sample.ts';
import type { Sample, SampleSpace } from './sample.ts';
import { cutsFrom } from './shrink-sample.ts';

/** Generates and shrinks samples of one space. Shrinking keeps within the space. */
export class ArbitrarySample extends fc.Arbitrary<Sample> {
  readonly #space: SampleSpace;
  /** What came from here and so lies in the space. */
  readonly #known = new WeakSet<object>();
  constructor(space: SampleSpace) {
    super();
    this.#space = space;
  }
  override generate(random: fc.Random): fc.Value<Sample> {
    return this.#made(drawSample(this.#space, new Draw(random)), 0);
  }
  override canShrinkWithoutContext(value: unknown): value is Sample {
    return typeof value === 'object' && value !== null && this.#known.has(value);
  }
  /** Begins after the place of the cut that led here and comes round to the earlier ones last. */
  override shrink(value: Sample, context: unknown): fc.Stream<fc.Value<Sample>> {
    const from = typeof context === 'number' ? context : 0;
    return fc
      .stream(cutsFrom(value, this.#space, from).values())
      .map(({ smaller, place }) => this.#made(smaller, place));
  }
  #made(sample: Sample, place: number): fc.Value<Sample> {
    this.#known.add(sample);
    return new fc.Value(sample, place);
  }
}

const MOST_REMEMBERED = 24;
const remembered = new Map<string, readonly Sample[]>();

const spaceKey = ({
  setting,
  declarations,
  letters,
  large,
  decay,
  fine,
  largestN,
  components,
  beforeFirst,
}: SampleSpace): string =>
  [
    setting,
    large ? 'large' : '',
    decay ?? '',
    fine ? 'fine' : '',
    largestN ?? '',
    components ?? '',
    beforeFirst ?? '',
    ...declarations.map(each => `${each.kind} ${each.name} ${shapeOf(each)}`),
    ...[...letters].map(letter => letter.join()),
  ].join('|');

function shapeOf(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'scalar': {
      const { lower, lowerOpen, upper, upperOpen } = declaration.domain;
      return `${lower} ${lowerOpen} ${upper} ${upperOpen}`;
    }
    case 'function':
      return `${declaration.odd} ${declaration.body === null}`;
    case 'vector-function':
      return declaration.result;
    case 'schedule':
    case 'vector':
      return '';
  }
}

/** Where samples come from: the first `count` for a seed. */
export type SamplePool = (space: SampleSpace, seed: number, count: number) => readonly Sample[];

/**
 * The first `count` samples for a seed. Equal spaces give the very same objects (they are immutable), so that values can
 * be remembered by sample.
 */
export function samplesOf(space: SampleSpace, seed: number, count: number): readonly Sample[] {
  if (count === 0) return [];
  const key = `${seed}|${spaceKey(space)}`;
  const known = remembered.get(key);
  if (known && known.length >= count) return known.slice(0, count);
  const made = fc.sample(new ArbitrarySample(space), { seed, numRuns: count });
  const all = known ? [...known, ...made.slice(known.length)] : made;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, all);
  return all;
}
