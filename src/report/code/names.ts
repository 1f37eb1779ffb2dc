/** Names in programs. */
import { jsonName } from '../../evaluate/instance/instance.ts';

/** The parameter that is the number π. */
export const PI_NODE = '#pi';

/** How a function that the user gives is called, or one of its derivatives. */
export const givenName = (name: string, derivative: number): string =>
  derivative === 0 ? name : `${name}_${derivative}`;

/** Names that the programs use themselves. */
export const TAKEN_NAMES: readonly string[] = [
  ...[
    'theta',
    'theta_j',
    'grad',
    'hvp',
    'n',
    'hyper',
    'values',
    'np',
    'numpy',
    'math',
    'sp',
    'sympy',
    'loss',
    'vector',
  ],
  ...[
    'coefficients',
    'rhs',
    'sum',
    'min',
    'max',
    'range',
    'getattr',
    'enumerate',
    'zip',
    'len',
    'list',
    'isinstance',
    'type',
    'int',
  ],
];

/** Words of Python that no variable may be. */
const KEYWORDS: readonly string[] = [
  ...[
    'and',
    'as',
    'assert',
    'async',
    'await',
    'break',
    'class',
    'continue',
    'def',
    'del',
    'elif',
    'else',
    'except',
    'finally',
    'for',
  ],
  ...[
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
    'nonlocal',
    'not',
    'or',
    'pass',
    'raise',
    'return',
    'try',
    'while',
    'with',
    'yield',
  ],
];

/** The variable for a name as typed: `\\varepsilon` is epsilon, `\\lambda` lambda_. Letters of sums, k1, k2, …, are the program's own. */
export function variableName(latex: string): string {
  const plain = jsonName(latex)
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
  return KEYWORDS.includes(plain) || TAKEN_NAMES.includes(plain) || /^[kt]\d+$/.test(plain) ? `${plain}_` : plain;
}
