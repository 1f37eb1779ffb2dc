/**
 * Means over a batch as some write them, \mathbb{E}_{i \in B_t}[\nabla f_i(x_t)] and \langle \nabla f(x_t) \rangle_{B_t}, as the sum over the batch that
 * they stand for.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { solid } from '../author-tokens.ts';

const SIZES = /^\\(?:left|right|[bB]igg?[lr]?)$/;

/** A letter that names a batch, B, \mathcal{B}, S, M, with its label. */
const BATCH = /^(?:\\(?:mathcal|mathbb|mathrm|mathsf|cal)\{?)?[BSM]\}?(?:_(?:\{[^{}]*\}|\\?[A-Za-z]))?$/;

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** The tokens with such means as sums. */
export function withBatchMeans(tokens: readonly Token[], { loss }: Notation): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const mean = expectationAt(tokens, at) ?? bracketAt(tokens, at);
    if (mean === null) {
      found.push(token);
      continue;
    }
    if (SIZES.test(found.at(-1)?.text ?? '')) found.pop();
    const place = (text: string): Token[] => tokenizeText(text).map(each => ({ ...each, span: token.span }));
    const own = ofBatch(mean, loss);
    if (own !== null) {
      found.push(...place('('), ...own, ...place(')'));
      at = mean.end - 1;
      continue;
    }
    found.push(...place(`\\frac{1}{|`), ...mean.set, ...place(`|}\\sum_{`), ...mean.letter, ...place(' \\in '));
    found.push(...mean.set, ...place('}'), ...mean.inside);
    at = mean.end - 1;
  }
  return found;
}

/** What stands inside with the batch below the loss, where that has nothing that says which sample it is of. */
function ofBatch({ inside, set }: Mean, loss: string): Token[] | null {
  const [mark] = set;
  if (mark === undefined || inside.some(({ text }) => text === ';')) return null;
  let isOpen = true;
  const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: mark.span });
  const changed = replaceNames(inside, (name, at, end) => {
    if (name !== loss) return null;
    if (inside[end]?.kind === 'subscript' || inside[end]?.kind === 'superscript') isOpen = false;
    return {
      tokens: [...inside.slice(at, end), symbol('subscript', '_'), symbol('open', '{'), ...set, symbol('close', '}')],
      next: end,
    };
  });
  return isOpen && changed.length > inside.length ? changed : null;
}

interface Mean {
  readonly letter: readonly Token[];
  readonly set: readonly Token[];
  readonly inside: readonly Token[];
  readonly end: number;
}

/** \mathbb{E}_{i \in B}[…]. */
function expectationAt(tokens: readonly Token[], at: number): Mean | null {
  if (tokens[at]?.text !== '\\mathbb') return null;
  const mark = tokens.findIndex(({ kind }, place) => place > at && kind === 'subscript');
  if (mark === -1 || !/^\{?E\}?$/.test(textOf(tokens.slice(at + 1, mark)))) return null;
  const end = scriptEnd(tokens, mark);
  if (end === null || tokens[mark + 1]?.kind !== 'open') return null;
  const below = tokens.slice(mark + 2, end - 1);
  const relation = below.findIndex(({ text }) => text === '\\in' || text === '\\sim');
  const set = below.slice(relation + 1);
  if (relation < 1 || !BATCH.test(textOf(set))) return null;
  const group = groupAt(tokens, end, '[', ']');
  return group && { letter: below.slice(0, relation), set: solid(set), ...group };
}

/** \langle … \rangle_{B}: what holds no comma is no inner product. */
function bracketAt(tokens: readonly Token[], at: number): Mean | null {
  if (tokens[at]?.text !== '\\langle') return null;
  const group = groupAt(tokens, at, '\\langle', '\\rangle');
  if (group === null || group.inside.some(({ text }) => text === ',')) return null;
  const end = tokens[group.end]?.kind === 'subscript' ? scriptEnd(tokens, group.end) : null;
  if (end === null || !group.inside.some(({ text }) => text === '\\nabla' || text === '\\partial')) return null;
  const whole = solid(tokens.slice(group.end + 1, end));
  const set = whole[0]?.kind === 'open' ? whole.slice(1, -1) : whole;
  if (!/^(?:\\(?:mathcal|cal)\{?)?[A-Z]\}?(?:_(?:\{[^{}]*\}|\\?[A-Za-z]))?$/.test(textOf(set))) return null;
  const [first] = set;
  return first === undefined
    ? null
    : { letter: [{ kind: 'letter', text: 'z', span: first.span }], set, inside: group.inside, end };
}

/** The inside of the bracket that opens at `from`, behind blanks and its size. */
function groupAt(
  tokens: readonly Token[],
  from: number,
  left: string,
  right: string,
): { inside: readonly Token[]; end: number } | null {
  let open = from;
  while (tokens[open]?.kind === 'space' || SIZES.test(tokens[open]?.text ?? '')) open += 1;
  if (tokens[open]?.text !== left) return null;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === left) depth += 1;
    if (tokens[at]?.text === right) depth -= 1;
    if (depth > 0) continue;
    const last = SIZES.test(tokens[at - 1]?.text ?? '') ? at - 1 : at;
    return { inside: tokens.slice(open + 1, last), end: at + 1 };
  }
  return null;
}
