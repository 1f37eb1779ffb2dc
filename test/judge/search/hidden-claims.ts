/**
 * Claims that fail where the digits, the sizes and the letters that are looked at first show nothing: far behind the point, at a zero of
 * what stands in a sum over its own letter, on a curve of integers, for hyperparameters that are large.
 */
import type { Tried } from './false-claims.ts';

const positive = 'x > 0';
const pair = String.raw`\beta in (0,1), \rho in (0,1)`;
const beta = String.raw`\beta in (0,1)`;
const schedule = String.raw`\eta_n schedule`;
const limit = 'about=gdx limit=large-n';
const always = (): boolean => true;

/** Refuted: a point shows it. */
export const REFUTED: readonly Tried[] = [
  {
    id: 'well-under-tanh',
    where: 'x in (0,3)',
    tex: String.raw`\tanh(10^8(x^3-x-\frac17)^2) > \frac12`,
    truth: () => Math.tanh(1e8 * (1.06496150670526 ** 3 - 1.06496150670526 - 1 / 7) ** 2) < 0.5,
  },
  {
    id: 'well-under-exp',
    where: 'x in (0,3)',
    tex: String.raw`\exp(-10^{9}(x^2-x-\frac17)^2) < \frac12`,
    truth: () => Math.exp(-1e9 * (((1 + Math.sqrt(11 / 7)) / 2) ** 2 - (1 + Math.sqrt(11 / 7)) / 2 - 1 / 7) ** 2) > 0.5,
  },
  {
    id: 'below-exponential',
    where: beta,
    tex: String.raw`\frac{1}{1-\beta} < e^{500}`,
    truth: () => 218 > 500 * Math.LOG10E,
  },
  { id: 'below-tower', where: positive, tex: String.raw`x < e^{e^6}`, truth: () => 176 > Math.exp(6) * Math.LOG10E },
  { id: 'below-cosh', tex: String.raw`n < \cosh(60)`, truth: () => 1e27 > Math.cosh(60) },
  { id: 'below-one', where: positive, tex: String.raw`\tanh(x) < 1-1/\cosh(500)`, truth: () => 2 * 600 > 501 },
  { id: 'tanh-far', tex: String.raw`\tanh(100) = 1`, truth: () => 2 * Math.exp(-200) > 0 },
  {
    id: 'exp-small',
    where: positive,
    tex: String.raw`1+\exp(-x) = 1 \quad \text{if } x > 300`,
    truth: () => Math.exp(-301) > 0,
  },
  {
    id: 'root-of-nearly',
    where: positive,
    tex: String.raw`\sqrt{x^2+10^{-100}} = x`,
    truth: () => 1e-100 > 0,
  },
  { id: 'sine-small', tex: String.raw`\sin(10^{-40}) = 10^{-40}`, truth: () => 1e-40 ** 3 > 0 },
  {
    id: 'series-of-e',
    tex: String.raw`\sum_{k=0}^{60}\frac{(-1)^k}{\prod_{l=1}^kl} = \exp(-1)`,
    truth: () => Array.from({ length: 61 }, (_, k) => k + 1).reduce((rest, k) => rest / k, 1) > 0,
  },
  {
    id: 'loss-far',
    keys: 'about=gdx setting=full-batch',
    tex: String.raw`\exp(-E(\theta)^2-150)+E(\theta) = E(\theta)`,
    truth: () => Math.exp(-150) > 0,
  },
  { id: 'sign-of-term', where: schedule, tex: String.raw`\sum_{k=0}^n\mathrm{sign}(\eta_k)^2 = n+1`, truth: always },
  {
    id: 'sign-of-factor',
    where: schedule,
    tex: String.raw`\prod_{k=0}^n\mathrm{sign}(\eta_k-3/7)^2 = 1`,
    truth: always,
  },
  {
    id: 'sign-of-last-factor',
    where: schedule,
    tex: String.raw`\prod_{k=1}^n\mathrm{sign}(\eta_{k+1}-\eta_1-3/11)^2 = 1`,
    truth: always,
  },
  {
    id: 'sign-of-coordinate',
    keys: 'about=gdx setting=full-batch',
    tex: String.raw`\sum_{i=1}^p\mathrm{sign}(\theta_i-3/7)^2 = p`,
    truth: always,
  },
  {
    id: 'sign-of-function',
    where: String.raw`\phi smooth`,
    tex: String.raw`\mathrm{sign}(\phi(n))^2 = 1`,
    truth: always,
  },
];

/** False, and no point of those that are gone to shows it. */
export const OPEN: readonly Tried[] = [
  {
    id: 'three-sines',
    where: 'x in (0,1000)',
    tex: String.raw`\sin(x) + \sin(\sqrt2x)+\sin(\sqrt3x) < 2.99`,
    truth: () =>
      Array.from({ length: 1_000_000 }, (_, at) => at / 1000).some(
        x => Math.sin(x) + Math.sin(Math.SQRT2 * x) + Math.sin(Math.sqrt(3) * x) >= 2.99,
      ),
  },
  { id: 'tanh-of-large', tex: String.raw`\tanh(n) < 1-e^{-2000}`, truth: () => 2 * 2000 > 2000 },
  { id: 'tanh-of-larger', where: positive, tex: String.raw`\tanh(x) < \tanh(900)`, truth: () => 901 > 900 },
  {
    id: 'multiples-of-pi',
    tex: String.raw`|n\pi - p| > 10^{-6} \quad \text{if } n \ge 1`,
    truth: () => Math.abs(1725033 * Math.PI - 5419351) < 1e-6,
  },
  {
    id: 'pell-times-itself',
    tex: '(n^2-61p^2-1)(n^2-61p^2-1) > 0',
    truth: () => 1766319049n ** 2n - 61n * 226153980n ** 2n === 1n,
  },
  {
    id: 'pell-completed',
    tex: '(n^2-61p^2)(n^2-61p^2-2)+1 > 0',
    truth: () => 1766319049n ** 2n - 61n * 226153980n ** 2n === 1n,
  },
  {
    id: 'pell-turned',
    tex: '(n^2-61p^2)(2-n^2+61p^2) < 1',
    truth: () => 1766319049n ** 2n - 61n * 226153980n ** 2n === 1n,
  },
  { id: 'exp-beyond', tex: String.raw`1+\exp(-4000) = 1`, truth: always },
  { id: 'tanh-beyond', tex: String.raw`\tanh(1000) = 1`, truth: always },
  {
    id: 'cosine-beyond',
    where: 'x in (-1,1)',
    tex: String.raw`\cos(10^{-60}x) = 1`,
    truth: () => (1e-60 * 0.5) ** 2 > 0,
  },
  {
    id: 'tanh-below',
    where: positive,
    tex: String.raw`\tanh(x) < 1-10^{-600}`,
    truth: () => 2 * 1000 * Math.LOG10E > 600,
  },
  {
    id: 'pell',
    tex: String.raw`(n^2-61p^2-1)^2 > 0`,
    truth: () => 1766319049n ** 2n - 61n * 226153980n ** 2n === 1n,
  },
  {
    id: 'pell-sign',
    tex: String.raw`\mathrm{sign}(n^2-13p^2-1)^2 = 1`,
    truth: () => 649 ** 2 - 13 * 180 ** 2 === 1,
  },
  {
    id: 'nagell',
    tex: String.raw`(2^n-p^2-7)^2 > 0 \quad \text{if } n \ge 8`,
    truth: () => 2 ** 15 - 181 ** 2 === 7,
  },
  {
    id: 'sum-that-diverges',
    where: beta,
    keys: limit,
    tex: String.raw`\sum_{k=0}^n(2\beta)^k = \frac1{1-2\beta}`,
    truth: () => 2 * 0.75 > 1,
  },
  {
    id: 'sum-of-two-that-diverges',
    where: pair,
    keys: limit,
    tex: String.raw`\sum_{k=0}^n(\beta+\rho)^k = \frac1{1-\beta-\rho}`,
    truth: () => 0.6 + 0.7 > 1,
  },
];

/** True claims beside them. */
export const HOLD: readonly Tried[] = [
  { id: 'tanh-below-more', where: positive, tex: String.raw`\tanh(x) < 1+e^{-3}`, truth: always },
  { id: 'pell-not-negative', tex: String.raw`(n^2-61p^2-1)(n^2-61p^2-1) \ge 0`, truth: always },
  {
    id: 'two-sines',
    where: 'x in (0,1000)',
    tex: String.raw`\sin(x) + \sin(\sqrt2x) < 4`,
    truth: always,
  },
  {
    id: 'shallow-under-tanh',
    where: 'x in (0,3)',
    tex: String.raw`\tanh(9(x^3-x-\frac17)^2+2) > \frac12`,
    truth: () => Math.tanh(2) > 0.5,
  },
  { id: 'far-above-bounded', where: positive, tex: String.raw`\frac{x}{1+x} < \cosh(50)`, truth: always },
  {
    id: 'hyperbolic-double',
    where: positive,
    tex: String.raw`\sinh(2x) = 2\sinh(x)\cosh(x)`,
    truth: () => Math.abs(Math.sinh(2) - 2 * Math.sinh(1) * Math.cosh(1)) < 1e-14,
  },
  { id: 'logarithm-of-product', tex: String.raw`\log(8) = 3\log(2)`, truth: always },
  {
    id: 'root-of-sum',
    tex: String.raw`\sqrt2+\sqrt3 = \sqrt{5+2\sqrt6}`,
    truth: () => Math.abs(Math.sqrt(2) + Math.sqrt(3) - Math.sqrt(5 + 2 * Math.sqrt(6))) < 1e-14,
  },
  {
    id: 'sizes-of-a-product',
    where: schedule,
    tex: String.raw`\prod_{k=0}^n|\eta_k| = \left|\prod_{k=0}^n\eta_k\right|`,
    truth: always,
  },
  { id: 'square-apart', tex: String.raw`(n-p-11)^2+(p-5)^2 \ge 0`, truth: always },
  {
    id: 'sum-that-converges',
    where: beta,
    keys: `${limit} assume={\\beta < 1/2}`,
    tex: String.raw`\sum_{k=0}^n(2\beta)^k = \frac1{1-2\beta}`,
    truth: () => 2 * 0.49 < 1,
  },
  {
    id: 'power-of-a-mean',
    where: beta,
    keys: limit,
    tex: String.raw`1+\left(\frac{1+\beta}2\right)^n = 1`,
    truth: () => (1 + 0.99) / 2 < 1,
  },
];
