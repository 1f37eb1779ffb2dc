/**
 * Integer linear forms in index variables, c + Σ a_x·x, such as n − k + 1: labels, batches, exponents, bounds.
 * An index variable is a number whose meaning the caller knows. Immutable, terms sorted by variable, no zero coefficient.
 */
export interface LinearForm {
  readonly constant: number;
  /** [variable, coefficient] with coefficient ≠ 0, ascending by variable. */
  readonly terms: readonly (readonly [number, number])[];
}

export const constantForm = (constant: number): LinearForm => ({ constant, terms: [] });
export const variableForm = (variable: number, constant = 0): LinearForm => ({ constant, terms: [[variable, 1]] });

/** left + factor·right. */
export function addForms(left: LinearForm, right: LinearForm, factor = 1): LinearForm {
  const constant = left.constant + factor * right.constant;
  if (right.terms.length === 0) return { constant, terms: left.terms };
  if (left.terms.length === 0 && factor === 1) return { constant, terms: right.terms };
  const sums = new Map<number, number>(left.terms);
  for (const [variable, coefficient] of right.terms)
    sums.set(variable, (sums.get(variable) ?? 0) + factor * coefficient);
  const terms = [...sums].filter(([, coefficient]) => coefficient !== 0).sort((a, b) => a[0] - b[0]);
  return { constant, terms };
}

export const shiftForm = (form: LinearForm, by: number): LinearForm =>
  by === 0 ? form : { constant: form.constant + by, terms: form.terms };

export function scaleForm(form: LinearForm, factor: number): LinearForm {
  if (factor === 0) return constantForm(0);
  return { constant: form.constant * factor, terms: form.terms.map(([v, c]) => [v, c * factor] as const) };
}

/** Replaces every variable that `map` knows; simultaneous, so a form may contain the variables that it replaces. */
export function substituteForm(form: LinearForm, map: ReadonlyMap<number, LinearForm>): LinearForm {
  const [only] = form.terms;
  if (only === undefined) return form;
  if (form.terms.length === 1 && only[1] === 1) {
    const image = map.get(only[0]);
    if (image === undefined) return form;
    return form.constant === 0 ? image : { constant: form.constant + image.constant, terms: image.terms };
  }
  let result: LinearForm | null = null;
  for (const [variable, coefficient] of form.terms) {
    const image = map.get(variable);
    if (image === undefined) continue;
    result ??= { constant: form.constant, terms: form.terms.filter(([v]) => !map.has(v)) };
    result = addForms(result, image, coefficient);
  }
  return result ?? form;
}

/** The variable x and constant c of a form x + c; null for every other form. */
export function asShiftedVariable(form: LinearForm): { readonly variable: number; readonly shift: number } | null {
  const only = form.terms[0];
  if (form.terms.length !== 1 || only === undefined || only[1] !== 1) return null;
  return { variable: only[0], shift: form.constant };
}

export const coefficientOf = (form: LinearForm, variable: number): number =>
  form.terms.find(([v]) => v === variable)?.[1] ?? 0;

/** A text that is equal exactly for equal forms, with variables named by `name`; terms ordered by name. */
export function formKey(form: LinearForm, name: (variable: number) => string): string {
  const only = form.terms[0];
  if (only === undefined) return String(form.constant);
  if (form.terms.length === 1 && only[1] === 1)
    return form.constant === 0 ? name(only[0]) : `${name(only[0])}+${form.constant}`;
  const parts = form.terms.map(([v, c]) => `${name(v)}*${c}`).sort();
  return `${parts.join('+')}+${form.constant}`;
}

/** Whether two forms are written alike, their variables in one order. */
export const sameForm = (left: LinearForm, right: LinearForm): boolean =>
  formKey(left, String) === formKey(right, String);
