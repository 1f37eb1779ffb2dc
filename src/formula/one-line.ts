/**
 * Formulas as one short line of plain text, for error messages and debugging: `sum(k=0..n) rho^(n - k)*d_j E_k(theta)`.
 *
 * It is for the eye only: nothing reads it back, and nothing may compare formulas by it.
 */
import type { Definition, Formula, Vector } from './formula.ts';

/** Text longer than this is cut, and what is nested deeper is shown as an ellipsis. */
const MAXIMAL_LENGTH = 400;
const MAXIMAL_DEPTH = 60;

/** One line, at most `length` characters. Example: `(1 - \beta)*d_j E_n(theta)`. */
export function oneLine(formula: Formula, length = MAXIMAL_LENGTH): string {
  const text = show(formula, 0, 0);
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

/** `R_j^(n) := …` on one line. */
export function oneLineDefinition(definition: Definition, length = MAXIMAL_LENGTH): string {
  const label = definition.labels.length > 0 ? `^(${definition.labels.map(letter).join(',')})` : '';
  const indices = definition.indices.length > 0 ? `_${definition.indices.map(letter).join('')}` : '';
  return oneLine(definition.body, length).replace(/^/, `${definition.name}${indices}${label} := `);
}

/** How tightly a place binds; what binds less is put into parentheses. */
const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

const letter = (name: string): string => (name.startsWith('#') ? name.slice(1) : name);

function show(formula: Formula, place: number, above: number): string {
  if (above >= MAXIMAL_DEPTH) return '…';
  const depth = above + 1;
  const at = (child: Formula, needed: number): string => show(child, needed, depth);
  const wrap = (text: string, level: number): string => (level < place ? `(${text})` : text);
  const list = (children: readonly Formula[]): string => children.map(child => at(child, 0)).join(',');
  const vector = (v: Vector): string =>
    v.body.kind === 'iterate'
      ? `theta${v.body.label ? `^(${at(v.body.label, 0)})` : ''}`
      : `[${letter(v.index)}: ${at(v.body, 0)}]`;
  switch (formula.kind) {
    case 'number': {
      const text = formula.value.toString();
      return wrap(text, formula.value.sign() < 0 ? SUM : formula.value.isInteger() ? ATOM : PRODUCT);
    }
    case 'parameter':
      return formula.name;
    case 'step':
      return 'h';
    case 'index':
      return letter(formula.name);
    case 'add': {
      const text = formula.terms.map((term, position) =>
        term.kind === 'negate'
          ? `${position === 0 ? '-' : ' - '}${at(term.argument, PRODUCT)}`
          : `${position === 0 ? '' : ' + '}${at(term, PRODUCT)}`,
      );
      return wrap(text.join('') || '0', SUM);
    }
    case 'negate':
      return wrap(`-${at(formula.argument, PRODUCT)}`, SUM);
    case 'multiply':
      return wrap(formula.factors.map(factor => at(factor, POWER)).join('*') || '1', PRODUCT);
    case 'divide':
      return wrap(`${at(formula.numerator, POWER)}/${at(formula.denominator, POWER)}`, PRODUCT);
    case 'power':
      return wrap(`${at(formula.base, ATOM)}^${at(formula.exponent, ATOM)}`, POWER);
    case 'root':
      return formula.degree === 2
        ? `sqrt(${at(formula.radicand, 0)})`
        : `root(${formula.degree}, ${at(formula.radicand, 0)})`;
    case 'absolute':
      return `|${at(formula.argument, 0)}|`;
    case 'extremum':
      return `${formula.which}(${list(formula.arguments)})`;
    case 'sum':
    case 'product':
      return wrap(
        `${formula.kind}(${letter(formula.index)}=${at(formula.lower, 0)}..${at(formula.upper, 0)}) ${at(formula.body, PRODUCT)}`,
        SUM,
      );
    case 'iterate':
      return `theta_${at(formula.component, ATOM)}${formula.label ? `^(${at(formula.label, 0)})` : ''}`;
    case 'loss':
      return `E${formula.batch ? `_${at(formula.batch, ATOM)}` : ''}(${vector(formula.at)})`;
    case 'derivative':
      return wrap(`d_${formula.by.map(by => at(by, ATOM)).join('')} ${at(formula.argument, ATOM)}`, POWER);
    case 'parameter-derivative':
      return wrap(`d/d${formula.by} ${at(formula.argument, ATOM)}`, POWER);
    case 'quantity': {
      const indices = formula.indices.length > 0 ? `_${formula.indices.map(entry => at(entry, ATOM)).join('')}` : '';
      const labels = formula.labels.length > 0 ? `^(${list(formula.labels)})` : '';
      return `${formula.name}${indices}${labels}${formula.at ? `(${vector(formula.at)})` : ''}`;
    }
    case 'call':
      return `${formula.name}${"'".repeat(formula.derivative)}(${at(formula.argument, 0)})`;
    case 'vector-call': {
      const by = formula.by.length > 0 ? `d_${formula.by.map(entry => at(entry, ATOM)).join('')} ` : '';
      return wrap(
        `${by}${formula.name}${formula.component ? `_${at(formula.component, ATOM)}` : ''}(${vector(formula.argument)})`,
        by ? POWER : ATOM,
      );
    }
    case 'schedule':
      return `${formula.name}_${at(formula.index, ATOM)}`;
    case 'norm':
      return `‖${vector(formula.argument)}‖${formula.order === 2 ? '' : formula.perturbation ? `_(1,${at(formula.perturbation, 0)})` : '_1'}`;
  }
}
