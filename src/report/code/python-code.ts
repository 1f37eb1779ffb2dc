/** A right side as a Python module for NumPy and JAX. */
import type { ElementaryName } from '../../formula/elementary.ts';
import type { Rational } from '../../number/rational.ts';
import { CodeWriter, type Dialect, type Text, TIGHT } from './code-writer.ts';
import { givenName, PI_NODE, TAKEN_NAMES } from './names.ts';
import type { VectorEquation } from './vector-equation.ts';
import type { CodeNode } from './vector-node.ts';

const FUNCTIONS: Readonly<Record<ElementaryName, string>> = {
  ...{ exp: 'np.exp', log: 'np.log', tanh: 'np.tanh', sin: 'np.sin', cos: 'np.cos' },
  ...{ sinh: 'np.sinh', cosh: 'np.cosh', arctan: 'np.arctan', sign: 'np.sign' },
};

const dialect = (names: ReadonlyMap<string, string>): Dialect => ({
  number: numberText,
  parameter: name => (name === PI_NODE ? 'np.pi' : (names.get(name) ?? name)),
  vector: text => text,
  entry: name => name,
  other(node, write, whole) {
    switch (node.kind) {
      case 'tensor':
        if (node.entries.length === 0) return 'grad(theta)';
        return `${node.entries.length === 1 ? 'hvp' : `d${node.entries.length + 1}`}(${['theta', ...node.entries.map(each => array(each, whole))].join(', ')})`;
      case 'loss':
        return 'loss(theta)';
      case 'schedule':
        return `${names.get(node.name) ?? node.name}(${write(node.at)})`;
      case 'dimension':
        return 'np.size(theta)';
      case 'root':
        return node.degree === 2
          ? `np.sqrt(${write(node.radicand)})`
          : `((${write(node.radicand)}) ** (1 / ${node.degree}))`;
      case 'absolute':
        return `np.abs(${write(node.argument)})`;
      case 'call':
        return `${FUNCTIONS[node.name]}(${write(node.argument)})`;
      case 'given':
        return `${givenName(names.get(node.name) ?? node.name, node.derivative)}(${write(node.argument)})`;
      case 'extremum': {
        const isInteger = node.arguments.every(isIntegerNode);
        const texts = node.arguments.map(write);
        if (isInteger) return `${node.which}(${texts.join(', ')})`;
        return texts.reduce((one, other) => `np.${node.which}imum(${one}, ${other})`);
      }
      case 'total':
        return `np.sum(${write(node.vector)})`;
      default:
        throw new Error(`a ${node.kind} is written elsewhere`);
    }
  },
  big(kind, body, letter, [lower, upper], isVector) {
    const end = upper.endsWith(' - 1') ? upper.slice(0, -' - 1'.length) : `${upper} + 1`;
    const values = `${body} for ${letter} in range(${lower}, ${end})`;
    if (kind === 'product') return `math.prod(${values})`;
    return isVector ? `sum((${values}), np.zeros_like(theta))` : `sum(${values})`;
  },
});

/** A number in every component is one array too. */
const array = (node: CodeNode, whole: (node: CodeNode) => string): string =>
  node.isVector ? whole(node) : `${bracket(whole(node))} + np.zeros_like(theta)`;
const bracket = (text: string): string => (/^\w+$/.test(text) ? text : `(${text})`);

/** Whether a node is made of integers alone. */
const isIntegerNode = (node: CodeNode): boolean =>
  node.kind === 'letter' ||
  (node.kind === 'number' && node.value.isInteger()) ||
  (node.kind === 'add' && node.terms.every(isIntegerNode)) ||
  (node.kind === 'multiply' && node.factors.every(isIntegerNode));

function numberText(value: Rational): Text {
  // In Python -1 ** n is -(1 ** n).
  if (value.isInteger()) return { text: value.num.toString(), tight: value.sign() < 0 ? TIGHT.product : TIGHT.atom };
  return { text: `${value.num} / ${value.den}`, tight: TIGHT.product };
}

/** The module: `coefficients` and `rhs`. */
export function pythonCode(equation: VectorEquation): string {
  const { names, coefficients, needed, title, step, usesStepNumber } = equation;
  const taken = [...names.values(), ...needed.map(({ name }) => name), ...TAKEN_NAMES, step];
  const writer = new CodeWriter(dialect(names), coefficients, ['n'], taken);
  const values = coefficients.map(each => array(each, node => writer.whole(node)));
  const local = needed.map(({ name, key }) => `    ${name} = hyper[${JSON.stringify(key)}]`);
  const keys = needed.map(({ key }) => JSON.stringify(key)).join(', ');
  const checks = usesStepNumber
    ? [
        '    if n is None:',
        "        raise TypeError('the step n is needed: n=0, 1, 2, …')",
        '    if isinstance(n, int) and n < 0:',
        "        raise ValueError('the step n counts from 0')",
      ]
    : [];
  return `${[
    `"""${title}`,
    '',
    ...needed.map(({ key, means }) => `    ${key}: ${means}`),
    `    ${step}: the step size (rhs)`,
    '"""',
    'import math',
    '',
    'import numpy',
    '',
    `_NEEDED = (${keys}${needed.length === 1 ? ',' : ''})`,
    '',
    '',
    'def coefficients(theta, grad, hvp, n=None, **hyper):',
    `    """The list of ${coefficients.map((_, q) => `f_${q}`).join(', ')}, the coefficients of the powers of ${step}, at the point theta and the step n.`,
    '',
    '    grad(theta) is the gradient of the loss, hvp(theta, v) its Hessian times v.',
    '    """',
    `    hyper = _checked(hyper)`,
    ...checks,
    "    np = getattr(theta, '__array_namespace__', lambda: numpy)()",
    '    theta = np.asarray(theta)',
    ...local,
    ...writer.lines.map(line => `    ${line}`),
    `    return [${values.join(', ')}]`,
    '',
    '',
    'def rhs(theta, grad, hvp, n=None, **hyper):',
    `    """The right side ${coefficients.map((_, q) => (q === 0 ? 'f_0' : `${step}${q > 1 ? `**${q}` : ''} f_${q}`)).join(' + ')} of the modified equation."""`,
    `    if ${JSON.stringify(step)} not in hyper:`,
    `        raise TypeError(${JSON.stringify(`the step size ${step} is needed`)})`,
    `    ${step} = hyper.pop(${JSON.stringify(step)})`,
    `    return sum(${step} ** q * f for q, f in enumerate(coefficients(theta, grad, hvp, n, **hyper)))`,
    '',
    '',
    'def _checked(hyper):',
    '    """The values by name; a trailing _ is for words that Python keeps to itself."""',
    "    given = {name.rstrip('_'): value for name, value in hyper.items()}",
    '    missing = [name for name in _NEEDED if name not in given]',
    `    strange = [name for name in given if name not in _NEEDED and name != ${JSON.stringify(step)}]`,
    '    if missing:',
    "        raise TypeError('missing: ' + ', '.join(missing))",
    '    if strange:',
    "        raise TypeError('unknown: ' + ', '.join(strange) + '; needed: ' + (', '.join(_NEEDED) or 'none'))",
    '    return given',
  ].join('\n')}\n`;
}
