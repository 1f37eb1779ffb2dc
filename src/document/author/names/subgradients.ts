/** Subgradients of the loss, g_t \in \partial f(x_t): losses are smooth here, so that it is the gradient. */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd } from '../author-tokens.ts';

/** The tokens with such rows as equations. */
export function withGradientsOfSets(tokens: readonly Token[], { loss }: Notation): Token[] {
  const skip = (at: number): number => {
    let next = at;
    while (tokens[next]?.kind === 'space' || tokens[next]?.kind === 'alignment') next += 1;
    return next;
  };
  const changed = new Map<number, string>();
  for (const [at, { text }] of tokens.entries()) {
    if (text !== '\\in') continue;
    const sign = skip(at + 1);
    const from = skip(sign + 1);
    const end = tokens[sign]?.text === '\\partial' ? letterEnd(tokens, from) : null;
    if (end === null || canonicalNameOf(tokens.slice(from, end)) !== loss) continue;
    changed.set(at, '=').set(sign, '\\nabla');
  }
  return tokens.map((token, at) => {
    const text = changed.get(at);
    return text === undefined ? token : { ...token, kind: text === '=' ? 'symbol' : 'command', text };
  });
}
