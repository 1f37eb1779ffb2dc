/** Claims that fail in a small region, far out, or at one point alone; each with a computation that shows where. */

export interface Tried {
  readonly id: string;
  readonly where?: string;
  readonly keys?: string;
  readonly tex: string;
  /** Whether the claim is what is said of it, by numbers that have nothing to do with the judge. */
  readonly truth: () => boolean;
}

const sum = (to: number, term: (k: number) => number): number =>
  Array.from({ length: to + 1 }, (_, k) => term(k)).reduce((a, b) => a + b, 0);
/** No violation is left at a zero. */
const vanishes = (value: number, within = 1e-15): boolean => Math.abs(value) <= within;
const unit = 'x in (0,1)';
const both = 'x in (0,1), y in (0,1)';
const positive = 'x > 0';
const pair = 'x > 0, y > 0';
const beta = String.raw`\beta in (0,1)`;
const gradient = 'about=gdx setting=full-batch';

/** Refuted: a rational point shows it. */
export const REFUTED: readonly Tried[] = [
  {
    id: 'narrow-parabola',
    where: unit,
    tex: String.raw`(997x-401)(997x-402) \ge 0`,
    truth: () => (0.5 - 0) * (0.5 - 1) < 0,
  },
  {
    id: 'narrow-cubic',
    where: unit,
    tex: String.raw`(x^3-1/3)^2 \ge 10^{-11}`,
    truth: () => (0.693361 ** 3 - 1 / 3) ** 2 < 1e-11,
  },
  {
    id: 'narrow-ring',
    where: both,
    tex: String.raw`(x^2+2y^2-1/2)^2 \ge 10^{-10}`,
    truth: () => (0.25 + 2 * 0.353553 ** 2 - 0.5) ** 2 < 1e-10,
  },
  { id: 'narrow-point', where: both, tex: String.raw`(x-1/7)^2+(y-2/7)^2 \ge 10^{-9}`, truth: () => 0 < 1e-9 },
  {
    id: 'narrow-curve',
    where: pair,
    tex: String.raw`(xy-2)^2+10^{-8} > 2\cdot 10^{-8}`,
    truth: () => vanishes(1 * 2 - 2),
  },
  {
    id: 'product-of-two',
    where: unit,
    tex: String.raw`(x-1/5)(x-4/5)+\frac{9}{100}-10^{-9} > 0`,
    truth: () => (0.5 - 0.2) * (0.5 - 0.8) + 0.09 - 1e-9 <= 0,
  },
  {
    id: 'narrow-gradient',
    keys: gradient,
    tex: String.raw`((\nabla_jE)^2-3)^2 \ge 10^{-8}`,
    truth: () => (1.73205 ** 2 - 3) ** 2 < 1e-8,
  },
  {
    id: 'narrow-root',
    where: positive,
    tex: String.raw`(\sqrt{x}-\frac{7}{5})^2 \ge 10^{-9}`,
    truth: () => (Math.sqrt(1.96) - 1.4) ** 2 < 1e-9,
  },
  { id: 'beside-half', where: unit, tex: String.raw`x(1-x) < \frac14-10^{-7}`, truth: () => 0.5 * 0.5 >= 0.25 - 1e-7 },
  {
    id: 'weighted-power',
    where: beta,
    tex: String.raw`n\beta^n(1-\beta) \le 0.365`,
    truth: () => 200 * (200 / 201) ** 200 * (1 / 201) > 0.365,
  },
  {
    id: 'squared-weight',
    where: beta,
    tex: String.raw`n^2\beta^n(1-\beta)^2 \le 0.53`,
    truth: () => 400 ** 2 * (200 / 201) ** 400 * (1 / 201) ** 2 > 0.53,
  },
  { id: 'harmonic', tex: String.raw`\sum_{k=0}^{n}\frac1{k+1} < 5`, truth: () => sum(99, k => 1 / (k + 1)) >= 5 },
  {
    id: 'squares',
    tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)^2} < 1.63`,
    truth: () => sum(80, k => 1 / (k + 1) ** 2) >= 1.63,
  },
  { id: 'euler', tex: String.raw`\left(1+\frac1{n+1}\right)^{n+1} < 2.71`, truth: () => (1 + 1 / 200) ** 200 >= 2.71 },
  { id: 'telescope', tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)(k+2)} \le 0.995`, truth: () => 1 - 1 / 402 > 0.995 },
  { id: 'linear-growth', tex: String.raw`n < 500\sqrt{n+1}`, truth: () => 3e5 >= 500 * Math.sqrt(3e5 + 1) },
  { id: 'root-growth', tex: String.raw`n < 5000\sqrt{n+1}`, truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 1) },
  { id: 'root-difference', tex: String.raw`5000\sqrt{n+1} - n > 0`, truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 1) },
  {
    id: 'root-growth-from',
    tex: String.raw`n < 10^{12}\sqrt{n+1} \quad \text{if } n \ge 13`,
    truth: () => 1e25 >= 1e12 * Math.sqrt(1e25),
  },
  { id: 'square-growth', tex: String.raw`n^2 < 10^{9}(n+1)`, truth: () => 2e9 ** 2 >= 1e9 * (2e9 + 1) },
  {
    id: 'exponential-growth',
    tex: String.raw`1.00001^n < 10^{90}+n`,
    truth: () => 1e8 * Math.log(1.00001) > 91 * Math.LN10,
  },
  {
    id: 'power-beyond-exponential',
    tex: String.raw`n^{12} < 10^{43}\left(\frac{1001}{1000}\right)^n`,
    truth: () => 12 * Math.log(12e3) >= 43 * Math.LN10 + 12e3 * Math.log(1.001),
  },
  {
    id: 'narrow-hump',
    tex: String.raw`n^{900}\left(\frac{1999}{2000}\right)^n < 10^{5238}`,
    truth: () => 900 * Math.log10(1.8e6) + 1.8e6 * Math.log10(1999 / 2000) > 5238,
  },
  {
    id: 'root-and-logarithm',
    tex: String.raw`\sqrt{n} < 100\log(n+2)+100`,
    truth: () => 1e4 > 100 * Math.log(1e8) + 100,
  },
  { id: 'slow-logarithm', tex: String.raw`\log(n+1) < 60`, truth: () => Math.log(2) * 90 > 60 },
  {
    id: 'slow-powers',
    tex: String.raw`\frac{\log(n+2)}{n^{1/50}+1} < 13`,
    truth: () => Math.log(2 ** 90) / (2 ** (90 / 50) + 1) >= 13,
  },
  {
    id: 'euler-beyond',
    tex: String.raw`\left(1+\frac1{n+1}\right)^{n+1} < 2.7182818284`,
    truth: () => (Math.E - 2.7) * 1e10 > 182818284,
  },
  { id: 'dimension-growth', tex: String.raw`p < 5000\sqrt{p+n+1}`, truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 2) },
  { id: 'both-grow', tex: String.raw`np < 10^{6}(n+p)`, truth: () => 3e6 ** 2 >= 1e6 * 6e6 },
  {
    id: 'label-grows',
    keys: 'about=gdx order=1',
    tex: String.raw`t_k \le 5000h\sqrt{k+1}`,
    truth: () => 3e7 > 5000 * Math.sqrt(3e7 + 1),
  },
  {
    id: 'sign-at-far-p',
    tex: String.raw`\mathrm{sign}(p-400000)^2 = 1`,
    truth: () => Math.sign(400000 - 400000) === 0,
  },
  {
    id: 'sign-at-far-n',
    keys: gradient,
    tex: String.raw`\mathrm{sign}(\|\nabla E\|^2+1)^2 = \mathrm{sign}(n-400000)^2`,
    truth: () => Math.sign(400000 - 400000) === 0,
  },
  { id: 'far-p', tex: String.raw`p < 1000 \quad \text{if } p \ge 2`, truth: () => [1000].every(p => p >= 1000) },
  {
    id: 'sign-far-out',
    tex: String.raw`\mathrm{sign}(5000\sqrt{n+1}-n) = 1`,
    truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 1),
  },
  {
    id: 'bar-far-out',
    tex: String.raw`|5000\sqrt{n+1}-n| = 5000\sqrt{n+1}-n`,
    truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 1),
  },
  {
    id: 'maximum-far-out',
    tex: String.raw`\max(n, 5000\sqrt{n+1}) = 5000\sqrt{n+1}`,
    truth: () => 3e7 >= 5000 * Math.sqrt(3e7 + 1),
  },
  { id: 'far-number', where: positive, tex: 'x < 10^{9}', truth: () => 2e9 >= 1e9 },
  { id: 'near-number', where: positive, tex: 'x > 10^{-9}', truth: () => 1e-10 <= 1e-9 },
  { id: 'far-logarithm', where: positive, tex: String.raw`\log(1+x) < 40`, truth: () => Math.log(1 + 1e18) >= 40 },
  { id: 'far-exponential', where: positive, tex: String.raw`\exp(-x) > 10^{-30}`, truth: () => Math.exp(-80) <= 1e-30 },
  { id: 'steep-power', where: unit, tex: 'x^{300} < 1/2', truth: () => 0.9999 ** 300 >= 0.5 },
  { id: 'small-power', where: beta, tex: String.raw`\beta^n > 10^{-60}`, truth: () => 1e-4 ** 40 <= 1e-60 },
  {
    id: 'saturated-quotient',
    where: positive,
    tex: String.raw`\frac{x}{x+10^{-9}} > \frac12`,
    truth: () => 1e-10 / (1e-10 + 1e-9) <= 0.5,
  },
  { id: 'large-gradient', keys: gradient, tex: String.raw`|\nabla_jE| < 10^{6}`, truth: () => 1e7 >= 1e6 },
  { id: 'one-rational', where: unit, tex: '(17x-3)^2 > 0', truth: () => (17 * 3) / 17 - 3 === 0 },
  {
    id: 'one-gradient',
    keys: gradient,
    tex: String.raw`(\nabla_jE)^2+\frac{4}{81} > \frac49\nabla_jE`,
    truth: () => vanishes((2 / 9) ** 2 + 4 / 81 - (4 / 9) * (2 / 9)),
  },
  { id: 'one-line', where: pair, tex: '(x-y-1)^2+(2y-x)^2 > 0', truth: () => (2 - 1 - 1) ** 2 + (2 - 2) ** 2 === 0 },
  {
    id: 'three-bars',
    where: 'x > 0, y > 0, z > 0',
    tex: '|x-z|+|y-z|+|x+y-5| > 0',
    truth: () => Math.abs(2.5 + 2.5 - 5) === 0,
  },
  {
    id: 'shifted-chain',
    where: 'x > 0, y > 0, z > 0',
    tex: '(x-y-3)^2+(y-z)^2 > 0',
    truth: () => vanishes((4 - 1 - 3) ** 2 + (1 - 1) ** 2),
  },
  {
    id: 'function-at-zero',
    where: String.raw`\psi smooth, x > 0`,
    tex: String.raw`\psi(x)^2+\psi(2x)^2 > 0`,
    truth: () => vanishes(0),
  },
  {
    id: 'odd-function',
    where: String.raw`\phi odd smooth, x > 0`,
    tex: String.raw`x\,\phi(x)^2 > 0`,
    truth: () => vanishes(0),
  },
  {
    id: 'schedule-zero',
    where: String.raw`\eta_n schedule`,
    tex: String.raw`\eta_n^4+\eta_0^2 > 0`,
    truth: () => vanishes(0),
  },
  {
    id: 'schedule-factors',
    where: String.raw`\eta_n schedule`,
    tex: String.raw`\prod_{k=0}^{n}(\eta_k-1)^2 > 0`,
    truth: () => vanishes((1 - 1) ** 2),
  },
  { id: 'two-integers', tex: '(n-5p)^2+(p-9)^2 > 0', truth: () => (45 - 45) ** 2 + (9 - 9) ** 2 === 0 },
  { id: 'sign-of-square', tex: String.raw`\mathrm{sign}(n-p^2-43)^2 = 1`, truth: () => 44 - 1 - 43 === 0 },
  { id: 'sign-of-product', tex: String.raw`\mathrm{sign}(np-119)^2 = 1`, truth: () => 17 * 7 === 119 },
  { id: 'sign-of-pell', tex: String.raw`\mathrm{sign}(n^2-13p^2-4)^2 = 1`, truth: () => 11 ** 2 - 13 * 3 ** 2 === 4 },
  { id: 'sign-of-root', tex: String.raw`\mathrm{sign}(\sqrt{n}-6)^2 = 1`, truth: () => Math.sqrt(36) === 6 },
  {
    id: 'sign-of-roots',
    tex: String.raw`\mathrm{sign}(\sqrt{n}-\sqrt{p}-4)^2 = 1`,
    truth: () => Math.sqrt(25) - 1 === 4,
  },
  {
    id: 'bar-at-a-root',
    keys: gradient,
    tex: String.raw`|\nabla_jE-\sqrt3| = \nabla_jE-\sqrt3 \quad \text{if } \nabla_jE > 1.732`,
    truth: () => 1.732 < Math.sqrt(3),
  },
  {
    id: 'sign-below-a-root',
    where: positive,
    tex: String.raw`\mathrm{sign}(x^2-3) = -1 \quad \text{if } x < 1.7320509`,
    truth: () => 1.73205085 ** 2 > 3,
  },
  {
    id: 'sign-of-powers',
    where: String.raw`\beta in (0,1), \rho in (0,1)`,
    tex: String.raw`\mathrm{sign}(\beta^{n+2}-\rho^{n+3})^2 = 1`,
    truth: () => 0.125 ** 2 === 0.25 ** 3,
  },
  {
    id: 'border-above',
    where: positive,
    tex: String.raw`x^2 > 5 \quad \text{if } x > 2.2360679`,
    truth: () => 2.23606795 ** 2 <= 5,
  },
  {
    id: 'border-below',
    where: positive,
    tex: String.raw`x^3 < 2 \quad \text{if } x < 1.2599211`,
    truth: () => 1.25992107 ** 3 >= 2,
  },
  {
    id: 'border-of-both',
    where: unit,
    keys: 'about=gdx',
    tex: String.raw`x(1-x) > \frac14-10^{-8} \quad \iff |x-1/2| < 3\cdot10^{-4}`,
    truth: () => 2e-4 ** 2 > 1e-8,
  },
];

/** Undecided, with a reason: false at irrational points, or too far out to be gone to. */
export const OPEN: readonly Tried[] = [
  {
    id: 'irrational-square',
    where: unit,
    tex: '(x^2-1/3)^2 > 0',
    truth: () => Math.abs(Math.sqrt(1 / 3) ** 2 - 1 / 3) < 1e-15,
  },
  { id: 'irrational-bar', where: positive, tex: '|x^2-7| > 0', truth: () => Math.abs(Math.sqrt(7) ** 2 - 7) < 1e-14 },
  {
    id: 'irrational-cube',
    where: positive,
    tex: '(x^3-2)^4 > 0',
    truth: () => Math.abs(Math.cbrt(2) ** 3 - 2) < 1e-14,
  },
  {
    id: 'irrational-curves',
    where: both,
    tex: '(x-y^3)^2+(x+y-1/2)^2 > 0',
    truth: () => vanishes(0.42385 ** 3 + 0.42385 - 0.5, 1e-4),
  },
  {
    id: 'irrational-gradient',
    keys: gradient,
    tex: String.raw`((\nabla_jE)^2-5)^2 > 0`,
    truth: () => Math.abs(Math.sqrt(5) ** 2 - 5) < 1e-14,
  },
  {
    id: 'irrational-norm',
    keys: gradient,
    tex: String.raw`(\|\nabla E\|^2-2)^2+(\nabla_jE-\nabla_1E)^2 > 0`,
    truth: () => Math.abs(Math.sqrt(2) ** 2 - 2) < 1e-14,
  },
  {
    id: 'exponential-meets',
    where: positive,
    tex: String.raw`(\exp(x)-2)^2 > 0`,
    truth: () => Math.abs(Math.exp(Math.log(2)) - 2) < 1e-14,
  },
  {
    id: 'sum-of-powers',
    where: beta,
    tex: String.raw`\mathrm{sign}\left(\sum_{k=0}^{n}\beta^k-\frac52\right)^2 = 1`,
    truth: () => 1 + 0.5 < 2.5 && 1 + 0.9 + 0.81 > 2.5,
  },
  {
    id: 'long-sum',
    tex: String.raw`\sum_{k=0}^{n}\sqrt{k} < 1000(n+1)`,
    truth: () => (2 / 3) * 3e6 ** 1.5 > 1000 * 3e6,
  },
  { id: 'sum-of-integers', tex: String.raw`\sum_{k=0}^{n}k < 10^{6}(n+1)`, truth: () => 3e6 / 2 >= 1e6 },
  {
    id: 'logarithm-beyond',
    tex: String.raw`n\log(n+1) < 10^{6}(n+1)`,
    truth: () => Math.log(Math.exp(700)) ** 3 > 1e6,
  },
  {
    id: 'label-of-gradient',
    keys: 'about=gdx order=1',
    tex: String.raw`|\nabla_jE_k|k \le 5000\sqrt{k+1}|\nabla_jE_k|`,
    truth: () => 3e7 > 5000 * Math.sqrt(3e7 + 1),
  },
  {
    id: 'coordinate-of-gradient',
    keys: 'about=gdx order=1',
    tex: String.raw`|\nabla_iE|i \le 5000\sqrt{i+1}|\nabla_iE|`,
    truth: () => 3e7 > 5000 * Math.sqrt(3e7 + 1),
  },
  {
    id: 'one-norm',
    keys: gradient,
    tex: String.raw`\sum_i|\nabla_iE| \le 1000\|\nabla E\|`,
    truth: () => 2e6 > 1000 * Math.sqrt(2e6),
  },
  { id: 'slow-harmonic', tex: String.raw`\sum_{k=0}^{n}\frac1{k+1} < 30`, truth: () => Math.log(2 ** 44) + 0.577 > 30 },
  {
    id: 'nearly-one',
    tex: String.raw`\sum_{k=0}^{n}\frac1{(k+1)(k+2)} < 0.999999999`,
    truth: () => 1 - 1 / 1e10 > 0.999999999,
  },
];
