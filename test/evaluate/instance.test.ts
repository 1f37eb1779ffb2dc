import { describe, expect, it } from 'vitest';
import { formatPlace } from '../../src/base/span.ts';
import { Rational } from '../../src/number/rational.ts';
import { instanceToJson, jsonName } from '../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import type { Declaration } from '../../src/optimizer/model.ts';
import { adam } from './optimizers/adam.ts';

const valid = {
  n: 2,
  theta: ['1/3', '-2/5'],
  setting: 'mini-batch',
  hyperparameters: { beta: '9/10', rho: '99/100', epsilon: '1/100' },
  losses: ['x1^2/2 + x1*x2/3 - x2', 'x1*x2^2 + 2*x1', '(3/2 - 2*x1*x2)^2/2'],
};

const codes = async (
  change: object | string,
  declarations: readonly Declaration[] = adam.declarations,
): Promise<string[]> => {
  const text = typeof change === 'string' ? change : JSON.stringify({ ...valid, ...change });
  const result = await readInstance(text, { id: 'adam', declarations });
  return result.ok ? ['ok'] : result.problems.map(({ code }) => code);
};

describe('reading an instance', () => {
  it('keeps every number exact', async () => {
    const text =
      '{"n": 0, "theta": [0.1, "1e-8"], "hyperparameters": {"beta": 0.9, "rho": "0.99", "epsilon": 1e-8}, "losses": ["x1"]}';
    const result = await readInstance(text, adam);
    if (!result.ok) throw new Error('not read');
    expect(result.value.theta.map(String)).toEqual(['1/10', '1/100000000']);
    expect(result.value.hyperparameters.get('\\beta')?.equals(Rational.of(9, 10))).toBe(true);
    expect(result.value.hyperparameters.get('\\varepsilon')?.toString()).toBe('1/100000000');
    expect(result.value.setting).toBe('mini-batch');
  });

  it('writes what it reads', async () => {
    const result = await readInstance(JSON.stringify(valid), adam);
    if (!result.ok) throw new Error('not read');
    expect(instanceToJson(result.value)).toEqual(valid);
  });

  it('passes over functions and schedules that the optimizer does not use', async () => {
    expect(await codes({ functions: { phi: 'tanh(10*x)' }, schedules: { eta: ['1', '1/2', '1/3'] } })).toEqual(['ok']);
  });

  it('reads a counterexample as it was printed', async () => {
    expect(await codes({ claimed: '1', derived: '2', quantity: 'f', component: 1 })).toEqual(['ok']);
  });

  it.each<[string, object | string, string[]]>([
    ['n below zero', { n: -1 }, ['instance-n', 'instance-losses']],
    ['n a fraction', { n: 1.5 }, ['instance-n', 'instance-losses']],
    ['n huge', { n: 1e9 }, ['instance-n', 'instance-losses']],
    ['n a list', { n: [2] }, ['instance-type', 'instance-losses']],
    ['no n', { n: undefined }, ['instance-missing', 'instance-losses']],
    ['no theta', { theta: undefined }, ['instance-missing']],
    ['empty theta', { theta: [] }, ['instance-theta']],
    ['theta too short for the losses', { theta: ['1'] }, ['free-variable', 'free-variable', 'free-variable']],
    ['theta with a word', { theta: ['1', 'two'] }, ['instance-number']],
    ['division by zero in theta', { theta: ['1', '1/0'] }, ['instance-number']],
    ['a setting of its own', { setting: 'online' }, ['instance-setting']],
    ['too few losses', { losses: ['x1', 'x2'] }, ['instance-losses']],
    ['too many losses in the full batch', { setting: 'full-batch' }, ['instance-losses']],
    ['a loss with a free variable', { losses: ['x1', 'x2', 'x3'] }, ['free-variable']],
    ['losses no list', { losses: 'x1' }, ['instance-type']],
    ['a hyperparameter missing', { hyperparameters: { beta: '9/10', rho: '99/100' } }, ['instance-missing']],
    ['a hyperparameter too many', { hyperparameters: { ...valid.hyperparameters, gamma: 1 } }, ['instance-unknown']],
    [
      'no hyperparameters',
      { hyperparameters: undefined },
      ['instance-missing', 'instance-missing', 'instance-missing'],
    ],
    ['beta 1', { hyperparameters: { ...valid.hyperparameters, beta: 1 } }, ['outside-domain']],
    ['beta 1.5', { hyperparameters: { ...valid.hyperparameters, beta: '3/2' } }, ['outside-domain']],
    ['rho 0', { hyperparameters: { ...valid.hyperparameters, rho: 0 } }, ['outside-domain']],
    ['epsilon below zero', { hyperparameters: { ...valid.hyperparameters, epsilon: '-1' } }, ['outside-domain']],
    [
      'several mistakes at once',
      { n: 2, setting: 'x', hyperparameters: { beta: 2, rho: '1/2', epsilon: 1 } },
      ['instance-setting', 'outside-domain'],
    ],
    ['an unknown entry', { batches: 3 }, ['instance-key']],
    ['a list', '[]', ['instance-type']],
    ['no JSON', '{"n": }', ['instance-json']],
    ['nothing', '', ['instance-json']],
    ['a comment behind', `${JSON.stringify(valid)} // x`, ['instance-json']],
    ['a key twice', '{"n": 1, "n": 2}', ['instance-json']],
    ['a trailing comma', '{"n": 1,}', ['instance-json']],
    ['deep nesting', `${'['.repeat(100_000)}`, ['too-deep']],
    ['NaN', '{"n": NaN}', ['instance-json']],
  ])('%s', async (_, change, expected) => {
    expect(await codes(change)).toEqual(expected);
  });

  it('says where the mistake stands', async () => {
    const text =
      '{ "n": 1,\n  "theta": ["1", "2"],\n  "hyperparameters": { "beta": "1/2", "rho": "1/2", "epsilon": 1 },\n  "losses": ["x1 + x2", "x1 * y"] }';
    const result = await readInstance(text, adam, 'i.json');
    const [problem] = result.ok ? [] : result.problems;
    expect(problem?.span ? formatPlace(problem.span) : '').toBe('i.json:4:31');
  });

  it('takes one loss in the full batch', async () => {
    expect(await codes({ setting: 'full-batch', losses: ['x1*x2'] })).toEqual(['ok']);
  });
});

describe('functions and schedules', () => {
  const declarations: Declaration[] = [
    { kind: 'function', name: '\\phi', odd: true, formal: 'x', body: null, span: null },
    { kind: 'vector-function', name: 'K', result: 'scalar', span: null },
    { kind: 'vector-function', name: '\\Phi', result: 'vector', span: null },
    { kind: 'schedule', name: '\\eta', span: null },
  ];
  const given = {
    hyperparameters: {},
    functions: { phi: 'tanh(10*x)', K: 'v1^2 + v1*v2', Phi: ['v1*v2', 'v2'] },
    schedules: { eta: ['1', '1/2', 0.25] },
  };
  it.each<[string, object, string[]]>([
    ['all given', {}, ['ok']],
    ['phi missing', { functions: { K: 'v1', Phi: ['v1', 'v2'] } }, ['instance-missing']],
    ['phi in another letter', { functions: { ...given.functions, phi: 'tanh(y)' } }, ['free-variable']],
    ['K in x', { functions: { ...given.functions, K: 'x1' } }, ['free-variable']],
    ['too few components', { functions: { ...given.functions, Phi: ['v1'] } }, ['instance-function']],
    ['one expression for a vector', { functions: { ...given.functions, Phi: 'v1' } }, ['instance-type']],
    ['a short schedule', { schedules: { eta: ['1'] } }, ['instance-schedule']],
    ['no schedule', { schedules: undefined }, ['instance-missing']],
  ])('%s', async (_, change, expected) => {
    expect(await codes({ ...given, ...change }, declarations)).toEqual(expected);
  });
});

describe('names in JSON', () => {
  it.each([
    ['\\varepsilon', 'epsilon'],
    ['\\epsilon', 'epsilon'],
    ['\\beta_1', 'beta_1'],
    ['\\beta_{1}', 'beta_1'],
    ['\\lambda', 'lambda'],
    ['a', 'a'],
    ['\\varrho', 'rho'],
  ])('%s is %s', (latex, name) => {
    expect(jsonName(latex)).toBe(name);
  });
});
