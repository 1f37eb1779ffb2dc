/** Expansions in a regime, by coefficients that one knows and by numbers at small s; what has none is refused. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { type Expression, expressionKey, isZero, subtract } from '../../src/expression/core/expression.ts';
import { COMPONENT_INDEX } from '../../src/expression/core/indices.ts';
import { Rational } from '../../src/number/rational.ts';
import { apartFromComponent } from '../../src/prove/regime/apart-from-component.ts';
import { expandRegime } from '../../src/prove/regime/regime.ts';
import { type RegimeScaling, scalingFor } from '../../src/prove/regime/scaling.ts';
import { compareInRegime } from '../../src/prove/regime/regime-difference.ts';
import { coefficientAt, exponentsOf, isKnownTo } from '../../src/prove/regime/scaled-series.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const scaling = (change: Partial<RegimeScaling> = {}): RegimeScaling => ({
  small: 'e',
  dimension: Rational.of(2),
  direction: 1,
  alone: false,
  ...change,
});
const isNothing = (value: Expression): boolean =>
  isZero(value) || (!isProbablyNonzero(value) && testZero(value, FACTS, ample()).kind === 'zero');
const g = '(\\nabla_jE)';

/** `[power, coefficient]` of all terms that are shown; the powers of s must be these and no others. */
function expands(text: string, own: RegimeScaling, terms: readonly (readonly [number, string])[], count = 6): void {
  const { series } = expandRegime(typed(text), own, count, FACTS, ample());
  const found = exponentsOf(series)
    .map(power => ({ power, value: coefficientAt(series, power) }))
    .filter(({ value }) => !isNothing(value));
  expect(
    found.slice(0, terms.length).map(({ power }) => power.toNumber()),
    text,
  ).toEqual(terms.map(([power]) => power));
  for (const [at, [, wanted]] of terms.entries())
    expect(isNothing(subtract(found[at]?.value ?? typed('17'), typed(wanted))), `${text} at ${at}`).toBe(true);
}
const refused = (text: string, own: RegimeScaling, count = 4): string | null => {
  const made = attempt(() => expandRegime(typed(text), own, count, FACTS, ample()));
  return made.ok ? null : (made.problems[0]?.code ?? '');
};

describe('sums with component j apart', () => {
  it.each([
    ['\\sum_{i=1}^{p}\\nabla_iE', 3],
    ['\\sum_{k=0}^{n}\\eta_k', 1],
    ['\\sum_{k=0}^{n}\\sum_{i=1}^{p}\\eta_k\\nabla_iE', 3],
    ['\\sum_{i=1}^{p}\\sum_{r=1}^{p}\\nabla_iE\\theta_r', 9],
    ['\\sum_{i=1}^{j-1}\\nabla_iE', 1],
    ['\\nabla_jE', 1],
  ])('%s is %i', (text, count) => {
    const [term] = typed(text).terms;
    if (term === undefined) throw new Error('one term was read');
    const parts = apartFromComponent(term, new Set([COMPONENT_INDEX]));
    expect(parts).toHaveLength(count);
    expect(apartFromComponent(term, new Set())).toEqual([term]);
    // Together they are the term.
    expect(isNothing(subtract({ terms: parts }, typed(text)))).toBe(true);
  });
});

describe('ε → 0 against fixed gradients', () => {
  const own = scaling();
  it.each([
    ['1', [[0, '1']]],
    ['e', [[2, 'e']]],
    [
      'e^2+3',
      [
        [0, '3'],
        [4, 'e^2'],
      ],
    ],
    [
      `\\sqrt{${g}^2+e}`,
      [
        [0, `|${g}|`],
        [2, `\\frac{e}{2|${g}|}`],
      ],
    ],
    [
      `\\frac{1}{${g}^2+e}`,
      [
        [0, `${g}^{-2}`],
        [2, `-e${g}^{-4}`],
        [4, `e^2${g}^{-6}`],
      ],
    ],
    [
      `\\frac{${g}}{\\sqrt{${g}^2+e}}`,
      [
        [0, `\\frac{${g}}{|${g}|}`],
        [2, `-\\frac{e${g}}{2|${g}|^3}`],
      ],
    ],
    [
      `\\sqrt{${g}^2+e}-|${g}|`,
      [
        [2, `\\frac{e}{2|${g}|}`],
        [4, `-\\frac{e^2}{8|${g}|^3}`],
      ],
    ],
    [
      `(${g}+e)^2`,
      [
        [0, `${g}^2`],
        [2, `2e${g}`],
        [4, 'e^2'],
      ],
    ],
    [`\\frac{1}{e}`, [[-2, '\\frac{1}{e}']]],
    [`\\sqrt{e}`, [[1, '\\sqrt{e}']]],
    [
      `\\frac{e}{e+e^2}`,
      [
        [0, '1'],
        [2, '-e'],
        [4, 'e^2'],
      ],
    ],
    [`\\operatorname{sign}(${g}+e)`, [[0, `\\operatorname{sign}(${g})`]]],
    [`\\tanh(${g})e`, [[2, `e\\tanh(${g})`]]],
    [
      `\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+e}`,
      [
        [0, '\\sum_{i=1}^{p}|\\nabla_iE|'],
        [2, '\\sum_{i=1}^{p}\\frac{e}{2|\\nabla_iE|}'],
      ],
    ],
    [
      `\\frac{1}{1-b+e}`,
      [
        [0, '\\frac{1}{1-b}'],
        [2, '-\\frac{e}{(1-b)^2}'],
      ],
    ],
    [`(\\frac{1}{${g}^2+e}-\\frac{1}{${g}^2})^2`, [[4, `e^2${g}^{-8}`]]],
  ] as const)('%s', (text, terms) => expands(text, own, terms));
  it.each(['\\tanh(e)', '\\phi(e+1)', 'e^n', '\\prod_{k=0}^{n}(1+e\\eta_k)'])('%s is refused', text =>
    expect(refused(text, own)).toBe('no-expansion'),
  );
  it('takes no finer power than a twelfth', () => {
    expect(refused('\\sqrt[3]{e}', scaling({ dimension: Rational.one }))).toBe(null);
    expect(refused('\\sqrt[13]{e}', scaling({ dimension: Rational.one }))).toBe('no-expansion');
  });
  it('is known as far as it says', () => {
    const { series } = expandRegime(typed(`\\sqrt{${g}^2+e}`), own, 4, FACTS, ample());
    expect(isKnownTo(series, Rational.of(3))).toBe(true);
    expect(isKnownTo(series, Rational.of(40))).toBe(false);
    const exact = expandRegime(typed('e^2+3'), own, 8, FACTS, ample()).series;
    expect(isKnownTo(exact, Rational.of(40))).toBe(true);
  });
  it('notes what it divides by, but for gradients', () => {
    const divisors = (text: string): string[] =>
      expandRegime(typed(text), own, 3, FACTS, ample()).divisors.map(expressionKey);
    expect(divisors(`\\frac{1}{${g}^2+e}`)).toEqual([]);
    expect(divisors('\\frac{1}{1-b+e}')).toEqual([]);
    expect(divisors('\\frac{1}{x+e}')).toEqual([expressionKey(typed('x'))]);
    expect(divisors('\\frac{1}{a-b+e}')).toHaveLength(1);
    expect(divisors(`\\frac{1}{${g}-\\nabla_jE_n+e}`)).toHaveLength(1);
    expect(divisors('\\frac{1}{\\nabla_{jj}E+e}')).toHaveLength(1);
    expect(divisors(`\\frac{1}{b${g}+e}`)).toEqual([]);
    expect(divisors('x+e')).toEqual([]);
    // What is kept together has its own.
    expect(divisors('\\sqrt{q+\\frac{1}{x+e}}')).toContain(expressionKey(typed('x')));
    expect(divisors(`\\frac{1}{\\sqrt{\\frac{${g}^2}{(x+e)^2}}}`)).toContain(expressionKey(typed('x^2')));
    expect(divisors('\\operatorname{sign}(x+e)')).toHaveLength(1);
  });
});

describe('ε → ∞', () => {
  const own = scaling({ direction: -1 });
  it.each([
    ['e', [[-2, 'e']]],
    [
      `\\sqrt{${g}^2+e}`,
      [
        [-1, '\\sqrt{e}'],
        [1, `\\frac{${g}^2}{2\\sqrt{e}}`],
      ],
    ],
    [
      `\\frac{${g}}{${g}^2+e}`,
      [
        [2, `\\frac{${g}}{e}`],
        [4, `-\\frac{${g}^3}{e^2}`],
      ],
    ],
  ] as const)('%s', (text, terms) => expands(text, own, terms));
});

describe('component j alone', () => {
  const own = scaling({ alone: true });
  it.each([
    [g, [[0, g]]],
    [
      '\\sum_{i=1}^{p}(\\nabla_iE)^2',
      [
        [0, `${g}^2`],
        [2, '\\sum_{i=1}^{j-1}(\\nabla_iE)^2+\\sum_{i=j+1}^{p}(\\nabla_iE)^2'],
      ],
    ],
    [
      '\\sum_{i=1}^{p}|\\nabla_iE|',
      [
        [0, `|${g}|`],
        [1, '\\sum_{i=1}^{j-1}|\\nabla_iE|+\\sum_{i=j+1}^{p}|\\nabla_iE|'],
      ],
    ],
    [
      '\\sum_{i=1}^{p}\\nabla_{ij}E\\nabla_iE',
      [
        [0, `${g}\\nabla_{jj}E`],
        [1, '\\sum_{i=1}^{j-1}\\nabla_{ij}E\\nabla_iE+\\sum_{i=j+1}^{p}\\nabla_{ij}E\\nabla_iE'],
      ],
    ],
    [
      '\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+e}',
      [
        [0, `|${g}|`],
        [1, '\\sum_{i=1}^{j-1}\\sqrt{(\\nabla_iE)^2+e}+\\sum_{i=j+1}^{p}\\sqrt{(\\nabla_iE)^2+e}'],
      ],
    ],
    [
      '\\sum_{i=1}^{p}\\sum_{r=1}^{i-1}\\nabla_iE\\nabla_rE',
      [[1, `${g}\\sum_{i=1}^{j-1}\\nabla_iE+${g}\\sum_{i=j+1}^{p}\\nabla_iE`]],
    ],
    [
      '\\sum_{i=1}^{p}\\sum_{r=1}^{p}\\nabla_iE\\nabla_rE',
      [
        [0, `${g}^2`],
        [1, `2${g}\\sum_{i=1}^{j-1}\\nabla_iE+2${g}\\sum_{i=j+1}^{p}\\nabla_iE`],
      ],
    ],
    ['\\sum_{i=1}^{j-1}\\nabla_iE', [[1, '\\sum_{i=1}^{j-1}\\nabla_iE']]],
    [
      '\\sum_{i=1}^{j}\\nabla_iE',
      [
        [0, g],
        [1, '\\sum_{i=1}^{j-1}\\nabla_iE'],
      ],
    ],
  ] as const)('%s', (text, terms) => expands(text, own, terms));
});

describe('which parameter is small', () => {
  const two = (): Rational => Rational.of(2);
  it('is the one that is named, or chosen', () => {
    const found = scalingFor('large-gradient', ['a', '\\varepsilon'], two);
    expect([found.small, found.direction, found.alone]).toEqual(['\\varepsilon', 1, true]);
    const other = scalingFor('small-gradient-all', ['a', '\\varepsilon'], two, 'a');
    expect([other.small, other.direction, other.alone]).toEqual(['a', -1, false]);
    expect(attempt(() => scalingFor('large-gradient-all', ['a', 'b'], two)).ok).toBe(false);
  });
});

describe('what is shown in a regime', () => {
  const compare = (derived: string, ...shown: string[]) =>
    attempt(() => compareInRegime('', typed(derived), shown.map(typed), scaling(), FACTS, ample()));
  const holds = (derived: string, ...shown: string[]): boolean | string => {
    const made = compare(derived, ...shown);
    return made.ok ? made.value.differences.every(({ value }) => isNothing(value)) : (made.problems[0]?.code ?? '');
  };
  const root = `\\sqrt{${g}^2+e}`;
  it.each([
    [root, [`|${g}|`]],
    [root, [`|${g}|`, `\\frac{e}{2|${g}|}`]],
    [root, [`|${g}|+\\frac{e}{2|${g}|}`]],
    [root, [root]],
    [`${root}-|${g}|`, [`\\frac{e}{2|${g}|}`]],
    ['e+e^2', ['e']],
    ['0', []],
    ['0', ['0']],
    [`\\frac{1}{${g}^2+e}`, [`${g}^{-2}`, `-e${g}^{-4}`]],
  ] as const)('%s ≈ %s', (derived, shown) => expect(holds(derived, ...shown)).toBe(true));
  it.each([
    [root, [`2|${g}|`]],
    [root, [g]],
    [root, [`|${g}|`, `\\frac{e}{3|${g}|}`]],
    [root, [`|${g}|`, `-\\frac{e}{2|${g}|}`]],
    [root, [`|${g}|`, `\\frac{e^2}{2|${g}|}`]],
    ['e+e^2', ['e^2']],
    ['e', ['1']],
  ] as const)('not %s ≈ %s', (derived, shown) => expect(holds(derived, ...shown)).toBe(false));
  it('needs terms that are there', () => {
    expect(holds('e')).toBe('nothing-shown');
    expect(holds('e', '0')).toBe('nothing-shown');
    expect(holds('e', `\\frac{e}{1-b}-e-\\frac{e b}{1-b}`, 'e')).toBe('no-expansion');
  });
  it('gives the coefficients that are shown, what was divided by and both sides', () => {
    const made = compare(root, `|${g}|`, `\\frac{e}{2|${g}|}`);
    if (!made.ok) throw new Error('it is compared');
    expect(made.value.shown.map(expressionKey)).toEqual(
      [`|${g}|`, `\\frac{e}{2|${g}|}`].map(text => expressionKey(typed(text))),
    );
    expect(made.value.expansions.map(({ terms, through }) => [terms.length > 0, through.toNumber()])).toEqual([
      [true, 2],
      [true, 2],
    ]);
    expect(made.value.expansions.every(({ terms }) => terms.every(({ power }) => power.toNumber() <= 2))).toBe(true);
    expect(made.value.divisors).toEqual([]);
    const other = compare('\\frac{1}{x+e}', '\\frac{1}{x}');
    expect(other.ok && other.value.divisors.length).toBeGreaterThan(0);
    expect(other.ok && other.value.differences.every(({ what }) => what.startsWith(', order s^'))).toBe(true);
  });
  it('goes on until the smallest term is reached', () => {
    expect(holds(`${root}^3-|${g}|^3-\\frac{3}{2}e|${g}|`, `\\frac{3e^2}{8|${g}|}`)).toBe(true);
    expect(holds('1+e^9', '1', 'e^9')).toBe(true);
    expect(holds('1+e^9', '1', '2e^9')).toBe(false);
    expect(holds('1+e^{30}', '1', 'e^{30}')).toBe('too-far');
  });
});
