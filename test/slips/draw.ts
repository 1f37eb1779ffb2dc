/** The n-th slip of a seed: a true claim, and one slip or two in its display. */
import { readdirSync, readFileSync } from 'node:fs';
import { Dice } from '../fuzz/random.ts';
import { type TypedClaim, typedClaims } from './corpus.ts';
import { type Letters, type Slip, slipIn, slipped } from './slips.ts';

export interface DrawnSlip {
  readonly claim: TypedClaim;
  /** In the order in which they were made, each in the text that the one before left. */
  readonly slips: readonly Slip[];
  readonly display: string;
}

const here = new URL('./', import.meta.url).pathname;
const derivations = new URL('../../derivations/implicit-bias-of-adam/', import.meta.url).pathname;

/** Of eight slips one is two at once. */
const TWO = 1 / 8;

/** The true claims of the program's own documents, and others. */
export function corpus(): TypedClaim[] {
  const built = readdirSync(derivations)
    .filter(name => name.endsWith('.tex'))
    .sort()
    .flatMap(name =>
      typedClaims(`derivations/implicit-bias-of-adam/${name}`, readFileSync(`${derivations}${name}`, 'utf8')),
    );
  return [...built, ...typedClaims('claims.tex', readFileSync(`${here}claims.tex`, 'utf8'))];
}

const GREEK = ['\\beta', '\\rho', '\\mu', '\\lambda', 'b_1', '\\varepsilon', '\\eps'];

/** What is typed in the display; of a claim of the program's own, β and ρ where one of them is. */
function lettersOf({ display }: TypedClaim): Letters {
  const found = GREEK.filter(name => display.includes(name));
  const scalars = found.includes('\\beta') || found.includes('\\rho') ? ['\\beta', '\\rho'] : [];
  return { step: 'h', hyperparameters: [...new Set([...found, ...scalars])] };
}

/** Null where the claim drawn has no place for a slip. */
export function drawSlip(claims: readonly TypedClaim[], seed: number, number: number): DrawnSlip | null {
  const dice = new Dice(seed * 100_003 + number);
  const claim = dice.pick(claims);
  const letters = lettersOf(claim);
  const first = slipIn(claim.display, letters, dice);
  if (!first) return null;
  const display = slipped(claim.display, first);
  if (!dice.chance(TWO)) return { claim, slips: [first], display };
  const second = slipIn(display, letters, dice);
  if (!second) return null;
  const both = slipped(display, second);
  return both === claim.display ? null : { claim, slips: [first, second], display: both };
}
