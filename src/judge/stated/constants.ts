/**
 * The integers that stand beside n, p or a label in what is typed: in ranges, labels, exponents, indices and conditions, and
 * how many steps a range has. A claim that holds for small n and fails at one mostly fails beside one of them.
 */
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import { addIntegerForms, type IntegerForm, integerFormOf, scaleIntegerForm } from './integer-form.ts';

export interface Constants {
  /** Their sizes, beside n or a label of the history; ascending. */
  readonly history: readonly number[];
  /** Beside p or a coordinate; where p itself occurs, those beside n and labels as well, and their roots. */
  readonly coordinates: readonly number[];
  /** Whether p itself, or one coordinate by its number, occurs. */
  readonly aboutDimension: boolean;
  /** Whether norms or sums over all coordinates are compared in order or have their sign taken, so that numbers bound p. */
  readonly comparesCoordinates: boolean;
  readonly forms: readonly IntegerForm[];
}

/** What lies beyond is no count of steps. */
const LARGEST = 1_000_000;

class ConstantFinder {
  readonly history = new Set<number>();
  readonly coordinates = new Set<number>();
  readonly forms: IntegerForm[] = [];
  /** Numbers wherever they stand. */
  readonly numbers: Rational[] = [];
  aboutDimension = false;
  hasWholeSums = false;
  hasKinkOfSums = false;

  visit(formula: Formula, coordinates: ReadonlySet<string>): void {
    const form = integerFormOf(formula);
    if (form && form.terms.size > 0) {
      this.record(form, isCoordinate(form, coordinates));
      return;
    }
    switch (formula.kind) {
      case 'sum':
      case 'product': {
        const isOver = formula.sort === 'coordinate';
        const [lower, upper] = [integerFormOf(formula.lower), integerFormOf(formula.upper)];
        if (isOver && isWhole(formula)) {
          this.hasWholeSums = true;
          this.visit(formula.body, new Set([...coordinates, formula.index]));
          return;
        }
        for (const bound of [lower, upper]) if (bound) this.record(bound, isOver);
        if (lower && upper) this.record(addIntegerForms(upper, scaleIntegerForm(lower, Rational.minusOne)), isOver);
        this.visit(formula.body, isOver ? new Set([...coordinates, formula.index]) : coordinates);
        for (const bound of [formula.lower, formula.upper]) this.visit(bound, coordinates);
        return;
      }
      case 'number':
        this.numbers.push(formula.value);
        break;
      case 'norm':
        this.hasWholeSums = true;
        break;
      case 'absolute':
      case 'call':
      case 'extremum':
        this.hasKinkOfSums ||= [...nodes(formula)].some(isOverAll);
        break;
      case 'power':
        this.#exponent(formula.exponent);
        break;
      case 'derivative':
        for (const by of formula.by) this.#index(by);
        break;
      case 'iterate':
        this.#index(formula.component);
        break;
      case 'quantity':
        for (const label of formula.labels) this.#label(label);
        break;
      case 'schedule':
        this.#label(formula.index);
        break;
      case 'loss':
        if (formula.batch) this.#label(formula.batch);
        break;
      default:
        break;
    }
    for (const child of children(formula)) this.visit(child, coordinates);
  }

  /** A coordinate by its number. */
  #index(formula: Formula): void {
    if (formula.kind !== 'number') return;
    this.aboutDimension = true;
    this.#add(this.coordinates, formula.value);
  }
  /** β^{31} beside β^n. */
  #exponent(formula: Formula): void {
    if (formula.kind === 'number' && formula.value.isInteger()) this.#add(this.history, formula.value);
  }
  #label(formula: Formula): void {
    if (formula.kind === 'number') this.#add(this.history, formula.value);
  }
  record(form: IntegerForm, isCoordinates: boolean): void {
    const ofDimension = form.terms.has(DIMENSION);
    if (ofDimension) this.aboutDimension = true;
    const own = isCoordinates || ofDimension ? this.coordinates : this.history;
    this.forms.push(form);
    this.#add(own, form.constant);
    for (const each of form.terms.values()) this.#add(own, form.constant.divide(each));
  }
  #add(to: Set<number>, value: Rational): void {
    for (const each of integersAt(value)) to.add(each);
  }
}

/** The size of an integer, or those on both sides of a fraction. */
function integersAt(value: Rational): number[] {
  const floor = Number(value.floor());
  return (value.isInteger() ? [floor] : [floor, floor + 1]).map(Math.abs).filter(each => each <= LARGEST);
}

/** p² ≤ 170 ends beside √170. */
const rootsOf = (values: readonly number[]): number[] =>
  values.filter(value => value > 8).map(value => Math.floor(Math.sqrt(value)));

const isOverAll = (node: Formula): boolean =>
  node.kind === 'norm' ||
  ((node.kind === 'sum' || node.kind === 'product') && node.sort === 'coordinate' && isWhole(node));

/** All coordinates, 1…p, as a Σ without bounds has them: nothing is said of p. */
const isWhole = ({ lower, upper }: Formula & { readonly kind: 'sum' | 'product' }): boolean =>
  lower.kind === 'number' && lower.value.isOne() && upper.kind === 'index' && upper.name === DIMENSION;

const isCoordinate = ({ terms }: IntegerForm, coordinates: ReadonlySet<string>): boolean =>
  [...terms.keys()].some(letter => coordinates.has(letter));

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

/**
 * The constants of all these formulas together; of conditions give both sides, and their difference is looked at as well.
 * `isOrdered` says that the statement is an inequality.
 */
export function constantsOf(
  formulas: readonly Formula[],
  comparisons: readonly (readonly [Formula, Formula])[],
  isOrdered = false,
): Constants {
  const found = new ConstantFinder();
  for (const formula of formulas) found.visit(formula, new Set());
  for (const [left, right] of comparisons) {
    const [one, other] = [integerFormOf(left), integerFormOf(right)];
    const gap = one && other ? addIntegerForms(one, scaleIntegerForm(other, Rational.minusOne)) : null;
    if (gap && gap.terms.size > 0) found.record(gap, false);
  }
  const { aboutDimension, forms, numbers } = found;
  const comparesCoordinates = found.hasWholeSums && (isOrdered || found.hasKinkOfSums);
  const coordinates = new Set(found.coordinates);
  const addAll = (values: readonly number[]): void => {
    for (const each of values) coordinates.add(each);
  };
  if (aboutDimension) addAll([...found.history, ...rootsOf([...found.history])]);
  // ‖v‖_1 ≤ c ‖v‖ holds up to p = c².
  if (comparesCoordinates) addAll(numbers.flatMap(each => [...integersAt(each), ...integersAt(each.multiply(each))]));
  return {
    history: ascending(found.history),
    coordinates: ascending(coordinates),
    aboutDimension,
    comparesCoordinates,
    forms,
  };
}
