/**
 * Regimes by their values along s → 0 or s → ∞, with ε = s²ε₀ and, for component j alone, ∇_iE = sγ_i for i ≠ j: the shown
 * terms are right when A − ΣT becomes small beside the smallest of them, and wrong when it stays comparable.
 *
 * Where a limit n → ∞ is taken first, n is one at which the powers of all hyperparameters are below everything measured.
 */
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import type { Comparison, Question } from './question.ts';
import {
  GUARD_DIGITS,
  hasFlatComponent,
  type Member,
  memberAt,
  type RegimeParts,
  rowsWithoutTerms,
  total,
  type Unusable,
} from './regime-sequence.ts';
import type { Sample, SampleSpace } from './sample.ts';

/** s = 10^{∓k}: far enough that also gradients that differ from √ε₀ by several powers of ten are large or small. */
const JUDGED = [6, 7, 8] as const;
const SHOWN = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** Components that are singled out one after the other at a sample. */
const MOST_ALONE = 2;
/** log10 of the change of a ratio from one decade to the next: one that vanishes falls by a decade or more. */
const STAYS = -0.05;
const SHRINKS = -0.5;
/** An n at which the limit is reached as well. */
const LESS_LATE = 54;
/** Digits to which both must agree for the side to count as its limit. */
const SETTLED_DIGITS = 28;

/** The question about a regime; components are judged one by one where component j alone is large or small. */
export function regimeQuestion(parts: RegimeParts): Question {
  const { whole, regime, limit } = parts;
  const space: SampleSpace = limit ? { ...whole.space, decay: 'fast' } : whole.space;
  let missing: ReadonlySet<number> | null = null;
  const missingRows = (): ReadonlySet<number> => {
    missing ??= rowsWithoutTerms(parts, space);
    return missing;
  };
  return {
    ...whole,
    space,
    quantity: row =>
      `${whole.quantity(row)} ${limit ? 'as n \\to \\infty, then ' : ''}as s \\to ${regime.startsWith('large') ? '0' : '\\infty'}`,
    along: {
      compare: (sample, digits) => compareAlong(parts, sample, digits, missingRows),
      points: (sample, row, component, digits) =>
        SHOWN.flatMap(decade => {
          const member = memberAt(parts, sample, decade, component, digits);
          if ('kind' in member) return [];
          const derived = member.derived[row]?.[component];
          return derived
            ? [
                {
                  sample: member.sample,
                  claimed: total(member, row, component, new FloatRing(digits + GUARD_DIGITS)),
                  derived,
                  text: member.text,
                },
              ]
            : [];
        }),
    },
  };
}

function compareAlong(
  parts: RegimeParts,
  sample: Sample,
  digits: number,
  missingRows: () => ReadonlySet<number>,
): Comparison {
  const alone = !parts.regime.endsWith('-all');
  if (hasFlatComponent(sample))
    return { kind: 'unusable', reason: 'a component of a gradient vanishes, which is neither large nor small' };
  const sequences = alone && parts.whole.componentwise ? sample.theta.map((_, at) => at).slice(0, MOST_ALONE) : [0];
  let agrees = false;
  let unusable: string | null = null;
  let exponent: number | null = null;
  for (const chosen of sequences) {
    const members: Member[] = [];
    for (const decade of JUDGED) {
      const member = memberAt(parts, sample, decade, chosen, digits);
      if ('kind' in member) return member;
      members.push(member);
    }
    const unsettled = parts.limit ? settlesEarlier(parts, members.at(-1), digits) : null;
    if (unsettled) return unsettled;
    for (const [row, values] of (members[0]?.derived ?? []).entries()) {
      for (const component of alone && parts.whole.componentwise ? [chosen] : values.keys()) {
        const outcome = judgeCell(members, row, component, digits, missingRows);
        if (outcome.kind === 'differ') return outcome;
        if (outcome.kind === 'unusable') unusable ??= outcome.reason;
        else if (outcome.kind === 'agree') {
          agrees = true;
          if (outcome.exponent !== null) exponent = Math.min(exponent ?? outcome.exponent, outcome.exponent);
        }
      }
    }
  }
  if (unusable !== null) return { kind: 'unusable', reason: unusable };
  return agrees ? { kind: 'agree', ...(exponent === null ? {} : { exponent }) } : { kind: 'degenerate' };
}

/** The derived side must be at its limit in n already. */
function settlesEarlier({ whole }: RegimeParts, last: Member | undefined, digits: number): Unusable | null {
  if (!last) throw new Error('a sequence has members');
  const working = digits + GUARD_DIGITS;
  const earlier = whole.derived({ ...last.sample, n: LESS_LATE }, working);
  if (earlier.kind === 'unusable') return earlier;
  const ring = new FloatRing(working);
  const moved = last.derived.some((row, at) =>
    row.some((value, component) => {
      const change = logarithmOfSize(ring.subtract(value, earlier.rows[at]?.[component] ?? ring.zero));
      return change > logarithmOfSize(value) - Math.min(SETTLED_DIGITS, digits);
    }),
  );
  return moved ? { kind: 'unusable', reason: 'the derived side has no limit n → ∞ that shows' } : null;
}

type CellOutcome =
  | Extract<Comparison, { readonly kind: 'differ' | 'unusable' | 'degenerate' }>
  | { readonly kind: 'agree'; readonly exponent: number | null };

/** Whether the values follow a power of s, as rounding does not. */
function followsPower(values: readonly BigFloat[]): boolean {
  const [before, middle, end] = values.map(logarithmOfSize).slice(-3);
  if (before === undefined || middle === undefined || end === undefined) throw new Error('a sequence has members');
  return Number.isFinite(end) && Math.abs(end - middle - (middle - before)) < 0.05;
}

function judgeCell(
  members: readonly Member[],
  row: number,
  component: number,
  digits: number,
  missingRows: () => ReadonlySet<number>,
): CellOutcome {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  const last = members.at(-1);
  const derived = last?.derived[row]?.[component];
  if (!last || !derived) throw new Error('a sequence has members');
  const shown = last.terms.flatMap((term, at) => {
    const value = term[row]?.[component];
    return value && !ring.isZero(value) ? [{ at, size: logarithmOfSize(value) }] : [];
  });
  const smallest = shown.toSorted((a, b) => a.size - b.size)[0];
  if (!smallest) {
    if (ring.isZero(derived)) return { kind: 'degenerate' };
    const values = members.map(member => member.derived[row]?.[component] ?? ring.zero);
    return missingRows().has(row) && followsPower(values)
      ? { kind: 'differ', row, component, derived, claimed: ring.zero }
      : { kind: 'unusable', reason: 'a coefficient that is shown vanishes' };
  }
  const ratios = members.map(member => {
    const value = member.derived[row]?.[component] ?? ring.zero;
    const rest = logarithmOfSize(ring.subtract(value, total(member, row, component, ring)));
    const scale = Math.max(
      logarithmOfSize(value),
      ...member.terms.map(term => logarithmOfSize(term[row]?.[component] ?? ring.zero)),
    );
    // Beside the largest term the rest is rounding.
    const isRounding = rest <= scale - digits - GUARD_DIGITS / 2;
    return isRounding
      ? Number.NEGATIVE_INFINITY
      : rest - logarithmOfSize(member.terms[smallest.at]?.[row]?.[component] ?? ring.zero);
  });
  const [before, middle, end] = ratios.slice(-3);
  if (before === undefined || middle === undefined || end === undefined) throw new Error('a sequence has members');
  if (end === Number.NEGATIVE_INFINITY) return { kind: 'agree', exponent: null };
  const [first, second] = [middle - before, end - middle];
  if (first <= SHRINKS && second <= SHRINKS && end <= -1) return { kind: 'agree', exponent: Math.round(-second) };
  if (first >= STAYS && second >= STAYS)
    return { kind: 'differ', row, component, derived, claimed: total(last, row, component, ring) };
  return { kind: 'unusable', reason: 'the difference shrinks too slowly to tell' };
}
