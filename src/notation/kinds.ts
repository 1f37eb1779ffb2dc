/**
 * The kinds of statements: what a statement says, decided by its left side. A kind is entered here; what else depends on it asks these
 * facts. How each is proved and how it is sampled stands in `judge/kinds/`, which side it has on the left in `document/read/statement/read-statement.ts`.
 */

interface KindFacts {
  /** In words, for `it is about …`. */
  readonly words: string;
  /**
   * What its two sides are. `rows`: the coefficients of a derived equation and what is printed for them. `runs`: both as series along a run
   * of the optimizer. `sides`: two formulas, as typed. `bound`: a distance from the optimizer, which follows from an equation.
   */
  readonly compares: 'rows' | 'runs' | 'sides' | 'bound';
  /** The derived equation that it is held against; null where against none. */
  readonly equation: 'flow' | 'map' | null;
  /** Whether it is that equation, however it is spelled, which then is to follow the optimizer; not something that follows from it. */
  readonly itself: boolean;
  /** Powers of h that its right side has beyond its order. */
  readonly extraPowers: 0 | 1;
  /** Which relations besides equality and ≈ it may have. */
  readonly relations: 'none' | 'order' | 'at-most';
  /** What stands beside it on a page where no equation is derived for it. */
  readonly beside: string;
}

const TYPED = 'none: the two printed sides are compared with each other';

const FACTS = {
  /** \dot{\tilde\theta}_j(t) = right: the modified ODE on [nh, (n+1)h]. */
  flow: {
    words: 'the modified equation',
    compares: 'rows',
    equation: 'flow',
    itself: true,
    extraPowers: 0,
    relations: 'none',
    beside: TYPED,
  },
  /** \theta_j^{(n+1)} = right: the memoryless one-step map. */
  map: {
    words: 'the one-step map',
    compares: 'rows',
    equation: 'map',
    itself: true,
    extraPowers: 1,
    relations: 'none',
    beside: TYPED,
  },
  /** \widetilde E(\theta) = right: a modified loss (the flow is −∇ of it unless `flow=` says otherwise). */
  'modified-loss': {
    words: 'a modified loss',
    compares: 'rows',
    equation: 'flow',
    itself: true,
    extraPowers: 0,
    relations: 'none',
    beside: TYPED,
  },
  /** B\,dW of a stochastic equation: right is a component of BB^\top, left the product of the components of the step that it belongs to. */
  noise: {
    words: 'the noise of the stochastic equation, by its square',
    compares: 'rows',
    equation: 'flow',
    itself: false,
    extraPowers: 0,
    relations: 'none',
    beside: TYPED,
  },
  /** \|\tilde\theta(nh) − \theta^{(n)}\| \le C h^{q+1}. */
  'global-bound': {
    words: 'a global bound',
    compares: 'bound',
    equation: null,
    itself: false,
    extraPowers: 1,
    relations: 'at-most',
    beside: 'a bound follows from the modified equation of the claim that it is given by',
  },
  /** A quantity of `given`. */
  'given-quantity': {
    words: 'a quantity of another claim',
    compares: 'sides',
    equation: null,
    itself: false,
    extraPowers: 0,
    relations: 'none',
    beside: 'the definition that is given, in this setting',
  },
  /** A gradient, state or quantity at an earlier time, expanded about θ at t_n. */
  expansion: {
    words: 'an expansion about the current point',
    compares: 'runs',
    equation: null,
    itself: false,
    extraPowers: 0,
    relations: 'none',
    beside: 'the optimizer itself, run in power series of h',
  },
  /** Anything else: left = right, or an inequality between them. */
  identity: {
    words: 'an identity between two sides',
    compares: 'sides',
    equation: null,
    itself: false,
    extraPowers: 0,
    relations: 'order',
    beside: TYPED,
  },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type StatementKind = keyof typeof FACTS;

/** What everything else asks of a kind. */
export const kindFacts = (kind: StatementKind): KindFacts => FACTS[kind];

interface OfKind {
  readonly kind: StatementKind;
}

/** Whether a statement is held against a derived equation: an equation of motion, however it is spelled. */
export const statesMotion = ({ kind }: OfKind): boolean => kindFacts(kind).compares === 'rows';
/** Whether it states a flow, directly or by a modified loss. */
export const statesFlow = ({ kind }: OfKind): boolean => {
  const { equation, itself } = kindFacts(kind);
  return equation === 'flow' && itself;
};
/** Whether its two sides are formulas that are compared as typed. */
export const comparesSides = ({ kind }: OfKind): boolean => kindFacts(kind).compares === 'sides';
/** Whether it is about a run of the optimizer, not about formulas at one point. */
export const isAlongRuns = ({ kind }: OfKind): boolean => kindFacts(kind).compares === 'runs';
export const statesBound = ({ kind }: OfKind): boolean => kindFacts(kind).compares === 'bound';
