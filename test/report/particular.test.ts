/** One loss put in: closed forms by hand, fixed points beside numbers, and what is printed read back as claims. */
import { describe, expect, it } from 'vitest';
import { readLossOption } from '../../src/document/loss-option.ts';
import { libraryOf } from '../../src/document/library.ts';
import { readDocuments } from '../../src/document/read/read-documents.ts';
import { builtInDocuments, builtInOptimizer } from '../../src/files/documents/load.ts';
import * as build from '../../src/formula/build.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { PrintedWrongly } from '../../src/judge/check/self-check.ts';
import {
  checkParticular,
  deriveParticular,
  type ParticularTheorem,
} from '../../src/report/theorem/particular/particular-theorem.ts';
import {
  particularJson,
  particularLatex,
  particularText,
} from '../../src/report/theorem/particular/print-particular.ts';

function derived(id: string, loss: string, more: { order?: number; limit?: 'large-n' } = {}): ParticularTheorem {
  const optimizer = builtInOptimizer(id);
  if (!optimizer) throw new Error(`no ${id}`);
  const option = readLossOption(optimizer, loss);
  if (!option.ok) throw new Error(option.problems[0]?.message);
  const result = deriveParticular(optimizer, { setting: 'full-batch', order: 1, ...more }, option.value);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

const refusal = (id: string, loss: string): string | undefined => {
  const optimizer = builtInOptimizer(id);
  const option = optimizer && readLossOption(optimizer, loss);
  return option && !option.ok ? option.problems[0]?.code : undefined;
};

const points = (found: ParticularTheorem): NonNullable<ParticularTheorem['particular']['fixedPoints']>['points'] =>
  found.particular.fixedPoints?.points ?? [];

describe('½(y − θ_1θ_2x)² in gradient descent', () => {
  const found = derived('gd', '(y - x1*x2*x)^2/2');
  const text = particularText(found);

  it('has its modified loss E + (h/4)‖∇E‖²', () => {
    expect(text).toContain('(θ) = (y - x θ_1 θ_2)^2 / 2 +');
    expect(text).toContain('x^2 (y - x θ_1 θ_2)^2 (θ_1^2 + θ_2^2) / 4');
  });

  it('has a saddle at 0 and the attracting curve θ_1θ_2x = y', () => {
    expect(found.particular.fixedPoints?.complete).toBe(true);
    expect(points(found).map(({ stability, isExact }) => [stability, isExact])).toEqual([
      ['saddle', true],
      ['attracting', true],
    ]);
    expect(points(found)[1]?.eigenvalues?.map(({ count }) => count)).toEqual([1, 1]);
  });

  it('is read in LaTeX as well', () => {
    const behind = (whole: string): string => whole.slice(whole.indexOf('\n'));
    expect(behind(particularText(derived('gd', '\\frac12(y-\\theta_1\\theta_2x)^2')))).toBe(behind(text));
  });
});

it('quadratics: the eigenvalues are those of log(1 − hλ)/h, cut off', () => {
  const found = derived('gd', '(lambda1*x1^2 + lambda2*x2^2)/2', { order: 3 });
  const [point] = points(found);
  expect(point?.components.map(({ value }) => value)).toEqual([build.number(0), build.number(0)]);
  expect(point?.eigenvalues).toHaveLength(2);
  expect(particularText(found).replaceAll(/\s+/g, ' ')).toContain('-λ₁ (12 + 6 h λ₁ + 4 h^2 λ₁^2 + 3 h^3 λ₁^3) / 12');
});

it('a double well: ±√a with its eigenvalue −2a − 2ha²', () => {
  const text = particularText(derived('gd', '(x1^2 - a)^2/4'));
  expect(text).toContain('θ_1 = ±√(a); eigenvalues -2 a (1 + h a)');
  expect(text.split('\n').every(line => line.length <= 80)).toBe(true);
});

it.each<[string, string, number, string[]]>([
  // θ̇ = θ³ − … and θ̇ = −θ² + …: repelling and half-stable, with the eigenvalue 0 alone.
  ['gd', '-x1^4/4', 1, ['degenerate']],
  ['gd', 'x1^3/3', 1, ['degenerate']],
  // 0 beside −1, and only the first component is solved for: θ_2 = 0 is not free.
  ['gd', 'x1^2/2 + x2^4/4', 1, ['degenerate']],
  ['gd', '-x1^2/2 + x2^2/2 + x3^4/4', 1, ['saddle']],
  // A saddle for every a that is not 0.
  ['gd', 'a*x1*x2', 1, ['saddle']],
  ['extragradient', 'a*x1*x2', 2, ['saddle']],
  // Two eigenvalues c ± √r: their product and their sum tell.
  ['gd', '(x1^2 + x1*x2 + x2^2)/2', 1, ['attracting']],
  ['gd', '-(x1^2 + x1*x2 + x2^2)/2', 1, ['repelling']],
  ['gd', '(x1^2 + 5*x1*x2 + x2^2)/2', 1, ['saddle']],
  ['gd', '(2*x1^2 + x1*x2 + 3*x2^2)/2', 2, ['attracting']],
  ['gd', '(2*x1^2 + 7*x1*x2 + 3*x2^2)/2', 2, ['saddle']],
  ['gd', '(c*x1^2 + x1*x2 + x2^2)/2', 1, ['open']],
])('%s with %s at order %i: %s', (id, loss, order, expected) => {
  expect(points(derived(id, loss, { order })).map(({ stability }) => stability)).toEqual(expected);
});

it('where the linearisation does not tell, it is said', () => {
  expect(particularText(derived('gd', '-x1^4/4')).replaceAll(/\s+/g, ' ')).toContain(
    'eigenvalues 0; the linearisation does not tell whether it is attracting',
  );
});

it('a diagonal linear network with momentum after many steps has two families besides 0', () => {
  const found = derived('heavy-ball', '(y - a*x1*x3 - b*x2*x4)^2/2', { limit: 'large-n' });
  expect(found.particular.fixedPoints?.complete).toBe(true);
  expect(points(found).map(({ components }) => components.filter(({ value }) => value === null).length)).toContain(3);
});

it('adaptive steps have fixed points too, and no modified loss that is a polynomial', () => {
  const found = derived('adam', 'lambda*x1^2/2', { limit: 'large-n' });
  expect(found.particular.potential).toBe(null);
  expect(points(found)).toHaveLength(1);
});

it.each<[string, string, { limit?: 'large-n' }]>([
  ['gd', '(y - x1*x2*x)^2/2', {}],
  ['heavy-ball', '(x1^2 - a)^2/4', {}],
  ['nesterov', '(c*x1^2 + x1*x2 + x2^2)/2', { limit: 'large-n' }],
  ['adam', 'c*x1^2/2', { limit: 'large-n' }],
])(
  'what is printed of %s is proved when it is pasted back',
  (id, loss, more) => {
    const found = derived(id, loss, more);
    const [key = '', ...display] = particularLatex(found).split('\n');
    const end = display.indexOf('\\end{align*}') + 1;
    const symbols = found.particular.symbols.map(({ name }) => `${name} in \\mathbb{R}`).join(', ');
    const limit = more.limit === undefined ? '' : ' limit=large-n';
    const text = [
      `% !modeq claim pasted about=${id} ${key.replace(/^% /, '')}${limit}`,
      ...(symbols === '' ? [] : [`% !modeq where ${symbols}`]),
      ...display.slice(0, end),
    ].join('\n');
    const builtIn = builtInDocuments().documents;
    const [document] = readDocuments([{ name: 'pasted.tex', text }], () => libraryOf(builtIn));
    const [claim] = document?.claims ?? [];
    if (!document || !claim) throw new Error(`not read: ${JSON.stringify(document?.unreadable[0]?.problems)}`);
    const context = {
      library: documentIndexOf(document, builtIn),
      engine: standardEngine,
      equations: new Equations(standardEngine),
    };
    const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 8, suggestions: false });
    expect(verdict.verdict, verdict.statements[0]?.message ?? '').toBe('proved');
  },
  60_000,
);

it('the check before printing is seen to fail', () => {
  const { theorem, particular } = derived('gd', 'x1^4/4');
  const [[first = build.number(0)] = []] = particular.components;
  const wrong = { ...particular, components: [[first, build.number(1)]] };
  expect(() => checkParticular(theorem, wrong)).toThrow(PrintedWrongly);
  const otherLoss = { ...particular, potential: [build.iterate(build.number(1)), build.number(0)] };
  expect(() => checkParticular(theorem, otherLoss)).toThrow(PrintedWrongly);
});

it.each([
  ['exp(x1)', 'loss-not-polynomial'],
  ['y^2', 'loss-without-components'],
  ['x9', 'loss-too-large'],
  ['\\mu\\theta_1', undefined],
  ['x1^(2)', 'bad-loss'],
])('%s: %s', (loss, code) => {
  expect(refusal('gd', loss)).toBe(code);
});

it('is JSON', () => {
  const json = JSON.parse(JSON.stringify(particularJson(derived('gd', '(x1^2 - a)^2/4'))));
  expect(json).toMatchObject({ schema: 1, optimizer: 'gd', loss: { components: 1 }, fixedPoints: { complete: true } });
  expect(json.components[0].coefficients).toHaveLength(2);
});
