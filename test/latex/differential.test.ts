/** Contractions that are trees, written as operators; what is none keeps its components. */
import { describe, expect, it } from 'vitest';
import { differentialOf, isOperatorText } from '../../src/latex/write/differential.ts';
import { inkFor } from '../../src/latex/write/write-formula.ts';
import { write } from '../../src/latex/write/write-node.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { read } from './read-text.ts';

const R = String.raw;
/** i, r, k, l are bound where they occur; only j and n are fixed. */
const FIXED = new Map([
  ['j', { name: '#j', sort: 'coordinate' as const }],
  ['n', { name: '#n', sort: 'history' as const }],
]);
const parse = (text: string) => read(text, { fixed: FIXED });
const written = (text: string): string => {
  const formula = parse(text);
  return write(formula, inkFor([formula], DEFAULT_NOTATION, 'latex').asOperators('#j')).text;
};

describe('written as operators', () => {
  it.each([
    [R`\nabla_j E`, R`\nabla E`],
    [R`\sum_{i=1}^p \nabla_{ij}E \nabla_i E`, R`\nabla^{2} E \nabla E`],
    [R`\sum_{i=1}^p \nabla_i E \sum_{r=1}^p \nabla_{rij}E \nabla_r E`, R`\nabla^{3} E [\nabla E, \nabla E]`],
    [R`\sum_{i=1}^p \nabla_{ij}E \sum_{r=1}^p \nabla_{ri}E \nabla_r E`, R`\nabla^{2} E \nabla^{2} E \nabla E`],
    [
      R`\sum_{i=1}^p\left(\sum_{r=1}^p\nabla_{rij}E\nabla_rE\right)\sum_{r=1}^p\nabla_{ir}E\nabla_rE`,
      R`\nabla^{3} E [\nabla E, \nabla^{2} E \nabla E]`,
    ],
    [
      R`\sum_{i=1}^p\left(\sum_{r=1}^p\nabla_{rj}E\sum_{s=1}^p\nabla_{rsi}E\nabla_sE\right)\sum_{r=1}^p\nabla_{ir}E\nabla_rE`,
      R`\nabla^{2} E \nabla^{3} E [\nabla E, \nabla^{2} E \nabla E]`,
    ],
    [
      R`\sum_{k=0}^n \beta^{n-k} \sum_{i=1}^p \nabla_{ij}E_k \nabla_iE_n`,
      R`\sum_{k=0}^{n} \beta^{n-k} \nabla^{2} E_{k} \nabla E_{n}`,
    ],
    [
      R`\sum_{i=1}^p \nabla_{ij}E \cdot (\nabla_iE + \beta\, \theta_i)`,
      R`\nabla^{2} E [\nabla E + \beta \boldsymbol{\theta}]`,
    ],
    [R`\sum_{i=1}^p 3 a \nabla_{ij}E \nabla_iE`, R`3 a \nabla^{2} E \nabla E`],
    [R`\sum_{i=1}^p \nabla_{ij}E M_i^{(n)}`, R`\nabla^{2} E M^{(n)}`],
    [R`\frac{1}{1-\beta} \sum_{i=1}^p \nabla_{ij}E \nabla_iE`, R`\frac{1}{1 - \beta} \nabla^{2} E \nabla E`],
  ])('%s', (text, expected) => {
    expect(isOperatorText(parse(text), '#j')).toBe(true);
    expect(written(text)).toBe(expected);
  });
});

describe('no differential', () => {
  it.each([
    ['a product of two components', R`\nabla_jE \theta_j`],
    ['a function of a component', R`\sqrt{(\nabla_jE)^2}`],
    ['a component below the bar', R`\frac{\nabla_jE}{\theta_j}`],
    ['a trace', R`\sum_{i=1}^p \nabla_{iij}E`],
    ['a number beside a vector that shares no index with it', R`\sum_{i=1}^p \nabla_jE \nabla_iE \nabla_iE`],
    ['an index in three places', R`\sum_{i=1}^p \nabla_{ij}E \nabla_iE \theta_i`],
    ['a contraction with two arms', R`\sum_{i=1}^p\sum_{r=1}^p \nabla_{irj}E \nabla_{ir}E`],
    ['a sum that leaves a component out', R`\sum_{i=2}^p \nabla_{ij}E \nabla_iE`],
    ['an index that one factor lacks', R`\sum_{i=1}^p \nabla_{ij}E`],
    ['a number', R`3`],
  ])('%s', (_, text) => {
    const formula = parse(text);
    expect(isOperatorText(formula, '#j')).toBe(false);
    expect(differentialOf(formula, '#j')).toBeNull();
  });
});
