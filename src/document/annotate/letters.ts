/** The letters that a notation line proposes, and those among which the reader has to choose. */
import type { Role } from '../annotation/notation-line.ts';
import { DEFAULT_NOTATION } from '../../optimizer/model.ts';

/** A letter for a role, and `index`; a role that is left out has its usual letter. */
export type RoleLetters = ReadonlyMap<Role | 'index', string>;

const ORDER: readonly (Role | 'index')[] = [
  'loss',
  'parameters',
  'step',
  'iteration',
  'index',
  'component',
  'dimension',
  'batches',
  'time',
  'gradient',
];

/** The letters without those that are the default anyway. */
export function sparse(letters: Iterable<readonly [Role | 'index', string]>): RoleLetters {
  const all = new Map(letters);
  return new Map(
    ORDER.flatMap(role => {
      const letter = all.get(role);
      return letter === undefined || letter === DEFAULT_NOTATION[role] ? [] : [[role, letter] as const];
    }),
  );
}

/** `loss=L step=\eta`: what stands in a notation line behind the word; empty where all letters are the usual ones. */
export const letterText = (letters: RoleLetters): string =>
  [...letters].map(([role, letter]) => `${role}=${/[\s,]/.test(letter) ? `{${letter}}` : letter}`).join(' ');

/** The letters of both, those of `given` first. */
export const withLetters = (given: RoleLetters, more: RoleLetters): RoleLetters => new Map([...more, ...given]);

/** Whether no role of `letters` has another letter in `given`. */
export const agrees = (letters: RoleLetters, given: RoleLetters): boolean =>
  [...given].every(([role, letter]) => !letters.has(role) || letters.get(role) === letter);

/** Whether two roles have one letter. */
export function hasDoubles(letters: RoleLetters): boolean {
  const own = [...letters].flatMap(([role, letter]) => (role === 'index' ? [] : [letter]));
  return new Set(own).size < own.length;
}
