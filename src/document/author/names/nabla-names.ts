/**
 * ∇ as a name, \nabla_t := \nabla f_t(x_t): with the iteration letter as its label and nothing that it could be taken of behind it, where a row makes
 * it or the notation says gradient=\nabla.
 */
import { canonicalAccent } from '../../../latex/notation/notation-table.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterToken, solid } from '../author-tokens.ts';

interface Use {
  readonly name: string;
  /** Where the sign with its accent ends, and its label. */
  readonly end: number;
  readonly labelEnd: number;
  /** The label without the parameters in front of it. */
  readonly label?: readonly Token[];
}

/** The names of that kind that rows of the displays make. */
export function nablasMade(displays: readonly (readonly Token[])[], notation: Notation): ReadonlySet<string> {
  const made = new Set(notation.gradient === '\\nabla' ? ['\\nabla'] : []);
  for (const tokens of displays)
    for (const at of tokens.keys()) {
      const use = useAt(tokens, at, notation);
      if (use !== null && makes(tokens.slice(use.labelEnd))) made.add(use.name);
    }
  return made;
}

const makes = (behind: readonly Token[]): boolean =>
  /^(?::?=|\\gets|\\leftarrow|\\coloneqq)/.test(
    solid(behind.slice(0, 12))
      .filter(({ kind }) => kind !== 'alignment')
      .map(({ text }) => text)
      .join(''),
  );

/** The tokens with these names as letters. */
export function withNablaNames(tokens: readonly Token[], names: ReadonlySet<string>, notation: Notation): Token[] {
  if (names.size === 0) return [...tokens];
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const use = useAt(tokens, at, notation);
    if (use === null || !names.has(use.name) || isTaken(tokens, use.labelEnd, notation)) {
      found.push(token);
      continue;
    }
    found.push(letterToken(tokens.slice(at, use.end), use.name));
    const [mark] = tokens.slice(use.end, use.end + 1);
    if (use.label !== undefined && mark !== undefined) {
      const brace = (kind: 'open' | 'close', text: string): Token => ({ kind, text, span: mark.span });
      found.push(mark, brace('open', '{'), ...use.label, brace('close', '}'));
    }
    at = (use.label === undefined ? use.end : use.labelEnd) - 1;
  }
  return found;
}

function useAt(tokens: readonly Token[], at: number, { iteration, parameters }: Notation): Use | null {
  const accent = canonicalAccent(tokens[at]?.text ?? '');
  let sign = at;
  if (accent !== null) {
    sign += 1;
    while (tokens[sign]?.kind === 'space') sign += 1;
  }
  const isBraced = accent !== null && tokens[sign]?.kind === 'open';
  if (tokens[isBraced ? sign + 1 : sign]?.text !== '\\nabla') return null;
  if (isBraced && tokens[sign + 2]?.kind !== 'close') return null;
  if (accent === null && canonicalAccent(tokens[at - 1]?.text ?? '') !== null) return null;
  const end = isBraced ? sign + 3 : sign + 1;
  const labelEnd = tokens[end]?.kind === 'subscript' ? scriptEnd(tokens, end) : null;
  if (labelEnd === null) return null;
  const inside = solid(tokens.slice(end + 1, labelEnd)).filter(({ kind }) => kind !== 'open' && kind !== 'close');
  // \nabla_{w,t}: the parameters say by what it is taken.
  const comma = inside.findIndex(({ text }) => text === ',');
  const isByParameters = comma > 0 && canonicalNameOf(inside.slice(0, comma)) === parameters;
  const label = isByParameters ? inside.slice(comma + 1) : inside;
  const isLabel =
    label[0]?.text === iteration && label.slice(1).every(({ kind, text }) => kind === 'digit' || /^[+-]$/.test(text));
  if (!isLabel) return null;
  return {
    name: accent === null ? '\\nabla' : `${accent}{\\nabla}`,
    end,
    labelEnd,
    ...(isByParameters ? { label } : {}),
  };
}

/** Whether the loss or a parenthesis follows, of which the derivative may be taken. */
function isTaken(tokens: readonly Token[], at: number, { loss }: Notation): boolean {
  let next = at;
  while (tokens[next]?.kind === 'space') next += 1;
  const text = tokens[next]?.text ?? '';
  return text === loss || (tokens[next]?.kind === 'command' && loss.startsWith(text));
}
