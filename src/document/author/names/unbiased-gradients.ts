/**
 * Estimates of the gradient as they are said to be unbiased: g_t \approx \nabla f(x_t) and \mathbb E[g_t] = \nabla f(x_t) make g_t the gradient of the
 * step's own loss, as g_t = \tilde\nabla f(x_t) does.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import { solidBefore } from '../author-tokens.ts';

/** The tokens of a display with such rows turned. */
export function withUnbiasedGradients(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const mean = meanAt(tokens, at);
    if (mean !== null) {
      found.push(...mean.inside, ...mean.relation, ...tilde(mean.nabla));
      at = mean.end - 1;
      continue;
    }
    const nabla = token.text === '\\approx' ? nextSolid(tokens, at + 1) : -1;
    if (nabla >= 0 && tokens[nabla]?.text === '\\nabla') {
      found.push({ kind: 'symbol', text: '=', span: token.span }, ...tilde(tokens[nabla]));
      at = nabla;
    } else found.push(token);
  }
  return found;
}

const tilde = (nabla: Token | undefined): Token[] =>
  nabla === undefined ? [] : [{ kind: 'command', text: '\\tilde', span: nabla.span }, nabla];

function nextSolid(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.kind === 'space' || tokens[at]?.kind === 'alignment') at += 1;
  return at;
}

/** `\mathbb E_t[g_t \mid x_t] = \nabla` at the beginning of a row: what the mean is of, the relation, and where the nabla ends. */
function meanAt(
  tokens: readonly Token[],
  at: number,
): { inside: Token[]; relation: Token[]; nabla: Token; end: number } | null {
  const before = solidBefore(tokens, at);
  const opens = before === undefined || before.kind === 'alignment' || /^(?:\\\\|,|;|\}|\\q?quad)$/.test(before.text);
  if (!opens || tokens[at]?.text !== '\\mathbb') return null;
  const isBraced = tokens[at + 1]?.kind === 'open';
  const letter = canonicalNameOf(tokens.slice(at, isBraced ? at + 4 : nextSolid(tokens, at + 1) + 1));
  if (letter?.replace(/[{} ]/g, '') !== '\\mathbbE') return null;
  let open = isBraced ? at + 4 : nextSolid(tokens, at + 1) + 1;
  if (tokens[open]?.kind === 'subscript') {
    const isGroup = tokens[open + 1]?.kind === 'open';
    open = isGroup ? tokens.findIndex(({ kind }, place) => place > open && kind === 'close') + 1 : open + 2;
  }
  if (/^\\(?:left|[bB]igg?l?)$/.test(tokens[open]?.text ?? '')) open += 1;
  if (tokens[open]?.text !== '[') return null;
  const close = tokens.findIndex(({ text }, place) => place > open && text === ']');
  const relation = close === -1 ? -1 : nextSolid(tokens, close + 1);
  const nabla = relation === -1 ? -1 : nextSolid(tokens, relation + 1);
  const sign = tokens[nabla];
  if (tokens[relation]?.text !== '=' || sign?.text !== '\\nabla') return null;
  const all = tokens.slice(open + 1, close).filter(({ text }) => !/^\\(?:right|[bB]igg?r?)$/.test(text));
  const bar = all.findIndex(({ text }) => text === '|' || text === '\\mid' || text === '\\vert');
  const inside = bar === -1 ? all : all.slice(0, bar);
  // \mathbb E[\nabla f_t(x)] = \nabla f(x) makes no value.
  if (inside.some(({ text }) => text === '\\nabla')) return null;
  return { inside, relation: tokens.slice(relation, relation + 1), nabla: sign, end: nabla + 1 };
}
