/**
 * Domains that a display states beside its rows, `\eta > 0`, `0 < \beta < 1`, `\beta \in [0,1)`: they make no value. What is declared has to imply
 * them, since a rule is derived for all declared values.
 */
import { refuse } from '../../../base/problem.ts';
import { intersect, liesIn, WHOLE_LINE } from '../../../formula/domain.ts';
import { type Piece, splitCondition, type WrittenComparison } from '../../../latex/display/display.ts';
import { Rational } from '../../../number/rational.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Declaration, Domain, Notation } from '../../../optimizer/model.ts';
import { readInequality, readSet } from '../../annotation/domain.ts';
import { solid } from '../author-tokens.ts';

type Comparison = Pick<WrittenComparison, 'left' | 'right'> & { readonly relation: string };

/** The rows without such statements, also where they stand as a condition of a row. */
export function withoutStatedDomains(
  rows: readonly Piece[],
  declarations: readonly Declaration[],
  notation: Notation,
): Piece[] {
  const { iteration, component, dimension, time, batches, step } = notation;
  const counted = new Set([iteration, component, dimension, time, batches]);
  const isStated = (comparison: Comparison): boolean => {
    const stated = domainOf(comparison) ?? usualValue(comparison);
    if (stated === null || counted.has(stated.name)) return false;
    const declared = declarations.find(each => each.name === stated.name);
    const { value } = stated;
    if (declared === undefined) return stated.name === step || (value === undefined && !isMade(stated.name, rows));
    if (declared.kind !== 'scalar') return false;
    // A usual value, \beta = 0.9: what is derived holds for it, if it is declared to be allowed.
    const isAllowed =
      value === undefined
        ? isSame(intersect(declared.domain, stated.domain), declared.domain)
        : liesIn(value, declared.domain);
    if (!isAllowed)
      refuse(
        'domain-not-declared',
        `the display says ${stated.text}, and the declaration of ${stated.name} ${value === undefined ? 'allows more' : 'leaves this out'}`,
        stated.at.span,
        value === undefined
          ? `Declare it so, where ${stated.text}, or leave it out here.`
          : 'Leave the value out here, or declare what allows it.',
      );
    return true;
  };
  const isStatement = (piece: Piece | undefined): boolean =>
    piece?.relation != null && isStated({ left: piece.left, relation: piece.relation, right: piece.right });
  return rows.flatMap((piece, at) => {
    if (isStatement(piece)) return [];
    const next = rows[at + 1];
    const kept = piece.condition === null ? piece : withCondition(piece, isStated);
    if (!isStatement(next) && kept === piece) return [piece];
    return [withoutNames(kept, name => declarations.some(each => each.kind === 'scalar' && each.name === name))];
  });
}

/** `…, \beta_1, \beta_2 \in (0,1)`: names of such a list that the cut left behind the row. */
function withoutNames(piece: Piece, isScalar: (name: string) => boolean): Piece {
  let { right } = piece;
  for (;;) {
    const comma = right.findLastIndex(({ text }) => text === ',');
    const name =
      comma === -1
        ? null
        : canonicalNameOf(solid(right.slice(comma + 1)).filter(({ text }) => !/^\\q?quad$/.test(text)));
    if (name === null || !isScalar(name)) return right === piece.right ? piece : { ...piece, right };
    right = withoutComma(right.slice(0, comma));
  }
}

function withCondition(piece: Piece, isStated: (comparison: Comparison) => boolean): Piece {
  const condition = piece.condition ?? [];
  const comparisons = splitCondition(condition);
  const first = comparisons.findIndex((_, at) =>
    comparisons.slice(at).every(each => each.more.length === 0 && isStated(each)),
  );
  if (first === -1 || piece.equivalence || isConditional(comparisons[first]?.left[0])) return piece;
  if (first === 0) return { ...piece, condition: null };
  const opening = comparisons[first]?.left[0];
  const start = opening === undefined ? -1 : condition.indexOf(opening);
  return start <= 0 ? piece : { ...piece, condition: withoutComma(condition.slice(0, start)) };
}

/** `\text{if } \beta > 0`: a condition of the row, whatever is declared. */
function isConditional(first: Token | undefined): boolean {
  if (first === undefined) return false;
  const before = first.span.source.text.slice(Math.max(0, first.span.start - 60), first.span.start);
  return /\b(?:if|when|whenever|unless|as long as|provided|only)\b[^{}]*\}?[\s\\,;:~]*$/.test(before);
}

function withoutComma(tokens: readonly Token[]): Token[] {
  let end = tokens.length;
  while (end > 0 && (tokens[end - 1]?.kind === 'space' || /^(?:,|;|\\q?quad)$/.test(tokens[end - 1]?.text ?? '')))
    end -= 1;
  return tokens.slice(0, end);
}

interface Stated {
  readonly name: string;
  readonly domain: Domain;
  /** The number that it is said to be. */
  readonly value?: Rational;
  readonly text: string;
  readonly at: Token;
}

const spelled = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }, at, all) => (/^\\[A-Za-z]+$/.test(text) && all[at + 1]?.kind === 'letter' ? `${text} ` : text))
    .join('');

function domainOf({ left, relation, right }: Comparison): Stated | null {
  const [first] = solid(left);
  if (first === undefined) return null;
  const text = `${spelled(left)} ${relation} ${spelled(right)}`;
  if (relation === '\\in') {
    const name = canonicalNameOf(solid(left));
    const domain = readSet(spelled(right));
    return name === null || domain === null ? null : { name, domain, text, at: first };
  }
  if (!/^(?:<|>|\\le|\\ge)$/.test(relation)) return null;
  const name = canonicalNameOf(solid(left)) ?? canonicalNameOf(solid(right));
  const found = readInequality(text);
  return name === null || found === null ? null : { name, domain: found.domain, text, at: first };
}

/** `\beta = 0.9`, `\epsilon = 10^{-8}`. */
function usualValue({ left, relation, right }: Comparison): Stated | null {
  const [first] = solid(left);
  const name = canonicalNameOf(solid(left));
  if (relation !== '=' || first === undefined || name === null) return null;
  const typed = spelled(right);
  const power = /^10\^\{?(-?\d{1,3})\}?$/.exec(typed)?.[1];
  const value = Rational.parse(power === undefined ? typed : `1e${power}`);
  if (value === null) return null;
  return { name, domain: WHOLE_LINE, value, text: `${spelled(left)} = ${typed}`, at: first };
}

const isMade = (name: string, rows: readonly Piece[]): boolean =>
  rows.some(({ left, relation }) => {
    const row = solid(left);
    return (
      (relation === '=' || relation === ':=') &&
      [...row.keys()].some(end => canonicalNameOf(row.slice(0, end + 1)) === name)
    );
  });

const isSame = (one: Domain, other: Domain): boolean =>
  isSameBound(one.lower, other.lower) &&
  isSameBound(one.upper, other.upper) &&
  (one.lower === null || one.lowerOpen === other.lowerOpen) &&
  (one.upper === null || one.upperOpen === other.upperOpen);

const isSameBound = (one: Domain['lower'], other: Domain['lower']): boolean =>
  one === null || other === null ? one === other : one.equals(other);
