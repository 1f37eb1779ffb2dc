/** Sums over times that begin at 1 begin at 0 where that makes them shorter: Σ_{k=1}^{n} R^{(k−1)} is Σ_{k=0}^{n−1} R^{(k)}. */
import { asForm } from '../expression/core/index-form.ts';
import type { Letters } from '../expression/core/index-form.ts';
import { addition, index, multiplication, negation, number } from '../formula/build.ts';
import { type BigNode, type Formula, ITERATION } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';
import {
  addForms,
  constantForm,
  type LinearForm,
  shiftForm,
  substituteForm,
  variableForm,
} from '../number/linear-form.ts';
import { costOf } from './cost.ts';

/** The formula with its sums shifted; the value is the same. */
export function shiftSums(formula: Formula): Formula {
  const form = isNested(formula) ? formIn(formula) : null;
  if (form !== null) return writeForm(form.form, form.names);
  const inner = children(formula);
  const replaced = inner.map(shiftSums);
  const rebuilt = replaced.some((child, position) => child !== inner[position])
    ? withChildren(formula, replaced)
    : formula;
  if (
    rebuilt.kind !== 'sum' ||
    rebuilt.sort !== 'history' ||
    rebuilt.lower.kind !== 'number' ||
    !rebuilt.lower.value.isOne()
  )
    return rebuilt;
  const shifted = shiftedSum(rebuilt);
  return shifted !== null && costOf(shifted) <= costOf(rebuilt) ? shifted : rebuilt;
}

/** 2(k + 1) − 3. */
const isNested = (formula: Formula): boolean =>
  formula.kind === 'add' &&
  formula.terms.some(term => (term.kind === 'negate' ? term.argument : term).kind === 'multiply');

function shiftedSum(sum: BigNode): Formula | null {
  const upper = moved(sum.upper, sum.index, 0);
  const body = moved(sum.body, sum.index, 1);
  const last = formIn(upper);
  return last === null
    ? null
    : { ...sum, lower: number(0), upper: writeForm(shiftForm(last.form, -1), last.names), body };
}

/** The formula with `letter` replaced by letter + by in every linear form. */
function moved(formula: Formula, letter: string, by: number): Formula {
  const known = formIn(formula);
  if (known !== null && formula.kind !== 'number') {
    const position = known.names.indexOf(letter);
    if (position === -1) return formula;
    return writeForm(substituteForm(known.form, new Map([[position, variableForm(position, by)]])), known.names);
  }
  const inner = children(formula);
  const replaced = inner.map(child => moved(child, letter, by));
  return replaced.some((child, position) => child !== inner[position]) ? withChildren(formula, replaced) : formula;
}

/** A formula that is a linear form in index letters; the variables are the positions of `names`. */
function formIn(formula: Formula): { readonly form: LinearForm; readonly names: readonly string[] } | null {
  if (!['index', 'add', 'negate', 'number', 'multiply'].includes(formula.kind)) return null;
  const names = [...new Set(lettersOf(formula))];
  const letters: Letters = new Map(names.map((name, position) => [name, variableForm(position)] as const));
  const form = asForm(formula, letters);
  return form === null ? null : { form, names };
}

const lettersOf = (formula: Formula): string[] =>
  formula.kind === 'index' ? [formula.name] : children(formula).flatMap(lettersOf);

/** n first, then positive letters before negative ones, the constant last. */
function writeForm(form: LinearForm, names: readonly string[]): Formula {
  const rank = ([position, count]: readonly [number, number]): number =>
    (count < 0 ? 2 : 0) + (names[position] === ITERATION ? 0 : 1);
  const parts: Formula[] = [...form.terms]
    .sort((a, b) => rank(a) - rank(b))
    .map(([position, count]) => {
      const letter = index(names[position] ?? '');
      const scaled = Math.abs(count) === 1 ? letter : multiplication(number(Math.abs(count)), letter);
      return count < 0 ? negation(scaled) : scaled;
    });
  const { constant } = addForms(form, constantForm(0));
  if (constant !== 0 || parts.length === 0)
    parts.push(constant < 0 && parts.length > 0 ? negation(number(-constant)) : number(constant));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : addition(...parts);
}
