/** The generator's trees as LaTeX that a theorist could have typed. It must not be the program's own writer. */
import type { Linear } from './linear.ts';
import { isNumber, type Tree } from './tree.ts';

export function printLinear({ constant, terms }: Linear): string {
  const ordered = [...terms].sort(([, a], [, b]) => b - a);
  let text = '';
  for (const [letter, factor] of ordered) {
    const size = Math.abs(factor) === 1 ? letter : `${Math.abs(factor)}${letter}`;
    text += text === '' ? (factor < 0 ? `-${size}` : size) : factor < 0 ? `-${size}` : `+${size}`;
  }
  if (constant !== 0 || text === '') text += text === '' || constant < 0 ? `${constant}` : `+${constant}`;
  return text;
}

/** How tightly a text holds together: a sum, a product that ends in Σ, a product, a factor, an atom that may take a power. */
type Grip = 'sum' | 'big' | 'product' | 'factor' | 'atom';
interface Printed {
  readonly text: string;
  readonly grip: Grip;
}

const parenthesised = (text: string): string => `\\left(${text}\\right)`;

function factorText(tree: Tree, last: boolean): string {
  const { text, grip } = printed(tree);
  if (grip === 'sum' || text.startsWith('-') || (grip === 'big' && !last)) return parenthesised(text);
  return text;
}

function termText(tree: Tree): string {
  const { text } = printed(tree);
  return text;
}

function printed(tree: Tree): Printed {
  switch (tree.kind) {
    case 'number': {
      const { top, bottom } = tree.value;
      const sign = top < 0n ? '-' : '';
      const size = top < 0n ? -top : top;
      return bottom === 1n
        ? { text: `${sign}${size}`, grip: sign ? 'product' : 'atom' }
        : { text: `${sign}\\frac{${size}}{${bottom}}`, grip: sign ? 'product' : 'factor' };
    }
    case 'scalar':
      return { text: tree.name, grip: 'atom' };
    case 'index': {
      const text = printLinear(tree.form);
      return { text, grip: text.length === 1 ? 'atom' : /^\d+[a-z]$/.test(text) ? 'product' : 'sum' };
    }
    case 'plus': {
      const parts = tree.parts.map(termText);
      return {
        text: parts.reduce((text, part) => (part.startsWith('-') ? `${text} ${part}` : `${text} + ${part}`)),
        grip: 'sum',
      };
    }
    case 'times': {
      const minus = isNumber(tree.parts[0] ?? tree, -1);
      const factors = minus ? tree.parts.slice(1) : tree.parts;
      const texts = factors.map((part, at) => factorText(part, at === factors.length - 1));
      const text = texts.reduce((before, next) =>
        /^[\d\\]/.test(next) && /^(\d|\\frac)/.test(next) ? `${before} \\cdot ${next}` : `${before} ${next}`,
      );
      const final = factors[factors.length - 1];
      const big = final !== undefined && printed(final).grip === 'big';
      return { text: minus ? `-${text}` : text, grip: big ? 'big' : 'product' };
    }
    case 'over':
      return { text: `\\frac{${printed(tree.top).text}}{${printed(tree.bottom).text}}`, grip: 'factor' };
    case 'power': {
      const base = printed(tree.base);
      const inner = base.grip === 'atom' ? base.text : parenthesised(base.text);
      return { text: `${inner}^{${printLinear(tree.exponent)}}`, grip: 'factor' };
    }
    case 'sum':
    case 'product': {
      const body = printed(tree.body);
      const inside = body.grip === 'sum' || body.text.startsWith('-') ? parenthesised(body.text) : body.text;
      const sign = tree.kind === 'sum' ? '\\sum' : '\\prod';
      return {
        text: `${sign}_{${tree.index}=${printLinear(tree.low)}}^{${printLinear(tree.high)}} ${inside}`,
        grip: 'big',
      };
    }
    case 'abs':
      return { text: `\\left|${printed(tree.of).text}\\right|`, grip: 'factor' };
    case 'sign':
      return { text: `\\mathrm{sign}\\left(${printed(tree.of).text}\\right)`, grip: 'factor' };
    case 'root':
      return { text: `\\sqrt{${printed(tree.of).text}}`, grip: 'factor' };
    case 'max':
    case 'min':
      return {
        text: `\\${tree.kind}\\left(${printed(tree.one).text}, ${printed(tree.other).text}\\right)`,
        grip: 'factor',
      };
    case 'gradient':
      return {
        text:
          tree.label === null
            ? `\\nabla_{${tree.component}}E(\\theta)`
            : `\\nabla_{${tree.component}}E_{${printLinear(tree.label)}}(\\theta)`,
        grip: 'factor',
      };
    case 'schedule':
      return { text: `\\eta_{${printLinear(tree.label)}}`, grip: 'factor' };
    case 'named':
      return { text: printNamed(tree, printLinear(tree.label)), grip: 'factor' };
    default:
      throw new Error(`unknown tree ${JSON.stringify(tree satisfies never)}`);
  }
}

/** A quantity with its label, as in its definition and where it is used. */
export const printNamed = (
  quantity: { readonly name: string; readonly ofComponent: boolean },
  label: string,
): string => (quantity.ofComponent ? `${quantity.name}_j^{(${label})}(\\theta)` : `${quantity.name}^{(${label})}`);

export const print = (tree: Tree): string => printed(tree).text;
