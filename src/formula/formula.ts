/**
 * The formula tree: what was read, every sum, product and name as typed, with its place in the text.
 *
 * Nothing here simplifies. The numeric route evaluates it, the normal form is built from it, the writers print it.
 * Everything is componentwise: a vector is a scalar formula with a formal component index ({@link Vector}).
 *
 * Letters that have a role in the notation are stored under role names, so that a claim with other letters meets the
 * same optimizer: {@link ITERATION} for n, {@link COMPONENT} for j, {@link DIMENSION} for p, {@link BATCHES} for m,
 * {@link TIME} for t. Role names begin with '#', which no LaTeX letter does, so a bound index typed `n` in a document
 * whose iteration letter is `t` cannot collide. All other names are the LaTeX as typed, in canonical spelling:
 * `\beta`, `k`, `\beta_1`, `\bar{P}`, `\hat{m}`.
 */
import type { Span } from '../base/span.ts';
import type { Rational } from '../number/rational.ts';

export const ITERATION = '#n';
export const COMPONENT = '#j';
/** A second component besides j, where a matrix is derived. */
export const OTHER_COMPONENT = '#i';
export const DIMENSION = '#p';
export const BATCHES = '#m';
/** How many different losses a population has: m, counted where a mean over it is taken (population.ts). */
export const POPULATION = '#M';
export const TIME = '#t';
/** The batch of a loss of the step's own sample, until the optimizer's rows are known together. */
export const SAMPLE = '#sample';

/** The name under which π is a parameter that is a number: it stands for that unless it is declared. */
export const PI = '\\pi';

interface Base {
  /** Where it stands in the text; null for what the program built itself. */
  readonly span: Span | null;
}

/** An exact number. */
export interface NumberNode extends Base { readonly kind: 'number'; readonly value: Rational }
/** A hyperparameter or another declared or free scalar: `\beta`. */
export interface ParameterNode extends Base { readonly kind: 'parameter'; readonly name: string }
/** The step size h. */
export interface StepNode extends Base { readonly kind: 'step' }
/** An index letter used as a number: n, k, l, j, p; its value is an integer. */
export interface IndexNode extends Base { readonly kind: 'index'; readonly name: string }
/** a + b + c; a difference is a sum with a negated term. */
export interface AddNode extends Base { readonly kind: 'add'; readonly terms: readonly Formula[] }
export interface NegateNode extends Base { readonly kind: 'negate'; readonly argument: Formula }
export interface MultiplyNode extends Base { readonly kind: 'multiply'; readonly factors: readonly Formula[] }
export interface DivideNode extends Base { readonly kind: 'divide'; readonly numerator: Formula; readonly denominator: Formula }
/** base^exponent; integer powers have 0⁰ = 1. */
export interface PowerNode extends Base { readonly kind: 'power'; readonly base: Formula; readonly exponent: Formula }
/** The principal root of positive integer degree; degree 2 is √. */
export interface RootNode extends Base { readonly kind: 'root'; readonly degree: number; readonly radicand: Formula }
export interface AbsoluteNode extends Base { readonly kind: 'absolute'; readonly argument: Formula }
/** max or min of several formulas (readable in claims, refused in optimizers). */
export interface ExtremumNode extends Base { readonly kind: 'extremum'; readonly which: 'max' | 'min'; readonly arguments: readonly Formula[] }
/** Σ or Π over an integer index from lower to upper inclusive; an empty range gives 0 or 1. Coordinates are 1…p. */
export interface BigNode extends Base {
  readonly kind: 'sum' | 'product';
  readonly index: string;
  /** What the index counts. A coordinate index stands in components, a history index in labels and batches. */
  readonly sort: IndexSort;
  readonly lower: Formula;
  readonly upper: Formula;
  readonly body: Formula;
}
/** A component of the parameters: θ_j^{(k)}; label null is the current point θ (also θ̃(t)). */
export interface IterateNode extends Base { readonly kind: 'iterate'; readonly component: Formula; readonly label: Formula | null }
/** E_k(point); batch null is the full-batch loss E. */
export interface LossNode extends Base { readonly kind: 'loss'; readonly batch: Formula | null; readonly at: Vector }
/**
 * The point by which a total derivative is taken, where it is not simply the current θ. `letter` is bound in the argument:
 * an iterate with this label is the point as a letter of its own. The derivative is taken by it, then `at` is inserted.
 */
export interface DerivativePoint { readonly letter: string; readonly at: Vector }
/**
 * ∇_{ij…} of anything: partial derivatives with respect to components of a point.
 *
 * Of a loss, without a `point`: (∇E_k)(x), E_k is differentiated and then its point x inserted, whatever x is. Of anything
 * else it is the total derivative of the whole formula by the `point`, and without one by the current θ.
 *
 * `asked` stands only between the reader and the decision by which point (optimizer/decide-derivatives.ts): it marks a
 * total derivative as typed, with the point that the author named, if any.
 */
export interface DerivativeNode extends Base {
  readonly kind: 'derivative';
  readonly by: readonly Formula[];
  readonly argument: Formula;
  readonly point?: DerivativePoint;
  readonly asked?: { readonly by: Vector | null };
}
/** ∂/∂β of a formula with respect to a hyperparameter. */
export interface ParameterDerivativeNode extends Base { readonly kind: 'parameter-derivative'; readonly by: string; readonly argument: Formula }
/**
 * A state, an intermediate quantity or a defined name: m_j^{(n+1)}, R_i^{(l)}(θ), γ_n. `indices` are its subscripts,
 * `labels` its iteration labels (usually one), `at` its point (null: left out, meaning the current θ).
 */
export interface QuantityNode extends Base {
  readonly kind: 'quantity';
  readonly name: string;
  readonly indices: readonly Formula[];
  readonly labels: readonly Formula[];
  readonly at: Vector | null;
}
/** An elementary or declared function of scalars: tanh(x), \phi(x), \phi'(x) (derivative: how many times). */
export interface CallNode extends Base { readonly kind: 'call'; readonly name: string; readonly derivative: number; readonly argument: Formula }
/** A declared function of a vector, K(v), or Φ_component(v); `by` are partial derivatives in its vector argument. */
export interface VectorCallNode extends Base {
  readonly kind: 'vector-call';
  readonly name: string;
  readonly component: Formula | null;
  readonly by: readonly Formula[];
  readonly argument: Vector;
}
/** A declared schedule at an integer: η_n. */
export interface ScheduleNode extends Base { readonly kind: 'schedule'; readonly name: string; readonly index: Formula }
/** ‖v‖ (order 2), ‖v‖_1 (order 1), and with perturbation c the sum Σ√(v_i²+c) (order 1). */
export interface NormNode extends Base { readonly kind: 'norm'; readonly order: 1 | 2; readonly perturbation: Formula | null; readonly argument: Vector }

export type Formula =
  | NumberNode | ParameterNode | StepNode | IndexNode
  | AddNode | NegateNode | MultiplyNode | DivideNode | PowerNode | RootNode | AbsoluteNode | ExtremumNode
  | BigNode | IterateNode | LossNode | DerivativeNode | ParameterDerivativeNode | QuantityNode
  | CallNode | VectorCallNode | ScheduleNode | NormNode;

/** The sign between two sides of a row. */
export type Relation = '=' | ':=' | '\\approx' | '\\sim' | '\\equiv' | '<' | '>' | '\\le' | '\\ge';

export type IndexSort = 'history' | 'coordinate';

/**
 * A vector given by its components: `body` with the coordinate index `index` free. The current point is
 * { index: c, body: θ_c }; a look-ahead point is { index: c, body: θ_c^{(n)} − h μ m_c^{(n)} }.
 */
export interface Vector { readonly index: string; readonly body: Formula }

/**
 * A name and what it stands for: R_j^{(n)}(θ) := …. `indices` and `labels` are the formal letters of the left side (role
 * names where the letter has a role), bound in `body`. A body may use other definitions, in any order, without a cycle.
 */
export interface Definition {
  readonly name: string;
  readonly indices: readonly string[];
  /** The sort of each entry of `indices`: a component (R_j) or an iteration count (γ_n). */
  readonly indexSorts: readonly IndexSort[];
  readonly labels: readonly string[];
  readonly body: Formula;
  /** Where the body reads the name itself at the label before: then it holds from label 1 on. */
  readonly recursion?: Recursion;
  readonly span: Span | null;
}

/** What a sequence defined by a recursion is besides: its first value, and what tells it from every other sequence. */
export interface Recursion {
  readonly start: Formula;
  /** The label of the first value as an author counts; 0 where nothing is said. */
  readonly first?: number;
  readonly id: string;
}

/** The definition with its body, and the first value of a sequence, put through `change`. */
export const withFormulas = (definition: Definition, change: (formula: Formula) => Formula): Definition => {
  const { body, recursion } = definition;
  const changed = { ...definition, body: change(body) };
  return recursion === undefined ? changed : { ...changed, recursion: { ...recursion, start: change(recursion.start) } };
};
