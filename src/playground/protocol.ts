/** What the page asks of the engine in its worker, and what comes back: plain data, no type of the engine among it. */

/** A rule as it is typed, and which of its optimizers is meant; null: the last one. */
export interface TypedRule {
  readonly text: string;
  readonly optimizer: string | null;
}

/** Which equation is shown: the keys of a claim in the words of `modeq derive`. */
export interface EquationChoice {
  readonly setting: 'mini-batch' | 'full-batch';
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly limit: 'large-n' | null;
  readonly regime: string | null;
}

/** Values of hyperparameters by LaTeX name. */
export type Values = Readonly<Record<string, number>>;

export type EngineRequest =
  | {
      readonly kind: 'equation';
      readonly rule: TypedRule;
      readonly choice: EquationChoice;
      /** Rendered characters that fit on a line. */
      readonly width: number;
    }
  | {
      readonly kind: 'claim';
      readonly rule: TypedRule;
      readonly choice: EquationChoice;
      readonly claim: string;
      /** Given up behind them. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'coefficient';
      readonly rule: TypedRule;
      readonly values: Values;
      /** The step of the curve over |∇_jE|. */
      readonly n: number;
      /** |∇_jE| of the curves over the steps. */
      readonly gradient: number;
    }
  | {
      readonly kind: 'trajectory';
      readonly rule: TypedRule;
      readonly values: Values;
      /** Null: a step with which the run moves in sight and stays there. */
      readonly h: number | null;
      readonly steps: number;
    };

/** A place in a text, in UTF-16 units from 0. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A hyperparameter with the range of its slider. */
export interface Parameter {
  readonly name: string;
  /** HTML. */
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly scale: 'linear' | 'log';
  readonly usual: number;
}

/** An edit of a text: [from, to) becomes `text`. */
export interface PageEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Curve {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export type EngineReply =
  /** What is being done now. */
  | { readonly kind: 'stage'; readonly text: string }
  | {
      readonly kind: 'understood';
      readonly html: string;
      readonly marks: readonly Mark[];
      readonly optimizers: readonly string[];
      readonly chosen: string | null;
      readonly parameters: readonly Parameter[];
      /** The text with the comments that the rule needs, where it has none and one could be proposed. */
      readonly annotated: string | null;
    }
  | { readonly kind: 'equation'; readonly html: string; readonly latex: string; readonly order: number }
  | {
      readonly kind: 'judged';
      readonly html: string;
      readonly verdict: string;
      readonly marks: readonly Mark[];
      /** Edits of the claim that the judge proposes, each what one repair makes. */
      readonly repairs: readonly (readonly PageEdit[])[];
    }
  | {
      readonly kind: 'coefficient';
      /** Whether it belongs to the perturbed one-norm, ε standing beside the squared gradient; else ∇_jE = ∇²E = 1 is put in. */
      readonly isNorm: boolean;
      /** Over |∇_jE|; null where it does not depend on it. */
      readonly overGradient: readonly Curve[] | null;
      /** Over n + 1. */
      readonly overSteps: readonly Curve[];
    }
  | {
      readonly kind: 'trajectory';
      readonly curves: readonly Curve[];
      /** ‖θ̃(nh) − θ^{(n)}‖ over n. */
      readonly errors: readonly Curve[];
      readonly h: number;
      /** max_n ‖θ̃(nh) − θ^{(n)}‖ by the order of the equation; null where it could not be followed. */
      readonly distances: readonly (number | null)[];
      readonly notes: readonly string[];
    }
  /** The input does not allow what is asked for. */
  | { readonly kind: 'refused'; readonly html: string }
  /** A mistake of the program. */
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'done' };

export interface Numbered<Message> {
  readonly number: number;
  readonly message: Message;
}
