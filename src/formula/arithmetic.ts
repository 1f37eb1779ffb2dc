/** The kinds of nodes that are arithmetic, for what asks what a formula is made of. */
import type { Formula } from './formula.ts';

export type FormulaKind = Formula['kind'];

/** Numbers under the four operations and powers with numbers in the exponent. */
export const RATIONAL_KINDS = ['number', 'add', 'negate', 'multiply', 'divide', 'power'] as const;

/** The same and roots. */
export const ARITHMETIC_KINDS = [...RATIONAL_KINDS, 'root'] as const;

/** A set of kinds. */
export const setOfKinds = (...kinds: readonly FormulaKind[]): ReadonlySet<FormulaKind> => new Set(kinds);
