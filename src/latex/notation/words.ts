/**
 * What words between formulas mean: that a condition follows, that an equivalence does, or nothing. Words that would change
 * what a formula says and are none of these are refused, since nothing is guessed: `unless`, `not`, `or`, `for some`.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';

export type WordMeaning = 'condition' | 'equivalence' | 'nothing';

const EQUIVALENCE = /^(if and only if|iff|(exactly|precisely) (if|when|where))$/;
const BEFORE = '(?:(?:and|which|this|that|it) )*(?:(?:is|are) )?(?:(?:valid|true|exact|correct|holds?) )?';
const OPENING =
  'if|for|when|whenever|where|wherever|provided|assuming|given|with|under|on|as|as long as|so long as|in case|in the case';
const AFTER = '(?: (?:that|of|all|every|each|any|both|fixed|arbitrary|the|case|condition|assumption|we have))*';
const CONDITION = new RegExp(`^${BEFORE}(?:${OPENING})${AFTER}$`);
const CONNECTIVE =
  /^(and|where|with|then|so|so that|hence|thus|let|therefore|here|that is|i\.?e|namely|also|in which|we have|this gives|which gives|we get|we obtain)$/;
const QUANTIFIER = /\b(all|every|each|any|fixed|arbitrary)\b/;
/** Words that say something of the formulas around them, also within a remark in parentheses. */
const TELLING =
  /\b(not|no|never|none|cannot|fails?|failed|false|wrong|incorrect(ly)?|violated|unless|except|excluding|without|otherwise|instead|or|either|neither|nor|some|exists?|only|even|whether|because|since|although|though|despite|if|when|whenever|provided|assuming|unlike|until|iff|for|as|on|under|given)\b|n't\b|n’t\b/;

/** In small letters, without spacing commands and without punctuation around. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\\[ ,;:!~]|[~\s]+/g, ' ')
    .replace(/^[\s,;:.()]+|[\s,;:.()]+$/g, '');

/** Whether words only join formulas. */
export const isConnective = (words: string): boolean => CONNECTIVE.test(plain(words));

/** Whether what follows a connective may be a condition of what stands before it, and not only another statement. */
export const mayOpenCondition = (words: string): boolean => /^(where|with|let|here|in which)$/.test(plain(words));

/** Whether words that open a condition say that it holds for all values of what follows: `for all`, `for each fixed`. */
export const quantifies = (words: string): boolean => QUANTIFIER.test(plain(words));

/** Whether words say something of the formulas around them, so that they are no mere remark. */
export const tellsSomething = (words: string): boolean => TELLING.test(plain(words));

/** The meaning of the words of a `\text{…}`; refuses words that are not understood. */
export function meaningOfWords(text: string, span: Span): WordMeaning {
  const words = plain(text);
  if (EQUIVALENCE.test(words)) return 'equivalence';
  // "where R := …" goes on with a definition; whether a condition follows is seen from what follows.
  if (CONNECTIVE.test(words)) return 'nothing';
  if (CONDITION.test(words)) return 'condition';
  const isName = /^[a-z]+$/.test(words) && text.trim().length === words.length;
  const isRemark = /^\s*\(.*\)\s*[,;.:]?\s*$/s.test(text);
  if (words !== '' && (TELLING.test(words) || !(isName || isRemark)))
    refuse(
      'words-not-understood',
      `the words "${text.trim()}" may change what is said, and are not understood`,
      span,
      'Write a condition as \\text{if …} or \\text{for …}, an equivalence as \\iff; put a remark into parentheses or out of the display.',
    );
  return 'nothing';
}
