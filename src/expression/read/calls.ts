/** Calls of functions in formulas, declared and elementary, of scalars and of vectors, as series in h. */
import { taylorCoefficients } from '../calculus/taylor.ts';
import { refuse } from '../../base/problem.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import type { CallNode, Formula, VectorCallNode } from '../../formula/formula.ts';
import { reachesStep } from '../../formula/reaches-step.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  multiply,
  scale,
  substituteIndices,
} from '../core/expression.ts';
import type { FormulaReader } from './from-formula.ts';
import { applyFunction } from '../arithmetic/functions.ts';
import { atTurns } from '../arithmetic/turns.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import { openIndex } from '../core/indices.ts';
import { coefficient, compositions, factorial, mapSeries, type Series } from '../calculus/series.ts';
import { differentiate, symbolRule } from '../calculus/differentiate.ts';
import { substituteSymbol } from '../calculus/substitute-symbol.ts';
import { vectorTemplate } from '../core/template.ts';

/** The series of f(x) or of a derivative of f at x. */
export function readCall(node: CallNode, letters: Letters, reader: FormulaReader): Series {
  const declared = reader.meaning.declarations.find(d => d.kind === 'function' && d.name === node.name);
  if (declared?.kind === 'function' && declared.body !== null) {
    if (node.derivative === 0)
      return reader.series(replaceParameter(declared.body, declared.formal, node.argument), letters);
    return derivedBody(node, declared.formal, declared.body, letters, reader);
  }
  const argument = reader.series(node.argument, letters);
  if (node.name === 'sign') return signSeries(argument, node, reader);
  const parity =
    declared?.kind === 'function' ? (declared.odd ? 'odd' : null) : (elementaryFunction(node.name)?.parity ?? null);
  if (declared === undefined && elementaryFunction(node.name) === null)
    return refuse('undefined-name', `${node.name} is not declared`, node.span);
  if (node.name === 'log' && declared === undefined && isZero(coefficient(argument, 0)))
    return refuse('singular-expansion', 'a logarithm is taken of what vanishes as h → 0', node.span);
  return composeSeries(
    (order, at) => {
      const count = node.derivative + order;
      const turned = declared === undefined ? atTurns(node.name, count, at, reader.assumptions) : null;
      return turned ?? applyFunction(node.name, parity, count, at);
    },
    argument,
    reader.order,
  );
}

/** f(u_0 + h u_1 + …) by Taylor expansion. */
function composeSeries(f: (order: number, at: Expression) => Expression, argument: Series, order: number): Series {
  const at = coefficient(argument, 0);
  const result: Expression[] = [f(0, at)];
  for (let q = 1; q <= order && argument.length > 1; q += 1) {
    const parts: Expression[] = [];
    for (let r = 1; r <= q; r += 1) {
      for (const orders of compositions(q, r)) {
        const moves = orders.map(s => coefficient(argument, s));
        if (!moves.some(isZero)) parts.push(scale(multiply(f(r, at), ...moves), Rational.of(1, factorial(r))));
      }
    }
    result.push(add(...parts));
  }
  return mapSeries(result, value => value);
}

/**
 * A sign jumps where its argument passes through zero, so that it has no expansion in h there. In an optimizer's rows it is that of the
 * argument for h → 0, wherever that is not zero.
 */
function signSeries(argument: Series, node: CallNode, { meaning }: FormulaReader): Series {
  const atZero = coefficient(argument, 0);
  // Also where all that contains h is cut off: sign(h³x) is sign(x).
  const isCut = meaning.stepIsSymbol !== true && reachesStep(node.argument, meaning);
  const containsStep = argument.length > 1 || isCut;
  if (node.derivative > 0 || (containsStep && meaning.pieces !== true))
    return refuse('sign-not-covered', 'a sign whose argument contains h is not covered', node.span);
  if (containsStep && isZero(atZero))
    return refuse('always-switching', 'a sign is taken of what vanishes as h → 0', node.span);
  return [applyFunction('sign', 'odd', 0, atZero)];
}

/** A derivative of a function that is given by a formula: differentiate in its letter, then insert the argument. */
function derivedBody(node: CallNode, formal: string, body: Formula, letters: Letters, reader: FormulaReader): Series {
  const marker = `${formal}#argument`;
  let series = reader.series(replaceParameter(body, formal, { kind: 'parameter', span: null, name: marker }), letters);
  for (let i = 0; i < node.derivative; i += 1)
    series = mapSeries(series, value => differentiate(value, symbolRule(marker)));
  const argument = reader.series(node.argument, letters);
  if (argument.length > 1)
    return refuse(
      'derivative-not-covered',
      'a derivative of a given function at an argument that contains h is not covered',
      node.span,
    );
  return mapSeries(series, value => substituteSymbol(value, marker, coefficient(argument, 0), reader.assumptions));
}

function replaceParameter(formula: Formula, name: string, by: Formula): Formula {
  if (formula.kind === 'parameter' && formula.name === name) return by;
  const parts = children(formula);
  return parts.length === 0
    ? formula
    : withChildren(
        formula,
        parts.map(child => replaceParameter(child, name, by)),
      );
}

/** K(v), Φ_i(v) and their partial derivatives, expanded in the part of v that contains h. */
export function readVectorCall(node: VectorCallNode, letters: Letters, reader: FormulaReader): Series {
  const entry = openIndex('coordinate');
  const argument = reader.series(node.argument.body, new Map(letters).set(node.argument.index, variableForm(entry)));
  const component = node.component === null ? null : formOf(node.component, letters);
  const by = node.by.map(index => formOf(index, letters));
  const { template, arguments: args } = vectorTemplate(coefficient(argument, 0), entry);
  const derivative = (directions: readonly LinearForm[]): Expression =>
    factorExpression({
      kind: 'vector-function',
      name: node.name,
      component,
      by: [...by, ...directions],
      template,
      arguments: args,
    });
  const move = (q: number, coordinate: LinearForm): Expression =>
    substituteIndices(coefficient(argument, q), new Map([[entry, coordinate]]));
  return taylorCoefficients(argument.length > 1 ? reader.order : 0, derivative, move);
}
