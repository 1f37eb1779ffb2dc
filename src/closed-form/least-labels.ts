/** The least labels with which the definitions of an equation are used, for n ≥ 0: c of R^{(n+c)}. */
import { asForm, type Letters } from '../expression/core/index-form.ts';
import { type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';

/** The lower bounds of index letters where a formula stands; the least label with which the definition itself is used. */
type LowerBounds = ReadonlyMap<string, number>;

/** For every name that is used the least label, with n from `from` on; a definition whose formula is right from there on is right everywhere. */
export function leastLabels(
  formulas: readonly Formula[],
  definitions: readonly Definition[],
  from = 0,
): Map<string, number> {
  const least = new Map<string, number>();
  const visit = (formula: Formula, bounds: LowerBounds): void => {
    if (formula.kind === 'quantity') note(formula.name, formula.labels, bounds);
    const inside =
      formula.kind === 'sum' && formula.sort === 'history'
        ? new Map(bounds).set(formula.index, leastOf(formula.lower, bounds))
        : bounds;
    for (const child of children(formula)) visit(child, inside);
  };
  const note = (name: string, labels: readonly Formula[], bounds: LowerBounds): void => {
    const [label] = labels;
    const definition = definitions.find(each => each.name === name);
    // A sequence has a value at every label, and its body holds from 1 on.
    const recursion = definition?.recursion;
    const at = label === undefined || recursion !== undefined ? 0 : leastOf(label, bounds);
    const known = least.get(name);
    if (known !== undefined && known <= at) return;
    least.set(name, at);
    if (definition !== undefined) visit(definition.body, new Map([[ITERATION, recursion === undefined ? at : 1]]));
    if (recursion !== undefined) visit(recursion.start, new Map([[ITERATION, 0]]));
  };
  for (const formula of formulas) visit(formula, new Map([[ITERATION, from]]));
  return least;
}

/** The least value of a linear form in letters with lower bounds; of anything else that of the least letter in it. */
function leastOf(formula: Formula, bounds: LowerBounds): number {
  const names = [...bounds.keys()];
  const letters: Letters = new Map(names.map((name, position) => [name, variableForm(position)] as const));
  const form = asForm(formula, letters);
  if (form?.terms.every(([, count]) => count > 0)) return leastValue(form, names, bounds);
  // max(k, l): at least the least of them.
  return formula.kind === 'extremum' ? Math.min(...formula.arguments.map(each => leastOf(each, bounds))) : 0;
}

const leastValue = (form: LinearForm, names: readonly string[], bounds: LowerBounds): number =>
  form.terms.reduce((sum, [position, count]) => sum + count * (bounds.get(names[position] ?? '') ?? 0), form.constant);
