/** The points that prose speaks of, in LaTeX. */
import type { Notation } from '../../../optimizer/model.ts';

/** θ in bold. */
export const pointLetter = ({ parameters }: Notation): string => `\\boldsymbol{${parameters}}`;

/** θ^{(k)} or θ_k. */
export const iterateAt = (notation: Notation, label: string): string =>
  notation.index === 'superscript' ? `${pointLetter(notation)}^{(${label})}` : `${pointLetter(notation)}_{${label}}`;

/** θ̃(t). */
export const solution = (notation: Notation, time: string): string => `\\tilde{${pointLetter(notation)}}(${time})`;
