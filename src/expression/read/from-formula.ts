/**
 * Formula trees to normal forms. A formula becomes a power series in h with expressions as coefficients; index letters
 * become index variables that nothing can capture; names are resolved by the caller.
 */
import { refuse } from '../../base/problem.ts';
import {
  type BigNode,
  COMPONENT,
  type Definition,
  type DerivativeNode,
  type ExtremumNode,
  type Formula,
  type IndexSort,
  ITERATION,
  type LossNode,
  type QuantityNode,
  type Vector,
} from '../../formula/formula.ts';
import { constantForm, formKey, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { type Assumptions, assumptionsOf, withIndices } from '../arithmetic/assumptions.ts';
import { differentiate, partialRule, symbolRule } from '../calculus/differentiate.ts';
import {
  add,
  asNumber,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  isZero,
  multiply,
  scale,
  substituteIndices,
  sumOver,
} from '../core/expression.ts';
import { readCall, readVectorCall } from './calls.ts';
import { asForm, formAndFraction, formOf, type Letters, ROLE_LETTERS } from '../core/index-form.ts';
import { EPOCH_LETTERS, meanLoss } from './epoch.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { COMPONENT_INDEX, freeSort, isOpenIndex, ITERATION_INDEX, openIndex, ZERO } from '../core/indices.ts';
import { mapInside } from '../arithmetic/map-inside.ts';
import type { Meaning } from './meaning.ts';
import { absolute } from '../arithmetic/power.ts';
import { powerOfForm } from '../arithmetic/power-of-form.ts';
import { productOver, rangeOfProduct } from '../arithmetic/product.ts';
import {
  addSeries,
  coefficient,
  constantSeries,
  mapSeries,
  multiplySeries,
  negateSeries,
  powerSeries,
  type Series,
  STEP_SERIES,
} from '../calculus/series.ts';
import { expandAtShift, startOf } from '../calculus/shifted-point.ts';
import { groupedProduct, productOf } from '../arithmetic/scalar.ts';
import { isUsedAsCoordinate, isWholeRange, type Range, rangeOf, withinDimension } from '../arithmetic/sum-range.ts';
import { type Displacement, pointsCoefficient } from '../calculus/taylor.ts';
import { zeroToForm } from '../calculus/substitute-symbol.ts';
import { wrap } from '../core/template.ts';

const STEP_SYMBOL = '#h';
const MAX_DEPTH = 600;

/** The series with the current θ taken to the point of a label. */
const atLabel = (series: Series, at: LinearForm): Series =>
  mapSeries(series, value => mapInside(value, leaf => (leaf.at === null ? { ...leaf, at } : leaf)));

/** Whether a label is an index that is still open: the letter of a derivative. */
const isOpen = ({ terms: [first] }: LinearForm): boolean => first !== undefined && isOpenIndex(first[0]);

/** The partial derivatives by the current θ or by the point with the label. */
function derivativeBy(by: readonly LinearForm[], series: Series, label?: number): Series {
  return by.reduce((inner, coordinate) => {
    const rule = partialRule(coordinate, label);
    return mapSeries(inner, value => differentiate(value, rule));
  }, series);
}

/** Reads formulas with one meaning; definitions are read once. */
export class FormulaReader {
  readonly meaning: Meaning;
  /** The domains of symbols, and what is known of indices at the place that is being read. */
  assumptions: Assumptions;
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #read = new Map<Definition, { readonly formals: readonly number[]; readonly series: Series }>();
  readonly #readAt = new Map<string, Series>();
  readonly #reading = new Set<Definition>();
  /** Whether sums of scalars stay together in products. */
  #keepsTogether = true;
  #depth = 0;

  constructor(meaning: Meaning) {
    this.meaning = meaning;
    this.assumptions = withIndices(
      assumptionsOf(meaning.declarations),
      meaning.facts === undefined ? IndexFacts.TOP : IndexFacts.TOP.with(meaning.facts),
    );
    this.#definitions = new Map(meaning.definitions.map(d => [d.name, d] as const));
  }

  /** The series of a formula whose free letters are the roles n, j and p. */
  read(formula: Formula): Series {
    return this.series(formula, this.#roles);
  }

  /** Letters that a definition takes from where it is used when it does not name them itself; in an epoch m = n + 1 is one number. */
  get #passed(): readonly string[] {
    return this.meaning.epoch === true ? [COMPONENT] : [ITERATION, COMPONENT];
  }

  get #roles(): Letters {
    return this.meaning.epoch === true ? EPOCH_LETTERS : ROLE_LETTERS;
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
        return addSeries(...formula.terms.map(term => this.series(term, letters)));
      }
      case 'negate':
        return negateSeries(this.series(formula.argument, letters));
      case 'multiply':
        return formula.factors
          .map(factor => this.series(factor, letters))
          .reduce((a, b) => this.#product(a, b), constantSeries(constant(1)));
      case 'divide':
        return this.#product(
          this.series(formula.numerator, letters),
          this.#power(this.series(formula.denominator, letters), Rational.minusOne, formula.denominator),
        );
      case 'power':
        return this.#powerNode(formula.base, formula.exponent, letters);
      case 'root':
        return this.#power(this.series(formula.radicand, letters), Rational.of(1, formula.degree), formula);
      case 'absolute':
        return this.#absolute(this.series(formula.argument, letters), formula);
      case 'extremum':
        return this.#extremum(formula, letters);
      case 'sum':
        return this.#sum(formula, letters);
      case 'product':
        return this.#productOver(formula, letters);
      case 'iterate':
        return this.#iterate(
          formOf(formula.component, letters),
          formula.label === null ? null : formOf(formula.label, letters),
        );
      case 'loss':
        return this.#loss(formula, [], letters);
      case 'derivative':
        return this.#derivative(formula, letters);
      case 'parameter-derivative':
        return mapSeries(this.series(formula.argument, letters), value => differentiate(value, symbolRule(formula.by)));
      case 'quantity':
        return this.#quantity(formula, letters);
      case 'schedule':
        return [factorExpression({ kind: 'schedule', name: formula.name, index: formOf(formula.index, letters) })];
      case 'call':
        return readCall(formula, letters, this);
      case 'vector-call':
        return readVectorCall(formula, letters, this);
      case 'norm':
        return this.#norm(formula, letters);
    }
  }

  /** The product; a factor that is a sum of scalars stays together, so that (1−β)·X remains one term. */
  #product(left: Series, right: Series): Series {
    const product = !this.#keepsTogether ? multiply : this.meaning.groupFactors === true ? groupedProduct : productOf;
    return multiplySeries(left, right, this.meaning.order, product);
  }

  #power(base: Series, exponent: Rational, at: Formula): Series {
    const series = powerSeries(base, exponent, this.meaning.order, this.assumptions);
    return series ?? refuse('singular-expansion', 'a denominator or a root vanishes as h → 0', at.span);
  }

  #absolute(argument: Series, at: Formula): Series {
    if (argument.length <= 1) return mapSeries(argument, value => absolute(value, this.assumptions));
    return this.#power(this.#product(argument, argument), Rational.of(1, 2), at);
  }

  /** max(a, b) = (a + b + |a − b|)/2, min(a, b) = (a + b − |a − b|)/2. */
  #extremum(node: ExtremumNode, letters: Letters): Series {
    const [first, ...others] = node.arguments.map(argument => this.series(argument, letters));
    if (first === undefined || [first, ...others].some(each => each.length > 1))
      return refuse('extremum-not-covered', `a ${node.which} of what contains h is not covered`, node.span);
    return others.reduce((best, other) => {
      const gap = this.#absolute(addSeries(best, negateSeries(other)), node);
      const twice = addSeries(best, other, node.which === 'max' ? gap : negateSeries(gap));
      return mapSeries(twice, value => scale(value, Rational.of(1, 2)));
    }, first);
  }

  #powerNode(base: Formula, exponent: Formula, letters: Letters): Series {
    const form = asForm(exponent, letters);
    const baseSeries = this.series(base, letters);
    if (form !== null && form.terms.length === 0) return this.#integerPower(baseSeries, form.constant, base);
    if (form !== null) return constantSeries(this.#indexPower(baseSeries, form, base));
    const parts = formAndFraction(exponent, letters);
    if (parts !== null && parts.form.terms.length > 0) return this.#fractionalPower(baseSeries, parts, base);
    const value = asNumber(coefficient(this.series(exponent, letters), 0));
    if (value === null)
      return refuse('exponent-not-covered', 'an exponent must be a number or a sum of index letters', exponent.span);
    return this.#power(baseSeries, value, base);
  }

  #integerPower(base: Series, exponent: number, at: Formula): Series {
    if (exponent >= 2 && exponent <= 4 && base.length > 1) {
      let result = base;
      for (let i = 1; i < exponent; i += 1) result = this.#product(result, base);
      return result;
    }
    return this.#power(base, Rational.of(exponent), at);
  }

  /** 2^{n+1/2} = 2^n 2^{1/2}, of positive numbers alone: elsewhere one side may have no value where the other has one. */
  #fractionalPower(base: Series, parts: { form: LinearForm; fraction: Rational }, at: Formula): Series {
    const value = base.length > 1 ? null : asNumber(coefficient(base, 0));
    if (value === null || value.sign() <= 0)
      return refuse(
        'exponent-not-covered',
        'an index beside a fraction in an exponent is covered for positive numbers only',
        at.span,
      );
    const whole = constantSeries(this.#indexPower(base, parts.form, at));
    return this.#product(whole, this.#power(base, parts.fraction, at));
  }

  /** A power whose exponent contains indices: ρ^{n−k}. */
  #indexPower(base: Series, form: LinearForm, at: Formula): Expression {
    if (base.length > 1)
      return refuse('exponent-not-covered', 'a power with an index in its exponent must not contain h', at.span);
    const value = coefficient(base, 0);
    return (
      (isZero(value) ? zeroToForm(form) : powerOfForm(value, form)) ??
      refuse('exponent-not-covered', 'this base cannot have an index in its exponent', at.span)
    );
  }

  #sum(node: BigNode, letters: Letters): Series {
    const whole = node.sort === 'coordinate' && isWholeRange(node);
    const withForms = this.meaning.endsAtForms === true;
    const read = (sort: IndexSort): { readonly range: Range; readonly inner: Series } => {
      const range = rangeOf({ ...node, sort }, letters, withForms);
      const inner = this.#under(this.assumptions.indices.with(range.constraints), () =>
        this.series(node.body, new Map(letters).set(node.index, range.form)),
      );
      return { range, inner };
    };
    const isUsed = ({ range, inner }: ReturnType<typeof read>): boolean =>
      inner.some(value => isUsedAsCoordinate(value, range.open));
    // A coordinate is one of 1 … p; a letter that runs further is a plain number.
    const isOutside = node.sort === 'coordinate' && !whole && !this.#isWithin(rangeOf(node, letters, withForms));
    const first = read(isOutside ? 'history' : node.sort);
    if (isOutside && isUsed(first))
      return refuse('index-out-of-range', 'a sum over components must stay within 1 … p', node.span);
    // So is one that is no component anywhere.
    const isPlain = withForms && node.sort === 'coordinate' && !isOutside && !isUsed(first);
    const { range, inner } = isPlain ? read('history') : first;
    const sort = isOutside || isPlain ? 'history' : node.sort;
    return mapSeries(inner, value => sumOver(value, range.open, sort, whole && !isPlain ? [] : range.constraints));
  }

  /** Whether the range of a coordinate lies within 1 … p, as those of the letters around it do. */
  #isWithin({ open, constraints }: Range): boolean {
    const letters = constraints
      .flatMap(({ left, right }) => [left, right])
      .filter(index => index !== open && index !== ZERO && freeSort(index) === 'coordinate');
    const known = this.assumptions.indices.with([...constraints, ...letters.flatMap(withinDimension)]);
    return withinDimension(open).every(constraint => known.implies(constraint));
  }

  #productOver(node: BigNode, letters: Letters): Series {
    const lower = formOf(node.lower, letters);
    const upper = formOf(node.upper, letters);
    const read = (sort: IndexSort): { readonly open: number; readonly inner: Series } => {
      const open = openIndex(sort);
      const inner = this.#under(this.assumptions.indices.with(rangeOfProduct(open, lower, upper)), () =>
        this.series(node.body, new Map(letters).set(node.index, variableForm(open))),
      );
      return { open, inner };
    };
    const keepsRanges = this.meaning.endsAtForms === true;
    const first = read(node.sort);
    const isPlain =
      keepsRanges && node.sort === 'coordinate' && !first.inner.some(value => isUsedAsCoordinate(value, first.open));
    const { open, inner } = isPlain ? read('history') : first;
    if (inner.length > 1) return refuse('product-not-covered', 'a product over an index must not contain h', node.span);
    const generic = this.meaning.genericProducts === true;
    const assumptions = generic ? { ...this.assumptions, genericProducts: true } : this.assumptions;
    return constantSeries(productOver(coefficient(inner, 0), open, lower, upper, assumptions, keepsRanges));
  }

  #iterate(coordinate: LinearForm, label: LinearForm | null): Series {
    if (this.meaning.iterate !== undefined) return this.meaning.iterate(coordinate, label);
    return [factorExpression({ kind: 'point', coordinate, at: label })];
  }

  /** ∇_{coordinates}E at a point that is θ^{(k)} plus O(h), by Taylor expansion in the O(h) part. */
  #loss(node: LossNode, coordinates: readonly LinearForm[], letters: Letters): Series {
    const batch = node.batch === null || this.meaning.fullBatch === true ? null : formOf(node.batch, letters);
    const { label, shift } = this.#point(node.at, letters, node);
    const isMean = batch === null && this.meaning.epoch === true;
    const derivative = (by: readonly LinearForm[]): Expression => {
      const factor = { kind: 'loss', batch, coordinates: by, at: label } as const;
      return isMean ? meanLoss(factor) : factorExpression(factor);
    };
    return expandAtShift(derivative, coordinates, shift, this.meaning.order);
  }

  /** A point as θ^{(label)} + Σ_{q≥1} h^q shift_q. */
  #point(
    at: Vector,
    letters: Letters,
    node: Formula,
  ): { readonly label: LinearForm | null; readonly shift: (q: number, coordinate: LinearForm) => Expression } {
    const component = openIndex('coordinate');
    const read = (): Series => this.series(at.body, new Map(letters).set(at.index, variableForm(component)));
    const grouped = read();
    // (1−α)θ + αθ is θ only when 1−α is multiplied out.
    const series = startOf(grouped, component) === null ? this.#multipliedOut(read) : grouped;
    const start =
      startOf(series, component) ??
      refuse('shift-not-small', 'the point of a gradient must be θ up to a shift of order h', node.span);
    return {
      label: start.at,
      shift: (q, coordinate) => substituteIndices(coefficient(series, q), new Map([[component, coordinate]])),
    };
  }

  /** Reads something where these facts about indices hold. */
  #under<T>(indices: IndexFacts, read: () => T): T {
    const before = this.assumptions;
    this.assumptions = withIndices(before, indices);
    try {
      return read();
    } finally {
      this.assumptions = before;
    }
  }

  #multipliedOut<T>(read: () => T): T {
    const before = this.#keepsTogether;
    this.#keepsTogether = false;
    try {
      return read();
    } finally {
      this.#keepsTogether = before;
    }
  }

  #derivative(node: DerivativeNode, letters: Letters): Series {
    const by = node.by.map(index => formOf(index, letters));
    const { argument, point } = node;
    if (point === undefined) {
      if (argument.kind === 'loss' && node.asked === undefined) return this.#loss(argument, by, letters);
      return derivativeBy(by, this.series(argument, letters));
    }
    // The point is a letter of its own while the derivative is taken; then it is inserted.
    const label = openIndex('history');
    const inner = this.series(argument, new Map(letters).set(point.letter, variableForm(label)));
    return this.#insertPoint(derivativeBy(by, inner, label), label, point.at, letters, node);
  }

  /** The series with the points of the label taken to the point `at`, by Taylor's formula in what `at` has of order h. */
  #insertPoint(series: Series, label: number, at: Vector, letters: Letters, node: Formula): Series {
    const to = this.#point(at, letters, node);
    const displacement: Displacement = {
      only: { label, to: to.label },
      at: (q, _, coordinate) => to.shift(q, coordinate),
      assumptions: this.assumptions,
      known: new Map(),
    };
    const { order } = this.meaning;
    return mapSeries(
      Array.from({ length: order + 1 }, (_, q) =>
        add(
          ...Array.from({ length: q + 1 }, (_each, r) =>
            pointsCoefficient(coefficient(series, r), q - r, displacement),
          ),
        ),
      ),
      value => value,
    );
  }

  #quantity(node: QuantityNode, letters: Letters): Series {
    const labels = node.labels.map(label => formOf(label, letters));
    const indices = node.indices.map(index => formOf(index, letters));
    const known = this.#definitions.get(node.name);
    if (known === undefined) {
      const state = this.meaning.quantity?.(node, labels, indices) ?? null;
      return state ?? refuse('undefined-name', `${node.name} is not defined`, node.span);
    }
    const at = this.#labelOfPoint(node, letters);
    if (known.indices.length !== indices.length || known.labels.length !== labels.length) {
      return refuse(
        'wrong-indices',
        `${node.name} is used with other indices or labels than it is defined with`,
        node.span,
      );
    }
    if (this.meaning.readAtLabels === true) {
      const here = this.#definitionAt(known, indices, labels, letters, node);
      return at === null ? here : atLabel(here, at);
    }
    const { formals, series } = this.#definition(known, node);
    // A definition that does not name n or j among its letters takes them from where it is used.
    const inherited = this.#passed.filter(letter => ![...known.indices, ...known.labels].includes(letter));
    const map = new Map([...indices, ...labels].map((form, i) => [formals[i] ?? 0, form] as const));
    for (const letter of inherited)
      map.set(letter === ITERATION ? ITERATION_INDEX : COMPONENT_INDEX, letters.get(letter) ?? constantForm(0));
    const here = mapSeries(series, value => substituteIndices(value, map));
    return at === null ? here : atLabel(here, at);
  }

  /** The value of a definition with these indices and labels, read with them in place. */
  #definitionAt(
    known: Definition,
    indices: readonly LinearForm[],
    labels: readonly LinearForm[],
    letters: Letters,
    at: Formula,
  ): Series {
    const forms = [...indices, ...labels];
    const scope = new Map([
      ...this.#roles,
      ...this.#passed.map(letter => [letter, letters.get(letter) ?? constantForm(0)] as const),
      ...[...known.indices, ...known.labels].map((letter, i) => [letter, forms[i] ?? constantForm(0)] as const),
    ]);
    const key = `${known.name}|${[...scope.values()].map(form => formKey(form, String)).join('|')}|${this.assumptions.indices.key}`;
    const before = this.#readAt.get(key);
    if (before !== undefined) return before;
    if (this.#reading.has(known)) return refuse('definition-cycle', `${known.name} is defined through itself`, at.span);
    this.#reading.add(known);
    const body = this.series(known.body, scope);
    this.#reading.delete(known);
    const series = this.meaning.wrapDefinitions === false ? body : mapSeries(body, wrap);
    this.meaning.onDefinition?.(known, labels, series);
    this.#readAt.set(key, series);
    return series;
  }

  /** The body of a definition with open indices for its formal letters. */
  #definition(known: Definition, at: Formula): { readonly formals: readonly number[]; readonly series: Series } {
    const before = this.#read.get(known);
    if (before !== undefined) return before;
    if (this.#reading.has(known)) return refuse('definition-cycle', `${known.name} is defined through itself`, at.span);
    this.#reading.add(known);
    // n and j stand for themselves, so that θ^{(n−1)} is known as the previous point; other letters get open indices.
    const formalOf = (letter: string, sort: IndexSort): number =>
      letter === ITERATION && this.meaning.epoch !== true
        ? ITERATION_INDEX
        : letter === COMPONENT
          ? COMPONENT_INDEX
          : openIndex(sort);
    const own = [...known.indices, ...known.labels];
    const formals = own.map((letter, i) =>
      formalOf(letter, i < known.indices.length ? (known.indexSorts[i] ?? 'coordinate') : 'history'),
    );
    const letters = new Map([
      ...this.#roles,
      ...own.map((letter, i) => [letter, variableForm(formals[i] ?? 0)] as const),
    ]);
    // Its letters, n among them, may be given any label where it is used.
    const body = this.#under(IndexFacts.NONE, () => this.series(known.body, letters));
    const series = this.meaning.wrapDefinitions === false ? body : mapSeries(body, wrap);
    const result = { formals, series };
    this.#reading.delete(known);
    this.#read.set(known, result);
    return result;
  }

  /** The label of the point that a quantity is taken at, null for the current one; labels only where points have them. */
  #labelOfPoint(node: QuantityNode, letters: Letters): LinearForm | null {
    if (node.at === null) return null;
    const component = openIndex('coordinate');
    const series = this.series(node.at.body, new Map(letters).set(node.at.index, variableForm(component)));
    const start = series.length === 1 ? startOf(series, component) : null;
    if (start === null || (start.at !== null && this.meaning.readAtLabels !== true && !isOpen(start.at)))
      return refuse('other-point', `${node.name} must be taken at the current point`, node.span);
    return start.at;
  }

  #norm(node: Extract<Formula, { kind: 'norm' }>, letters: Letters): Series {
    const open = openIndex('coordinate');
    const entry = this.series(node.argument.body, new Map(letters).set(node.argument.index, variableForm(open)));
    const sum = (series: Series): Series => mapSeries(series, value => sumOver(value, open, 'coordinate', []));
    const square = this.#product(entry, entry);
    if (node.order === 2) return this.#power(sum(square), Rational.of(1, 2), node);
    if (node.perturbation === null) return sum(this.#absolute(entry, node));
    return sum(this.#power(addSeries(square, this.series(node.perturbation, letters)), Rational.of(1, 2), node));
  }
}
