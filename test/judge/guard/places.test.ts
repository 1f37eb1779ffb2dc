/** Where the guard goes to: sizes beside every constant, the zeros of integers, and what it says it has not looked at. */
import { describe, expect, it } from 'vitest';
import { addition, index, multiplication, number, parameter, subtraction } from '../../../src/formula/build.ts';
import { DIMENSION, type Formula, type IndexSort, ITERATION } from '../../../src/formula/formula.ts';
import { placesOfEdge, placesWhere } from '../../../src/judge/guard/edge-places.ts';
import { dimensionsFor, farFrom, iterationsFor, placesFor } from '../../../src/judge/guard/places.ts';
import { unseen } from '../../../src/judge/guard/unseen.ts';
import type { ZeroAt } from '../../../src/judge/guard/zeros.ts';
import type { Question } from '../../../src/judge/question.ts';
import type { Constants } from '../../../src/judge/stated/constants.ts';
import { type IntegerForm, integerFormOf } from '../../../src/judge/stated/integer-form.ts';
import type { Place } from '../../../src/judge/stated/place.ts';

const NONE: Constants = {
  history: [],
  coordinates: [],
  aboutDimension: false,
  comparesCoordinates: false,
  forms: [],
};
const [n, p] = [index(ITERATION), index(DIMENSION)];
const NO_LETTERS: ReadonlyMap<string, IndexSort> = new Map();
const always = (): boolean => true;
const formOf = (formula: Formula): IntegerForm => {
  const form = integerFormOf(formula);
  if (form === null) throw new Error('integers were meant');
  return form;
};
const shown = ({ n: size, dimension, letters, zeros, flat, even }: Place): string =>
  [
    `${size} ${dimension}`,
    ...[...letters].map(([name, value]) => `${name}=${value}`),
    ...(zeros ? ['zero'] : []),
    ...(flat ? ['flat'] : []),
    ...(even ? ['even'] : []),
  ].join(' ');

describe('values of n', () => {
  it('are the small ones, and those around each constant, sum and difference', () => {
    expect(iterationsFor([])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(iterationsFor([2])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(iterationsFor([13])).toEqual([0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28]);
    const two = iterationsFor([3, 20]);
    for (const c of [3, 20, 17, 23, 40]) for (const step of [-2, -1, 0, 1, 2]) expect(two).toContain(c + step);
    expect(new Set(two).size).toBe(two.length);
    expect(two.every(c => c >= 0)).toBe(true);
  });
  it('go well beyond the least that is allowed', () => {
    expect(farFrom(0)).toEqual([7, 12, 20, 40, 100]);
    expect(farFrom(13)).toEqual([20, 25, 33, 53, 113, 26, 39]);
  });
});

describe('values of p', () => {
  it('are all small ones where p matters, else three, and those around each constant that can be afforded', () => {
    expect(dimensionsFor(NONE, 40)).toEqual([1, 2, 3]);
    expect(dimensionsFor({ ...NONE, coordinates: [1] }, 40)).toEqual([1, 2, 3, 4]);
    expect(dimensionsFor({ ...NONE, aboutDimension: true }, 40)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const near = dimensionsFor({ ...NONE, coordinates: [12] }, 24);
    expect(near).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 22, 23, 24]);
    expect(dimensionsFor({ ...NONE, coordinates: [12] }, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]);
  });
});

describe('the sizes at which integers vanish', () => {
  const where = (formulas: readonly Formula[], letters = NO_LETTERS): string[] =>
    placesWhere(formulas.map(formOf), letters).map(shown);
  it('are roots where one letter stands alone', () => {
    expect(where([subtraction(n, number(13))])).toEqual(['13 2']);
    expect(where([subtraction(n, number(1000))])).toEqual(['1000 2']);
    expect(where([addition(n, number(1))])).toEqual([]);
    expect(where([subtraction(multiplication(number(2), n), number(6))])).toEqual(['3 2']);
    expect(where([subtraction(multiplication(number(2), n), number(7))])).toEqual([]);
    expect(where([subtraction(p, number(17))])).toEqual(['0 17', '1 17', '2 17', '3 17']);
    expect(where([subtraction(p, number(41))])).toEqual([]);
    expect(where([p])).toEqual([]);
  });
  it('are found where several letters stand together, and for all forms at once', () => {
    expect(where([subtraction(addition(n, p), number(5))])).toEqual(['0 5', '1 4', '2 3', '3 2']);
    expect(where([subtraction(addition(n, p), number(12))])).toEqual(['4 8', '5 7', '6 6', '7 5']);
    expect(where([subtraction(n, number(3)), subtraction(p, number(2))])).toEqual(['3 2']);
    expect(where([subtraction(n, number(3)), subtraction(n, number(4))])).toEqual([]);
    expect(where([subtraction(n, p), subtraction(n, number(4))])).toEqual(['4 4']);
  });
  it('are those of free labels up to n and p', () => {
    const letters = new Map<string, IndexSort>([
      ['k', 'history'],
      ['i', 'coordinate'],
    ]);
    expect(where([subtraction(index('k'), number(2))], letters)).toEqual(['2 2 k=2', '3 2 k=2', '4 2 k=2', '5 2 k=2']);
    expect(where([index('k'), subtraction(n, number(1))], letters)).toEqual(['1 2 k=0']);
    expect(where([subtraction(index('k'), n)], letters)).toEqual(['0 2 k=0', '1 2 k=1', '2 2 k=2', '3 2 k=3']);
    expect(where([subtraction(index('i'), number(2)), n], letters)).toEqual(['0 2 i=2']);
    expect(where([subtraction(index('i'), number(3)), n], letters)).toEqual([]);
    expect(where([subtraction(index('i'), p), n], letters)).toEqual(['0 1 i=1', '0 2 i=2', '0 3 i=3', '0 4 i=4']);
    // A letter that is none of the statement's has no value.
    expect(where([subtraction(index('l'), number(2))], letters)).toEqual([]);
  });
  it('leave what scalars make zero for later', () => {
    const zeros = [subtraction(parameter('\\beta'), parameter('\\rho')), subtraction(n, number(2))];
    expect(placesOfEdge({ text: '', zeros }, NO_LETTERS).map(shown)).toEqual(['2 2']);
    expect(placesOfEdge({ text: '', zeros: zeros.slice(0, 1) }, NO_LETTERS).map(shown)).toEqual([
      '0 2',
      '1 2',
      '2 2',
      '3 2',
    ]);
  });
});

describe('the places of a statement', () => {
  const places = (
    constants: Partial<Constants>,
    {
      letters = NO_LETTERS,
      allows = always,
      zeros = [],
      hasLosses = true,
      isOrdered = false,
    }: {
      letters?: ReadonlyMap<string, IndexSort>;
      allows?: (sizes: ReadonlyMap<string, number>) => boolean;
      zeros?: readonly ZeroAt[];
      hasLosses?: boolean;
      isOrdered?: boolean;
    } = {},
  ): string[] => placesFor({ ...NONE, ...constants }, letters, allows, zeros, { hasLosses, isOrdered }).map(shown);
  const nAtLeast =
    (least: number) =>
    (sizes: ReadonlyMap<string, number>): boolean =>
      (sizes.get(ITERATION) ?? 0) >= least;

  it('take n and p in turn, then constant losses, then n far out', () => {
    expect(places({})).toEqual([
      ...['0 1', '1 2', '2 1', '3 2', '4 1', '5 2'],
      '1 2 flat',
      ...['7 1', '12 2', '20 1', '40 2', '100 1'],
      '1 3',
    ]);
  });
  it('obey conditions', () => {
    const late = places({ history: [13] }, { allows: nAtLeast(13) });
    expect(late.slice(0, 5)).toEqual(['13 1', '14 2', '15 1', '24 2', '25 1']);
    expect(late).toContain('113 2');
    const alone = places({}, { allows: sizes => sizes.get(DIMENSION) === 1 });
    expect(alone.length).toBeGreaterThan(5);
    expect(alone.every(place => place.includes(' 1'))).toBe(true);
    expect(places({}, { allows: () => false })).toEqual([]);
  });
  it('go to what vanishes, and in inequalities to the ends of domains at every size', () => {
    const zero: ZeroAt = { formula: parameter('\\beta'), needed: 'always' };
    expect(places({}, { zeros: [zero, zero, zero, zero] }).filter(each => each.endsWith('zero'))).toEqual([
      ...['1 2 zero', '2 1 zero', '3 2 zero', '1 2 zero'],
    ]);
    const end: ZeroAt = { formula: parameter('\\beta'), needed: 'never', atEnd: true };
    const [equal, ordered] = [false, true].map(isOrdered =>
      places({}, { zeros: [end, zero], isOrdered }).filter(each => each.endsWith('zero')),
    );
    expect(equal).toEqual(['1 2 zero', '2 1 zero']);
    expect(ordered).toEqual([
      ...['1 2 zero', '2 1 zero'],
      ...['0 1 zero', '1 2 zero', '2 1 zero', '3 2 zero', '4 1 zero', '5 2 zero'],
    ]);
  });
  it('go to n and p together where both have constants, and to either side', () => {
    const joint = places({ forms: [formOf(subtraction(addition(n, p), number(30)))] });
    for (const sum of [29, 30, 31])
      expect(joint.some(each => each.split(' ').reduce((all, size) => all + Number(size), 0) === sum)).toBe(true);
    // A form of n alone is one of its constants.
    expect(places({ forms: [formOf(subtraction(n, number(30)))] })).not.toContain('30 2');
    const pairs = places({ history: [9], aboutDimension: true });
    for (const pair of ['0 6', '1 5', '3 3', '4 2']) expect(pairs).toContain(pair);
  });
  it('compare coordinates at equal slopes beside their constants', () => {
    const even = (hasLosses: boolean): string[] =>
      places({ coordinates: [50, 1, 200], comparesCoordinates: true }, { hasLosses }).filter(each =>
        each.endsWith('even'),
      );
    expect(even(true)).toEqual(['1 51 even', '1 49 even', '1 50 even', '1 2 even']);
    expect(even(false)).toEqual([]);
  });
  it('put free labels beside the constants, counted from 0 and from n, coordinates at both ends', () => {
    const steps = places({ history: [3] }, { letters: new Map([['k', 'history']]) });
    for (const place of ['0 2 k=0', '5 2 k=0', '5 2 k=5', '5 2 k=4', '5 2 k=3', '5 2 k=2', '4 2 k=1'])
      expect(steps).toContain(place);
    const own = steps
      .filter(each => each.includes('k='))
      .map(each => [Number(each.split(' ')[0]), Number(each.split('=')[1])]);
    expect(own.every(([size = 0, k = 0]) => k >= 0 && k <= size)).toBe(true);
    const coordinates = places({ coordinates: [6] }, { letters: new Map([['i', 'coordinate']]) });
    for (const place of ['1 2 i=1', '1 4 i=4', '1 6 i=6', '1 8 i=8']) expect(coordinates).toContain(place);
  });
});

describe('what was not looked at', () => {
  const usual = { space: {} } as Question;
  const seenAt = (...sizes: readonly (readonly [n: number, p: number])[]): Place[] =>
    sizes.map(([size, dimension]) => ({ n: size, dimension, letters: new Map() }));
  const left = (
    constants: Partial<Constants>,
    seen: readonly Place[] = [],
    {
      question = usual,
      allows = always,
    }: { question?: Question; allows?: (sizes: ReadonlyMap<string, number>) => boolean } = {},
  ): string | null => unseen({ constants: { ...NONE, ...constants }, allows, question, seen });

  it('is nothing where the usual samples reach', () => {
    expect(left({})).toBeNull();
    expect(left({ history: [3, 11], coordinates: [4], aboutDimension: true })).toBeNull();
  });
  it('is the first n beside a constant beyond them, c or c + 1', () => {
    expect(left({ history: [12] })).toBe('at n = 13');
    expect(left({ history: [20, 30] })).toBe('at n = 20');
    expect(left({ history: [20] }, seenAt([20, 1]))).toBe('at n = 21');
    expect(left({ history: [20] }, seenAt([20, 1], [21, 2]))).toBeNull();
    expect(left({ history: [20] }, [], { allows: sizes => sizes.get(ITERATION) !== 20 })).toBe('at n = 21');
    expect(left({ history: [20] }, [], { question: { space: { largestN: 20 } } as Question })).toBe('at n = 20');
    expect(left({ history: [20] }, [], { question: { space: { largestN: 19 } } as Question })).toBeNull();
  });
  it('is p where the statement is about it', () => {
    expect(left({ coordinates: [7] })).toBeNull();
    expect(left({ coordinates: [7], aboutDimension: true })).toBe('at p = 7');
    expect(left({ coordinates: [7], comparesCoordinates: true })).toBe('at p = 7');
    expect(left({ coordinates: [5], aboutDimension: true })).toBe('at p = 6');
    expect(left({ coordinates: [7], aboutDimension: true }, seenAt([1, 7], [1, 8]))).toBeNull();
    // Asked of the conditions at an n that was looked at.
    const together = (sizes: ReadonlyMap<string, number>): boolean => sizes.get(ITERATION) === 4;
    expect(left({ coordinates: [7], aboutDimension: true }, seenAt([4, 1]), { allows: together })).toBe('at p = 7');
    expect(left({ coordinates: [7], aboutDimension: true }, seenAt([3, 1]), { allows: together })).toBeNull();
  });
  it('is no n along a sequence, and the number of batches in an epoch', () => {
    const along = { space: {}, along: () => null } as unknown as Question;
    expect(left({ history: [20] }, [], { question: along })).toBeNull();
    expect(left({ coordinates: [7], aboutDimension: true }, [], { question: along })).toBe('at p = 7');
    const epoch = { space: {}, epoch: true } as unknown as Question;
    expect(left({ history: [4] }, [], { question: epoch })).toBe('at m = 5');
    expect(left({ history: [4] }, seenAt([4, 1]), { question: epoch })).toBeNull();
    expect(left({ history: [3] }, [], { question: epoch })).toBeNull();
  });
});
