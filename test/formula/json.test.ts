import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '../../src/formula/build.ts';
import { decodeDefinition, decodeFormula, encodeDefinition, encodeFormula } from '../../src/formula/json.ts';
import { Rational } from '../../src/number/rational.ts';
import { arbitraryFormula } from '../support/arbitrary-formula.ts';

describe('formulas as JSON', () => {
  it('writes numbers as exact strings and names as typed', () => {
    expect(encodeFormula(build.number(Rational.of(-1, 2)))).toEqual({ kind: 'number', value: '-1/2' });
    expect(encodeFormula(build.toPower(build.parameter('\\beta'), build.index('#n')))).toEqual({
      kind: 'power',
      base: { kind: 'parameter', name: '\\beta' },
      exponent: { kind: 'index', name: '#n' },
    });
  });

  it('gives every formula back after a journey through text', () => {
    fc.assert(
      fc.property(arbitraryFormula(), formula => {
        const decoded = decodeFormula(JSON.parse(JSON.stringify(encodeFormula(formula))));
        expect(decoded).toEqual({ ok: true, value: formula });
      }),
    );
  });

  it('gives nodes back that no random formula holds', () => {
    const c = build.index('#c');
    const partial = {
      kind: 'vector-call',
      span: null,
      name: 'K',
      component: null,
      by: [c],
      argument: build.point(),
    } as const;
    const byBeta = {
      kind: 'parameter-derivative',
      span: null,
      by: '\\beta',
      argument: build.parameter('\\beta'),
    } as const;
    for (const formula of [partial, byBeta])
      expect(decodeFormula(encodeFormula(formula))).toEqual({ ok: true, value: formula });
  });

  it('gives definitions back', () => {
    const definition = build.definition('R', ['#j'], ['#n'], build.gradient([build.index('#j')], build.index('#n')));
    expect(decodeDefinition(JSON.parse(JSON.stringify(encodeDefinition(definition))))).toEqual({
      ok: true,
      value: definition,
    });
  });

  it.each([
    [null, '$: expected an object'],
    [{}, '$.kind: expected a string'],
    [{ kind: 'sume' }, '$.kind: expected the kind of a formula'],
    [{ kind: 'number', value: 0.5 }, '$.value: expected an exact number such as "-1/2"'],
    [{ kind: 'number', value: '1/0' }, '$.value: expected an exact number such as "-1/2"'],
    [{ kind: 'add', terms: [{ kind: 'index' }] }, '$.terms[0].name: expected a string'],
    [{ kind: 'root', degree: 0, radicand: { kind: 'step' } }, '$.degree: expected an integer from 1'],
    [
      { kind: 'norm', order: 3, perturbation: null, argument: { index: 'c', body: { kind: 'step' } } },
      '$.order: expected 1 or 2',
    ],
    [{ kind: 'extremum', which: 'sup', arguments: [] }, '$.which: expected "max" or "min"'],
    [
      {
        kind: 'sum',
        index: 'k',
        sort: 'time',
        lower: { kind: 'step' },
        upper: { kind: 'step' },
        body: { kind: 'step' },
      },
      '$.sort: expected "history" or "coordinate"',
    ],
  ])('refuses %j', (json, message) => {
    expect(decodeFormula(json)).toEqual({ ok: false, problems: [{ code: 'bad-formula-json', message }] });
  });

  it('refuses nesting without end', () => {
    let json: unknown = { kind: 'step' };
    for (let depth = 0; depth < 20_000; depth += 1) json = { kind: 'negate', argument: json };
    expect(decodeFormula(json)).toMatchObject({ ok: false, problems: [{ code: 'too-deep' }] });
  });
});
