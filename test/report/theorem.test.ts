import { describe, expect, it } from 'vitest';
import {
  addition,
  call,
  divide,
  index,
  iterate,
  multiplication,
  negation,
  number,
  parameter,
  subtraction,
} from '../../src/formula/build.ts';
import { COMPONENT } from '../../src/formula/formula.ts';
import { decodeFormula } from '../../src/formula/json.ts';
import { columns } from '../../src/latex/write/write-unicode.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Notation } from '../../src/optimizer/model.ts';
import { theoremJson } from '../../src/report/theorem/theorem-json.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';
import type { Theorem } from '../../src/report/theorem/theorem-parts.ts';
import { theoremText } from '../../src/report/theorem/theorem-text.ts';
import { renderStrictly } from '../support/katex-strict.ts';
import { FIRST_ORDER, LONG, MAP } from './hand-built-theorem.ts';

const AT = '\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right)';
const OTHER: Notation = {
  loss: '\\mathcal{L}',
  parameters: 'w',
  step: '\\eta',
  iteration: 't',
  component: 'r',
  dimension: 'd',
  batches: 'b',
  time: 's',
  index: 'subscript',
};
const only = (...coefficients: Theorem['coefficients'][number][]): Theorem => ({
  ...FIRST_ORDER,
  coefficients,
  definitions: [],
});

describe('a theorem in LaTeX', () => {
  it('has the shape of the paper’s', () => {
    const rows = theoremLatex(FIRST_ORDER).split('\n');
    expect(rows[0]).toBe('\\begin{align*}');
    expect(rows[1]).toBe(
      `  \\dot{\\tilde{\\theta}}_{j}(t) &= -\\frac{M_{j}^{(n)}${AT}}{R_{j}^{(n)}${AT}} + h \\left(\\frac{M_{j}^{(n)}${AT} \\left(2 P_{j}^{(n)}${AT} + \\bar{P}_{j}^{(n)}${AT}\\right)}{2 R_{j}^{(n)}${AT}^{3}} - \\frac{2 L_{j}^{(n)}${AT} + \\bar{L}_{j}^{(n)}${AT}}{2 R_{j}^{(n)}${AT}}\\right), \\\\`,
    );
    expect(rows[2]).toBe('  &\\qquad t \\in [n h, (n+1) h], \\\\');
    expect(rows[3]).toBe(
      '  R_{j}^{(n)}(\\boldsymbol{\\theta}) &:= \\sqrt{\\frac{1}{1 - \\rho^{n+1}} \\sum_{k=0}^{n} \\rho^{n-k} (1 - \\rho) \\left(\\nabla_{j} E_{k}(\\boldsymbol{\\theta})\\right)^{2} + \\varepsilon}, \\\\',
    );
    expect(rows.at(-3)).toMatch(/\.$/);
    expect(rows.at(-2)).toBe('\\end{align*}');
  });

  it.each([
    ['first order', FIRST_ORDER],
    ['long', LONG],
    ['map', MAP],
  ])('is rendered by KaTeX without a warning: %s', (_, theorem) => {
    expect(renderStrictly(theoremLatex(theorem))).toContain('katex');
    expect(renderStrictly(theoremLatex(theorem, OTHER))).toContain('katex');
  });

  it('is broken into more rows the longer it is', () => {
    const rows = (theorem: Theorem): number => theoremLatex(theorem).split('\\\\\n').length;
    expect(rows(FIRST_ORDER)).toBe(6);
    expect(rows(LONG)).toBeGreaterThan(8);
  });

  it('states the one-step map at the iterate', () => {
    const row = theoremLatex(MAP).split('\n')[1];
    expect(row).toContain(
      '\\theta_{j}^{(n+1)} &= \\theta_{j}^{(n)} - h \\frac{M_{j}^{(n)}(\\boldsymbol{\\theta}^{(n)})}{R_{j}^{(n)}(\\boldsymbol{\\theta}^{(n)})} + h^{2} \\left(',
    );
    expect(row).not.toContain('\\in');
  });

  it.each([
    ['zero', only(number(0)), '0'],
    ['a vanishing correction', only(parameter('x'), number(0)), 'x'],
    ['a minus in front of h', only(number(0), negation(parameter('x'))), '-h x'],
    ['a fraction of h', only(number(0), multiplication(number(Rational.of(1, 2)), parameter('x'))), '\\frac{h}{2} x'],
    [
      'fractions of powers of h',
      only(number(0), number(0), multiplication(number(Rational.of(-2, 3)), parameter('x'))),
      '-\\frac{2 h^{2}}{3} x',
    ],
    ['a bare number', only(number(0), number(Rational.of(-1, 2))), '-\\frac{h}{2}'],
    ['only negative terms', only(number(0), subtraction(negation(parameter('x')), parameter('y'))), '-h (x + y)'],
    ['a sign among others', only(number(0), addition(negation(parameter('x')), parameter('y'))), 'h (-x + y)'],
    [
      'a quotient of numbers',
      only(number(0), multiplication(divide(number(1), number(2)), parameter('x'))),
      '\\frac{h}{2} x',
    ],
    ['a whole coefficient', only(number(0), multiplication(number(3), parameter('x'))), '3 h x'],
    ['a quotient', only(number(0), divide(parameter('x'), parameter('y'))), 'h \\frac{x}{y}'],
    ['a component of θ', only(negation(iterate(index(COMPONENT)))), '-\\tilde{\\theta}_{j}(t)'],
    ['a function', only(call('tanh', parameter('x'))), '\\tanh(x)'],
  ])('writes %s', (_, theorem, right) => {
    expect(theoremLatex(theorem)).toBe(
      `\\begin{align*}\n  \\dot{\\tilde{\\theta}}_{j}(t) &= ${right}, \\quad t \\in [n h, (n+1) h].\n\\end{align*}\n`,
    );
  });
});

describe('a theorem in text', () => {
  it('has an equation, a range and definitions', () => {
    const [equation, range, ...definitions] = theoremText(FIRST_ORDER).trimEnd().split('\n\n');
    expect(equation).toMatch(/^dθ̃_j\(t\)\/dt = -M_j\^\(n\)\(θ̃\(t\)\) \/ R_j\^\(n\)\(θ̃\(t\)\)\n/);
    expect(range).toBe('for t ∈ [nh, (n+1)h], where');
    expect(definitions.map(each => each.slice(0, 13))).toEqual(['R', 'M', 'L', 'P'].map(name => `${name}_j^(n)(θ) :=`));
  });

  it.each([
    ['first order', FIRST_ORDER],
    ['long', LONG],
    ['map', MAP],
  ])('fits into 80 columns: %s', (_, theorem) => {
    for (const line of theoremText(theorem).split('\n')) expect(columns(line), line).toBeLessThanOrEqual(80);
  });

  it('closes every parenthesis that it opens', () => {
    const text = theoremText(LONG);
    expect(text.split('(').length).toBe(text.split(')').length);
  });
});

describe('a theorem as JSON', () => {
  it('holds every formula in LaTeX, in text and as a tree', () => {
    const json = JSON.parse(JSON.stringify(theoremJson(FIRST_ORDER)));
    expect(json).toMatchObject({ schema: 1, optimizer: 'adam', setting: 'mini-batch', order: 1, form: 'flow' });
    expect(json.coefficients.map((each: { power: number }) => each.power)).toEqual([0, 1]);
    expect(json.latex).toBe(theoremLatex(FIRST_ORDER));
    expect(json.text).toBe(theoremText(FIRST_ORDER));
    expect(json.definitions[0].latex).toMatch(/^R_\{j\}\^\{\(n\)\}\(\\boldsymbol\{\\theta\}\) := \\sqrt/);
    for (const [q, each] of json.coefficients.entries()) {
      expect(decodeFormula(each.formula)).toEqual({ ok: true, value: FIRST_ORDER.coefficients[q] });
    }
  });

  it('counts the powers of h of a map from one', () => {
    expect(theoremJson(MAP)).toMatchObject({ form: 'map', coefficients: [{ power: 1 }, { power: 2 }] });
  });
});
