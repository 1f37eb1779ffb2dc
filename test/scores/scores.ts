/** The scores in the order of the page. */
import type { SectionKind } from './section.ts';
import { knownTruthScore } from './sections/known-truth.ts';
import { mutantScore } from './sections/mutants.ts';
import { opinionScore } from './sections/opinions.ts';
import { readerScore } from './sections/reader.ts';
import { rewrittenScore } from './sections/rewritten.ts';
import { ruleScore } from './sections/rules.ts';
import { slipScore } from './sections/slips.ts';
import { twinScore } from './sections/twins.ts';

export const SCORES: readonly SectionKind[] = [
  twinScore,
  slipScore,
  rewrittenScore,
  knownTruthScore,
  ruleScore,
  mutantScore,
  opinionScore,
  readerScore,
];
