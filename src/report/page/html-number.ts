/** Numbers and losses of a counterexample as people read them; all digits unfold. */
import { shortDecimal, shortPair } from '../text/short-decimal.ts';
import { html, type Html } from './html.ts';

const DIGITS = 10;
/** A fraction of more characters is shown by its value. */
const LONGEST = 24;

/** At most 10 digits; the others on demand. */
export const numberHtml = (text: string): Html => folded(shorter(text), text);

/** Two values beside each other: as many digits as it takes to see that they differ. */
export function pairHtml(first: string, second: string): readonly [Html, Html] {
  const [one, other] = shortPair(first, second);
  const value = (text: string): string => (text.includes('/') ? shorter(text) : text);
  return [folded(value(one), first), folded(value(other), second)];
}

const folded = (short: string, whole: string): Html =>
  short === whole
    ? html`${whole}`
    : html`<details class="digits"><summary>${short}</summary><span>${whole}</span></details>`;

function shorter(text: string): string {
  const [, above, below] = /^(-?\d+)\/(\d+)$/.exec(text) ?? [];
  if (above === undefined || below === undefined || text.length <= LONGEST) return shortDecimal(text, DIGITS);
  const value = Number((BigInt(above) * 10n ** 20n) / BigInt(below)) / 1e20;
  return value === 0 ? `${text.slice(0, LONGEST)}…` : `≈ ${shortDecimal(String(value), DIGITS)}`;
}

const FUNCTIONS: ReadonlySet<string> = new Set(['exp', 'log', 'tanh', 'sin', 'cos']);

/**
 * The LaTeX of a loss as instances write them, `1/2*x1^2 + x2`, with `parameters` for x; null where it holds anything but
 * numbers, components, products, powers and functions of a known name.
 */
export function lossLatex(text: string, parameters: string): string | null {
  const parts = text.match(/\s+|x\d+|[a-z]+|\d+(?:\.\d+)?\/\d+|\d+(?:\.\d+)?|\^\d+|\^\(-?\d+\)|[-+*/()]/g) ?? [];
  if (parts.join('') !== text) return null;
  const written: string[] = [];
  for (const part of parts) {
    const [, above, below] = /^([\d.]+)\/(\d+)$/.exec(part) ?? [];
    if (part.trim() === '') continue;
    if (/^x\d+$/.test(part)) written.push(`${parameters}_{${part.slice(1)}}`);
    else if (/^[a-z]+$/.test(part)) {
      if (!FUNCTIONS.has(part)) return null;
      written.push(`\\${part}`);
    } else if (above !== undefined && below !== undefined) written.push(`\\tfrac{${above}}{${below}}`);
    else if (part.startsWith('^')) written.push(`^{${part.replace(/[()^]/g, '')}}`);
    else written.push(part === '*' ? '\\,' : part);
  }
  return written.join(' ');
}
