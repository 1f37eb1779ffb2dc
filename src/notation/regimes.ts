/** The regimes: which components of the gradient are large or small beside ε^{1/d}, ε of dimension d in the gradient. */

interface RegimeFacts {
  /** Whether the gradient is large or small beside ε^{1/d}. */
  readonly size: 'large' | 'small';
  /** All components, or the one that the equation is about while the others stay. */
  readonly components: 'all' | 'own';
  /** For pages. */
  readonly words: string;
}

const FACTS = {
  'large-gradient-all': {
    size: 'large',
    components: 'all',
    words: 'every component of the gradient large beside √ε (beside ε where ε stands outside the root)',
  },
  'small-gradient-all': {
    size: 'small',
    components: 'all',
    words: 'every component of the gradient small beside √ε (beside ε where ε stands outside the root)',
  },
  'large-gradient': {
    size: 'large',
    components: 'own',
    words: 'component j of the gradient large beside √ε (beside ε where ε stands outside the root)',
  },
  'small-gradient': {
    size: 'small',
    components: 'own',
    words: 'component j of the gradient small beside √ε (beside ε where ε stands outside the root)',
  },
} as const satisfies Readonly<Record<string, RegimeFacts>>;

export type Regime = keyof typeof FACTS;

export const REGIMES = Object.keys(FACTS) as readonly Regime[];

/** Which way quantities go in a regime. */
export const regimeFacts = (regime: Regime): RegimeFacts => FACTS[regime];

/** The regime of one component that \gg (large) or \ll (small) in a condition says. */
export const regimeOfComponent = (size: RegimeFacts['size']): Regime =>
  size === 'large' ? 'large-gradient' : 'small-gradient';
