/**
 * Formula trees to normal forms. A formula becomes a power series in h with expressions as coefficients; index letters
 * become index variables that nothing can capture; names are resolved by the caller.
 */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import { reachesStep } from '../../formula/reaches-step.ts';
import { Rational } from '../../number/rational.ts';
import { type Assumptions, assumptionsOf, isPositive, withIndices } from '../arithmetic/assumptions.ts';
import { differentiate, symbolRule } from '../calculus/differentiate.ts';
import { constant, type Expression, factorExpression, formExpression, isZero, multiply } from '../core/expression.ts';
import { applyFunction } from '../arithmetic/functions.ts';
import { wrap } from '../core/template.ts';
import { readCall, readVectorCall } from './calls.ts';
import { asForm, formOf, type Letters, ROLE_LETTERS } from '../core/index-form.ts';
import { EPOCH_LETTERS } from './epoch.ts';
import { POPULATION_LETTERS } from './population.ts';
import { IndexFacts } from '../core/index-facts.ts';
import type { Meaning } from './meaning.ts';
import { absolute, power } from '../arithmetic/power.ts';
import {
  coefficient,
  constantSeries,
  mapSeries,
  multiplySeries,
  negateSeries,
  powerSeries,
  type Series,
  STEP_SERIES,
} from '../calculus/series.ts';
import { groupedProduct, isScalar, productOf } from '../arithmetic/scalar.ts';
import { readExtremum, readNorm } from './powers.ts';
import { readProduct } from './sums.ts';
import { laurentOf, sumOfTerms, withoutPole } from './quotients.ts';
import { readLoss, readDerivative, readIterate } from './points.ts';
import { DefinitionReader } from './definitions.ts';

const STEP_SYMBOL = '#h';
const MAX_DEPTH = 600;

/** Reads formulas with one meaning; definitions are read once. */
export class FormulaReader {
  readonly meaning: Meaning;
  /** The domains of symbols, and what is known of indices at the place that is being read. */
  assumptions: Assumptions;
  readonly #definitions: DefinitionReader;
  #keepsTogether = true;
  #depth = 0;
  #order: number;

  constructor(meaning: Meaning) {
    this.meaning = meaning;
    this.#order = meaning.order;
    this.assumptions = withIndices(
      assumptionsOf(meaning.declarations),
      meaning.facts === undefined ? IndexFacts.TOP : IndexFacts.TOP.with(meaning.facts),
    );
    this.#definitions = new DefinitionReader(this);
  }

  /** The series of a formula whose free letters are the roles n, j and p. */
  read(formula: Formula): Series {
    return this.series(formula, this.roles);
  }

  /** Letters that a definition takes from where it is used when it does not name them itself; in an epoch m = n + 1 is one number. */
  get passed(): readonly string[] {
    return this.meaning.epoch === true ? [COMPONENT] : [ITERATION, COMPONENT];
  }

  /** What the free letters of a formula stand for. */
  get roles(): Letters {
    if (this.meaning.epoch === true) return EPOCH_LETTERS;
    return this.meaning.population === true ? POPULATION_LETTERS : ROLE_LETTERS;
  }

  /** The series of a formula whose index letters mean what `letters` says. */
  series(formula: Formula, letters: Letters): Series {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) refuse('too-deep', 'the formula is nested too deeply', formula.span);
    try {
      return this.#dispatch(formula, letters);
    } finally {
      this.#depth -= 1;
    }
  }

  #dispatch(formula: Formula, letters: Letters): Series {
    switch (formula.kind) {
      case 'number':
        return constantSeries(constant(formula.value));
      case 'parameter':
        return [factorExpression({ kind: 'symbol', name: formula.name })];
      case 'step':
        return this.meaning.stepIsSymbol === true
          ? [factorExpression({ kind: 'symbol', name: STEP_SYMBOL })]
          : STEP_SERIES;
      case 'index':
        return constantSeries(formExpression(formOf(formula, letters)));
      case 'add': {
        // Index letters and integers are one index factor: n + 1.
        const form = asForm(formula, letters);
        if (form !== null) return constantSeries(formExpression(form));
        return withoutPole(sumOfTerms(formula.terms, letters, this), formula);
      }
      case 'negate':
        return negateSeries(this.series(formula.argument, letters));
      case 'multiply':
      case 'divide':
      case 'sum':
      case 'power':
        return withoutPole(laurentOf(formula, letters, this), formula);
      case 'root':
        return this.power(this.series(formula.radicand, letters), Rational.of(1, formula.degree), formula);
      case 'absolute':
        return this.absolute(this.series(formula.argument, letters), formula);
      case 'extremum':
        return readExtremum(formula, letters, this);
      case 'product':
        return readProduct(formula, letters, this);
      case 'iterate':
        return readIterate(formula, letters, this);
      case 'loss':
        return readLoss(formula, [], letters, this);
      case 'derivative':
        return readDerivative(formula, letters, this);
      case 'parameter-derivative':
        return mapSeries(this.series(formula.argument, letters), value => differentiate(value, symbolRule(formula.by)));
      case 'quantity':
        return this.#definitions.read(formula, letters);
      case 'schedule':
        return [factorExpression({ kind: 'schedule', name: formula.name, index: formOf(formula.index, letters) })];
      case 'call':
        return readCall(formula, letters, this);
      case 'vector-call':
        return readVectorCall(formula, letters, this);
      case 'norm':
        return readNorm(formula, letters, this);
    }
  }

  /** The product; a factor that is a sum of scalars stays together, so that (1−β)·X remains one term. */
  product(left: Series, right: Series): Series {
    const product = !this.#keepsTogether ? multiply : this.meaning.groupFactors === true ? groupedProduct : productOf;
    return multiplySeries(left, right, this.order, product);
  }

  /** The power of a series by a number, refused where its constant term vanishes and may not. */
  power(base: Series, exponent: Rational, at: Formula): Series {
    const isBelow = exponent.sign() < 0;
    const isCut = this.meaning.stepIsSymbol !== true && reachesStep(at, this.meaning);
    const isZeroItself = base.length === 0 && !isBelow && !isCut;
    const series = isZeroItself
      ? constantSeries(power(coefficient(base, 0), exponent, this.assumptions))
      : powerSeries(base, exponent, this.order, this.assumptions);
    if (series !== null) return series;
    return refuse(
      'singular-expansion',
      `a ${isBelow ? 'denominator' : 'root'} vanishes as h → 0, and is not expanded`,
      at.span,
      isBelow
        ? 'Write what a quotient by h tends to, as the Hessian times v for (∇E(θ + hv) − ∇E(θ))/h.'
        : 'What has a root of the step in it has no series in the step: write a hyperparameter for it, as \\beta.',
    );
  }

  /** |x|, as √(x²) where x contains h. */
  absolute(argument: Series, at: Formula): Series {
    const first = coefficient(argument, 0);
    if (this.meaning.pieces === true && !isScalar(first)) return this.#sized(argument, first, at);
    if (argument.length <= 1) return mapSeries(argument, value => absolute(value, this.assumptions));
    return this.power(this.product(argument, argument), Rational.of(1, 2), at);
  }

  /** |u| = sign(u) u, where sign(u) is that of u for h → 0: its derivative is sign(u) u′ wherever u is not zero. */
  #sized(argument: Series, first: Expression, at: Formula): Series {
    if (isPositive(first, this.assumptions)) return argument;
    if (isZero(first) && argument.length > 1)
      return refuse('always-switching', 'a bar, a maximum or a minimum is taken of what vanishes as h → 0', at.span);
    return multiplySeries([applyFunction('sign', 'odd', 0, first)], mapSeries(argument, wrap), this.order);
  }

  /** The highest power of h that is read. */
  get order(): number {
    return this.#order;
  }

  /** What decides how something is read besides its text. */
  get mode(): string {
    return `${this.#order}${this.#keepsTogether ? '' : '*'}`;
  }

  /** Whether sums of scalars stay together in products and powers. */
  get keepsTogether(): boolean {
    return this.#keepsTogether;
  }

  /** Whether this is how the document itself is read: to its order, with sums in products kept together. */
  get isUsual(): boolean {
    return this.#order === this.meaning.order && this.#keepsTogether;
  }

  /** Reads something to another power of h. */
  atOrder<T>(order: number, read: () => T): T {
    const before = this.#order;
    this.#order = order;
    try {
      return read();
    } finally {
      this.#order = before;
    }
  }

  /** Reads something where these facts about indices hold. */
  under<T>(indices: IndexFacts, read: () => T): T {
    const before = this.assumptions;
    this.assumptions = withIndices(before, indices);
    try {
      return read();
    } finally {
      this.assumptions = before;
    }
  }

  /** Reads something with the sums in products multiplied out. */
  multipliedOut<T>(read: () => T): T {
    const before = this.#keepsTogether;
    this.#keepsTogether = false;
    try {
      return read();
    } finally {
      this.#keepsTogether = before;
    }
  }
}
