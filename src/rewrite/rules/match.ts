/**
 * Quantities that are equal get one template, innermost first, so that M written in two ways becomes one M before
 * anything that contains it is multiplied out. A probe finds the candidates; each is proved before it is used.
 */
import type { Budget } from '../../base/budget.ts';
import {
  type Expression,
  factorExpression,
  freeIndicesOf,
  mapFactors,
  scale,
  subtract,
  substituteIndices,
} from '../../expression/core/expression.ts';
import { plainExponent } from '../../expression/core/factor.ts';
import { power } from '../../expression/arithmetic/power.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { slotsOf, type Template, wrap } from '../../expression/core/template.ts';
import { NO_ASSUMPTIONS } from '../../expression/arithmetic/assumptions.ts';
import { addForms, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { probeTemplate } from '../probe.ts';

/** B = ratio · A with the history arguments shifted. */
interface Match {
  readonly ratio: Rational;
  readonly by: Template;
  readonly shift: number;
}

/** Decides whether an expression is zero. */
export type IsZero = (expression: Expression) => boolean;

/** The expression with equal quantities written alike. */
export function matchQuantities(expression: Expression, isZero: IsZero, facts: IndexFacts, budget: Budget): Expression {
  let current = expression;
  const refused = new Set<string>();
  for (let round = 0; round < 24; round += 1) {
    budget.spend();
    const found = findMatch(current, isZero, facts, refused);
    if (found === null) return current;
    current = replaceTemplate(current, found.template, found.match);
  }
  return current;
}

/** All quantities of an expression, those inside first. */
function quantities(expression: Expression): Template[] {
  const found: Template[] = [];
  const visit = (value: Expression): void => {
    for (const term of value.terms) {
      for (const { factor } of term.factors) {
        if (factor.kind !== 'template' || isScalar(factor.template.body) || found.includes(factor.template)) continue;
        visit(factor.template.body);
        if (!found.includes(factor.template)) found.push(factor.template);
      }
    }
  };
  visit(expression);
  return found;
}

function findMatch(
  expression: Expression,
  isZero: IsZero,
  facts: IndexFacts,
  refused: Set<string>,
): { template: Template; match: Match } | null {
  const list = quantities(expression);
  const least = leastLabels(expression, facts);
  const labels = labelsOf(expression);
  for (const [i, template] of list.entries()) {
    for (const other of list.slice(0, i)) {
      if (other.sorts.join() !== template.sorts.join()) continue;
      for (const shift of shiftsBetween(labels.get(template.id), labels.get(other.id))) {
        const key = `${other.id}|${template.id}|${shift}`;
        if (refused.has(key)) continue;
        refused.add(key);
        const ratio = probableRatio(template, other, shift);
        if (ratio === null) continue;
        const difference = subtract(template.body, scale(substituteIndices(other.body, shifted(other, shift)), ratio));
        const placed = atTimes(difference, template, least.get(template.id) ?? Number.NEGATIVE_INFINITY, facts);
        if (placed !== null && isZero(placed)) return { template, match: { ratio, by: other, shift } };
      }
    }
  }
  return null;
}

/** Shifts further than this are not tried. */
const MOST_SHIFTED = 6;

/** 0 and ±1, then those that bring a use of the one to a use of the other. */
function shiftsBetween(own: readonly LinearForm[] = [], others: readonly LinearForm[] = []): Set<number> {
  const shifts = new Set([0, 1, -1]);
  for (const a of own)
    for (const b of others) {
      const gap = addForms(b, a, -1);
      if (gap.terms.length === 0 && Math.abs(gap.constant) <= MOST_SHIFTED) shifts.add(gap.constant);
    }
  return shifts;
}

/** The first history argument of every template at each of its uses. */
function labelsOf(expression: Expression): Map<number, LinearForm[]> {
  const found = new Map<number, LinearForm[]>();
  const visit = ({ terms }: Expression): void => {
    for (const { factor } of terms.flatMap(({ factors }) => factors)) {
      if (factor.kind !== 'template') continue;
      const { template, arguments: args } = factor;
      if (!found.has(template.id)) visit(template.body);
      const label = args[template.sorts.indexOf('history')];
      found.set(template.id, [...(found.get(template.id) ?? []), ...(label === undefined ? [] : [label])]);
    }
  };
  visit(expression);
  return found;
}

/** The least value that the facts allow the labels of a template, over all its uses; −Infinity where that is not known. */
function leastLabels(expression: Expression, facts: IndexFacts): Map<number, number> {
  const least = new Map<number, number>();
  const seen = new Set<string>();
  const visit = (value: Expression, known: IndexFacts): void => {
    for (const term of value.terms) {
      const inside = known.with(term.constraints);
      if (inside.isEmpty) continue;
      for (const { factor } of term.factors) {
        // Only what is kept together as a quantity is replaced.
        if (factor.kind !== 'template') continue;
        const { template, arguments: args } = factor;
        for (const [position, form] of args.entries()) {
          if (template.sorts[position] !== 'history') continue;
          const at = inside.low(form);
          least.set(template.id, Math.min(least.get(template.id) ?? at, at));
        }
        const deeper = inside.inside(template.sorts, args);
        const key = `${template.id}|${deeper.key}`;
        if (seen.has(key)) continue;
        seen.add(key);
        visit(template.body, deeper);
      }
    }
  };
  visit(expression, facts);
  return least;
}

/**
 * A difference of templates with one time, taken where n at its least stands for the least time, so that for every n it is every
 * time; null where there is no least, or where the facts do not let n be large.
 */
function atTimes(difference: Expression, template: Template, least: number, facts: IndexFacts): Expression | null {
  const times = slotsOf(template).filter((_, position) => template.sorts[position] === 'history');
  const [only] = times;
  if (only === undefined || times.length > 1 || !mentions(difference, only)) return difference;
  const first = facts.low(variableForm(ITERATION_INDEX));
  if (!Number.isFinite(least) || !Number.isFinite(first) || Number.isFinite(facts.high(variableForm(ITERATION_INDEX))))
    return null;
  return substituteIndices(difference, new Map([[only, variableForm(ITERATION_INDEX, least - first)]]));
}

const mentions = (expression: Expression, index: number): boolean => freeIndicesOf(expression).has(index);

function shifted(template: Template, shift: number): Map<number, LinearForm> {
  return new Map(
    slotsOf(template).map(
      (index, position) => [index, variableForm(index, template.sorts[position] === 'history' ? shift : 0)] as const,
    ),
  );
}

/** Places at which templates are compared: history arguments and coordinates. */
const PLACES = [
  { history: [2, 1, 3], seed: 5 },
  { history: [3, 2, 4], seed: 17 },
];

/** The rational number that `template` seems to be of `other`; null where there is none. */
function probableRatio(template: Template, other: Template, shift: number): Rational | null {
  const ratios: number[] = [];
  // Where the other one is looked at earlier, its times are not before those of the places.
  const later = Math.max(0, -shift);
  for (const { history, seed } of PLACES) {
    let h = 0;
    let c = 0;
    const args = template.sorts.map(sort => {
      if (sort === 'history') {
        h += 1;
        return (history[h - 1] ?? 1) + later;
      }
      c += 1;
      return 2 - (c % 2);
    });
    const moved = args.map((value, i) => (template.sorts[i] === 'history' ? value + shift : value));
    const [a, b] = [probeTemplate(template, args, seed), probeTemplate(other, moved, seed)];
    if (a === null || b === null || b === 0) return null;
    ratios.push(a / b);
  }
  const [first, second] = ratios;
  if (first === undefined || second === undefined || Math.abs(first - second) > 1e-9 * Math.abs(first)) return null;
  return simpleRational(first);
}

function simpleRational(value: number): Rational | null {
  for (let den = 1; den <= 24; den += 1) {
    const num = Math.round(value * den);
    if (num !== 0 && Math.abs(value * den - num) < 1e-8 * Math.abs(value * den)) return Rational.of(num, den);
  }
  return null;
}

/** Every occurrence of a template replaced, inside other templates too. */
function replaceTemplate(expression: Expression, from: Template, { ratio, by, shift }: Match): Expression {
  const known = new Map<number, Expression>();
  const body = (template: Template): Expression => {
    let image = known.get(template.id);
    if (image === undefined) {
      const inner = visit(template.body);
      image =
        inner === template.body
          ? factorExpression({
              kind: 'template',
              template,
              arguments: slotsOf(template).map(index => variableForm(index)),
            })
          : wrap(inner);
      known.set(template.id, image);
    }
    return image;
  };
  const visit = (value: Expression): Expression =>
    mapFactors(value, ({ factor, exponent }) => {
      const plain = plainExponent(exponent);
      if (factor.kind !== 'template' || plain === null || isScalar(factor.template.body)) return null;
      const map = new Map(
        slotsOf(factor.template).map(
          (index, position) => [index, factor.arguments[position] ?? variableForm(index)] as const,
        ),
      );
      if (factor.template === from) {
        const args = factor.arguments.map((form, position) =>
          by.sorts[position] === 'history' ? { constant: form.constant + shift, terms: form.terms } : form,
        );
        if (!plain.isInteger() && ratio.sign() === -1) return null;
        return power(
          scale(factorExpression({ kind: 'template', template: by, arguments: args }), ratio),
          plain,
          NO_ASSUMPTIONS,
        );
      }
      const image = body(factor.template);
      const only = image.terms[0]?.factors[0]?.factor;
      if (only?.kind === 'template' && only.template === factor.template) return null;
      if (!plain.isInteger() && (image.terms[0]?.coefficient.sign() ?? 1) < 0) return null;
      return power(substituteIndices(image, map), plain, NO_ASSUMPTIONS);
    });
  return visit(expression);
}
