/**
 * Where the side conditions of a proof's steps are tight: a range that is empty by one or by two, a slot or an exponent that is
 * −1, a divisor that is zero. They are read off the expressions between which the rules went, which are the same whether a rule
 * worked them out or remembered them; so a rule that forgot to ask for a condition is looked at as well as one that asked.
 *
 * A tight point says where to look and never what to find.
 */
import type { Constraint } from '../expression/core/domain.ts';
import { type Expression, expressionKey, factorExpression } from '../expression/core/expression.ts';
import { type FactorPower, isBelow } from '../expression/core/factor.ts';
import { type Factor, kindOf } from '../expression/core/factors.ts';
import { atomForm, DIMENSION_INDEX, isBound } from '../expression/core/indices.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { singleTerm } from '../expression/core/single.ts';
import { instantiate, slotsOf } from '../expression/core/template.ts';
import { freeIndices, type Term } from '../expression/core/term.ts';
import { addForms, constantForm, formKey, type LinearForm, scaleForm, shiftForm } from '../number/linear-form.ts';
import type { SideCondition } from '../rewrite/rule.ts';
import type { Proof, ProofStep } from './trace.ts';

/** What is zero there: a form in the free indices of the statement, or an expression in its symbols and free indices. */
export type TightPoint =
  | { readonly kind: 'integers'; readonly form: LinearForm }
  | { readonly kind: 'divisor'; readonly value: Expression };

/** The free indices of a statement with what they are counted from: n as n − 2 where the proof begins at n = 2. */
export type FreeForms = ReadonlyMap<number, LinearForm>;

/** Bounds on the work; what lies beyond is not looked at. */
const MOST_POINTS = 200;
const MOST_TERMS = 20_000;
const MOST_TEMPLATES = 2_000;
/** Values of one form, where summed indices stand in it. */
const MOST_VALUES = 4;

/** A length upper − lower: one term, empty by one, empty by two, empty by three. */
const OF_RANGES = [0, -1, -2, -3] as const;
const OF_SLOTS = [0, -1, -2] as const;
const OF_EXPONENTS = [0, -1] as const;

const EVERY_CONDITION: readonly SideCondition[] = ['ranges', 'slots', 'divisors'];

/** The tight points of all these proofs and their lemmas in the order of the steps, each once. */
export function tightPoints(proofs: readonly Proof[], free: FreeForms): readonly TightPoint[] {
  const finder = new Finder(free);
  for (const proof of proofs) finder.proof(proof);
  return finder.points;
}

/** The values that an index can have at the ends of its range, as forms in the free indices. */
type Values = ReadonlyMap<number, readonly LinearForm[]>;

class Finder {
  readonly #free: Values;
  readonly #points = new Map<string, TightPoint>();
  readonly #seen = new Map<Term, Set<SideCondition>>();
  readonly #templates = new Set<string>();
  #terms = 0;

  constructor(free: FreeForms) {
    this.#free = new Map([...free].map(([index, form]) => [index, [form]]));
  }

  get points(): readonly TightPoint[] {
    return [...this.#points.values()];
  }

  proof(proof: Proof): void {
    for (const step of proof.steps) {
      for (const lemma of step.lemmas) this.proof(lemma);
      this.#step(step);
    }
    if (proof.steps.length === 0) this.#expression(proof.start, EVERY_CONDITION);
  }

  #step({ before, after, relation, conditions = EVERY_CONDITION }: ProofStep): void {
    this.#expression(before, conditions);
    this.#expression(after, conditions);
    if (relation.kind === 'times') for (const factor of relation.factors) this.#divisor(factor);
    if (relation.kind === 'limit') for (const divisor of relation.divisors ?? []) this.#divisor(divisor);
  }

  #expression({ terms }: Expression, conditions: readonly SideCondition[]): void {
    for (const term of terms) {
      const done = this.#seen.get(term) ?? new Set<SideCondition>();
      const left = conditions.filter(each => !done.has(each));
      if (left.length === 0) continue;
      this.#seen.set(term, done);
      for (const each of left) done.add(each);
      this.#term(term, this.#free, new Set(left));
    }
  }

  #term(term: Term, values: Values, conditions: ReadonlySet<SideCondition>): void {
    this.#terms += 1;
    if (this.#terms > MOST_TERMS || this.#points.size >= MOST_POINTS) return;
    const inside = withSummed(term, values);
    if (conditions.has('ranges')) this.#ranges(term, inside);
    for (const { factor, exponent } of term.factors) {
      if (exponent.form.terms.length > 0 && exponent.constant.isInteger())
        this.#note({ constant: Number(exponent.constant.num), terms: exponent.form.terms }, inside, OF_EXPONENTS);
      if (conditions.has('slots')) this.#slots(factor, inside);
      if (conditions.has('divisors')) this.#below({ factor, exponent }, inside);
      this.#inside(factor, inside, conditions);
    }
  }

  /** Each constraint between indices that have values, and the length of each summed range. */
  #ranges(term: Term, values: Values): void {
    for (const { left, right, bound } of term.constraints) {
      if (isBound(left) || isBound(right)) continue;
      this.#note(addForms(shiftForm(atomForm(right), bound), atomForm(left), -1), values, OF_RANGES);
    }
    term.sorts.forEach((_, index) => {
      const { lower, upper } = endsOf(term.constraints, index, values);
      for (const high of upper) for (const low of lower) this.#noteForm(addForms(high, low, -1), OF_RANGES);
    });
  }

  #slots(factor: Factor, values: Values): void {
    if (factor.kind === 'index') this.#note(factor.index, values, [0]);
    for (const form of kindOf(factor).labels(factor)) this.#note(form, values, OF_SLOTS);
    if (factor.kind === 'product' && factor.lower !== undefined)
      this.#note(addForms(factor.upper, factor.lower, -1), values, OF_RANGES);
  }

  /** What a denominator of scalars is, where its integers are free. */
  #below({ factor, exponent }: FactorPower, values: Values): void {
    if (!isBelow({ exponent })) return;
    if (factor.kind === 'index') this.#note(factor.index, values, [0]);
    if (factor.kind !== 'template' || !isScalar(factor.template.body)) return;
    if (!factor.arguments.some(form => form.terms.some(([index]) => isBound(index))))
      this.#divisor(factorExpression(factor));
  }

  #divisor(value: Expression): void {
    const opened = openedOnce(value);
    if (!isScalar(opened) || !isOf(opened, this.#free)) return;
    if (this.#points.size < MOST_POINTS)
      this.#points.set(`0 = ${expressionKey(opened)}`, { kind: 'divisor', value: opened });
  }

  /** The body of a template at the values that its slots can have. */
  #inside(factor: Factor, values: Values, conditions: ReadonlySet<SideCondition>): void {
    if (!('template' in factor)) return;
    const { template, arguments: args } = factor;
    const given = factor.kind === 'product' ? args.map((form, at) => (at === 0 ? factor.upper : form)) : args;
    const body = new Map<number, readonly LinearForm[]>();
    slotsOf(template).forEach((slot, position) => {
      const form = given[position];
      const own = form === undefined ? [] : valuesOf(form, values);
      // A product's own index begins at 0, or where its range does.
      const first = factor.kind === 'product' && position === 0 ? (factor.lower ?? constantForm(0)) : null;
      body.set(slot, first === null ? own : [...valuesOf(first, values), ...own]);
    });
    const dimension = values.get(DIMENSION_INDEX);
    if (dimension !== undefined) body.set(DIMENSION_INDEX, dimension);
    const key = `${template.id}|${[...conditions].join()}|${[...body.values()].map(each => each.map(keyOf).join()).join(';')}`;
    if (this.#templates.has(key) || this.#templates.size >= MOST_TEMPLATES) return;
    this.#templates.add(key);
    for (const term of template.body.terms) this.#term(term, body, conditions);
  }

  #note(form: LinearForm, values: Values, at: readonly number[]): void {
    for (const each of valuesOf(form, values)) this.#noteForm(each, at);
  }

  /** form = c for every c. */
  #noteForm(form: LinearForm, at: readonly number[]): void {
    if (form.terms.length === 0) return;
    for (const c of at) {
      if (this.#points.size >= MOST_POINTS) return;
      const zero = positive(shiftForm(form, -c));
      this.#points.set(keyOf(zero), { kind: 'integers', form: zero });
    }
  }
}

const keyOf = (form: LinearForm): string => formKey(form, String);
/** The form or its negative, so that both are one. */
const positive = (form: LinearForm): LinearForm => ((form.terms[0]?.[1] ?? 1) < 0 ? scaleForm(form, -1) : form);

/** What a product of one template to the power 1 is inside; any other expression as it is. */
function openedOnce(value: Expression): Expression {
  const [own, ...others] = singleTerm(value)?.factors ?? [];
  return own?.factor.kind === 'template' && others.length === 0
    ? instantiate(own.factor.template, own.factor.arguments)
    : value;
}

/** Whether all its free indices are known. */
const isOf = ({ terms }: Expression, free: Values): boolean =>
  terms.every(term => [...freeIndices(term)].every(index => free.has(index)));

/** The values with those of the summed indices at the ends of their ranges. */
function withSummed(term: Term, values: Values): Values {
  if (term.sorts.length === 0) return values;
  const inside = new Map(values);
  term.sorts.forEach((_, index) => {
    const { lower, upper } = endsOf(term.constraints, index, values);
    inside.set(index, distinct([...lower, ...upper]).slice(0, MOST_VALUES));
  });
  return inside;
}

/** The bounds of a summed index by indices that have values; a closed domain has all of them. */
function endsOf(
  constraints: readonly Constraint[],
  index: number,
  values: Values,
): { readonly lower: readonly LinearForm[]; readonly upper: readonly LinearForm[] } {
  const ends = (which: 'left' | 'right'): LinearForm[] =>
    constraints.flatMap(({ left, right, bound }) => {
      const [own, other] = which === 'left' ? [left, right] : [right, left];
      if (own !== index || isBound(other)) return [];
      return valuesOf(shiftForm(atomForm(other), which === 'left' ? bound : -bound), values);
    });
  return { upper: distinct(ends('left')), lower: distinct(ends('right')) };
}

const distinct = (forms: readonly LinearForm[]): LinearForm[] => [
  ...new Map(forms.map(form => [keyOf(form), form])).values(),
];

/** The form with each index at each of its values; none where one has no value. */
function valuesOf(form: LinearForm, values: Values): readonly LinearForm[] {
  let found: readonly LinearForm[] = [constantForm(form.constant)];
  for (const [index, count] of form.terms) {
    const own = values.get(index) ?? [];
    found = found.flatMap(sum => own.map(each => addForms(sum, each, count)));
    if (found.length > MOST_VALUES) found = found.slice(0, MOST_VALUES);
  }
  return distinct(found);
}
