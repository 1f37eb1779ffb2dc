/**
 * Regimes: expansion of an expression in a parameter s, with ε = s²ε₀ and s → 0 (large gradients) or s → ∞ (small ones).
 * With all derivatives of E fixed, or with component j alone: then also ∇_iE = s γ_i for i ≠ j, so that their ratio to √ε
 * stays as it is. A series is a list of coefficients from a lowest power of s on; for s → ∞ the powers are those of 1/s.
 */
import { refuse } from '../../base/problem.ts';
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/assumptions.ts';
import type { Constraint } from '../../expression/domain.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  multiply,
  openTerm,
  type OpenedTerm,
  scale,
  substituteIndices,
  sumOverAll,
  ZERO_EXPRESSION,
} from '../../expression/expression.ts';
import { type Factor, type FactorPower, plainExponent } from '../../expression/factor.ts';
import { COMPONENT_INDEX } from '../../expression/indices.ts';
import { powerSeries } from '../../expression/series.ts';
import { slotsOf, type Template } from '../../expression/template.ts';
import { makeTerm, type Term } from '../../expression/term.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/bases.ts';

export interface RegimeScaling {
  /** The symbol that is s²ε₀. */
  readonly small: string;
  /** 1 for s → 0, −1 for s → ∞ (then the expansion is in 1/s). */
  readonly direction: 1 | -1;
  /** Only component j keeps its gradient; the others scale with s. */
  readonly alone: boolean;
}

export type RegimeName = 'large-gradient-all' | 'small-gradient-all' | 'large-gradient' | 'small-gradient';

/** How quantities scale in a regime; the small parameter is `chosen`, else the symbol that is called ε or δ. */
export function scalingFor(regime: RegimeName, symbols: readonly string[], chosen?: string): RegimeScaling {
  const small = chosen ?? symbols.find(name => /epsilon|delta/.test(name)) ?? null;
  if (small === null)
    return refuse('no-small-parameter', 'a regime needs a parameter such as ε to be compared with the gradient');
  return { small, direction: regime.startsWith('large') ? 1 : -1, alone: !regime.endsWith('-all') };
}

/** Σ_i coefficients[i] s^{start + i} (or of 1/s). */
export interface ScaledSeries {
  readonly start: number;
  readonly coefficients: readonly Expression[];
}

/** The first `count` coefficients of the expansion, from its lowest power on. */
export function expandRegime(
  expression: Expression,
  scaling: RegimeScaling,
  count: number,
  assumptions: Assumptions,
  budget: Budget,
): ScaledSeries {
  const expander = new Expander(scaling, count, assumptions, budget);
  return expander.expand(expression, new Set([COMPONENT_INDEX]));
}

/** The coefficient of s^power. */
export const coefficientAt = ({ start, coefficients }: ScaledSeries, power: number): Expression =>
  coefficients[power - start] ?? ZERO_EXPRESSION;

const NOTHING: ScaledSeries = { start: 0, coefficients: [] };

class Expander {
  readonly #scaling: RegimeScaling;
  readonly #count: number;
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #bases: Bases;
  readonly #known = new Map<string, ScaledSeries>();

  constructor(scaling: RegimeScaling, count: number, assumptions: Assumptions, budget: Budget) {
    this.#scaling = scaling;
    this.#count = count;
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#bases = new Bases(assumptions, budget);
  }

  /** `own` are the indices that stand for component j. */
  expand(expression: Expression, own: ReadonlySet<number>): ScaledSeries {
    const settled = this.#bases.settle(expression);
    const terms = this.#scaling.alone ? settled.terms.flatMap(term => apartFrom(term, own)) : settled.terms;
    return this.#sum(terms.map(term => this.#term(term, own)));
  }

  #sum(parts: readonly ScaledSeries[]): ScaledSeries {
    const present = parts.filter(({ coefficients }) => coefficients.length > 0);
    if (present.length === 0) return NOTHING;
    const start = Math.min(...present.map(part => part.start));
    const length = Math.min(
      this.#count,
      Math.max(...present.map(part => part.start + part.coefficients.length)) - start,
    );
    return trimmed({
      start,
      coefficients: Array.from({ length }, (_, i) => add(...present.map(part => coefficientAt(part, start + i)))),
    });
  }

  #term(term: Term, own: ReadonlySet<number>): ScaledSeries {
    this.#budget.spend();
    const opened = openTerm(term);
    let product: ScaledSeries = { start: 0, coefficients: [multiply()] };
    for (const power of opened.factors) {
      product = this.#multiply(product, this.#power(power, own));
      if (product.coefficients.length === 0) return NOTHING;
    }
    return { start: product.start, coefficients: product.coefficients.map(value => closed(value, opened)) };
  }

  #multiply(a: ScaledSeries, b: ScaledSeries): ScaledSeries {
    const length = Math.min(this.#count, a.coefficients.length + b.coefficients.length - 1);
    const coefficients = Array.from({ length: Math.max(0, length) }, (_, q) =>
      add(
        ...Array.from({ length: q + 1 }, (__, r) =>
          multiply(a.coefficients[r] ?? ZERO_EXPRESSION, b.coefficients[q - r] ?? ZERO_EXPRESSION),
        ),
      ),
    );
    return { start: a.start + b.start, coefficients };
  }

  #power(power: FactorPower, own: ReadonlySet<number>): ScaledSeries {
    const plain = plainExponent(power.exponent);
    const { factor } = power;
    const weight = this.#weight(factor, own);
    if (weight !== null) {
      if (plain === null)
        return weight === 0
          ? { start: 0, coefficients: [factorExpression(factor, power.exponent)] }
          : refuse('no-expansion', 'ε stands under an exponent with an index');
      const shift = plain.multiply(Rational.of(weight));
      if (!shift.isInteger()) return refuse('no-expansion', 'a fractional power of the small parameter');
      return { start: Number(shift.num), coefficients: [factorExpression(factor, power.exponent)] };
    }
    if (factor.kind !== 'template' || plain === null)
      return refuse('no-expansion', 'a function of the small parameter has no expansion here');
    const base = this.#template(factor.template, factor.arguments, own);
    if (base.coefficients.length === 0)
      return plain.sign() > 0 ? NOTHING : refuse('no-expansion', 'a denominator vanishes');
    const shift = plain.multiply(Rational.of(base.start));
    if (!shift.isInteger()) return refuse('no-expansion', 'a fractional power of the small parameter');
    const series = powerSeries(base.coefficients, plain, this.#count - 1, this.#assumptions);
    return series === null
      ? refuse('no-expansion', 'a denominator vanishes')
      : { start: Number(shift.num), coefficients: series };
  }

  /** The power of s that a factor is exactly; null for templates and functions that are to be expanded. */
  #weight(factor: Factor, own: ReadonlySet<number>): number | null {
    const { small, direction, alone } = this.#scaling;
    switch (factor.kind) {
      case 'symbol':
        return factor.name === small ? 2 * direction : 0;
      case 'loss': {
        const [only] = factor.coordinates;
        if (!alone || factor.coordinates.length !== 1 || only === undefined) return 0;
        return only.terms.length === 1 && own.has(only.terms[0]?.[0] ?? 0) && only.constant === 0 ? 0 : direction;
      }
      case 'template':
        return null;
      case 'function':
      case 'vector-function':
        return null;
      default:
        return 0;
    }
  }

  #template(template: Template, args: readonly LinearForm[], own: ReadonlySet<number>): ScaledSeries {
    const flags = args.map(form => form.terms.length === 1 && own.has(form.terms[0]?.[0] ?? 0));
    const key = `${template.id}|${flags.map(Number).join('')}`;
    let image = this.#known.get(key);
    const slots = slotsOf(template);
    if (image === undefined) {
      // A template that is not about component j may sum over it.
      const inside = slots.filter((_, position) => flags[position]);
      image = this.expand(template.body, new Set(inside.length === 0 ? [COMPONENT_INDEX] : inside));
      this.#known.set(key, image);
    }
    const map = new Map(slots.map((index, position) => [index, args[position] ?? variableForm(index)] as const));
    return { start: image.start, coefficients: image.coefficients.map(value => substituteIndices(value, map)) };
  }
}

function trimmed(series: ScaledSeries): ScaledSeries {
  const first = series.coefficients.findIndex(value => !isZero(value));
  return first <= 0
    ? first === 0
      ? series
      : NOTHING
    : { start: series.start + first, coefficients: series.coefficients.slice(first) };
}

const closed = (value: Expression, opened: OpenedTerm): Expression =>
  scale(sumOverAll(value, opened.open, opened.sorts, opened.constraints), opened.coefficient);

/** The term with every summed coordinate either equal to component j or below or above it. */
function apartFrom(term: Term, own: ReadonlySet<number>): Term[] {
  const [j] = own;
  if (j === undefined) return [term];
  let parts: Term[] = [term];
  for (let round = 0; round < term.sorts.length; round += 1) {
    parts = parts.flatMap(part => {
      const index = part.sorts.findIndex((sort, i) => sort === 'coordinate' && !isApart(part, i, j));
      if (index === -1) return [part];
      const cells: Constraint[][] = [
        [{ left: index, right: j, bound: -1 }],
        [{ left: j, right: index, bound: -1 }],
        [
          { left: index, right: j, bound: 0 },
          { left: j, right: index, bound: 0 },
        ],
      ];
      return cells.flatMap(extra => {
        const cell = makeTerm({ ...part, constraints: [...part.constraints, ...extra] });
        return cell === null ? [] : [cell];
      });
    });
  }
  return parts;
}

const isApart = (term: Term, index: number, j: number): boolean =>
  term.constraints.some(
    c => ((c.left === index && c.right === j) || (c.left === j && c.right === index)) && c.bound <= -1,
  );
