/** The LaTeX spelling of formulas: what KaTeX renders in strict mode and amsmath compiles. */
import { nameWidth } from './latex-width.ts';
import { latexOfFunction } from '../notation/notation-table.ts';
import { join, piece } from './write-box.ts';
import type { PrintedPiece } from './write-box.ts';
import type { Style } from './write-style.ts';

/** Scripts are set smaller, but their letters are wider for their size. */
const SCRIPT = 0.8;
/** Widths in digits: see latex-width.ts. */
const PAREN = 0.78;
const TALL_PAREN = 1.4;
/** A blank of 1/6 em. */
const THIN = 0.33;
const NOTHING = piece('', 0);

export const latexStyle: Style = {
  name: latex => {
    const { base, below } = splitName(latex);
    return below === null
      ? piece(base, nameWidth(base))
      : piece(`${base}_{${below}}`, nameWidth(base) + SCRIPT * nameWidth(below));
  },
  point: parameters => piece(`\\boldsymbol{${parameters}}`, nameWidth(`\\boldsymbol{${parameters}}`)),
  movingPoint: (parameters, component, time) => {
    const letter = component ? `\\tilde{${parameters}}_{${component.text}}` : `\\tilde{\\boldsymbol{${parameters}}}`;
    return piece(
      `${letter}(${time})`,
      nameWidth(component ? parameters : `\\boldsymbol{${parameters}}`) +
        SCRIPT * (component?.width ?? 0) +
        nameWidth(time) +
        2 * PAREN,
      true,
    );
  },
  flow: (parameters, component, time, barred = false) =>
    piece(
      component
        ? `\\dot{${barred ? '\\bar' : '\\tilde'}{${parameters}}}_{${component.text}}(${time})`
        : `\\dot{${barred ? '\\bar' : '\\tilde'}{\\boldsymbol{${parameters}}}}(${time})`,
      nameWidth(parameters) + SCRIPT * (component?.width ?? 0) + nameWidth(time) + 2 * PAREN,
      true,
    ),
  expectation: of => piece(`\\mathbb{E}\\,${of.text}`, of.width + 1.3, of.tall),
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
    join(indices, indices.every(each => isOneLetter(each.text)) ? gapBetween(indices) : piece(',', 0.6)),
  list: (entries, tight) => join(entries, tight ? piece(',', 0.6) : piece(', ', 0.9)),
  brackets: entries =>
    entries.tall
      ? piece(`\\left[${entries.text}\\right]`, entries.width + 2 * (TALL_PAREN + THIN), true)
      : piece(`[${entries.text}]`, entries.width + 2 * PAREN, true),
  group: inner =>
    inner.tall
      ? piece(`\\left(${inner.text}\\right)`, inner.width + 2 * (TALL_PAREN + THIN), true)
      : piece(`(${inner.text})`, inner.width + 2 * PAREN, true),
  isGroup: shown => /^(?:\\left)?\(/.test(shown.text),
  label: inner => piece(`(${inner.text})`, inner.width + 2 * PAREN),
  juxtapose: factors => join(factors, piece(' ', 0)),
  space: piece(' ', THIN),
  dot: piece(' \\cdot ', 1.45),
  plus: piece(' + ', 2.45),
  minus: piece(' - ', 2.45),
  tightPlus: piece('+', 1.56),
  tightMinus: piece('-', 1.56),
  leadingMinus: piece('-', 1.56),
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
    piece(`\\sqrt${degree === 2 ? '' : `[${degree}]`}{${radicand.text}}`, radicand.width + 2, true),
  absolute: inner => piece(`\\left|${inner.text}\\right|`, inner.width + 2 * (0.67 + THIN), true),
  norm: (inner, below) =>
    piece(
      `\\left\\|${inner.text}\\right\\|${below ? `_{${below.text}}` : ''}`,
      inner.width + 2 * (1.1 + THIN) + SCRIPT * (below?.width ?? 0),
      true,
    ),
  big: (kind, index, lower, upper) =>
    piece(
      `\\${kind === 'sum' ? 'sum' : 'prod'}_{${index.text}=${lower.text}}^{${upper.text}}`,
      Math.max(2.9, SCRIPT * (index.width + 1.56 + lower.width), SCRIPT * upper.width) + THIN,
      true,
    ),
  nabla: below => (below ? piece(`\\nabla_{${below.text}}`, 1.67 + SCRIPT * below.width) : piece('\\nabla', 1.67)),
  partial: below => piece(`\\partial_{${below.text}}`, 1.1 + SCRIPT * below.width),
  parameterDerivative: (by, argument) =>
    piece(`\\frac{\\partial}{\\partial ${by.text}} ${argument.text}`, argument.width + by.width + 2, true),
  function: (name, primes) => {
    const spelled = name === 'max' || name === 'min' ? `\\${name}` : (latexOfFunction(name) ?? name);
    return piece(`${spelled}${"'".repeat(primes)}`, nameWidth(spelled) + 0.3 * primes);
  },
  apply: (name, argument) => {
    const inner = argument.tall ? `\\left(${argument.text}\\right)` : `(${argument.text})`;
    const around = argument.tall ? 2 * (1.15 + THIN) : 2 * PAREN;
    return piece(`${name.text}${inner}`, name.width + argument.width + around, true);
  },
  defines: ':=',
  equals: '=',
  approximately: '\\approx',
  condition: (letter, least) => piece(`\\text{if } ${letter.text} \\ge ${least.text}`, letter.width + least.width + 6),
  both: (first, second) => piece(`${first.text} \\ ${second.text}`, first.width + second.width + 2),
  interval: (time, from, to) =>
    piece(`${time.text} \\in [${from.text}, ${to.text}]`, time.width + from.width + to.width + 4.5),
  openBroken: piece('\\biggl(', TALL_PAREN),
  closeBroken: piece('\\biggr)', TALL_PAREN),
  openRoot: piece('', 0),
  over: piece('/', 1),
  times: piece('\\times ', 1.6),
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
const gapBetween = (indices: readonly PrintedPiece[]): PrintedPiece =>
  indices.some(each => each.text.startsWith('\\')) ? piece(' ', 0) : NOTHING;
