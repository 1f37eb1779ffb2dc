/**
 * Which way a sum is counted: Σ_{m=0}^{n} with E_{n−m}, 1/(n−m+1) or sign(n−m) inside is summed over k = n − m, so that batches,
 * labels and bounds stay plain indices and sums counted from either end look alike.
 */
import type { BigNode, Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { addForms, coefficientOf, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { asForm, type Letters } from './index-form.ts';
import { openIndex } from './indices.ts';

/** The form L when the body uses L − m as a batch, label or bound, or with `ofArguments` elsewhere where no closed form gets rid of it; null otherwise. */
export function reflection(node: BigNode, letters: Letters, ofArguments: boolean): LinearForm | null {
  const own = openIndex('history');
  const extended = new Map(letters).set(node.index, variableForm(own));
  const places = placesIn(node.body, extended, own);
  const turned = places.labels.find(({ sign, rest }) => sign === -1 && rest !== null);
  if (turned !== undefined) return turned.rest;
  const [first, ...others] = ofArguments && places.labels.length === 0 ? places.arguments : [];
  return first?.sign === -1 && others.every(({ sign }) => sign === -1) ? first.rest : null;
}

/** Where the index of a sum stands: its sign, and what stands beside it; null where that has letters of inner sums. */
interface Place {
  readonly sign: number;
  readonly rest: LinearForm | null;
}

interface Places {
  /** Batches, labels and bounds of sums. */
  readonly labels: Place[];
  /** In denominators, roots, absolute values and functions, where no closed form of the sum gets rid of it. */
  readonly arguments: Place[];
}

function positions(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'loss':
      return formula.batch === null ? [] : [formula.batch];
    case 'quantity':
      return formula.labels;
    case 'iterate':
      return formula.label === null ? [] : [formula.label];
    case 'schedule':
      return [formula.index];
    case 'sum':
      return [formula.lower, formula.upper];
    default:
      return [];
  }
}

/** The parts of a formula that are an argument: what is below, a radicand, the inside of a function, the bounds of a product. */
function argumentsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'divide':
      return [formula.denominator];
    case 'call':
    case 'absolute':
      return [formula.argument];
    case 'root':
      return [formula.radicand];
    case 'product':
      return [formula.lower, formula.upper, formula.body];
    default:
      return [];
  }
}

function placesIn(body: Formula, scope: Letters, own: number): Places {
  const found: Places = { labels: [], arguments: [] };
  const place = (form: LinearForm, inner: ReadonlySet<number>): Place => {
    const sign = coefficientOf(form, own);
    const rest = addForms(form, variableForm(own), -sign);
    return { sign, rest: rest.terms.some(([variable]) => inner.has(variable)) ? null : rest };
  };
  const visit = (formula: Formula, letters: Letters, inner: ReadonlySet<number>, isArgument: boolean): void => {
    for (const position of positions(formula)) {
      const form = asForm(position, letters);
      if (form !== null && coefficientOf(form, own) !== 0) found.labels.push(place(form, inner));
    }
    const whole = isArgument ? asForm(formula, letters) : null;
    if (whole !== null) {
      if (coefficientOf(whole, own) !== 0) found.arguments.push(place(whole, inner));
      return;
    }
    const isRange = formula.kind === 'sum' || formula.kind === 'product';
    const open = isRange ? openIndex(formula.sort) : null;
    const within = isRange && open !== null ? new Map(letters).set(formula.index, variableForm(open)) : letters;
    const bound = open === null ? inner : new Set([...inner, open]);
    const inside = argumentsOf(formula);
    for (const child of children(formula)) visit(child, within, bound, isArgument || inside.includes(child));
  };
  visit(body, scope, new Set(), false);
  return found;
}
