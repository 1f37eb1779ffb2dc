/** The LaTeX spelling of formulas: what KaTeX renders in strict mode and amsmath compiles. */
import { functionByCommand, latexOfFunction } from './notation-table.ts';
import { join, piece } from './write-box.ts';
import type { Piece } from './write-box.ts';
import type { Style } from './write-style.ts';
import { columns, unicodeName } from './write-unicode.ts';

/** Scripts are set smaller. */
const SCRIPT = 0.7;
const NOTHING = piece('', 0);

export const latexStyle: Style = {
  name: latex => {
    const { base, below } = splitName(latex);
    return below === null
      ? piece(base, nameWidth(base))
      : piece(`${base}_{${below}}`, nameWidth(base) + SCRIPT * nameWidth(below));
  },
  point: parameters => piece(`\\boldsymbol{${parameters}}`, nameWidth(parameters)),
  movingPoint: (parameters, component, time) => {
    const letter = component ? `\\tilde{${parameters}}_{${component.text}}` : `\\tilde{\\boldsymbol{${parameters}}}`;
    return piece(
      `${letter}(${time})`,
      nameWidth(parameters) + SCRIPT * (component?.width ?? 0) + nameWidth(time) + 1,
      true,
    );
  },
  flow: (parameters, component, time) =>
    piece(
      `\\dot{\\tilde{${parameters}}}_{${component.text}}(${time})`,
      nameWidth(parameters) + SCRIPT * component.width + nameWidth(time) + 1,
      true,
    ),
  number: digits => piece(digits, digits.length),
  scripts: (base, below, above) => {
    const { base: bare, below: own } = splitName(base.text);
    const lower = own === null ? (below?.text ?? null) : below ? `${own},${below.text}` : own;
    const text = `${bare}${lower === null ? '' : `_{${lower}}`}${above ? `^{${above.text}}` : ''}`;
    return piece(
      text,
      base.width + SCRIPT * Math.max(below?.width ?? 0, above?.width ?? 0),
      base.tall || (above?.tall ?? false),
    );
  },
  letters: indices =>
    join(indices, indices.every(each => isOneLetter(each.text)) ? gapBetween(indices) : piece(',', 1)),
  list: (entries, tight) => join(entries, tight ? piece(',', 1) : piece(', ', 1.3)),
  group: inner =>
    inner.tall
      ? piece(`\\left(${inner.text}\\right)`, inner.width + 1.5, true)
      : piece(`(${inner.text})`, inner.width + 1, true),
  isGroup: shown => /^(?:\\left)?\(/.test(shown.text),
  label: inner => piece(`(${inner.text})`, inner.width + 1),
  juxtapose: (factors, tight) => join(factors, piece(' ', tight ? 0 : 0.2)),
  space: piece(' ', 0.2),
  dot: piece(' \\cdot ', 1.5),
  plus: piece(' + ', 2),
  minus: piece(' - ', 2),
  tightPlus: piece('+', 1),
  tightMinus: piece('-', 1),
  leadingMinus: piece('-', 1),
  stacked: true,
  fraction: (numerator, denominator) =>
    piece(`\\frac{${numerator.text}}{${denominator.text}}`, Math.max(numerator.width, denominator.width) + 0.5, true),
  slash: (numerator, denominator) =>
    piece(
      `${numerator.text}/${denominator.text}`,
      numerator.width + denominator.width + 1,
      numerator.tall || denominator.tall,
    ),
  root: (degree, radicand) =>
    piece(`\\sqrt${degree === 2 ? '' : `[${degree}]`}{${radicand.text}}`, radicand.width + 1.5, true),
  absolute: inner => piece(`\\left|${inner.text}\\right|`, inner.width + 1, true),
  norm: (inner, below) =>
    piece(
      `\\left\\|${inner.text}\\right\\|${below ? `_{${below.text}}` : ''}`,
      inner.width + 1.5 + SCRIPT * (below?.width ?? 0),
      true,
    ),
  big: (kind, index, lower, upper) =>
    piece(
      `\\${kind === 'sum' ? 'sum' : 'prod'}_{${index.text}=${lower.text}}^{${upper.text}}`,
      Math.max(2, SCRIPT * (index.width + 1 + lower.width), SCRIPT * upper.width),
      true,
    ),
  nabla: below => (below ? piece(`\\nabla_{${below.text}}`, 1.3 + SCRIPT * below.width) : piece('\\nabla', 1.3)),
  partial: below => piece(`\\partial_{${below.text}}`, 1 + SCRIPT * below.width),
  parameterDerivative: (by, argument) =>
    piece(`\\frac{\\partial}{\\partial ${by.text}} ${argument.text}`, argument.width + by.width + 2, true),
  function: (name, primes) => {
    const spelled = name === 'max' || name === 'min' ? `\\${name}` : (latexOfFunction(name) ?? name);
    return piece(`${spelled}${"'".repeat(primes)}`, nameWidth(spelled) + 0.3 * primes);
  },
  apply: (name, argument) => {
    const inner = argument.tall ? `\\left(${argument.text}\\right)` : `(${argument.text})`;
    return piece(`${name.text}${inner}`, name.width + argument.width + 1, true);
  },
  defines: ':=',
  equals: '=',
  approximately: '\\approx',
  condition: (letter, least) => piece(`\\text{if } ${letter.text} \\ge ${least.text}`, letter.width + least.width + 6),
  interval: (time, from, to) =>
    piece(`${time.text} \\in [${from.text}, ${to.text}]`, time.width + from.width + to.width + 4),
  openBroken: piece('\\biggl(', 1),
  closeBroken: piece('\\biggr)', 1),
  openRoot: piece('', 0),
  over: piece('/', 1),
  times: piece('\\times ', 2),
};

/**
 * The subscript that a name carries itself: `\beta_1` and `\beta_{1}` have base `\beta` and subscript `1`. Null where the
 * text does not end with its first subscript.
 */
function splitName(name: string): { readonly base: string; readonly below: string | null } {
  let depth = 0;
  for (let at = 0; at < name.length; at += 1) {
    if (name[at] === '{') depth += 1;
    else if (name[at] === '}') depth -= 1;
    else if (name[at] === '_' && depth === 0) {
      const below = /^(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|[^\\{}]))$/.exec(name.slice(at + 1));
      return below ? { base: name.slice(0, at), below: below[1] ?? below[2] ?? null } : { base: name, below: null };
    }
  }
  return { base: name, below: null };
}

const isOneLetter = (text: string): boolean => /^(?:[A-Za-z]|\\[A-Za-z]+)$/.test(text);

/** A command must be kept apart from the letter behind it. */
const gapBetween = (indices: readonly Piece[]): Piece =>
  indices.some(each => each.text.startsWith('\\')) ? piece(' ', 0) : NOTHING;

/** How many letters a name shows: accents and font commands take no room. */
function nameWidth(latex: string): number {
  const known = functionByCommand(latex);
  return known === null ? columns(unicodeName(latex)) : known.length;
}
