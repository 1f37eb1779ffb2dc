import { describe, expect, it } from 'vitest';
import { encodeFormula } from '../../src/formula/json.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import type { EditKind } from '../../src/judge/slips/node-edit.ts';
import { type Twin, twins } from '../../src/judge/slips/twins.ts';
import { adam, adamTheorem, gradientDescentTheorem } from './hand-built.ts';
import { contextWith, standInEngine } from './stand-in-engine.ts';

const all = [...twins(adamTheorem, adam.declarations)];
const descriptions = (kind: EditKind): string[] =>
  all.filter(twin => twin.kind === kind).map(({ description }) => description);

describe('twins', () => {
  it('cover every kind of slip', () => {
    const kinds: EditKind[] = [
      'sign',
      'half',
      'double',
      'exponent',
      'shift',
      'bound',
      'parameter',
      'component',
      'history',
      'name',
      'drop-term',
      'drop-factor',
      'epsilon',
    ];
    for (const kind of kinds) expect(descriptions(kind), kind).not.toEqual([]);
    expect(all.length).toBeGreaterThan(200);
  });
  it('are found at the places where people make them', () => {
    expect(descriptions('name')).toEqual(
      expect.arrayContaining(['thm.1: \\bar{P} → P', 'thm.1: P → \\bar{P}', 'thm.1: \\bar{L} → L']),
    );
    expect(descriptions('parameter')).toEqual(expect.arrayContaining(['R: \\rho → \\beta', 'M: \\beta → \\rho']));
    expect(descriptions('bound')).toEqual(
      expect.arrayContaining(['L: upper bound of l + 1', 'L: lower bound of l − 1', 'R: upper bound of k − 1']),
    );
    expect(descriptions('component')).toEqual(expect.arrayContaining(['P: j → i', 'L: i → j']));
    expect(descriptions('history')).toEqual(expect.arrayContaining(['L: l → n', 'L: l → k', 'R: k → n']));
  });
  it('differ from the claim in one place, and from each other', () => {
    const text = ({ claim }: Twin): string =>
      JSON.stringify([
        claim.statements.map(({ right }) => encodeFormula(right)),
        claim.definitions.map(({ body }) => encodeFormula(body)),
      ]);
    const texts = all.map(text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const { claim, root } of all) {
      const changed =
        claim.definitions.filter((definition, at) => definition !== adamTheorem.definitions[at]).length +
        claim.statements.filter((statement, at) => statement !== adamTheorem.statements[at]).length;
      expect(changed, root.kind).toBe(1);
    }
  });
  it('undo the omission of a factor among the suggestions only', () => {
    const wide = [...twins(adamTheorem, adam.declarations, 'suggestions')];
    expect(wide.length).toBeGreaterThan(all.length);
    expect(all.some(({ kind }) => kind === 'insert-factor')).toBe(false);
    expect(wide.some(({ kind }) => kind === 'insert-factor')).toBe(true);
  });
});

describe('the refuter', () => {
  it('refutes every twin of gradient descent without a prover', () => {
    const context = contextWith(standInEngine);
    const verdicts = [...twins(gradientDescentTheorem, [])].map(
      ({ claim, description }) =>
        `${judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 40, suggestions: false, shrink: false }).verdict}: ${description}`,
    );
    expect(verdicts.length).toBeGreaterThan(25);
    expect(verdicts.filter(verdict => !verdict.startsWith('refuted'))).toEqual([]);
  });
});
