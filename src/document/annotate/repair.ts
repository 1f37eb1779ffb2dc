/**
 * What the reader misses in a proposal is looked for in the rest of the document: the row that makes a name, a domain that the text
 * gives, a function, a schedule, the dimension. Each finding is tried by the reader again.
 */
import type { Problem } from '../../base/problem.ts';
import { attempt } from '../../base/problem.ts';
import { type NameItem, spellName } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { tokensAt } from '../author/display-text.ts';
import { guessedDomain } from './declare.ts';
import type { FoundSeed } from './found.ts';
import type { RoleLetters } from './letters.ts';
import { fullName } from './rows.ts';
import type { Proposal, TrialProblem } from './trial.ts';
import { unsure, type AnnotatedFile } from './world.ts';

/** A name that the reader does not know, with its scripts. */
export interface Missing {
  /** With accents, without scripts. */
  readonly base: string;
  /** With its subscript where that is part of a name: \beta_1. */
  readonly full: string;
  readonly item: NameItem;
  /** A parenthesis stands right behind it. */
  readonly isApplied: boolean;
  readonly problem: Problem;
}

/** The code of a second sequence without a first value; the place is the row that makes it. */
export const FIRST_VALUE = 'first-value-missing';

/** The name that the problem is about; null where it is about something else. */
export function missingIn({ problem, met }: TrialProblem, { document }: AnnotatedFile): Missing | null {
  if (!['undefined-name', 'state-never-updated', FIRST_VALUE].includes(problem.code)) return null;
  if (!met) return null;
  const laid = attempt(() => layOut(tokensAt(met, document)));
  const item = laid.ok ? laid.value.find(each => each.kind === 'name') : undefined;
  if (item?.kind !== 'name') return null;
  const base = spellName(item.name);
  const behind = met.source.text.slice(met.end, met.end + 20);
  const isApplied = /^\s*(?:\\left\s*|\\[bB]igl?\s*)?\(/.test(behind);
  return { base, full: fullName(item) ?? base, item, isApplied, problem };
}

/** Letters that authors use for the gradient where only the prose says so. */
const GRADIENTS = /^(?:\\(?:hat|tilde|bar)\{)?(?:\\boldsymbol\{)?(?:g|G|\\mathrm\{(?:grad|dw|dW|d\\theta)\}|dW|dw)\}*$/;
export const isUsualGradient = (name: string): boolean => GRADIENTS.test(name);

/** Letters that authors use for functions. */
const FUNCTIONS = /^(?:\\(?:phi|psi|Phi|Psi|sigma|varphi|rho)|[KFGHPQfghk])$/;

/** The declarations that may make the name readable, the likeliest first, each with what is to be said of it. */
export function declarationsOf(
  { base, full, item, isApplied, problem }: Missing,
  proposal: Proposal,
  letters: RoleLetters,
  { stated, functions, document }: AnnotatedFile,
): { readonly where: string; readonly note: Problem | null }[] {
  const span = problem.span ?? proposal.formulas[0]?.span ?? document.outline.entries[0]?.span;
  if (!span) return [];
  const believed = (where: string, what: string) => ({ where, note: unsure(what, span) });
  const fromText = [...(stated.get(full) ?? []), ...(full === base ? [] : (stated.get(base) ?? []))];
  const [first, second] = fromText;
  if (first) {
    const note = second
      ? unsure(`the text says both ${first.text} and ${second.text}; the first is taken`, second.span)
      : null;
    return [{ where: first.text, note }];
  }
  const iteration = letters.get('iteration') ?? 'n';
  const hasLabel = (item.sub ?? []).some(each => each.kind === 'name' && each.name.core === iteration);
  if (hasLabel)
    return [
      believed(
        `${base}_${iteration} schedule`,
        `nothing makes ${base}_${iteration}; it is taken for an arbitrary sequence`,
      ),
    ];
  const component = letters.get('component') ?? 'j';
  const [index, ...rest] = item.sub ?? [];
  // \Phi_j(m) is a component of a function of vectors.
  if (isApplied && index?.kind === 'name' && rest.length === 0 && index.name.core === component)
    return [
      believed(
        `${base} : vector -> vector smooth`,
        `nothing defines ${base}; it is taken for a smooth function of vectors`,
      ),
    ];
  const known = functions.get(full);
  const smooth = ['smooth', ': vector -> scalar smooth', ': vector -> vector smooth'].map(kind =>
    believed(`${full} ${kind}`, `nothing defines ${full}; it is taken for a smooth function`),
  );
  const domain = guessedDomain(full, proposal.formulas, letters.get('parameters') ?? '\\theta');
  const scalar = believed(domain, `the text says nothing of ${full}; ${domain} is proposed`);
  if (isApplied && known) return [{ where: known.text, note: null }, ...smooth];
  const isFunction = isApplied && FUNCTIONS.test(base);
  return isFunction ? [...smooth, scalar] : isApplied ? [scalar, ...smooth] : [scalar];
}

/** The formulas with another one, in the order of the text. */
export const withFormula = (formulas: readonly FoundSeed[], more: FoundSeed): FoundSeed[] =>
  [...formulas, more].sort((a, b) => a.at - b.at);
