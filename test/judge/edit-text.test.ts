/** A suggestion as an edit of what was typed: small, in the author's letters, with the delimiters that it needs. */
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import * as build from '../../src/formula/build.ts';
import { children, withChildren } from '../../src/formula/walk.ts';
import { textEdit } from '../../src/judge/slips/edit-text.ts';

const builtIn = builtInDocuments().documents;
const MACROS = '\\newcommand{\\gj}{\\nabla_jE(\\theta)}\n\\newcommand{\\eps}{\\varepsilon}\n';

function right(typed: string): {
  readonly formula: Formula;
  readonly text: string;
  readonly edited: (to: Formula) => string;
} {
  const text = `${MACROS}% !modeq claim a about=adam setting=full-batch\n\\[ \\dot\\theta_j = ${typed} \\]\n`;
  const document = readDocument({ name: 'a.tex', text }, { documents: builtIn });
  const [claim] = document.claims;
  const formula = claim?.statements[0]?.right;
  if (!claim || !formula) throw new Error(`${typed} is not read: ${document.unreadable[0]?.problems[0]?.message}`);
  const start = text.indexOf(typed);
  return {
    formula,
    text,
    edited: to => {
      const edit = textEdit(formula, to, claim.notation);
      if (!edit) return 'no edit';
      const all = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
      return all.slice(start, all.length - (text.length - start - typed.length));
    },
  };
}

/** The formula with `change` made of the first node for which it is not null. */
function changed(formula: Formula, change: (node: Formula) => Formula | null): Formula | null {
  const made = change(formula);
  if (made) return made;
  const parts = children(formula);
  for (const [at, part] of parts.entries()) {
    const inner = changed(part, change);
    if (inner) return withChildren(formula, parts.with(at, inner));
  }
  return null;
}

const retyped = (typed: string, change: (node: Formula) => Formula | null): string => {
  const { formula, edited } = right(typed);
  const to = changed(formula, change);
  if (!to) throw new Error('nothing was changed');
  return edited(to);
};

const isParameter = (node: Formula, name: string): boolean => node.kind === 'parameter' && node.name === name;
const beta = build.parameter('\\beta');

describe('the edit of a text', () => {
  it('keeps what is not changed as it was typed', () => {
    expect(retyped('-\\frac{\\gj}{(1 - \\rho)\\,\\eps}', node => (isParameter(node, '\\rho') ? beta : null))).toBe(
      '-\\frac{\\gj}{(1 - \\beta)\\,\\eps}',
    );
    expect(retyped('-\\beta\\gj', node => (isParameter(node, '\\beta') ? build.parameter('\\rho') : null))).toBe(
      '-\\rho\\gj',
    );
  });
  it('puts delimiters around a sum that becomes a factor, and braces around a script', () => {
    const complement = (node: Formula): Formula | null =>
      isParameter(node, '\\beta') ? build.subtraction(build.number(1), node) : null;
    expect(retyped('-\\beta\\gj', complement)).toBe('-\\left(1 - \\beta\\right)\\gj');
    expect(retyped('-\\frac{\\beta}{2}\\gj', complement)).toBe('-\\frac{1 - \\beta}{2}\\gj');
    expect(
      retyped('-\\beta^n\\gj', node =>
        node.kind === 'index' && node.name === ITERATION ? build.addition(node, build.number(1)) : null,
      ),
    ).toBe('-\\beta^{n + 1}\\gj');
  });
  it('turns a sign round where it stands', () => {
    const flipped = (node: Formula): Formula | null =>
      node.kind === 'add' && node.terms[1]
        ? {
            ...node,
            terms: node.terms.with(
              1,
              node.terms[1].kind === 'negate' ? node.terms[1].argument : build.negation(node.terms[1]),
            ),
          }
        : null;
    expect(retyped('-\\gj + \\left(\\beta\\right)\\gj', flipped)).toBe('-\\gj - \\left(\\beta\\right)\\gj');
    expect(retyped('-\\gj -\\eps\\gj', flipped)).toBe('-\\gj +\\eps\\gj');
  });
  it('leaves out a summand with its sign and a factor with its delimiters', () => {
    const without =
      (at: number) =>
      (node: Formula): Formula | null =>
        node.kind === 'add' && node.terms.length === 3 ? { ...node, terms: node.terms.toSpliced(at, 1) } : null;
    expect(retyped('-\\gj + \\eps\\gj - \\rho\\gj', without(1))).toBe('-\\gj - \\rho\\gj');
    expect(retyped('\\gj + \\eps\\gj - \\rho\\gj', without(0))).toBe('\\eps\\gj - \\rho\\gj');
    expect(
      retyped('-\\eps\\left(1-\\beta\\right)\\gj', node =>
        node.kind === 'multiply' ? { ...node, factors: node.factors.toSpliced(1, 1) } : null,
      ),
    ).toBe('-\\eps\\gj');
  });
  it("puts a factor before what it multiplies, in the step's own letter", () => {
    const doubled = (node: Formula): Formula | null =>
      node.kind === 'divide' ? build.multiplication(build.step, node) : null;
    expect(retyped('-\\frac{\\gj}{2}', doubled)).toBe('-h \\frac{\\gj}{2}');
    expect(retyped('-\\gj', node => (node.kind === 'derivative' ? build.divide(node, build.number(2)) : null))).toBe(
      '-\\frac{1}{2} \\gj',
    );
  });
  it('writes a part anew where a macro hides what is edited', () => {
    expect(retyped('-\\beta\\gj', node => (node.kind === 'loss' ? build.loss(build.index(ITERATION)) : null))).toMatch(
      /^-\\beta ?\\nabla_\{?j\}? ?E_\{?n\}?/,
    );
  });
  it('keeps the letter of the point where a part is written anew', () => {
    const other = (node: Formula): Formula | null =>
      node.kind === 'loss' ? { ...node, span: null, batch: build.index(ITERATION) } : null;
    expect(retyped('-\\nabla_j E(\\tilde\\theta)', other)).toBe('-\\nabla_j E_{n}(\\tilde\\theta)');
  });
  it('brings the numbers of a label together', () => {
    const later = (node: Formula): Formula | null =>
      node.kind === 'index' && node.name === ITERATION ? build.addition(node, build.number(1)) : null;
    expect(retyped('-\\beta^{n-1}\\gj', later)).toBe('-\\beta^{n}\\gj');
    expect(retyped('-\\beta^{n+1}\\gj', later)).toBe('-\\beta^{n + 2}\\gj');
  });
});
