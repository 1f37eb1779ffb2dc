/** Sequences that are defined by their recursions: values, derivatives, and how far they reach. */
import { describe, expect, it } from 'vitest';
import * as build from '../../src/formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { decodeDefinition, encodeDefinition } from '../../src/formula/json.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { Program } from '../../src/evaluate/program/program.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { writeDefinition } from '../../src/latex/write/write-formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';

const n = build.index(ITERATION);
const j = build.index(COMPONENT);
const before = build.addition(n, build.negation(build.number(1)));
const s = (label: Formula, component: Formula = j): Formula => build.quantity('s', [component], [label], build.point());
const sequence = (body: Formula, start: Formula): Definition => ({
  name: 's',
  indices: [COMPONENT],
  indexSorts: ['coordinate'],
  labels: [ITERATION],
  body,
  recursion: { start, id: '1' },
  span: null,
});

/** s^{(n)} = s^{(n−1)} + θ_j + n, s^{(0)} = θ_j: θ_j (n + 1) + n(n + 1)/2. */
const LINEAR = sequence(build.addition(s(before), build.iterate(j), n), build.iterate(j));
/** s_j^{(n)} = θ_j Σ_i s_i^{(n−1)}, s_j^{(0)} = 1: 2 θ_j (θ_1 + θ_2)^{n−1}. */
const COUPLED = sequence(
  build.multiplication(build.iterate(j), build.sumOverCoordinates('i', s(before, build.index('i')))),
  build.number(1),
);

const AT: Instance = {
  n: 1,
  theta: [Rational.of(2), Rational.of(3)],
  setting: 'full-batch',
  hyperparameters: new Map(),
  losses: [new PolynomialLoss([{ coefficient: Rational.one, powers: [1] }])],
  functions: new Map(),
  schedules: new Map(),
};

function worth(definition: Definition, formula: Formula, iteration: number): string {
  const program = new Program({ definitions: [definition] });
  const environment = instanceEnvironment(AT, new RationalRing(), null);
  return new Evaluator(program, environment).at(formula, iteration, 1).toString();
}
const slope = (label: Formula, by: number): Formula => ({
  kind: 'derivative',
  span: null,
  by: [build.number(by)],
  argument: s(label),
});

describe('a sequence', () => {
  it.each([
    [0, '2'],
    [1, '5'],
    [4, '20'],
    // So far that no evaluation inside another would reach it.
    [1500, String(2 * 1501 + (1500 * 1501) / 2)],
  ])('at %i', (label, wanted) => {
    expect(worth(LINEAR, s(n), label)).toBe(wanted);
  });
  it('reads other components, and labels in sums', () => {
    expect(worth(COUPLED, s(n), 4)).toBe(String(4 * 125));
    const sum = build.sum('k', build.number(0), n, s(build.index('k')), 'history');
    expect(worth(COUPLED, sum, 3)).toBe(String(1 + 4 + 20 + 100));
  });
  it('has derivatives by θ', () => {
    expect(worth(LINEAR, slope(n, 1), 5)).toBe('6');
    expect(worth(LINEAR, slope(n, 2), 5)).toBe('0');
    // 2 θ_1 (θ_1 + θ_2)^2 by θ_2.
    expect(worth(COUPLED, slope(n, 2), 3)).toBe(String(8 * 5));
  });
  it('has no value before its first', () => {
    expect(() => worth(LINEAR, s(before), 0)).toThrow(/before its first value/);
  });
  it('is another one with another start', () => {
    expect(worth({ ...LINEAR, recursion: { start: build.number(0), id: '2' } }, s(n), 4)).toBe('18');
  });
  it('is kept in JSON, and written with its step', () => {
    const decoded = decodeDefinition(JSON.parse(JSON.stringify(encodeDefinition(COUPLED))));
    expect(decoded).toEqual({ ok: true, value: COUPLED });
    expect(writeDefinition(LINEAR, DEFAULT_NOTATION, 'text')).toBe(
      's_j^(n+1)(θ) := s_j^(n)(θ) + θ_j + n + 1, s_j^(0)(θ) := θ_j',
    );
  });
});
