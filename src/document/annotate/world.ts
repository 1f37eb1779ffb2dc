/** What is known while proposals are made: the document, who makes which name, what the text declares. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { statedDomains, statedFunctions, type Stated } from './declare.ts';
import { type Hint, evidenceOf } from './evidence.ts';
import type { FoundSeed, FoundDocument } from './found.ts';
import { isFirstValue, type Made, madeIn } from './rows.ts';
import { saidSteps } from './steps.ts';

/** Derives what can be derived of an optimizer, and says why where nothing can; null where all is well. */
export type Derives = (optimizer: Optimizer) => string | null;

export interface AnnotatedFile {
  readonly document: FoundDocument;
  readonly evidence: Hint;
  readonly stated: ReadonlyMap<string, readonly Stated[]>;
  readonly functions: ReadonlyMap<string, Stated>;
  /** Letters that the words call a step size. */
  readonly saidSteps: ReadonlySet<string>;
  readonly derives: Derives;
  /** How many more documents may be tried; each costs one. */
  readonly budget: { left: number };
}

/** So many trials take some seconds. */
const MOST_TRIALS = 4_000;

export function worldOf(document: FoundDocument, derives: Derives): AnnotatedFile {
  const evidence = evidenceOf(document.formulas);
  const points = new Set([...evidence.points.keys(), ...evidence.movers.keys()]);
  return {
    document,
    evidence,
    functions: statedFunctions(document, points),
    saidSteps: saidSteps(document.outline.text),
    stated: statedDomains(document),
    derives,
    budget: { left: MOST_TRIALS },
  };
}

/** The free formulas that make the name, the nearest before `near` first, then the nearest behind it. */
export function makersOf(
  name: string,
  near: FoundSeed,
  { document }: AnnotatedFile,
  isWanted: (made: Made) => boolean = made => !isFirstValue(made),
): FoundSeed[] {
  const makers = document.formulas.filter(
    formula => formula.isFree && madeIn(formula).some(made => made.name === name && isWanted(made)),
  );
  const before = makers.filter(({ at }) => at < near.at).reverse();
  return [...before, ...makers.filter(({ at }) => at > near.at)];
}

/** Something that was taken for granted, in a plain sentence. */
export const unsure = (message: string, span: Span, hint?: string): Problem => ({
  code: 'annotate-unsure',
  message,
  severity: 'warning',
  span,
  ...(hint === undefined ? {} : { hint }),
});
