/** Claims that fail only where two things coincide are never supported; their true twins stay proved. */
import { describe, expect, it } from 'vitest';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { read } from '../document/reading.ts';

const equations = new Equations(standardEngine);
const HEAD = String.raw`% !modeq optimizer gd
% !modeq where \beta in (0,1), \rho in (0,1)
\[ \theta^{(n+1)} = \theta^{(n)} - h(\nabla E_n(\theta^{(n)}) + (\beta+\rho-\beta-\rho)\theta^{(n)}) \]
% !modeq optimizer hb
% !modeq where \beta in (0,1)
\[ m_j^{(n+1)} = \beta m_j^{(n)} + \nabla_jE_n(\theta^{(n)}), \quad \theta_j^{(n+1)} = \theta_j^{(n)} - h m_j^{(n+1)} \]
`;

function verdictOf(tex: string, keys: string): string {
  const document = read(`${HEAD}% !modeq claim c ${keys}\n\\[ ${tex} \\]\n`, 'coincide.tex');
  const [claim] = document.claims;
  if (claim === undefined) throw new Error(JSON.stringify([document.problems, document.unreadable]));
  const context = { library: documentIndexOf(document, []), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 60, suggestions: false }).verdict;
}

const weighted = (weight: string): string =>
  String.raw`m_j^{(n+1)} = \sum_{k=0}^{n}\beta^{n-k}(${weight})\nabla_jE_k + O(h)`;

const VALUES = 'about=gd setting=full-batch';
const MOTION = 'about=gd setting=full-batch order=0';
const RUNS = 'about=hb order=0';

const FALSE: readonly (readonly [string, string])[] = [
  [String.raw`np \le n^2+9 \quad \text{if } p \le 7`, VALUES],
  [String.raw`np \le n^2+9 \quad \text{if } p < 8`, VALUES],
  [String.raw`\beta np \le \beta n^2+9\beta \quad \text{if } p \le 7`, VALUES],
  [String.raw`np \le n^2+36 \quad \text{if } p \le 13`, VALUES],
  [String.raw`\sum_{k=1}^{n} p \le n^2+36 \quad \text{if } p \le 13`, VALUES],
  [String.raw`np \le n^2+20 \quad \text{if } p\le 10, n \ge 1`, VALUES],
  [String.raw`(n-7)^2 \ge p-7 \quad \text{if } p \le 8`, VALUES],
  [String.raw`|n-10| \ge p-7 \quad \text{if } p \le 8`, VALUES],
  [String.raw`n^2-14n+48+(8-p) \ge 0 \quad \text{if } p \le 8`, VALUES],
  [String.raw`(n-27)^2+(\beta-\rho)^2 > 0`, VALUES],
  [String.raw`|n-27|+|\beta-0.3| > 0`, VALUES],
  [String.raw`|p-27|+|\beta-0.3| > 0`, VALUES],
  [String.raw`\frac1{1+(n-27)^2} < 1+\beta^2-\beta\rho+\frac14\rho^2`, VALUES],
  [String.raw`|n-13|+|p-2|+|\beta-0.3| > 0`, VALUES],
  [String.raw`(n-27)^2+(p-7)^2 \ge 1`, VALUES],
  [String.raw`1+\max(0,1-|n-7|-|p-8|) = 1`, VALUES],
  [String.raw`\mathrm{sign}(|n-27|+|p-3|+|\beta-0.3|) = 1`, VALUES],
  [String.raw`\left(\sum_i|\nabla_iE|\right)^3 \le 196\sum_i|\nabla_iE|^3 \quad \text{if } p \le 15`, VALUES],
  [String.raw`\sum_i|\nabla_iE|-\sum_i(\nabla_iE)^2 \le 3 \quad \text{if } p \le 13`, VALUES],
  [String.raw`\dot\theta = -\mathrm{sign}((n-27)^2+(p-7)^2)\nabla E`, MOTION],
  [String.raw`\dot\theta = -(2-\mathrm{sign}(|n-7|+|p-6|))\nabla E`, MOTION],
  [String.raw`\dot\theta = -(1+\max(0,1-|n-7|-|p-8|))\nabla E`, MOTION],
  [String.raw`\dot\theta = -\mathrm{sign}(n-13+|\beta-0.3|)\nabla E \quad \text{if } n \ge 13`, MOTION],
  [String.raw`\dot\theta = -(1+\max(0,10^{-3}-|\beta-0.3|-|\rho-0.7|))\nabla E`, MOTION],
  [weighted(String.raw`1+\max(0,1-|k-17|)`), RUNS],
  [weighted(String.raw`1+\max(0,1-|n-17|)`), RUNS],
  [weighted(String.raw`1+\max(0,1-|n-k-17|)`), RUNS],
  [weighted(String.raw`1+\max(0,1-|(|k-9|-|p-7|)|)`), RUNS],
  [weighted(String.raw`2-\mathrm{sign}((k-9)^2+(p-7)^2)`), RUNS],
  [weighted(String.raw`1+\max(0,\min(k,n-k)-9)`), RUNS],
  [weighted(String.raw`1+\max(0,k-2p-9)`), RUNS],
  [
    String.raw`m_j^{(n+1)} = \sum_{k=0}^{n}\beta^{n-k}\left(\nabla_jE_k + h\sum_i\nabla_{ij}E_k\sum_{l=\min(k,15)}^{n-1}\sum_{m=0}^{l}\beta^{l-m}\nabla_iE_m\right) + O(h^2)`,
    'about=hb order=1',
  ],
];

const TRUE: readonly (readonly [string, string])[] = [
  [weighted('1'), RUNS],
  [String.raw`(n-27)^2+(p-7)^2 \ge 0`, VALUES],
  [String.raw`(n-27)^2+\beta^2 > 0`, VALUES],
  [String.raw`1+\max(0,-1-|n-7|-|p-8|) = 1`, VALUES],
  [String.raw`\mathrm{sign}(1+|n-27|+|p-3|+|\beta-0.3|) = 1`, VALUES],
  [String.raw`np \le n^2+p^2`, VALUES],
];

describe('what fails where two things coincide', () => {
  it.each(FALSE)('%s', (tex, keys) => {
    expect(['refuted', 'undecided']).toContain(verdictOf(tex, keys));
  });
});

/** Those of integers alone, and of equal components, are gone to. */
const MET: readonly string[] = [
  String.raw`np \le n^2+9 \quad \text{if } p \le 7`,
  String.raw`\sum_{k=1}^{n} p \le n^2+36 \quad \text{if } p \le 13`,
  String.raw`|n-10| \ge p-7 \quad \text{if } p \le 8`,
  String.raw`(n-27)^2+(p-7)^2 \ge 1`,
  String.raw`1+\max(0,1-|n-7|-|p-8|) = 1`,
  String.raw`\left(\sum_i|\nabla_iE|\right)^3 \le 196\sum_i|\nabla_iE|^3 \quad \text{if } p \le 15`,
];

/** Written without a bar, and with numbers that are worked out. */
const REWRITTEN: readonly string[] = [
  String.raw`\sqrt{(1-|n-7|-|\beta-0.3|)^2} = |n-7|+|\beta-0.3|-1`,
  String.raw`(n-2^5)^2+(\beta-\rho)^2 > 0`,
];

describe('what is gone to', () => {
  it.each(MET)('%s is refuted', tex => {
    expect(verdictOf(tex, VALUES)).toBe('refuted');
  });
  it.each(REWRITTEN)('%s is not supported', tex => {
    expect(['refuted', 'undecided']).toContain(verdictOf(tex, VALUES));
  });
});

describe('what holds there as well', () => {
  it.each(TRUE)('%s', (tex, keys) => {
    expect(verdictOf(tex, keys)).toBe('proved');
  });
});
