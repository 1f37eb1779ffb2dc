/**
 * Strict inequalities whose sides have one value, which no digits tell to be one: at a closed end of a domain, at an integer; and
 * inequalities between polynomials in two integers that hold on every small grid and not along a curve between its points.
 */
import type { Tried } from './false-claims.ts';

const always = (): boolean => true;
const square = 'x in [0,1], y in [0,1]';
const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-12;
const pell61 = (): boolean => 1766319049n ** 2n - 61n * 226153980n ** 2n === 1n;

/** Undecided, with the place. */
export const OPEN: readonly Tried[] = [
  {
    id: 'exponent-at-its-end',
    where: String.raw`\gamma >= 1`,
    tex: String.raw`(n+1)^{-\gamma} < \frac1{n+1} \quad \text{if } n \ge 1`,
    truth: always,
  },
  { id: 'power-at-its-end', where: String.raw`\gamma in [0,1]`, tex: String.raw`2^{-\gamma} > \frac12`, truth: always },
  { id: 'logarithm-at-its-end', where: 'x >= 2', tex: String.raw`\log x > \log 2`, truth: always },
  { id: 'root-at-its-end', where: 'x >= 2', tex: String.raw`\sqrt x > \sqrt 2`, truth: always },
  { id: 'tanh-at-its-end', where: 'x in [0,1]', tex: String.raw`\tanh x < \tanh 1`, truth: always },
  { id: 'at-two-ends', where: square, tex: 'e^{x+y} < e^{x}e^{1}', truth: always },
  {
    id: 'at-an-end-and-inside',
    where: square,
    tex: String.raw`e^{x} < e^{1}+(y-\frac13)^2`,
    truth: always,
  },
  {
    id: 'at-one-integer',
    tex: String.raw`\log(n^2-6n+14) > \log 5`,
    truth: () => near(Math.log(9 - 18 + 14), Math.log(5)),
  },
  {
    id: 'at-one-larger-integer',
    tex: String.raw`\log((n-777)^2+7) > \log 7`,
    truth: always,
  },
  {
    id: 'at-the-first-integer',
    where: 'x > 0',
    tex: String.raw`\log(n+2)+nx > \log 2`,
    truth: always,
  },
  { id: 'pell-multiplied-out', tex: 'n^4-122n^2p^2+3721p^4 \\ge 4', truth: pell61 },
  { id: 'pell-less-three', tex: 'n^4-122n^2p^2+3721p^4-3 > 0', truth: pell61 },
  {
    id: 'pell-square-multiplied-out',
    tex: 'n^4-2n^2(61p^2+1)+(61p^2+1)^2 > 0',
    truth: pell61,
  },
  {
    id: 'pell-expanded',
    tex: 'n^4+3721p^4+1-122n^2p^2-2n^2+122p^2 > 0',
    truth: pell61,
  },
  {
    id: 'pell-under-a-root',
    tex: String.raw`\sqrt{n^4+3721p^4-122n^2p^2} > 1`,
    truth: pell61,
  },
  {
    id: 'pell-times-a-number',
    where: 'x > 0',
    tex: 'xn^4+3721xp^4-122xn^2p^2 > x',
    truth: pell61,
  },
];

/** Signs and bars at such places. */
export const UNTOLD_ZEROS: readonly Tried[] = [
  {
    id: 'sign-at-its-end',
    where: 'x >= 2',
    tex: String.raw`\mathrm{sign}(\log x-\log 2)^2 = 1`,
    truth: always,
  },
  { id: 'bar-at-its-end', where: 'x >= 2', tex: String.raw`|\log x-\log 2| > 0`, truth: always },
  {
    id: 'tanh-sign-at-its-end',
    where: 'x in [0,1]',
    tex: String.raw`\mathrm{sign}(\tanh x-\tanh 1)^2 = 1`,
    truth: always,
  },
  {
    id: 'exponent-sign-at-its-end',
    where: String.raw`\gamma in [0,1]`,
    tex: String.raw`\mathrm{sign}(3^{\gamma}-3)^2 = 1`,
    truth: always,
  },
  {
    id: 'sign-at-one-integer',
    tex: String.raw`\mathrm{sign}(\log(n+1)-\log 8)^2 = 1`,
    truth: always,
  },
  {
    id: 'sign-at-one-far-integer',
    tex: String.raw`\mathrm{sign}(\log(n+1)-6\log 10)^2 = 1`,
    truth: () => near(Math.log(1e6), 6 * Math.log(10)),
  },
  {
    id: 'roots-at-one-integer',
    tex: String.raw`\mathrm{sign}(\sqrt{n+1}-\sqrt2-\sqrt8)^2 = 1`,
    truth: () => near(Math.sqrt(18), Math.sqrt(2) + Math.sqrt(8)),
  },
  {
    id: 'bar-at-one-integer',
    tex: String.raw`|\sqrt{n+1}-\sqrt{2}\sqrt{150}| > 0`,
    truth: () => near(Math.sqrt(300), Math.sqrt(2) * Math.sqrt(150)),
  },
  {
    id: 'another-zero-is-met',
    where: 'x >= 1',
    tex: String.raw`(x-1)\,\mathrm{sign}((x-1)(\log x-\log 2))^2 = x-1`,
    truth: always,
  },
];

/** True claims beside them, which stay supported. */
export const HOLD: readonly Tried[] = [
  { id: 'below-its-end', where: 'x in [0,1)', tex: String.raw`\tanh x < \tanh 1`, truth: always },
  { id: 'above-its-end', where: 'x > 2', tex: String.raw`\log x > \log 2`, truth: always },
  {
    id: 'sign-beyond-its-end',
    where: 'x > 2',
    tex: String.raw`\mathrm{sign}(\log x-\log 2) = 1`,
    truth: always,
  },
  { id: 'sign-between-integers', tex: String.raw`\mathrm{sign}(\sqrt{n+1}-\sqrt{18+\frac12})^2 = 1`, truth: always },
  { id: 'tanh-below-one', where: 'x > 0', tex: String.raw`\tanh x < 1`, truth: always },
  { id: 'may-meet', where: String.raw`\gamma >= 1`, tex: String.raw`(n+1)^{-\gamma} \le \frac1{n+1}`, truth: always },
  { id: 'form-without-zeros', tex: String.raw`n^4+n^2p^2+p^4-n^3p > 0`, truth: always },
  { id: 'square-multiplied-out', tex: String.raw`n^4-122n^2p^2+3721p^4 \ge 0`, truth: always },
];
