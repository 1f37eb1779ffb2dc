/** Claims that hold, and look like those that do not; `truth` looks where they come nearest to failing. */
import type { Tried } from './false-claims.ts';

const sum = (to: number, term: (k: number) => number): number =>
  Array.from({ length: to + 1 }, (_, k) => term(k)).reduce((a, b) => a + b, 0);
const grid = (from: number, to: number, parts = 4000): number[] =>
  Array.from({ length: parts - 1 }, (_, at) => from + ((to - from) * (at + 1)) / parts);
const all = (values: readonly number[], holds: (value: number) => boolean): boolean => values.every(holds);
const integers = (most: number): number[] => Array.from({ length: most + 1 }, (_, at) => at);
const unit = 'x in (0,1)';
const both = 'x in (0,1), y in (0,1)';
const positive = 'x > 0';
const beta = String.raw`\beta in (0,1)`;
const gradient = 'about=gdx setting=full-batch';
const far = [...grid(0, 1), ...grid(1, 100), 1e3, 1e6, 1e9];

/** Searched and found to hold: proved or supported. */
export const HOLD: readonly Tried[] = [
  {
    id: 'parabola-above',
    where: unit,
    tex: '(x-1/3)^2+10^{-3} > 0',
    truth: () => all(grid(0, 1), x => (x - 1 / 3) ** 2 + 1e-3 > 0),
  },
  {
    id: 'square-not-negative',
    where: unit,
    tex: String.raw`(x^2-1/2)^2 \ge 0`,
    truth: () => all(grid(0, 1), x => (x * x - 0.5) ** 2 >= 0),
  },
  {
    id: 'ring-not-negative',
    where: both,
    tex: String.raw`(x^2+y^2-1/3)^2 \ge 0`,
    truth: () => all(grid(0, 1), x => (x * x - 1 / 3) ** 2 >= 0),
  },
  {
    id: 'arithmetic-geometric',
    where: both,
    tex: String.raw`x+y \ge 2\sqrt{xy}`,
    truth: () => all(grid(0, 1), x => x + 0.5 >= 2 * Math.sqrt(x / 2) - 1e-15),
  },
  {
    id: 'quarter',
    where: unit,
    tex: String.raw`x(1-x) \le \frac14`,
    truth: () => all(grid(0, 1), x => x * (1 - x) <= 0.25),
  },
  {
    id: 'weight',
    where: beta,
    tex: String.raw`n\beta^n(1-\beta) \le 0.37`,
    truth: () => all(integers(2000), n => n * (n / (n + 1)) ** n * (1 / (n + 1)) <= 0.37),
  },
  {
    id: 'weight-twice',
    where: beta,
    tex: String.raw`n^2\beta^n(1-\beta)^2 \le 0.6`,
    truth: () => all(integers(2000), n => n * n * (n / (n + 2)) ** n * (2 / (n + 2)) ** 2 <= 0.6),
  },
  {
    id: 'euler',
    tex: String.raw`\left(1+\frac1{n+1}\right)^{n+1} < 2.72`,
    truth: () => all(integers(5000), n => (1 + 1 / (n + 1)) ** (n + 1) < 2.72),
  },
  { id: 'squares', tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)^2} < 1.66`, truth: () => Math.PI ** 2 / 6 < 1.66 },
  {
    id: 'telescope',
    tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)(k+2)} < 1`,
    truth: () => all(integers(3000), n => 1 - 1 / (n + 2) < 1),
  },
  {
    id: 'factorials',
    tex: String.raw`\sum_{k=0}^{n}\frac{1}{2^k+k} < 2`,
    truth: () => sum(60, k => 1 / (2 ** k + k)) < 2,
  },
  {
    id: 'harmonic-below',
    tex: String.raw`\sum_{k=0}^{n}\frac1{k+1} \le n+1`,
    truth: () => all(integers(300), n => sum(n, k => 1 / (k + 1)) <= n + 1),
  },
  {
    id: 'logarithm-below',
    where: positive,
    tex: String.raw`\log(1+x) < x`,
    truth: () =>
      all(
        far.filter(x => x > 1e-3),
        x => Math.log(1 + x) < x,
      ),
  },
  {
    id: 'exponential-above',
    where: positive,
    tex: String.raw`\exp(x) > 1+x`,
    truth: () => all(grid(1e-3, 100), x => Math.exp(x) > 1 + x),
  },
  {
    id: 'exponential-positive',
    where: positive,
    tex: String.raw`\exp(-x) > 0`,
    truth: () => all(grid(0, 700), x => Math.exp(-x) > 0),
  },
  {
    id: 'tanh-below',
    where: positive,
    tex: String.raw`\tanh(x) < x`,
    truth: () => all(grid(1e-2, 100), x => Math.tanh(x) < x),
  },
  {
    id: 'tanh-below-one',
    where: positive,
    tex: String.raw`\tanh(x) < 1`,
    truth: () => all(grid(0, 15), x => Math.tanh(x) < 1),
  },
  {
    id: 'power-positive',
    where: beta,
    tex: String.raw`\beta^n > 0`,
    truth: () => all(integers(300), n => 0.5 ** n > 0),
  },
  { id: 'power-below', where: unit, tex: 'x^{40} < 1', truth: () => all(grid(0, 1), x => x ** 40 < 1) },
  {
    id: 'bernoulli',
    where: unit,
    tex: String.raw`(1+x)^n \ge 1+nx`,
    truth: () => all(integers(200), n => 1.01 ** n >= 1 + 0.01 * n - 1e-12),
  },
  {
    id: 'geometric',
    where: beta,
    tex: String.raw`\sum_{k=0}^{n}\beta^k < \frac1{1-\beta}`,
    truth: () => all(integers(30), n => sum(n, k => 0.5 ** k) < 2),
  },
  { id: 'quotient', where: positive, tex: String.raw`\frac{x}{1+x} < 1`, truth: () => all(far, x => x / (1 + x) < 1) },
  {
    id: 'root-quotient',
    where: positive,
    tex: String.raw`\frac{x}{\sqrt{1+x^2}} < 1`,
    truth: () => all(grid(0, 1000), x => x / Math.sqrt(1 + x * x) < 1),
  },
  {
    id: 'roots',
    where: positive,
    tex: String.raw`\sqrt{1+x} < 1+\frac{x}{2}`,
    truth: () => all(grid(1e-3, 1000), x => Math.sqrt(1 + x) < 1 + x / 2),
  },
  {
    id: 'roots-together',
    where: 'x > 0, y > 0',
    tex: String.raw`\sqrt{x+y} < \sqrt{x}+\sqrt{y}`,
    truth: () => all(far, x => Math.sqrt(x + 1) < Math.sqrt(x) + 1),
  },
  {
    id: 'gradient-bound',
    keys: gradient,
    tex: String.raw`\frac{|\nabla_jE|}{1+|\nabla_jE|} < 1`,
    truth: () => all(far, x => x / (1 + x) < 1),
  },
  {
    id: 'gradient-root',
    keys: gradient,
    tex: String.raw`|\nabla_jE| \le \sqrt{(\nabla_jE)^2+1}`,
    truth: () => all(far, x => x <= Math.sqrt(x * x + 1)),
  },
  {
    id: 'norms',
    keys: gradient,
    tex: String.raw`|\nabla_jE| \le \|\nabla E\|`,
    truth: () => all(far, x => x <= Math.hypot(x, 1)),
  },
  {
    id: 'cosh',
    where: positive,
    tex: String.raw`\cosh(x) > 1`,
    truth: () => all(grid(1e-2, 100), x => Math.cosh(x) > 1),
  },
  {
    id: 'three-squares',
    where: 'x > 0, y > 0, z > 0',
    tex: String.raw`x^2+y^2+z^2 \ge xy+yz+zx`,
    truth: () => all(far, x => x * x + 5 >= 2 * x + x + 2),
  },
  { id: 'integers-apart', tex: '(2n-4p+1)^2 > 0', truth: () => all(integers(200), n => (2 * n + 1) % 4 !== 0) },
  {
    id: 'sign-of-odd',
    tex: String.raw`\mathrm{sign}(2n-2p+1)^2 = 1`,
    truth: () => all(integers(200), n => (2 * n + 1) % 2 !== 0),
  },
  {
    id: 'sign-without-zero',
    tex: String.raw`\mathrm{sign}(n^2-203)^2 = 1`,
    truth: () => all(integers(300), n => n * n !== 203),
  },
  {
    id: 'sign-above',
    where: unit,
    tex: String.raw`\mathrm{sign}(x^2-x+1)^2 = 1`,
    truth: () => all(grid(0, 1), x => x * x - x + 1 > 0.7),
  },
  {
    id: 'sign-times',
    tex: String.raw`(np-12)\,\mathrm{sign}(np-12) = |np-12|`,
    truth: () => all(integers(100), n => (n - 12) * Math.sign(n - 12) === Math.abs(n - 12)),
  },
  {
    id: 'bar-of-power',
    where: beta,
    tex: String.raw`|1-\beta^{n+1}| = 1-\beta^{n+1}`,
    truth: () => all(grid(0, 1), x => 1 - x ** 3 > 0),
  },
  {
    id: 'bar-above-root',
    keys: gradient,
    tex: String.raw`|\nabla_jE-\sqrt3| = \nabla_jE-\sqrt3 \quad \text{if } \nabla_jE > 1.733`,
    truth: () => 1.733 > Math.sqrt(3),
  },
  {
    id: 'sign-below-root',
    where: positive,
    tex: String.raw`\mathrm{sign}(x^2-3) = -1 \quad \text{if } x < 1.73`,
    truth: () => 1.73 ** 2 < 3,
  },
  {
    id: 'border-above',
    where: positive,
    tex: String.raw`x^2 > 5 \quad \text{if } x > 2.23607`,
    truth: () => 2.23607 ** 2 > 5,
  },
  {
    id: 'border-below',
    where: positive,
    tex: String.raw`x^3 < 2 \quad \text{if } x < 1.25992`,
    truth: () => 1.25992 ** 3 < 2,
  },
  {
    id: 'border-of-both',
    where: unit,
    keys: 'about=gdx',
    tex: String.raw`x(1-x) > \frac{9}{100} \quad \iff |x-1/2| < \frac25`,
    truth: () =>
      all(grid(0, 1), x => x * (1 - x) > 0.09 === Math.abs(x - 0.5) < 0.4 || Math.abs(Math.abs(x - 0.5) - 0.4) < 1e-9),
  },
  {
    id: 'power-below-power',
    tex: String.raw`n^2 < (n+1)^{5/2}`,
    truth: () => all(integers(2000), n => n * n < (n + 1) ** 2.5),
  },
  {
    id: 'hump-below',
    tex: String.raw`(n+1)^{20} < 10^{40}\left(\frac{11}{10}\right)^n`,
    truth: () => all(integers(5000), n => 20 * Math.log10(n + 1) < 40 + n * Math.log10(1.1)),
  },
  {
    id: 'harmonic-logarithm',
    tex: String.raw`\sum_{k=0}^{n}\frac1{k+1} < 2+\log(n+1)`,
    truth: () => all(integers(300), n => sum(n, k => 1 / (k + 1)) < 2 + Math.log(n + 1)),
  },
  {
    id: 'sum-of-roots',
    tex: String.raw`\sum_{k=0}^{n}\sqrt{k} \le (n+1)\sqrt{n}`,
    truth: () => all(integers(300), n => sum(n, Math.sqrt) <= (n + 1) * Math.sqrt(n)),
  },
  {
    id: 'logarithm-of-square',
    tex: String.raw`\log(n+1) < 3\log(n+2)`,
    truth: () => all(integers(300), n => Math.log(n + 1) < 3 * Math.log(n + 2)),
  },
  {
    id: 'dimension-below',
    tex: String.raw`p < p\sqrt{p+n+1}`,
    truth: () => all(integers(300), p => p <= p * Math.sqrt(p + 1)),
  },
  {
    id: 'hyperbolic',
    where: positive,
    tex: String.raw`\sinh(x) > x`,
    truth: () => all(grid(1e-2, 100), x => Math.sinh(x) > x),
  },
];

/** True, and undecided at worst. */
export const UNTOLD: readonly Tried[] = [
  {
    id: 'two-norms',
    keys: gradient,
    tex: String.raw`\|\nabla E\| \le \sum_i|\nabla_iE|`,
    truth: () => all(far, x => Math.hypot(x, 1) <= x + 1),
  },
  {
    id: 'root-below',
    tex: String.raw`n < 5000\sqrt{n+1} \quad \text{if } n \le 24999999`,
    truth: () => 24999999 < 5000 * Math.sqrt(25e6),
  },
  {
    id: 'narrow-hump-below',
    tex: String.raw`n^{900}\left(\frac{1999}{2000}\right)^n < 10^{5239}`,
    truth: () => 900 * Math.log10(1.8e6) + 1.8e6 * Math.log10(1999 / 2000) < 5238.9,
  },
  {
    id: 'pell-without-zero',
    tex: String.raw`\mathrm{sign}(n^2-2p^2)^2 = 1`,
    truth: () => all(integers(500), n => !Number.isInteger(Math.sqrt((n * n) / 2)) || n === 0),
  },
  { id: 'tiny-above', where: unit, tex: '(x^2-1/2)^2+10^{-40} > 0', truth: () => 1e-40 > 0 },
  {
    id: 'far-below',
    tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)^2} < 1.64493407`,
    truth: () => Math.PI ** 2 / 6 < 1.64493407,
  },
];
