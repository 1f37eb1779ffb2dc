/** The rows of an optimizer as they were typed, before it is known which name is a state. */
import type { Span } from '../base/span.ts';
import type { Formula } from '../formula/formula.ts';

/** `\theta_j^{(n+1)} = right`. */
export interface UpdateRow {
  readonly kind: 'update';
  readonly label: Formula;
  readonly right: Formula;
  readonly span: Span;
}

/** `m_j^{(n+1)} = right`, `g_j^{(n)} := right`, `\alpha := right`, `m_j^{(0)} = right`. */
export interface NameRow {
  readonly kind: 'name';
  readonly name: string;
  /** Whether a component letter was typed on the left. */
  readonly componentTyped: boolean;
  /** Null where the name has no iteration label. */
  readonly label: Formula | null;
  readonly right: Formula;
  readonly span: Span;
  /** A value that is kept for later steps: a state, though its row does not read its own earlier value. */
  readonly keeps?: true;
}

export type Row = UpdateRow | NameRow;
