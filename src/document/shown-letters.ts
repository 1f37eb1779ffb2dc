/** The letters and numbers of a document for what is found about it: a counterexample, a rate, a note. */
import { DEFAULT_NOTATION, type Notation, type TypedCounting } from '../optimizer/model.ts';

/** Plain data that survives structured cloning. */
export interface ShownLetters {
  readonly loss: string;
  readonly parameters: string;
  readonly step: string;
  readonly iteration: string;
  readonly component: string;
  readonly dimension: string;
  readonly index: Notation['index'];
  /** What is added to n, which counts steps from 0, to get the author's number of the step. */
  readonly first: number;
  /** What is added to the number of a loss, and to the label of an iterate. */
  readonly losses: number;
  readonly iterates: number;
}

/** The letters of the notation, counted as the rows of the optimizer count. */
export function shownLetters(
  { loss, parameters, step, iteration, component, dimension, index }: Notation,
  counting?: TypedCounting,
): ShownLetters {
  const { first = 0, losses = 0, iterates = 0 } = counting ?? {};
  return { loss, parameters, step, iteration, component, dimension, index, first, losses, iterates };
}

export const USUAL_LETTERS: ShownLetters = shownLetters(DEFAULT_NOTATION);

/** `x_t` or `\theta^{(n)}`, for the typed label letter + offset. */
export function labelled(
  letter: string,
  offset: number,
  { iteration, index }: Pick<Notation, 'iteration' | 'index'>,
): string {
  const label = offset === 0 ? iteration : `${iteration}${offset > 0 ? '+' : '-'}${Math.abs(offset)}`;
  if (index === 'superscript') return `${letter}^{(${label})}`;
  return `${letter}_${label.length === 1 ? label : `{${label}}`}`;
}

/** `\dot{\tilde\theta}_j`. */
export function motionOf({ parameters, component }: ShownLetters): string {
  const letter = /^\\[A-Za-z]+$/.test(parameters)
    ? parameters
    : /^[A-Za-z]$/.test(parameters)
      ? ` ${parameters}`
      : `{${parameters}}`;
  return `\\dot{\\tilde${letter}}_${component}`;
}

/** `\theta_j^{(n+1)} - \theta_j^{(n)}`. */
export function stepOf(letters: ShownLetters): string {
  const { parameters, component, index, iterates, first } = letters;
  const name = index === 'superscript' ? `${parameters}_${component}` : parameters;
  return `${labelled(name, iterates + 1 - first, letters)} - ${labelled(name, iterates - first, letters)}`;
}
