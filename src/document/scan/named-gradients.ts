/**
 * Gradients that words name, `where $g_t$ is the gradient $\nabla f_t(x_t)$` and `let $g_t$ denote the stochastic gradient of $f_t$ at $x_t$`: the
 * formulas with the words between are one formula, which is read as g_t = \nabla f_t(x_t).
 */
import type { Span } from '../../base/span.ts';
import type { Token } from '../../latex/notation/token.ts';
import { tokenize } from '../../latex/notation/tokenize.ts';
import type { DocumentItem } from '../item.ts';

const KINDS =
  '(?:(?:stochastic|mini-?batch|full|sampled|noisy|unbiased|corresponding|current|\\(sub\\)|true|exact)\\s+)*(?:\\(?sub\\)?-?)?gradient(?:\\s+(?:vector|estimate|estimator))?';
const VERB = '(?:is|are|be|being|denotes?|denoting|represents?|stands\\s+for|means)';
const OF = '(?:\\s+of(?:\\s+(?:the\\s+)?(?:loss|objective|cost|function|loss\\s+function|objective\\s+function))?)?';
const NAMED = new RegExp(`^\\s*,?\\s*${VERB}\\s+(?:the|a|an|some)?\\s*${KINDS}${OF}\\s*$`, 'i');
const BARE = new RegExp(`^\\s*(?:for\\s+)?(?:the|a)\\s+${KINDS}${OF}\\s*$`, 'i');
const DENOTED = /\b(?:denote\s+by|write|we\s+let|denoting\s+by|denote)\s*$/i;
const AT =
  /^\s*,?\s*(?:evaluated\s+|computed\s+|taken\s+)?at\s+(?:the\s+)?(?:(?:current|point|iterate|parameters|weights)\s+)*$/i;
const DELIMITER = /(?:\$|\\\(|\\\))/g;
const NAME = /^[^=<>,;:]{1,40}$/;
const DERIVATIVE =
  /^\s*(?:\\(?:tilde|hat|widehat|widetilde)\s*\{?\s*)?\\nabla(?![A-Za-z])|^\s*\\[dt]?frac\s*\{\s*\\partial/;
const SAMPLED = /stochastic|mini-?batch|sampled|noisy|unbiased|estimat/i;
const AT_A_POINT = /\)\s*$/;

type Found = Exclude<DocumentItem, { readonly kind: 'input' }>;

/** The items with one more behind the formulas that name a gradient. */
export function withNamedGradients(items: readonly Found[]): Found[] {
  return items.flatMap((item, at): Found[] => {
    if (item.kind !== 'inline') return [item];
    const [second, first] = [items[at - 1], items[at - 2]];
    const spans = [first, second, item].map(each => (each?.kind === 'inline' ? each.span : null));
    const body = namedBy(spans[1] ?? null, item.span) ?? (spans[0] && namedAt(spans[0], spans[1] ?? null, item.span));
    return body === null || body === undefined
      ? [item]
      : [item, { kind: 'inline', span: item.span, body, afterText: false }];
  });
}

const textOf = ({ source: { text }, start, end }: Span): string => text.slice(start, end);
const inside = (span: Span): string => textOf(span).replace(DELIMITER, '').trim();
const joined = (from: Span, to: Span): Span => {
  const [open, close] = [textOf(from).startsWith('\\(') ? 2 : 1, textOf(to).endsWith('\\)') ? 2 : 1];
  return { source: from.source, start: from.start + open, end: to.end - close };
};

const isNaming = (name: Span, next: Span): boolean => {
  if (name.source !== next.source || !NAME.test(inside(name)) || DERIVATIVE.test(inside(name))) return false;
  const { text } = name.source;
  const between = text.slice(name.end, next.start);
  return (
    NAMED.test(between) || (BARE.test(between) && DENOTED.test(text.slice(Math.max(0, name.start - 40), name.start)))
  );
};

/** `$g_t$ is the gradient $\nabla f(x_t)$`, `… of $f_t(x_t)$`. */
function namedBy(name: Span | null, value: Span): Span | null {
  if (name === null || !isNaming(name, value) || inside(value).includes('=')) return null;
  const isWhole = DERIVATIVE.test(inside(value)) || AT_A_POINT.test(inside(value));
  return isWhole ? joined(name, value) : null;
}

/** `$g_t$ is the gradient of $f_t$ at $x_t$`. */
function namedAt(name: Span, loss: Span | null, point: Span): Span | null {
  if (loss === null || !isNaming(name, loss) || DERIVATIVE.test(inside(loss)) || AT_A_POINT.test(inside(loss)))
    return null;
  if (!NAME.test(inside(loss)) || !NAME.test(inside(point))) return null;
  return loss.source === point.source && AT.test(loss.source.text.slice(loss.end, point.start))
    ? joined(name, point)
    : null;
}

/** The formula g_t = \nabla f_t(x_t) of such a place; null where the place is an ordinary one. */
export function namedGradientAt({ source, start, end }: Span): Token[] | null {
  const text = source.text.slice(start, end);
  if (!/(?:\$|\\\))[^$]*gradient[^$]*(?:\$|\\\()/i.test(text)) return null;
  const marks = [...text.matchAll(DELIMITER)];
  const parts: Span[] = [];
  let from = 0;
  for (const [at, mark] of marks.entries()) {
    if (at % 2 === 0) parts.push({ source, start: start + from, end: start + mark.index });
    else from = mark.index + mark[0].length;
  }
  parts.push({ source, start: start + from, end });
  const [name, value, point] = parts.map(span => tokenize(span.source, span.start, span.end));
  const place = parts[1];
  if (name === undefined || value === undefined || place === undefined || parts.length > 3) return null;
  const token = (kind: Token['kind'], spelled: string): Token => ({
    kind,
    text: spelled,
    span: { ...place, end: place.start },
  });
  // Of a loss without a sample the stochastic gradient is that of the step's own loss.
  const words = text.slice(0, place.start - start);
  const isOfSample = SAMPLED.test(words) && !/[_;]|\\xi/.test(textOf(place).replace(/\(.*$/s, ''));
  const nabla = isOfSample ? '\\tilde\\nabla' : '\\nabla';
  const sign = nabla.match(/\\[a-z]+/g) ?? [];
  const derived = DERIVATIVE.test(textOf(place))
    ? value
    : [...sign.map(each => token('command', each)), token('space', ' '), ...value];
  const at = point === undefined ? [] : [token('symbol', '('), ...point, token('symbol', ')')];
  return [...name, token('symbol', '='), ...derived, ...at];
}
