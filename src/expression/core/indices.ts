/**
 * Index variables of the normal form. A variable is a number:
 * ZERO (−1) is the constant 0 in constraints; 0 … 99 are bound in a term; 100 and up are free: the roles n, j, p, m,
 * template slots, and open indices (a bound index while the body of its sum is being built). −1000 and below stand for forms of
 * free indices, in constraints only.
 */
import type { IndexSort } from '../../formula/formula.ts';
import { constantForm, formKey, type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';

export const ZERO = -1;
const FIRST_FREE = 100;
export const ITERATION_INDEX = 100;
export const COMPONENT_INDEX = 101;
export const DIMENSION_INDEX = 102;
/** m, where it is a number of its own: how many losses the steps' batches are drawn from. */
export const BATCHES_INDEX = 103;
/** A label l other than the current iteration n, while quantities at time l are expanded about time n. */
export const LABEL_INDEX = 104;
/** The label that marks a state's own earlier value while its recursion is taken apart. */
export const SELF_INDEX = 105;
/** A second component besides j, in the entries of a matrix. */
export const OTHER_COMPONENT_INDEX = 106;
const FIRST_SLOT = 200;
const FIRST_COORDINATE_SLOT = 600;
/** All names of open indices are of one length, so that their order is that in which they were made, whatever was made before. */
const FIRST_OPEN = 100_000_000;
export const MAX_BOUND = FIRST_FREE;

export const isBound = (index: number): boolean => index >= 0 && index < FIRST_FREE;
/** The free index that stands for the argument number `position` of a template. */
export const slot = (position: number, sort: IndexSort): number =>
  (sort === 'history' ? FIRST_SLOT : FIRST_COORDINATE_SLOT) + position;

export const isSlot = (index: number): boolean => index >= FIRST_SLOT && index < FIRST_OPEN;

let opened = FIRST_OPEN;

/** A fresh index variable that occurs nowhere else, so that closing a sum over it captures nothing; odd ones are coordinates. */
export function openIndex(sort: IndexSort): number {
  opened += 2;
  return sort === 'coordinate' ? opened + 1 : opened;
}

export const isOpenIndex = (index: number): boolean => index >= FIRST_OPEN;

/** The sort of a free index. */
export function freeSort(index: number): IndexSort {
  if (index === COMPONENT_INDEX || index === OTHER_COMPONENT_INDEX || index === DIMENSION_INDEX) return 'coordinate';
  if (index >= FIRST_OPEN) return index % 2 === 1 ? 'coordinate' : 'history';
  return index >= FIRST_COORDINATE_SLOT ? 'coordinate' : 'history';
}

const ROLE_NAMES = new Map([
  [ITERATION_INDEX, 'n'],
  [COMPONENT_INDEX, 'j'],
  [OTHER_COMPONENT_INDEX, 'i'],
  [DIMENSION_INDEX, 'p'],
  [BATCHES_INDEX, 'm'],
  [LABEL_INDEX, 'l'],
  [SELF_INDEX, 'self'],
  [ZERO, '0'],
]);

const FIRST_FORM = -1000;
const forms: LinearForm[] = [];
const formNumbers = new Map<string, number>();

/**
 * Whether an index stands for a form such as 2n − l or n + p, where a range ends there. In constraints it is an index like any
 * other; wherever it would stand elsewhere {@link atomForm} gives the form itself.
 */
export const isFormIndex = (index: number): boolean => index <= FIRST_FORM;

/** What an index that stands for a form means. */
const meantBy = (index: number): LinearForm => forms[FIRST_FORM - index] ?? variableForm(index);

/** An index and a number that it is shifted by. */
export interface Atom {
  readonly index: number;
  readonly shift: number;
}

/** A form as one index and a number; null where it would need an index that stands for bound indices or components. */
export function asAtom({ constant, terms }: LinearForm): Atom | null {
  const [only] = terms;
  if (only === undefined) return { index: ZERO, shift: constant };
  if (terms.length === 1 && only[1] === 1) return { index: only[0], shift: constant };
  if (terms.some(([index]) => isBound(index) || (freeSort(index) !== 'history' && index !== DIMENSION_INDEX)))
    return null;
  const key = formKey({ constant: 0, terms }, indexName);
  let index = formNumbers.get(key);
  if (index === undefined) {
    index = FIRST_FORM - forms.length;
    forms.push({ constant: 0, terms });
    formNumbers.set(key, index);
  }
  return { index, shift: constant };
}

/** What index + shift is as a form of indices that stand for themselves. */
export function atomForm(index: number, shift = 0): LinearForm {
  if (index === ZERO) return constantForm(shift);
  return isFormIndex(index) ? shiftForm(meantBy(index), shift) : variableForm(index, shift);
}

/** The name of an index in keys: stable for roles and slots, and for forms of them. */
export function indexName(index: number): string {
  if (isFormIndex(index)) return `(${formKey(meantBy(index), indexName)})`;
  if (index >= FIRST_OPEN) return `o${index}`;
  if (index >= FIRST_SLOT) return `s${index - FIRST_SLOT}`;
  return ROLE_NAMES.get(index) ?? `b${index}`;
}
