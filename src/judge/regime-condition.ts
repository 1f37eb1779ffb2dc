/**
 * Conditions that name a regime: |∇_jE| ≫ √ε and the like. What is compared must be of one dimension, counted in powers of
 * the gradient: ε added to g² counts two, δ in tanh(g/δ) one, by the optimizer's own rows. Otherwise the condition says
 * something else than the regime.
 */
import type { Claim, Statement } from '../document/model.ts';
import type { Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import type { Optimizer } from '../optimizer/model.ts';

/** A dimension as fixed + slope · (the dimension of the small parameter); null where it is not known. */
interface Dimension {
  readonly fixed: number;
  readonly slope: number;
}

const isLimiting = ({ relation }: { readonly relation: string }): boolean => relation === '\\gg' || relation === '\\ll';

/** Why the ≫ and ≪ of a statement do not say that the gradient is large or small beside a parameter; null where they do. */
export function regimeConditionReason(statement: Statement, claim: Claim, optimizer: Optimizer | null): string | null {
  const compared = (statement.condition?.comparisons ?? []).filter(isLimiting);
  const symbols = [...claim.declarations, ...(optimizer?.declarations ?? [])].flatMap(each =>
    each.kind === 'scalar' ? [each.name] : [],
  );
  const small = compared.flatMap(({ right }) => namesIn(right)).find(name => symbols.includes(name));
  if (compared.length === 0)
    return symbols.some(name => /epsilon|delta/.test(name))
      ? null
      : 'a regime needs a parameter such as ε to be compared with the gradient';
  if (small === undefined) return 'on the right of ≫ or ≪ a regime has a power of a small parameter';
  for (const { left, right } of compared) {
    const gradient = powerOf(left, isGradient);
    const parameter = powerOf(right, formula => formula.kind === 'parameter' && formula.name === small);
    if (gradient === null) return 'on the left of ≫ or ≪ a regime has the gradient of the loss';
    if (parameter === null) return `on the right of ≫ or ≪ a regime has a power of ${small}`;
    const dimension = optimizer === null ? 2 : dimensionOf(small, optimizer);
    if (dimension === null || gradient !== parameter * dimension)
      return `the condition compares quantities of different dimension: ${small} stands beside power ${dimension ?? '?'} of the gradient in the optimizer`;
  }
  return null;
}

const isGradient = (formula: Formula): boolean =>
  formula.kind === 'derivative' && formula.by.length === 1 && formula.argument.kind === 'loss';

const namesIn = (formula: Formula): string[] =>
  formula.kind === 'parameter' ? [formula.name] : children(formula).flatMap(namesIn);

/** k where a formula is the k-th power of what `isBase` knows; a norm is a power 1. */
function powerOf(formula: Formula, isBase: (formula: Formula) => boolean): number | null {
  if (isBase(formula)) return 1;
  switch (formula.kind) {
    case 'absolute':
      return powerOf(formula.argument, isBase);
    case 'root': {
      const inner = powerOf(formula.radicand, isBase);
      return inner === null ? null : inner / formula.degree;
    }
    case 'power': {
      const inner = powerOf(formula.base, isBase);
      return inner === null || formula.exponent.kind !== 'number'
        ? null
        : (inner * Number(formula.exponent.value.num)) / Number(formula.exponent.value.den);
    }
    case 'sum':
      return powerOf(formula.body, isBase);
    case 'norm':
      return powerOf(formula.argument.body, isBase);
    default:
      return null;
  }
}

/** The dimension of the parameter in powers of the gradient; null where the rows do not fix one. */
function dimensionOf(small: string, optimizer: Optimizer): number | null {
  const reader = new DimensionReader(small, optimizer);
  const found = reader.solutions();
  return found.length > 0 && found.every(each => each === found[0]) ? (found[0] ?? null) : null;
}

class DimensionReader {
  readonly #small: string;
  readonly #optimizer: Optimizer;
  readonly #known = new Map<string, Dimension | null>();
  readonly #solutions: number[] = [];

  constructor(small: string, optimizer: Optimizer) {
    this.#small = small;
    this.#optimizer = optimizer;
  }

  solutions(): readonly number[] {
    this.#of(this.#optimizer.update);
    return this.#solutions;
  }

  #named(name: string): Dimension | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // A state's own earlier value has the dimension of what is fed to it.
    this.#known.set(name, null);
    const row = this.#optimizer.states.find(state => state.name === name);
    const body = row?.right ?? this.#optimizer.quantities.find(quantity => quantity.name === name)?.body;
    const found = body === undefined ? null : this.#of(body);
    this.#known.set(name, found);
    return found;
  }

  #of(formula: Formula): Dimension | null {
    switch (formula.kind) {
      case 'number':
      case 'index':
        return NONE;
      case 'parameter':
        return formula.name === this.#small ? { fixed: 0, slope: 1 } : { fixed: 0, slope: 0 };
      case 'step':
      case 'schedule':
        return { fixed: 0, slope: 0 };
      case 'derivative':
        return { fixed: 1, slope: 0 };
      case 'quantity':
        return this.#named(formula.name);
      case 'negate':
      case 'absolute':
        return this.#of(formula.argument);
      case 'sum':
        return this.#of(formula.body);
      case 'root':
        return scaled(this.#of(formula.radicand), 1 / formula.degree);
      case 'power':
        return formula.exponent.kind === 'number'
          ? scaled(this.#of(formula.base), Number(formula.exponent.value.num) / Number(formula.exponent.value.den))
          : { fixed: 0, slope: 0 };
      case 'multiply':
        return formula.factors.reduce<Dimension | null>((sum, factor) => plus(sum, this.#of(factor), 1), NONE);
      case 'divide':
        return plus(this.#of(formula.numerator), this.#of(formula.denominator), -1);
      case 'add':
        return this.#sum(formula.terms);
      case 'call':
        this.#equal(this.#of(formula.argument), NONE);
        return NONE;
      default:
        for (const child of children(formula)) this.#of(child);
        return null;
    }
  }

  /** All terms of a sum have one dimension; θ tells nothing. */
  #sum(terms: readonly Formula[]): Dimension | null {
    const known = terms.flatMap(term => this.#of(term) ?? []);
    const [first] = known;
    for (const other of known.slice(1)) if (first !== undefined) this.#equal(first, other);
    return first ?? null;
  }

  #equal(a: Dimension | null, b: Dimension): void {
    if (a === null || a.slope === b.slope) return;
    this.#solutions.push((b.fixed - a.fixed) / (a.slope - b.slope));
  }
}

const NONE: Dimension = { fixed: 0, slope: 0 };
const scaled = (dimension: Dimension | null, by: number): Dimension | null =>
  dimension === null ? null : { fixed: dimension.fixed * by, slope: dimension.slope * by };
const plus = (a: Dimension | null, b: Dimension | null, sign: 1 | -1): Dimension | null =>
  a === null || b === null ? null : { fixed: a.fixed + sign * b.fixed, slope: a.slope + sign * b.slope };
