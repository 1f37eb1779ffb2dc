/** A right side as a Python module for SymPy: formulas for a loss that is a formula of symbols. */
import type { ElementaryName } from '../../formula/elementary.ts';
import { CodeWriter, type Dialect, TIGHT } from './code-writer.ts';
import { PI_NODE, TAKEN_NAMES } from './names.ts';
import type { Needed, VectorEquation } from './vector-equation.ts';
import type { CodeNode } from './vector-node.ts';

const FUNCTIONS: Readonly<Record<ElementaryName, string>> = {
  ...{ exp: 'sp.exp', log: 'sp.log', tanh: 'sp.tanh', sin: 'sp.sin', cos: 'sp.cos' },
  ...{ sinh: 'sp.sinh', cosh: 'sp.cosh', arctan: 'sp.atan', sign: 'sp.sign' },
};

const dialect = (names: ReadonlyMap<string, string>): Dialect => ({
  number: value =>
    value.isInteger()
      ? { text: `${value.num}`, tight: TIGHT.atom }
      : { text: `sp.Rational(${value.num}, ${value.den})`, tight: TIGHT.atom },
  parameter: name => (name === PI_NODE ? 'sp.pi' : (names.get(name) ?? name)),
  entry: name => `${name}_j`,
  vector(text, leaves) {
    const entries = leaves.map(name => `${name}_j`);
    const [only] = leaves;
    if (only === undefined) return `[${text}] * len(theta)`;
    if (leaves.length === 1) return `[${text} for ${only}_j in ${only}]`;
    return `[${text} for ${entries.join(', ')} in zip(${leaves.join(', ')})]`;
  },
  other(node, write, whole) {
    switch (node.kind) {
      case 'tensor':
        return `_derivative(${['loss', 'theta', ...node.entries.map(each => list(each, whole))].join(', ')})`;
      case 'loss':
        return 'sp.sympify(loss)';
      case 'schedule':
        return `${names.get(node.name) ?? node.name}(${write(node.at)})`;
      case 'dimension':
        return 'sp.Integer(len(theta))';
      case 'root':
        return node.degree === 2
          ? `sp.sqrt(${write(node.radicand)})`
          : `sp.root(${write(node.radicand)}, ${node.degree})`;
      case 'absolute':
        return `sp.Abs(${write(node.argument)})`;
      case 'call':
        return `${FUNCTIONS[node.name]}(${write(node.argument)})`;
      case 'given':
        return `_slope(${names.get(node.name) ?? node.name}, ${node.derivative}, ${write(node.argument)})`;
      case 'extremum':
        return `sp.${node.which === 'max' ? 'Max' : 'Min'}(${node.arguments.map(write).join(', ')})`;
      case 'total':
        return `sum(${whole(node.vector)})`;
      default:
        throw new Error(`a ${node.kind} is written elsewhere`);
    }
  },
  big: (kind, body, letter, [lower, upper], isVector) =>
    `_${kind}(lambda ${letter}: ${body}, ${lower}, ${upper}${isVector ? ', len(theta)' : ''})`,
});

const list = (node: CodeNode, whole: (node: CodeNode) => string): string =>
  node.isVector ? whole(node) : `[${whole(node)}] * len(theta)`;

const symbolOf = ({ kind, key, isPositive }: Needed): string =>
  kind === 'hyperparameter'
    ? `sp.Symbol(${JSON.stringify(key)}, ${isPositive ? 'positive' : 'real'}=True)`
    : `sp.Function(${JSON.stringify(key)})`;

/** The module: `coefficients` and `rhs`, with a symbol for each value that is not given. */
export function sympyCode(equation: VectorEquation): string {
  const { names, coefficients, title, step } = equation;
  // SymPy takes the derivatives itself.
  const needed = equation.needed.filter(
    (each, at, all) =>
      each.kind !== 'derivative' &&
      each.kind !== 'loss' &&
      all.findIndex(other => baseOf(other) === baseOf(each)) === at,
  );
  const taken = [...names.values(), ...TAKEN_NAMES, step];
  const writer = new CodeWriter(dialect(names), coefficients, ['n'], taken);
  const values = coefficients.map(each => list(each, node => writer.whole(node)));
  const uses = [...writer.lines, ...values].join('\n');
  return `${[
    `"""${title}`,
    '',
    'Values that are not given stand as symbols:',
    ...needed.map(each => `    ${baseOf(each)}: ${each.means}`),
    `    n: the step; ${step}: the step size (rhs)`,
    '"""',
    'import sympy as sp',
    '',
    '',
    'def coefficients(loss, theta, n=None, **values):',
    `    """The list of ${coefficients.map((_, q) => `f_${q}`).join(', ')}, the coefficients of the powers of ${step}: each a list with a formula for each symbol of theta.`,
    '',
    '    loss is a formula of the symbols theta, which should be real.',
    '    """',
    "    n = sp.Symbol('n', integer=True, nonnegative=True) if n is None else sp.sympify(n)",
    '    values = _checked(values)',
    ...needed.map(
      each =>
        `    ${each.kind === 'function' ? variableOf(each) : each.name} = values[${JSON.stringify(baseOf(each))}]`,
    ),
    ...writer.lines.map(line => `    ${line}`),
    `    return [${values.join(', ')}]`,
    '',
    '',
    'def rhs(loss, theta, n=None, **values):',
    `    """The right side of the modified equation, to order ${coefficients.length - 1} in ${step}, as a column of formulas."""`,
    `    ${step} = sp.sympify(values.pop(${JSON.stringify(step)}, sp.Symbol(${JSON.stringify(step)}, positive=True)))`,
    '    terms = coefficients(loss, theta, n, **values)',
    `    return sum((${step} ** q * sp.Matrix(f) for q, f in enumerate(terms)), sp.zeros(len(theta), 1))`,
    '',
    '',
    'def _checked(values):',
    `    symbols = {${needed.map(each => `${JSON.stringify(baseOf(each))}: ${symbolOf({ ...each, key: baseOf(each) })}`).join(', ')}}`,
    "    given = {name.rstrip('_'): value for name, value in values.items()}",
    `    strange = [name for name in given if name not in symbols and name != ${JSON.stringify(step)}]`,
    '    if strange:',
    "        raise TypeError('unknown: ' + ', '.join(strange) + '; known: ' + (', '.join(symbols) or 'none'))",
    '    return {name: given[name] if callable(given.get(name)) else sp.sympify(given.get(name, symbol)) for name, symbol in symbols.items()}',
    ...HELPERS.flatMap(({ name, lines }) => (uses.includes(`${name}(`) ? ['', '', ...lines] : [])),
  ].join('\n')}\n`;
}

/** A function has one name, whatever derivative of it is used. */
const baseOf = ({ kind, key, derivative }: Needed): string =>
  kind === 'function' && derivative > 0 ? key.slice(0, -`_${derivative}`.length) : key;
const variableOf = ({ name, derivative }: Needed): string =>
  derivative > 0 ? name.slice(0, -`_${derivative}`.length) : name;

const big = (kind: 'sum' | 'product', written: string, symbol: string): readonly string[] => [
  `def _${kind}(body, lower, upper, size=None):`,
  `    """The ${kind} of body(k), written out where the bounds are numbers, component by component."""`,
  '    lower, upper = sp.sympify(lower), sp.sympify(upper)',
  '    if lower.is_Integer and upper.is_Integer:',
  '        terms = [body(sp.Integer(k)) for k in range(lower, upper + 1)]',
  `        collect = lambda each: ${written}`,
  '    else:',
  "        k = sp.Dummy('k', integer=True)",
  '        terms = [body(k)]',
  `        collect = lambda each: ${symbol}(each[0], (k, lower, upper))`,
  '    if size is None:',
  '        return collect(terms)',
  '    return [collect([term[j] for term in terms]) for j in range(size)]',
];

const HELPERS: readonly { readonly name: string; readonly lines: readonly string[] }[] = [
  {
    name: '_derivative',
    lines: [
      'def _derivative(loss, theta, *vectors):',
      '    """The gradient of the loss; with vectors its further derivatives, those in all slots but one."""',
      '    result = [sp.diff(loss, x) for x in theta]',
      '    values = {}',
      '    for vector in vectors:',
      "        constants = [sp.Dummy('v') for _ in theta]",
      '        values.update(zip(constants, vector))',
      '        result = [sum(v * sp.diff(each, x) for v, x in zip(constants, theta)) for each in result]',
      '    return [sp.sympify(each).xreplace(values) for each in result]',
    ],
  },
  { name: '_sum', lines: big('sum', 'sum(each, sp.Integer(0))', 'sp.Sum') },
  { name: '_product', lines: big('product', 'sp.prod(each)', 'sp.Product') },
  {
    name: '_slope',
    lines: [
      'def _slope(function, times, at):',
      "    y = sp.Dummy('y', real=True)",
      '    return sp.diff(function(y), y, times).subs(y, at) if times else function(at)',
    ],
  },
];
