/**
 * A world in which everything is as independent as it can be: the derivatives of a loss at a point are any numbers, so each is
 * drawn by itself, for labels before 0 and after n too. Hyperparameters lie in their domains. Everything follows from a seed
 * and the name that is asked for, so that the same thing has the same value wherever it occurs.
 */
import { hashOf } from '../base/seeded-numbers.ts';
import type { Domain } from '../formula/declaration.ts';
import { PI } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import type { Ring } from '../evaluate/ring/ring.ts';
import type { World } from './world.ts';

export interface WorldSpace {
  /** Domains of the symbols; any other symbol has any value but 0. */
  readonly domains: ReadonlyMap<string, Domain>;
  /** Functions that are declared odd. */
  readonly odd: ReadonlySet<string>;
}

export interface WorldChoice {
  readonly dimension: number;
  readonly seed: number;
  /** Symbols with one domain have one value. */
  readonly equal: boolean;
  /** Symbols may lie at an end that belongs to their domain. */
  readonly ends: boolean;
  /** Symbols of a domain with two ends lie no further into it than this part. */
  readonly most?: Rational;
}

const PARTS = [
  Rational.of(1, 2),
  Rational.of(1, 3),
  Rational.of(2, 3),
  Rational.of(1, 5),
  Rational.of(3, 4),
  Rational.of(9, 10),
  Rational.of(2, 7),
] as const;

const ANYTHING: Domain = { lower: null, lowerOpen: true, upper: null, upperOpen: true };

/** A whole number from 0 to 2³² − 1 that depends on the text and the seed alone. */
const hash = (text: string, seed: number): number => hashOf(text, Math.imul(seed + 1, 2654435761));

/** A number in the domain, an end that belongs to it now and then. */
function inDomain(
  { lower, lowerOpen, upper, upperOpen }: Domain,
  drawn: number,
  ends: boolean,
  most = Rational.one,
): Rational {
  const part = (PARTS[drawn % PARTS.length] ?? PARTS[0]).multiply(most);
  const atEnd = ends && (drawn >>> 8) % 3 === 0;
  if (atEnd && lower !== null && !lowerOpen) return lower;
  if (atEnd && upper !== null && !upperOpen) return upper;
  if (lower !== null && upper !== null) return lower.add(upper.subtract(lower).multiply(part));
  const size = part.multiply(Rational.of(1 + ((drawn >>> 16) % 3)));
  if (lower !== null) return lower.add(size);
  if (upper !== null) return upper.subtract(size);
  return (drawn >>> 20) % 2 === 0 ? size : size.negate();
}

export function randomWorld<T>(ring: Ring<T>, space: WorldSpace, choice: WorldChoice): World<T> {
  const { dimension, seed, equal, ends, most } = choice;
  const known = new Map<string, T>();
  const remembered = (name: string, make: () => Rational): T => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = ring.fromRational(make());
    known.set(name, value);
    return value;
  };
  /** ±a/b, not zero. */
  const any = (name: string): T =>
    remembered(name, () => {
      const drawn = hash(name, seed);
      return Rational.of(((drawn % 9) + 1) * ((drawn >>> 8) % 2 === 0 ? 1 : -1), ((drawn >>> 12) % 5) + 2);
    });
  const domainKey = ({ lower, lowerOpen, upper, upperOpen }: Domain): string =>
    `#domain ${lower} ${lowerOpen} ${upper} ${upperOpen}`;
  /** The derivative number `order` of sin(x + phase) in x. */
  const sine = (x: T, order: number): T => {
    const size = order % 2 === 0 ? ring.sin(x) : ring.cos(x);
    return order % 4 >= 2 ? ring.negate(size) : size;
  };
  const positive = (name: string): T => remembered(name, () => Rational.of((hash(name, seed) % 7) + 2, 5));
  return {
    ring,
    dimension,
    symbol: name => {
      if (name === PI && !space.domains.has(PI)) return ring.pi();
      return remembered(`a${name}`, () => {
        const domain = space.domains.get(name);
        if (domain === undefined) return inDomain(ANYTHING, hash(name, seed), false);
        return inDomain(domain, hash(equal ? domainKey(domain) : name, seed), ends && most === undefined, most);
      });
    },
    loss: (batch, coordinates, at) => any(`E${batch};${[...coordinates].sort((a, b) => a - b).join()};${at}`),
    moment: (parts, at) =>
      any(
        `M${parts
          .map(part => [...part].sort((a, b) => a - b).join())
          .sort()
          .join('|')};${at}`,
      ),
    point: (coordinate, at) => any(`x${coordinate};${at}`),
    recursive: ({ id }, { component, label, coordinates, at }) =>
      any(`r${id};${component};${label};${[...coordinates].sort((a, b) => a - b).join()};${at}`),
    schedule: (name, index) => any(`s${name};${index}`),
    function: (name, order, argument) => {
      const speed = positive(`f${name}`);
      const inner = ring.multiply(speed, argument);
      const shifted = space.odd.has(name) ? inner : ring.add(inner, any(`g${name}`));
      let value = sine(shifted, order);
      for (let i = 0; i < order; i += 1) value = ring.multiply(value, speed);
      return value;
    },
    vectorFunction: (name, component, by, argument) => {
      const tag = `${name};${component}`;
      const speed = (coordinate: number): T => positive(`F${tag};${coordinate}`);
      let inner = any(`G${tag}`);
      argument.forEach((entry, i) => {
        inner = ring.add(inner, ring.multiply(speed(i + 1), entry));
      });
      return by.reduce((value, coordinate) => ring.multiply(value, speed(coordinate)), sine(inner, by.length));
    },
  };
}
