/**
 * A display cut into statements: rows, `&`, wide spaces and top-level commas where each piece has its own relation,
 * chains, continuation rows, conditions and remainders. It works on tokens and knows no names.
 */
import { refuse } from '../../base/problem.ts';
import type { Notation } from '../../optimizer/model.ts';
import { DEFAULT_NOTATION } from '../../optimizer/model.ts';
import { cutRows } from './display-rows.ts';
import type { Segment } from './display-rows.ts';
import {
  boundsByNumber,
  boundsLetter,
  isCondition,
  letterInBounds,
  isIndexLetter,
  isOrder,
  withAlignedConditions,
} from './bare-conditions.ts';
import type { Related } from './condition.ts';
import { relationsIn } from './condition.ts';
import { isStatementRelation } from '../notation/notation-table.ts';
import { joinSplitDelimiters, trim, trimPunctuation } from './display-tokens.ts';
import { conditionInFront, putInFront } from './front-condition.ts';
import { continues, goOn, type Open, openPiece, type Piece, shareConditions } from './open-piece.ts';
import { finishPiece } from './finish-piece.ts';
import type { Token } from '../notation/token.ts';
import { mayOpenCondition } from '../notation/words.ts';

const CONDITION_ALONE =
  'It stands behind the statement that it is about; a comment stands right before the display that has the statement.';

export type { Piece } from './open-piece.ts';
export { splitCondition, type WrittenComparison } from './condition.ts';
export type { ConditionRelation } from '../notation/notation-table.ts';

/** The statements of a display. The tokens are those of its body, macros expanded; environments may stand inside. */
export function splitDisplay(tokens: readonly Token[], notation: Notation = DEFAULT_NOTATION): Piece[] {
  return new Splitter(notation).split(cutRows(joinSplitDelimiters(tokens)));
}

class Splitter {
  readonly #notation: Notation;
  readonly #pieces: Open[] = [];

  constructor(notation: Notation) {
    this.#notation = notation;
  }

  split(cut: readonly Segment[]): Piece[] {
    const { condition, rest } = conditionInFront(cut);
    const segments = withAlignedConditions(rest, this.#notation);
    for (let at = 0; at < segments.length; at += 1) {
      const segment = segments[at];
      if (segment !== undefined) this.#segment(segment, segments[at + 1]);
    }
    shareConditions(this.#pieces);
    if (condition !== null && !isIndexLetter(condition.tokens, this.#notation)) putInFront(condition, this.#pieces);
    return this.#pieces.flatMap(piece => finishPiece(piece, this.#notation));
  }

  get #last(): Open | undefined {
    return this.#pieces[this.#pieces.length - 1];
  }

  #segment(segment: Segment, next: Segment | undefined): void {
    const relations = relationsIn(segment.tokens);
    const first = relations[0];
    if (segment.word !== null) this.#condition(segment.tokens, segment);
    else if (first === undefined) this.#withoutRelation(segment, next);
    else if (this.#last?.relation != null && this.#isBareCondition(segment, first))
      this.#condition(segment.tokens, segment);
    else if (this.#goesOnWithCondition(segment, first, next)) this.#condition(segment.tokens, segment);
    else {
      this.#refuseInFront(segment, first, next);
      this.#leftSide(segment.tokens.slice(0, first.at), segment, first);
      relations.forEach((relation, index) => {
        const end = relations[index + 1]?.at ?? segment.tokens.length;
        this.#relate(relation, segment.tokens.slice(relation.at + relation.length, end));
      });
    }
  }

  /** A condition that no word opens. Behind "and" or "hence" it is another statement, unless conditions stand before it; \in and \gg state nothing. */
  #isBareCondition(segment: Segment, first: Related): boolean {
    const joins = segment.joint !== null && !mayOpenCondition(segment.joint.text);
    if (joins && isStatementRelation(first.relation) && this.#last?.conditions.length === 0) return false;
    return isCondition(segment.tokens, first, this.#notation) || this.#limitsLetter(segment);
  }

  /** `|x| = x, \quad x > 0`: behind an equation in its row, what bounds one of its letters by numbers says where it holds. */
  #limitsLetter({ tokens, starts, joint }: Segment): boolean {
    const last = this.#last;
    if (last?.relation !== '=' || starts || joint !== null) return false;
    const letter = letterInBounds(tokens);
    return letter !== null && [...last.left, ...last.right].some(({ text }) => text === letter);
  }

  /** What stands before the first relation: nothing (a chain), the end of the row above, or a new left side. */
  #leftSide(leading: readonly Token[], segment: Segment, first: Related): void {
    const last = this.#last;
    if (trim(leading).length === 0) {
      if (last === undefined)
        refuse('left-side-expected', 'expected a left side before this relation', first.token.span);
      return;
    }
    const sign = trim(leading)[0]?.text;
    // "+ b = c" goes on with the row above; "-b = c" only where the row begins with &.
    const goesOn = segment.starts && continues(leading) && (sign !== '-' || segment.aligned);
    if (last !== undefined && (last.relation === null || goesOn))
      goOn(last.relation === null ? last.left : last.right, leading, segment, last.relation !== null);
    else this.#pieces.push(openPiece(leading, segment.joint?.text === 'and'));
  }

  /** A relation on the open piece: its first, or a chain that goes on from its right side. */
  #relate(relation: Related, right: readonly Token[]): void {
    const last = this.#last;
    if (last === undefined) throw new Error('a relation follows a left side');
    if (!isStatementRelation(relation.relation))
      refuse('relation', `\`${relation.token.text}\` is read only in a condition`, relation.token.span);
    if (last.relation === null) {
      last.relation = relation.relation;
      last.right = [...right];
    } else
      this.#pieces.push({
        ...openPiece(last.right, false),
        relation: relation.relation,
        right: [...right],
        chained: true,
      });
  }

  #withoutRelation(segment: Segment, next: Segment | undefined): void {
    const last = this.#last;
    const tokens = segment.tokens;
    if (trim(tokens).length === 0) return;
    // An equation's number in the text of the display, "(4)", is no factor.
    if (last?.relation != null && !segment.starts && isNumbering(tokens)) return;
    if (segment.starts && next?.starts === false && isNumbering(tokens) && relationsIn(next.tokens).length > 0)
      refuse(
        'numbering-or-factor',
        'a number in parentheses before the left side: the number of the equation, or a factor',
        segment.span,
        'Write the number as \\tag{…}, or the factor without a space behind it.',
      );
    const parenthesised = wholeParenthesis(tokens);
    if (last !== undefined && last.relation !== null && parenthesised !== null && !segment.starts) {
      this.#condition(parenthesised, segment, 'parentheses');
      return;
    }
    // `M & = …`: the left side of the next statement, unless the row goes on with + or −.
    const nextFirst = next === undefined ? undefined : relationsIn(next.tokens)[0];
    const opensNext =
      next !== undefined &&
      !next.starts &&
      nextFirst !== undefined &&
      trim(next.tokens.slice(0, nextFirst.at)).length === 0;
    if (last === undefined || (opensNext && !continues(tokens) && last.relation !== null)) {
      this.#pieces.push(openPiece(tokens, segment.joint?.text === 'and'));
      return;
    }
    if (last.conditions.length > 0 && !segment.starts) {
      const condition = last.conditions[last.conditions.length - 1];
      if (condition !== undefined) goOn(condition, tokens, segment, false);
      return;
    }
    if (last.conditions.length > 0)
      refuse(
        'condition',
        'a row goes on after the condition of the row above',
        segment.span,
        'put the condition at the end of the statement',
      );
    goOn(last.relation === null ? last.left : last.right, tokens, segment, last.relation !== null);
  }

  #condition(tokens: readonly Token[], segment: Segment, opened: Open['opened'] = null): void {
    const last = this.#last;
    if (last === undefined)
      refuse('condition', 'a condition without a statement before it', segment.span, CONDITION_ALONE);
    if (trimPunctuation(tokens).length === 0)
      refuse('condition', 'expected a condition after these words', segment.span);
    // "for all n" says nothing that the statement does not say.
    if (segment.word === 'quantifier' && isIndexLetter(tokens, this.#notation)) return;
    if (this.#limitsEquivalence(last, segment)) {
      last.domain.push([...tokens]);
      return;
    }
    if (segment.word === 'equivalence' && !last.equivalence) last.domain.push(...last.conditions.splice(0));
    last.equivalence ||= segment.word === 'equivalence';
    last.opened ??= opened ?? (segment.word === null ? 'place' : 'word');
    last.conditions.push([...tokens]);
  }

  /** Whether it says for which n, p or letters `A \iff B` is stated, and is no part of B: behind a word, or what is said of n, p or t behind a comma. */
  #limitsEquivalence(last: Open, { tokens, word, joint, span }: Segment): boolean {
    if (!last.equivalence || word === 'equivalence') return false;
    if (word !== null || last.domain.length > 0) return true;
    const bounds = (part: readonly Token[]): boolean => {
      const [first] = relationsIn(part);
      return first !== undefined && isCondition(part, first, this.#notation);
    };
    if (joint !== null || !bounds(tokens)) return false;
    if (last.conditions.some(bounds))
      refuse(
        'condition-or-statement',
        'this is a part of the right side of the equivalence, or a condition of the whole',
        span,
        'Write \\text{and} before a part of the right side, \\text{for} before a condition.',
      );
    return true;
  }

  /**
   * `… \text{if } A > B, C > D`: the second condition, unless it is a statement with a condition of its own. Behind a condition that
   * no word opens, or that a wide space or a semicolon ends, an inequality could be a statement, and is refused with both readings; but
   * where a word opens, what bounds one letter is another condition.
   */
  #goesOnWithCondition(segment: Segment, first: Related, next: Segment | undefined): boolean {
    const last = this.#last;
    if (last === undefined || last.conditions.length === 0 || segment.starts) return false;
    const follows = next === undefined || next.starts ? null : next;
    if (!isOrder(first.relation) || (follows !== null && follows.word !== null)) return false;
    const isClosed = segment.comma?.text === ';' || last.opened === 'parentheses';
    if ((isClosed || segment.wide) && follows !== null && this.#opensCondition(follows)) return false;
    if (!isClosed && last.opened === 'word' && (!segment.wide || boundsLetter(segment.tokens))) return true;
    return refuse(
      'condition-or-statement',
      'an inequality behind a condition: another condition, or a statement of its own',
      segment.span,
      'Write \\text{if} before a condition, and give a statement a row of its own.',
    );
  }

  #opensCondition({ tokens }: Segment): boolean {
    const [first] = relationsIn(tokens);
    return wholeParenthesis(tokens) !== null || (first !== undefined && isCondition(tokens, first, this.#notation));
  }

  /** `n \ge 2. \quad n^2 \ge 2n`: what is said of n alone in front is a condition, and stands behind. */
  #refuseInFront(segment: Segment, first: Related, next: Segment | undefined): void {
    if (this.#last !== undefined || next === undefined || !boundsByNumber(segment.tokens, first, this.#notation))
      return;
    // n \le 40 \text{ if } n \ge 13 says something of n.
    if (next.word !== null || this.#opensCondition(next)) return;
    refuse(
      'condition',
      'a condition without a statement before it',
      segment.span,
      'Write it behind the statement, as \\text{for } n \\ge 2.',
    );
  }
}

/** The inside of one pair of parentheses around everything, if a relation stands in it. */
function wholeParenthesis(tokens: readonly Token[]): Token[] | null {
  const row = trimPunctuation(tokens);
  const open = row[0];
  const close = row[row.length - 1];
  if (open?.text !== '(' || close?.text !== ')') return null;
  const inside = row.slice(1, -1);
  return relationsIn(inside).length > 0 ? inside : null;
}

/** `(4)` or `(2a)`, as some people number equations by hand. */
const isNumbering = (tokens: readonly Token[]): boolean =>
  /^\(\d{1,3}[a-z]?'*\)$/.test(
    trimPunctuation(tokens)
      .map(token => token.text)
      .join(''),
  );
