/**
 * Normal forms back to formula trees: nested sums with explicit bounds, named templates as quantities, terms with one
 * denominator over a common fraction.
 */
import { lcm } from '../../number/gcd.ts';
import type { BeforeFirst } from '../../notation/before-first.ts';
import * as build from '../../formula/build.ts';
import { BATCHES, COMPONENT, DIMENSION, type Formula, type IndexSort, ITERATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { constantForm, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { commonFactors, groupByDenominator, reciprocal, without } from './common-fraction.ts';
import type { Constraint } from '../core/domain.ts';
import { contractionOf, inSums } from '../core/contraction.ts';
import { NO_ASSUMPTIONS } from '../arithmetic/assumptions.ts';
import { power } from '../arithmetic/power.ts';
import { type Expression, mapFactors } from '../core/expression.ts';
import { type FactorPower, isBelow, plainExponent } from '../core/factor.ts';
import { hasValueAtEveryLabel, neededConditions } from './conditions.ts';
import {
  atomForm,
  BATCHES_INDEX,
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  openIndex,
} from '../core/indices.ts';
import { planInside } from './inside-ranges.ts';
import { extremum, KnownRanges } from './known-ranges.ts';
import { withRanges } from './product-ranges.ts';
import { baseFacts, boundsOf, freeConditions, type PlanContext } from './sum-bounds.ts';
import type { SumPlan } from './sum-plan.ts';
import { instantiate, slotsOf, type Template } from '../core/template.ts';
import { substituteRaw, type Term } from '../core/term.ts';
import { argumentsIn, type WrittenIndices, writeForm } from './write-form.ts';
import { type WrittenFraction, fractionFormula, raise, withCoefficient } from './fraction.ts';
import { inLetterOrder, inReadingOrder } from './reading-order.ts';
import type { FactorWriter, AppliedTemplate } from '../core/factor-kind.ts';
import { kindOf } from '../core/factors.ts';

/** How a named template is written: `name` stands for the template to the power `power`, labels shifted by `shift`. */
export interface TemplateName {
  readonly name: string;
  readonly power: Rational;
  readonly shift: number;
}

export interface WriterOptions {
  /** The name of a template; `args` are the arguments of this occurrence. */
  readonly nameOf: (template: Template, args: readonly LinearForm[]) => TemplateName | null;
  /** Letters that bound indices must not use. */
  readonly reserved: ReadonlySet<string>;
  /** What a reader of the formula takes E_k to be for k < 0. */
  readonly beforeFirst?: BeforeFirst;
  /** What stands for a template without a name; null or left out: its body as it is. */
  readonly bodyOf?: (template: Template, args: readonly LinearForm[], letters: WrittenIndices) => Formula | null;
  /** What is written in place of an expression or of a template's body; equal to it. */
  readonly rewritten?: (expression: Expression) => Expression;
}

const ROLES: WrittenIndices = new Map([
  [ITERATION_INDEX, build.index(ITERATION)],
  [COMPONENT_INDEX, build.index(COMPONENT)],
  [DIMENSION_INDEX, build.index(DIMENSION)],
  [BATCHES_INDEX, build.index(BATCHES)],
]);

const HISTORY_LETTERS = ['k', 'l', 'q', 'r', 'u', 'v', 'w', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
const COORDINATE_LETTERS = ['i', 's', 'r', 'u', 'v', 'w', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'q'];

/** The formula of an expression whose free indices are n, j, p and what `letters` adds, of which `known` holds. */
export function writeExpression(
  expression: Expression,
  options: WriterOptions,
  letters: WrittenIndices = new Map(),
  known: readonly Constraint[] = [],
): Formula {
  return new Writer(options, new KnownRanges(letters, known)).expression(expression, new Map([...ROLES, ...letters]));
}

class Writer {
  readonly #options: WriterOptions;
  readonly #ranges: KnownRanges;
  constructor(options: WriterOptions, ranges: KnownRanges) {
    this.#options = options;
    this.#ranges = ranges;
  }

  expression(expression: Expression, letters: WrittenIndices): Formula {
    const rewritten = this.#options.rewritten?.(expression) ?? expression;
    const { terms } = mapFactors(inSums(rewritten), own => this.#single(own, letters));
    const groups = groupByDenominator(inReadingOrder(terms.map(withRanges)));
    const parts = groups.map(group => this.#group(group, letters));
    const [first] = parts;
    if (first === undefined) return build.number(0);
    return parts.length === 1 ? first : build.addition(...parts);
  }

  /** A quantity without a name that is one product, as that product: its denominator goes with those beside it. */
  #single({ factor, exponent }: FactorPower, letters: WrittenIndices): Expression | null {
    if (factor.kind !== 'template') return null;
    const { terms } = factor.template.body;
    const [only] = terms;
    const count = plainExponent(exponent);
    if (only === undefined || terms.length > 1 || only.sorts.length + only.constraints.length > 0) return null;
    if (count?.isInteger() !== true || !only.factors.some(isBelow)) return null;
    if (this.#options.nameOf(factor.template, argumentsIn(factor, letters)) !== null) return null;
    return power(instantiate(factor.template, factor.arguments), count, NO_ASSUMPTIONS);
  }

  /** Terms with one denominator: common numerator factors, the sum of what is left, the denominator. */
  #group(terms: readonly Term[], letters: WrittenIndices): Formula {
    const [only] = terms;
    if (only === undefined) return build.number(0);
    if (terms.length === 1) return this.#term(only, letters);
    const below = only.factors.filter(isBelow);
    const common = commonFactors(terms.map(term => term.factors.filter(power => !isBelow(power))));
    const den = terms.reduce((total, { coefficient }) => lcm(total, coefficient.den), 1n);
    const negative = terms.every(({ coefficient }) => coefficient.sign() < 0);
    const unit = Rational.of(negative ? -den : den);
    const inner = terms.map(term =>
      this.#term(without(term, [...common, ...below], term.coefficient.multiply(unit)), letters),
    );
    const factors = [...this.#powers(common, letters), build.addition(...inner)];
    const above = factors.length === 1 && factors[0] !== undefined ? factors[0] : build.multiplication(...factors);
    const denominator = [
      ...(den === 1n ? [] : [build.number(Rational.of(den))]),
      ...this.#powers(below.map(reciprocal), letters),
    ];
    const value = denominator.length === 0 ? above : build.divide(above, build.productOfFactors(denominator));
    return negative ? build.negation(value) : value;
  }

  #term(term: Term, letters: WrittenIndices): Formula {
    const open = term.sorts.map(sort => openIndex(sort));
    const sorts = new Map(open.map((index, i) => [index, term.sorts[i] ?? 'history'] as const));
    const raw =
      open.length === 0
        ? term
        : substituteRaw(term, new Map(open.map((index, i) => [i, variableForm(index)] as const)));
    const known = baseFacts(raw.constraints, open);
    const plan = planInside(raw, open, sorts, known, letters);
    const free = freeConditions(raw.constraints, open, known);
    const unknown = free.filter(
      ({ left, right, bound }) => !this.#ranges.atMost(atomForm(left), atomForm(right, bound), letters),
    );
    const conditions = neededConditions(unknown, raw.factors, letters, this.#options.beforeFirst);
    const context: PlanContext = { sorts, constraints: raw.constraints, known, outer: [] };
    return withCoefficient(term.coefficient, this.#conditioned(conditions, plan, letters, context));
  }

  /** Each condition is a sum of one term or none around the rest, so that the rest is not evaluated where it fails. */
  #conditioned(
    conditions: readonly Constraint[],
    plan: SumPlan,
    letters: WrittenIndices,
    context: PlanContext,
  ): WrittenFraction {
    const [condition, ...rest] = conditions;
    if (condition === undefined) return this.#plan(plan, letters, context);
    const inNumbers = this.#hasValue(plan, letters) ? this.#ranges.indicatorOf(condition, letters) : null;
    if (inNumbers !== null) {
      const { above, below } = this.#conditioned(rest, plan, letters, context);
      return { above: [inNumbers, ...above], below };
    }
    const name = this.#freshLetter('history', letters);
    const scope = new Map(letters).set(openIndex('history'), build.index(name));
    const [from, to] = [atomForm(condition.left), atomForm(condition.right, condition.bound)];
    // left ≤ right + bound, as a sum from left to min(left, right + bound): each bound compares two indices.
    const [least, most] = [writeForm(from, letters), writeForm(to, letters)];
    const inside = (): WrittenFraction => this.#conditioned(rest, plan, scope, context);
    const body = fractionFormula(this.#ranges.within(name, { lower: [from], upper: [to] }, letters, inside));
    return { above: [build.sum(name, least, extremum('min', [least, most]), body, 'history')], below: [] };
  }

  /** Whether the product has a value also where its condition fails, a loss before the first too. */
  #hasValue({ factors, sums }: SumPlan, letters: WrittenIndices): boolean {
    const ofPoint = (label: LinearForm): boolean => this.#ranges.atMost(constantForm(0), label, letters);
    const ofLoss = (batch: LinearForm): boolean => this.#options.beforeFirst !== undefined || ofPoint(batch);
    return (
      factors.every(power => hasValueAtEveryLabel(power, { ofLoss, ofPoint })) &&
      sums.every(({ body }) => this.#hasValue(body, letters))
    );
  }

  #plan(plan: SumPlan, letters: WrittenIndices, context: PlanContext): WrittenFraction {
    const powers = plan.factors.filter(power => !isBelow(power));
    const below = this.#powers(plan.factors.filter(isBelow).map(reciprocal), letters);
    const sums = plan.sums.map(({ index, body }) => this.#sum(index, body, letters, context));
    const isSum = ({ kind }: Formula): boolean => kind === 'sum';
    const counts = sums.filter(each => !isSum(each));
    return { above: [...counts, ...this.#powers(powers, letters), ...sums.filter(isSum)], below };
  }

  #sum(index: number, body: SumPlan, letters: WrittenIndices, context: PlanContext): Formula {
    const sort = context.sorts.get(index) ?? 'history';
    const name = this.#freshLetter(sort, letters);
    const { lower, upper, facts } = boundsOf(index, context);
    const ends = {
      lower: lower.length === 0 ? [constantForm(1)] : lower,
      upper: upper.length === 0 ? [variableForm(DIMENSION_INDEX)] : upper,
    };
    const count = body.factors.length + body.sums.length === 0 ? this.#ranges.countOf(ends, letters) : null;
    if (count !== null) return count;
    const scope = new Map(letters).set(index, build.index(name));
    const within = { ...context, known: [...context.known, ...facts], outer: [...context.outer, index] };
    const inner = this.#ranges.within(name, ends, letters, () => this.#plan(body, scope, within));
    const [from, to] = [ends.lower, ends.upper].map(list => list.map(bound => writeForm(bound, letters)));
    return build.sum(name, extremum('max', from ?? []), extremum('min', to ?? []), fractionFormula(inner), sort);
  }

  #freshLetter(sort: IndexSort, letters: WrittenIndices): string {
    const used = new Set([...letters.values()].flatMap(indexLetters));
    const pool = sort === 'history' ? HISTORY_LETTERS : COORDINATE_LETTERS;
    const free = pool.find(letter => !used.has(letter) && !this.#options.reserved.has(letter));
    if (free !== undefined) return free;
    for (let i = 1; ; i += 1) {
      const name = `${pool[0]}_${i}`;
      if (!used.has(name)) return name;
    }
  }

  /** Factor powers with positive exponents as formulas. */
  #powers(powers: readonly FactorPower[], letters: WrittenIndices): Formula[] {
    return [...powers]
      .sort((a, b) => kindOf(a.factor).rank - kindOf(b.factor).rank)
      .map(power => this.#power(power, letters));
  }

  #power({ factor, exponent }: FactorPower, letters: WrittenIndices): Formula {
    const plain = plainExponent(exponent);
    if (factor.kind === 'template') {
      const named = this.#options.nameOf(factor.template, argumentsIn(factor, letters));
      if (named !== null && plain !== null)
        return raise(this.#named(factor, named, letters), plain.divide(named.power));
    }
    const base = kindOf(factor).written(factor, this.#verbs(letters));
    if (plain !== null) return raise(base, plain);
    const constant = build.number(exponent.constant);
    const form = writeForm({ constant: 0, terms: exponent.form.terms }, letters);
    return build.toPower(
      base,
      exponent.constant.isZero()
        ? form
        : exponent.constant.isInteger()
          ? writeForm({ constant: Number(exponent.constant.num), terms: exponent.form.terms }, letters)
          : build.addition(form, constant),
    );
  }

  #named(factor: AppliedTemplate, named: TemplateName, letters: WrittenIndices): Formula {
    const indices: Formula[] = [];
    const labels: Formula[] = [];
    factor.arguments.forEach((form, position) => {
      if (factor.template.sorts[position] === 'coordinate') indices.push(writeForm(form, letters));
      else labels.push(writeForm({ constant: form.constant + named.shift, terms: form.terms }, letters));
    });
    return build.quantity(named.name, indices, labels, build.point());
  }

  #verbs(letters: WrittenIndices): FactorWriter {
    return {
      form: form => writeForm(form, letters),
      inside: factor => this.#inline(factor.template, factor.arguments, letters),
      bound: ({ template, arguments: args }, sort) => {
        const index = this.#freshLetter(sort, letters);
        const scope = new Map(letters).set(-2, build.index(index));
        return { index, body: this.#inline(template, [variableForm(-2), ...args.slice(1)], scope) };
      },
      inLetterOrder,
      contraction: factor => this.expression(contractionOf(factor), letters),
    };
  }

  /** A template's body with its arguments in place of its slots. */
  #inline(template: Template, args: readonly LinearForm[], letters: WrittenIndices): Formula {
    const given = this.#options.bodyOf?.(template, args, letters) ?? null;
    if (given !== null) return given;
    const scope = new Map<number, Formula>([...letters]);
    slotsOf(template).forEach((slot, position) => {
      scope.set(slot, writeForm(args[position] ?? variableForm(slot), letters));
    });
    return this.expression(template.body, scope);
  }
}

const indexLetters = (formula: Formula): string[] =>
  formula.kind === 'index' ? [formula.name] : children(formula).flatMap(indexLetters);
