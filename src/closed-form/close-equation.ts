/**
 * The modified equation of the full batch in closed form: every named quantity with its sums carried out, and the equation
 * with the quantities inserted where no sum over times is left. Every formula is read again and proved equal to what was
 * derived before it is given out; where that fails the formula stays as it was.
 */
import { readingOf } from '../notation/settings.ts';
import { Budget } from '../base/budget.ts';
import { type Assumptions, assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { type Expression, substituteIndices, subtract } from '../expression/core/expression.ts';
import { plainExponent } from '../expression/core/factor.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../expression/core/indices.ts';
import { coefficient } from '../expression/calculus/series.ts';
import type { TemplateName, WriterOptions } from '../expression/write/to-formula.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { isOverTimes } from '../formula/population.ts';
import { children } from '../formula/walk.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import { asShiftedVariable, variableForm } from '../number/linear-form.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { carryOutSums } from '../rewrite/rules/sums/carry-out-sums.ts';
import { closeLayers, inFull, withoutPlain } from './close-layers.ts';
import { pastOf } from './close-scalars.ts';
import { costOf } from './cost.ts';
import { type ClosedTerm, closedTerms } from './closed-terms.ts';
import { writeClosed } from './write-closed.ts';
import { modifiedLoss, potentialLoss } from './modified-loss.ts';
import { leastLabels } from './least-labels.ts';
import { shiftSums } from './shift-sums.ts';
import { Pot } from '../base/pot.ts';
import { closedOptions } from './writing-options.ts';
import { withDecidedEnds } from './first-steps/decide-ends.ts';

export interface ClosedEquation extends ModifiedEquation {
  /** The coefficients with every definition inserted; null where a sum over times is left or there is nothing to insert. */
  readonly inserted: readonly Formula[] | null;
  /** The whole right side of the flow as −scale · ∇_j(E + h c‖·‖); null where it is none. */
  readonly whole: Formula | null;
}

/** Work for one formula, in terms made: so little that what is printed is proved again in a moment. */
const STEPS = 3_000;
/** Units of work of every kind, for one formula and for all. */
const WORK = { each: 300_000, all: 900_000 };

/**
 * The equation with closed forms; order, setting and form stay as they are. It may hold from n = 1 or 2 on alone, as far as conditions on the
 * first steps are taken out of it; with `allSteps` they stay.
 */
export function closeEquation(derived: ModifiedEquation, { allSteps = false } = {}): ClosedEquation {
  const layers = closeLayers(derived);
  const closed = closeWith(allSteps ? layers : withDecidedEnds(layers), derived);
  return closed.inserted === null ? { ...closed, ...withoutPlain(closed) } : closed;
}

function closeWith(equation: ModifiedEquation, derived: ModifiedEquation): ClosedEquation {
  const closer = new Closer(equation);
  const definitions = closer.definitions();
  const shown = equation.coefficients.map((formula, q) =>
    closer.coefficient(formula, equation.expressions[q], formula === derived.coefficients[q]),
  );
  const coefficients = shown.map(({ formula }) => formula);
  const inserted = definitions.length === 0 ? null : closer.inserted(coefficients, definitions);
  const used = namesIn(coefficients, definitions);
  const bare = inserted?.map(({ formula }) => formula) ?? inFull({ ...equation, coefficients, definitions });
  const potential = bare && potentialLoss(equation, bare);
  return {
    ...equation,
    coefficients,
    definitions: definitions.filter(({ name }) => used.has(name)),
    inserted: inserted?.map(({ formula }) => formula) ?? null,
    whole: modifiedLoss(equation, inserted ?? shown) ?? potential,
  };
}

interface WriteOptions {
  readonly withNames?: boolean;
  readonly inOneFraction?: boolean;
  readonly isWanted?: (terms: readonly ClosedTerm[]) => boolean;
}

class Closer {
  readonly #equation: ModifiedEquation;
  readonly #assumptions: Assumptions;
  readonly #reader: FormulaReader;
  readonly #names = new Map<number, TemplateName>();
  readonly #leastLabels: ReadonlyMap<string, number>;
  readonly #pot = new Pot(WORK.each, WORK.all);

  constructor(equation: ModifiedEquation) {
    this.#equation = equation;
    this.#assumptions = assumptionsOf(equation.optimizer.declarations);
    this.#reader = this.#readerOf(equation.definitions);
    this.#leastLabels = leastLabels(equation.coefficients, equation.definitions);
  }

  #readerOf(definitions: readonly Definition[], wrapDefinitions = true): FormulaReader {
    return new FormulaReader({
      declarations: this.#equation.optimizer.declarations,
      definitions,
      order: 0,
      ...readingOf(this.#equation.setting),
      genericProducts: true,
      wrapDefinitions,
    });
  }

  /** The definitions, in the given order; those that others use are closed first. */
  definitions(): Definition[] {
    const closed = new Map<string, Definition>();
    const visit = (definition: Definition): void => {
      if (closed.has(definition.name)) return;
      closed.set(definition.name, definition);
      for (const name of namesIn([definition.body], []))
        this.#equation.definitions.filter(each => each.name === name).forEach(visit);
      closed.set(definition.name, this.#close(definition));
    };
    this.#equation.definitions.forEach(visit);
    return this.#equation.definitions.flatMap(({ name }) => closed.get(name) ?? []);
  }

  #close(definition: Definition): Definition {
    if (definition.recursion !== undefined) return definition;
    const value = coefficient(this.#reader.read(definition.body), 0);
    // A ratio of products may be 0/0 where the product over their range has a value.
    if (hasProducts(value)) return definition;
    const sums = this.#pot.within(() => carryOutSums(value, this.#assumptions, budget()));
    if (sums === null) return definition;
    const written = this.#write(sums, formula => this.#isDefinition(definition, formula, value), {
      inOneFraction: this.#isInside(definition.name),
    });
    this.#name(definition.name, sums);
    return written === null || !isShorter(written.formula, definition.body)
      ? definition
      : { ...definition, body: written.formula };
  }

  /** Whether other definitions use the name. */
  #isInside(name: string): boolean {
    return this.#equation.definitions.some(definition => namesIn([definition.body], []).has(name));
  }

  /** Whether a formula is the value of a definition at every label with which it is used. */
  #isDefinition({ name }: Definition, formula: Formula, value: Expression): boolean {
    const least = this.#leastLabels.get(name) ?? 0;
    const difference = subtract(coefficient(this.#reader.read(formula), 0), value);
    return this.#isZero(
      substituteIndices(difference, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, least)]])),
    );
  }

  #isZero(difference: Expression): boolean {
    return testZero(difference, this.#assumptions, budget()).kind === 'zero';
  }

  /** A root that is a definition's value keeps its name in other formulas. */
  #name(name: string, value: Expression): void {
    const [term] = value.terms;
    const [own] = term?.factors ?? [];
    if (
      value.terms.length !== 1 ||
      term === undefined ||
      own === undefined ||
      term.factors.length !== 1 ||
      term.sorts.length > 0 ||
      !term.coefficient.isOne()
    )
      return;
    const { factor, exponent } = own;
    const power = plainExponent(exponent);
    if (factor.kind !== 'template' || power === null || factor.template.sorts.join() !== 'history,coordinate') return;
    const [label, component] = factor.arguments.map(asShiftedVariable);
    if (label?.variable !== ITERATION_INDEX || component?.variable !== COMPONENT_INDEX) return;
    if (!this.#names.has(factor.template.id)) this.#names.set(factor.template.id, { name, power, shift: -label.shift });
  }

  #options(withNames: boolean): WriterOptions {
    const { optimizer, definitions } = this.#equation;
    const reserved = new Set([...optimizer.declarations, ...definitions].map(({ name }) => name));
    return closedOptions(reserved, template => (withNames ? (this.#names.get(template.id) ?? null) : null));
  }

  /** The formula of an expression whose sums are carried out, if it passes the proof. */
  #write(
    sums: Expression,
    isRight: (formula: Formula) => boolean,
    { withNames = true, inOneFraction = false, isWanted = () => true }: WriteOptions = {},
  ): Shown | null {
    return this.#pot.within(() => {
      const options = { ...this.#options(withNames), inOneFraction };
      const terms = closedTerms(sums, options);
      if (terms === null || !isWanted(terms)) return null;
      const formula = shiftSums(writeClosed(terms, options));
      return isRight(formula) ? { formula, terms } : null;
    });
  }

  /** A coefficient of the equation: in named quantities, and closed where sums over times stand outside of them. */
  coefficient(formula: Formula, derived: Expression | undefined, isAsDerived: boolean): Shown {
    const asItWas: Shown = { formula, terms: null };
    if (derived === undefined || (this.#equation.definitions.length > 0 && !hasHistory(formula))) return asItWas;
    // Where no sum is left the formula says more than what it was made from.
    const value = hasHistory(formula) || isAsDerived ? derived : this.#read(formula);
    if (hasProducts(value)) return asItWas;
    const sums = this.#pot.within(() => carryOutSums(value, this.#assumptions, budget())) ?? value;
    return this.#write(sums, written => this.#isZero(subtract(this.#read(written), value))) ?? asItWas;
  }

  #read(formula: Formula): Expression {
    return coefficient(this.#reader.read(formula), 0);
  }

  /** The coefficients with the closed definitions inserted; null where a sum over times is left. */
  inserted(coefficients: readonly Formula[], definitions: readonly Definition[]): Shown[] | null {
    if (definitions.some(({ body, recursion }) => recursion !== undefined || hasHistory(body))) return null;
    const reader = this.#readerOf(definitions, false);
    const result: Shown[] = [];
    for (const formula of coefficients) {
      const value = coefficient(reader.read(formula), 0);
      const sums = this.#pot.within(() => carryOutSums(value, this.#assumptions, budget()));
      const isRight = (own: Formula): boolean => this.#isZero(subtract(this.#read(own), value));
      const written = sums === null ? null : this.#write(sums, isRight, { withNames: false, isWanted: isSummed });
      if (written === null) return null;
      result.push(written);
    }
    return result;
  }
}

/** Fewer sums over times, or as many and no longer. */
const isShorter = (formula: Formula, other: Formula): boolean =>
  pastOf(formula) < pastOf(other) || (pastOf(formula) === pastOf(other) && costOf(formula) <= costOf(other));

/** A formula with the terms that it was written from; without them where it stays as it was. */
interface Shown {
  readonly formula: Formula;
  readonly terms: readonly ClosedTerm[] | null;
}

const budget = (): Budget => new Budget(STEPS);

/** No sum over times is left. */
const isSummed = (terms: readonly ClosedTerm[]): boolean => !terms.some(term => term.hasHistory);

const hasHistory = (formula: Formula): boolean => isOverTimes(formula) || children(formula).some(hasHistory);

/** The names that formulas use, through definitions too. */
function namesIn(formulas: readonly Formula[], definitions: readonly Definition[]): Set<string> {
  const found = new Set<string>();
  const visit = (formula: Formula): void => {
    if (formula.kind === 'quantity' && !found.has(formula.name)) {
      found.add(formula.name);
      const own = definitions.find(({ name }) => name === formula.name);
      if (own !== undefined) visit(own.body);
    }
    children(formula).forEach(visit);
  };
  formulas.forEach(visit);
  return found;
}

/** Whether a cumulative product occurs, within templates too. */
function hasProducts(expression: Expression): boolean {
  const seen = new Set<number>();
  const visit = ({ terms }: Expression): boolean =>
    terms.some(({ factors }) =>
      factors.some(({ factor }) => {
        if (factor.kind === 'product') return true;
        if (!('template' in factor) || seen.has(factor.template.id)) return false;
        seen.add(factor.template.id);
        return visit(factor.template.body);
      }),
    );
  return visit(expression);
}
