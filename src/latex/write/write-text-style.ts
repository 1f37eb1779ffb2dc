/** The plain-text spelling of formulas, for terminals: `M_j^(n)(θ) = (1 - β) / (1 - β^{n+1}) Σ_{k=0}^{n} β^{n-k} ∇_j E_k(θ)`. */
import { join, piece } from './write-box.ts';
import type { PrintedPiece } from './write-box.ts';
import type { Style } from './write-style.ts';
import { columns, unicodeName } from './write-unicode.ts';

const plain = (text: string): PrintedPiece => piece(text, columns(text));
const around = (before: string, inner: PrintedPiece, after: string): PrintedPiece =>
  plain(`${before}${inner.text}${after}`);
/** One character stands bare, more in braces. */
const scripted = (mark: string, inner: PrintedPiece): string =>
  columns(inner.text) === 1 || /^\([^()]*\)$/.test(inner.text) ? `${mark}${inner.text}` : `${mark}{${inner.text}}`;

const moving = (parameters: string, component: PrintedPiece | null, barred = false): string =>
  `${unicodeName(`${barred ? '\\bar' : '\\tilde'}{${parameters}}`)}${component ? scripted('_', component) : ''}`;

/** A letter, a number or a group: side by side they stay apart for the eye. */
const isShort = (factor: PrintedPiece): boolean => factor.width === 1 || /^(?:[0-9]+|\(.*\))$/.test(factor.text);

export const textStyle: Style = {
  name: latex => plain(unicodeName(latex)),
  point: parameters => plain(unicodeName(parameters)),
  movingPoint: (parameters, component, time) => plain(`${moving(parameters, component)}(${unicodeName(time)})`),
  flow: (parameters, component, time, barred = false) =>
    plain(`d${moving(parameters, component, barred)}(${unicodeName(time)})/d${unicodeName(time)}`),
  expectation: of => plain(`E ${of.text}`),
  number: plain,
  scripts: (base, below, above) =>
    plain(`${base.text}${below ? scripted('_', below) : ''}${above ? scripted('^', above) : ''}`),
  letters: indices => join(indices, indices.every(each => each.width === 1) ? plain('') : plain(',')),
  list: (entries, tight) => join(entries, plain(tight ? ',' : ', ')),
  brackets: entries => around('[', entries, ']'),
  group: inner => around('(', inner, ')'),
  isGroup: shown => shown.text.startsWith('('),
  label: inner => around('(', inner, ')'),
  juxtapose: (factors, tight) => join(factors, plain(tight && factors.every(isShort) ? '' : ' ')),
  space: plain(' '),
  dot: plain(' · '),
  plus: plain(' + '),
  minus: plain(' - '),
  tightPlus: plain('+'),
  tightMinus: plain('-'),
  leadingMinus: plain('-'),
  stacked: false,
  fraction: () => null,
  slash: (numerator, denominator, tight) => join([numerator, denominator], plain(tight ? '/' : ' / ')),
  root: (degree, radicand) =>
    around(degree === 2 ? '√(' : degree === 3 ? '∛(' : degree === 4 ? '∜(' : `root[${degree}](`, radicand, ')'),
  absolute: inner => around('|', inner, '|'),
  norm: (inner, below) => plain(`‖${inner.text}‖${below ? scripted('_', below) : ''}`),
  big: (kind, index, lower, upper) =>
    plain(`${kind === 'sum' ? 'Σ' : 'Π'}_{${index.text}=${lower.text}}^{${upper.text}}`),
  nabla: below => plain(`∇${below ? scripted('_', below) : ''}`),
  partial: below => plain(`∂${scripted('_', below)}`),
  parameterDerivative: (by, argument) => plain(`∂/∂${by.text} ${argument.text}`),
  function: (name, primes) => plain(`${unicodeName(name)}${"'".repeat(primes)}`),
  apply: (name, argument) => plain(`${name.text}(${argument.text})`),
  defines: ':=',
  equals: '=',
  approximately: '≈',
  condition: (letter, least) => plain(`${letter.text} ≥ ${least.text}`),
  both: (first, second) => plain(`${first.text} and ${second.text}`),
  interval: (time, from, to) => plain(`${time.text} ∈ [${from.text}, ${to.text}]`),
  openBroken: plain('('),
  closeBroken: plain(')'),
  openRoot: plain('√('),
  over: plain(' / '),
  times: plain('· '),
};
