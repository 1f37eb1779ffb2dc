/**
 * Regimes by their values along s → 0 or s → ∞, with ε = s^d ε₀ and, for component j alone, ∇_iE = sγ_i for i ≠ j: the shown
 * terms are right when A − ΣT becomes small beside the smallest of them, and wrong when it stays comparable.
 *
 * Where a limit n → ∞ is taken first, n is late, and what it still leaves over must be far smaller than what is measured; a
 * sample at which a coefficient that is shown vanishes is no evidence.
 */
import { type BigFloat, logarithmOfSize } from '../../../number/big-float.ts';
import { FloatRing } from '../../../evaluate/ring/float-ring.ts';
import type { AskedAlong, Comparison, Question } from '../../question.ts';
import {
  decadesOf,
  EARLIER,
  growthBetween,
  growthOfTerms,
  GUARD_DIGITS,
  hasFlatComponent,
  isInRegime,
  type Member,
  memberAt,
  type RegimeParts,
  rowsWithoutTerms,
  total,
  type Unusable,
  vanishingTerms,
} from './sequence.ts';
import type { Sample, SampleSpace } from '../../sample/sample.ts';

/** s = 10^{∓k}: far enough that also gradients that differ from ε₀^{1/d} by some powers of ten are large or small. */
const JUDGED = [4, 5, 6] as const;
const SHOWN = [1, 2, 3, 4, 5, 6] as const;
/** log10 of the change of a ratio from one decade to the next: one that vanishes falls by a decade or more. */
const STAYS = -0.05;
const SHRINKS = -0.5;
/** A term that grows by so much less per decade than it does elsewhere, as log10, has lost its leading coefficient. */
const LOSES = 0.3;
/** log10 of how many times what n leaves over the rest must be to be believed. */
const ABOVE_LEFTOVER = 3;
/** log10 of the factor by which what n leaves over shrinks from one look to the next at least. */
const FADES = -1;

/** The question about a regime; components are judged one by one where component j alone is large or small. */
export function regimeQuestion(parts: RegimeParts): Question {
  const { whole, regime, limit, iteration = 'n' } = parts;
  // Beside usual sizes of everything else the gradient is large or small where it is so beside ε.
  const space: SampleSpace = { ...whole.space, decay: 'fast' };
  let missing: ReadonlySet<number> | null = null;
  const missingRows = (): ReadonlySet<number> => {
    missing ??= rowsWithoutTerms(parts, space);
    return missing;
  };
  let vanishing: ReadonlySet<string> | null = null;
  const vanishes = (term: number, row: number): boolean => {
    vanishing ??= vanishingTerms(parts, space);
    return vanishing.has(`${term}|${row}`);
  };
  let growths: ReadonlyMap<string, number> | null = null;
  const growth = (term: number, row: number): number | null => {
    growths ??= growthOfTerms(parts, space);
    return growths.get(`${term}|${row}`) ?? null;
  };
  return {
    ...whole,
    space,
    quantity: row =>
      `${whole.quantity(row)} ${limit ? `as ${iteration} \\to \\infty, then ` : ''}as s \\to ${regime.startsWith('large') ? '0' : '\\infty'}`,
    along: {
      compare: (sample, digits, asked) =>
        compareAlong(parts, sample, digits, { missingRows, vanishes, growth }, asked?.speaksOf),
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

/** What other samples tell of the terms that are shown. */
interface Looks {
  readonly missingRows: () => ReadonlySet<number>;
  readonly vanishes: (term: number, row: number) => boolean;
  /** log10 of how a term grows from one decade to the next where no coefficient vanishes; null where no sample tells. */
  readonly growth: (term: number, row: number) => number | null;
}

function compareAlong(
  parts: RegimeParts,
  sample: Sample,
  digits: number,
  looks: Looks,
  speaksOf: AskedAlong['speaksOf'],
): Comparison {
  const alone = !parts.regime.endsWith('-all');
  if (hasFlatComponent(sample))
    return { kind: 'unusable', reason: 'a component of a gradient vanishes, which is neither large nor small' };
  const spoken = sample.theta.map((_, at) => at).filter(at => speaksOf?.(at + 1) !== false);
  // One component is singled out at a sample, and another at the next.
  const chosen = alone && parts.whole.componentwise ? (spoken[sample.n % Math.max(1, spoken.length)] ?? 0) : 0;
  const members: Member[] = [];
  for (const decade of JUDGED) {
    const member = memberAt(parts, sample, decade, chosen, digits);
    if ('kind' in member) return member;
    members.push(member);
  }
  if (members.some(member => !isInRegime(parts, member.sample, chosen)))
    return { kind: 'unusable', reason: 'the gradient is not large or small beside the parameter there' };
  const unsettled = parts.limit ? fades(parts, members.at(-1), digits) : null;
  if (unsettled) return unsettled;
  let agrees = false;
  let unusable: string | null = null;
  let exponent: number | null = null;
  for (const [row, values] of (members[0]?.derived ?? []).entries()) {
    for (const component of alone && parts.whole.componentwise ? [chosen] : values.keys()) {
      if (speaksOf?.(component + 1) === false) continue;
      const outcome = judgeCell(parts, members, row, component, digits, looks);
      if (outcome.kind === 'differ') return outcome;
      if (outcome.kind === 'unusable') unusable ??= outcome.reason;
      else if (outcome.kind === 'agree') {
        agrees = true;
        if (outcome.exponent !== null) exponent = Math.min(exponent ?? outcome.exponent, outcome.exponent);
      }
    }
  }
  if (unusable !== null) return { kind: 'unusable', reason: unusable };
  return agrees ? { kind: 'agree', ...(exponent === null ? {} : { exponent }) } : { kind: 'degenerate' };
}

/** What n leaves over must fade like a power r^n, so that the last change tells of all later ones. */
function fades({ whole }: RegimeParts, last: Member | undefined, digits: number): Unusable | null {
  if (!last?.earlier) throw new Error('a sequence has members with an earlier value');
  const { earlier } = last;
  const working = digits + GUARD_DIGITS;
  const before = whole.derived({ ...last.sample, n: last.sample.n - 2 * EARLIER }, working);
  if (before.kind === 'unusable') return before;
  const ring = new FloatRing(working);
  const change = (a: BigFloat | undefined, b: BigFloat | undefined): number =>
    logarithmOfSize(ring.subtract(a ?? ring.zero, b ?? ring.zero));
  const moves = last.derived.some((row, at) =>
    row.some((value, component) => {
      const now = change(value, earlier[at]?.[component]);
      const then = change(earlier[at]?.[component], before.rows[at]?.[component]);
      return now > logarithmOfSize(value) - digits && now > then + FADES;
    }),
  );
  return moves ? { kind: 'unusable', reason: 'the derived side has no limit n → ∞ that shows' } : null;
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
  parts: RegimeParts,
  members: readonly Member[],
  row: number,
  component: number,
  digits: number,
  { missingRows, vanishes, growth }: Looks,
): CellOutcome {
  const ring = new FloatRing(digits + GUARD_DIGITS);
  const last = members.at(-1);
  const derived = last?.derived[row]?.[component];
  if (!last || !derived) throw new Error('a sequence has members');
  const shown = last.terms.flatMap((term, at) => {
    const value = term[row]?.[component];
    return value && !ring.isZero(value) ? [{ at, size: logarithmOfSize(value) }] : [];
  });
  const hidden = last.terms.some((term, at) => {
    const value = term[row]?.[component];
    return value !== undefined && ring.isZero(value) && !vanishes(at, row);
  });
  if (hidden) return { kind: 'unusable', reason: 'a coefficient that is shown vanishes' };
  const smallest = shown.toSorted((a, b) => a.size - b.size)[0];
  if (!smallest) {
    if (ring.isZero(derived)) return { kind: 'degenerate' };
    const values = members.map(member => member.derived[row]?.[component] ?? ring.zero);
    const isLate = members.every(({ derived: rows, earlier }) => {
      const value = rows[row]?.[component] ?? ring.zero;
      const left = logarithmOfSize(ring.subtract(value, earlier?.[row]?.[component] ?? value));
      return logarithmOfSize(value) >= left + ABOVE_LEFTOVER;
    });
    return isLate && missingRows().has(row) && followsPower(values)
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
  const isLeftover = members.some(member => {
    const value = member.derived[row]?.[component] ?? ring.zero;
    const left = logarithmOfSize(ring.subtract(value, member.earlier?.[row]?.[component] ?? value));
    const size = logarithmOfSize(ring.subtract(value, total(member, row, component, ring)));
    return size < left + ABOVE_LEFTOVER;
  });
  if (first <= SHRINKS && second <= SHRINKS && end <= -1)
    return { kind: 'agree', exponent: Math.round(-second / decadesOf(parts)) };
  if (isLeftover) return { kind: 'unusable', reason: 'what n leaves over is not small beside the rest' };
  if (first >= STAYS && second >= STAYS) {
    // With p = 1 a sum over the other components is zero: what is left of its term is of another order.
    const [earlier, later] = members.slice(-2).map(({ terms }) => terms[smallest.at]?.[row]?.[component]);
    if (growthBetween(earlier, later) < (growth(smallest.at, row) ?? Number.NEGATIVE_INFINITY) - LOSES)
      return { kind: 'unusable', reason: 'the leading coefficient of a term that is shown vanishes' };
    return { kind: 'differ', row, component, derived, claimed: total(last, row, component, ring) };
  }
  return { kind: 'unusable', reason: 'the difference shrinks too slowly to tell' };
}
