/**
 * Formulas as JSON and back, losslessly but for places in texts. Numbers are exact strings ("-1/2").
 *
 * Decoding never trusts its input: every field is checked, and nesting is bounded.
 */
import { attempt, refuse } from '../base/problem.ts';
import type { Result } from '../base/problem.ts';
import { Rational } from '../number/rational.ts';
import type { Definition, DerivativePoint, Formula, IndexSort, Recursion, Vector } from './formula.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper formulas are refused in both directions. */
const MAXIMAL_DEPTH = 1000;

function descend(depth: number): number {
  if (depth >= MAXIMAL_DEPTH) refuse('too-deep', `the formula is nested more than ${MAXIMAL_DEPTH} deep`);
  return depth + 1;
}

/** The JSON value of a formula. Example: β becomes {"kind":"parameter","name":"\\beta"}. Refuses too deep nesting. */
export function encodeFormula(formula: Formula): Json {
  return encode(formula, 0);
}

/** The JSON value of a definition: its name, formal letters and body. */
export function encodeDefinition(definition: Definition): Json {
  const { name, indices, indexSorts, labels, body, recursion } = definition;
  const own = recursion === undefined ? {} : { recursion: { start: encode(recursion.start, 0), id: recursion.id } };
  return { name, indices, indexSorts, labels, body: encode(body, 0), ...own };
}

function encode(formula: Formula, above: number): Json {
  const depth = descend(above);
  const one = (child: Formula): Json => encode(child, depth);
  const optional = (child: Formula | null): Json => (child === null ? null : encode(child, depth));
  const many = (children: readonly Formula[]): Json => children.map(one);
  const vector = (v: Vector): Json => ({ index: v.index, body: one(v.body) });
  const { kind } = formula;
  switch (formula.kind) {
    case 'number':
      return { kind, value: formula.value.toString() };
    case 'parameter':
      return { kind, name: formula.name };
    case 'step':
      return { kind };
    case 'index':
      return { kind, name: formula.name };
    case 'add':
      return { kind, terms: many(formula.terms) };
    case 'negate':
      return { kind, argument: one(formula.argument) };
    case 'multiply':
      return { kind, factors: many(formula.factors) };
    case 'divide':
      return { kind, numerator: one(formula.numerator), denominator: one(formula.denominator) };
    case 'power':
      return { kind, base: one(formula.base), exponent: one(formula.exponent) };
    case 'root':
      return { kind, degree: formula.degree, radicand: one(formula.radicand) };
    case 'absolute':
      return { kind, argument: one(formula.argument) };
    case 'extremum':
      return { kind, which: formula.which, arguments: many(formula.arguments) };
    case 'sum':
    case 'product':
      return {
        kind,
        index: formula.index,
        sort: formula.sort,
        lower: one(formula.lower),
        upper: one(formula.upper),
        body: one(formula.body),
      };
    case 'iterate':
      return { kind, component: one(formula.component), label: optional(formula.label) };
    case 'loss':
      return { kind, batch: optional(formula.batch), at: vector(formula.at) };
    case 'derivative': {
      const derivative = { kind, by: many(formula.by), argument: one(formula.argument) };
      if (formula.point === undefined) return derivative;
      return { ...derivative, point: { letter: formula.point.letter, at: vector(formula.point.at) } };
    }
    case 'parameter-derivative':
      return { kind, by: formula.by, argument: one(formula.argument) };
    case 'quantity':
      return {
        kind,
        name: formula.name,
        indices: many(formula.indices),
        labels: many(formula.labels),
        at: formula.at && vector(formula.at),
      };
    case 'call':
      return { kind, name: formula.name, derivative: formula.derivative, argument: one(formula.argument) };
    case 'vector-call':
      return {
        kind,
        name: formula.name,
        component: optional(formula.component),
        by: many(formula.by),
        argument: vector(formula.argument),
      };
    case 'schedule':
      return { kind, name: formula.name, index: one(formula.index) };
    case 'norm':
      return {
        kind,
        order: formula.order,
        perturbation: optional(formula.perturbation),
        argument: vector(formula.argument),
      };
  }
}

/** The formula of a JSON value; a problem `bad-formula-json` names the path of what is wrong. */
export function decodeFormula(json: unknown): Result<Formula> {
  return attempt(() => decode(json, '$', 0));
}

/** The definition of a JSON value as {@link encodeDefinition} wrote it. */
export function decodeDefinition(json: unknown): Result<Definition> {
  return attempt(() => {
    const fields = object(json, '$');
    return {
      name: text(fields.name, '$.name'),
      indices: list(fields.indices, '$.indices').map((entry, at) => text(entry, `$.indices[${at}]`)),
      indexSorts: list(fields.indexSorts, '$.indexSorts').map((entry, at) => sort(entry, `$.indexSorts[${at}]`)),
      labels: list(fields.labels, '$.labels').map((entry, at) => text(entry, `$.labels[${at}]`)),
      body: decode(fields.body, '$.body', 0),
      ...(fields.recursion === undefined ? {} : { recursion: decodeRecursion(fields.recursion) }),
      span: null,
    };
  });
}

function decodeRecursion(json: unknown): Recursion {
  const fields = object(json, '$.recursion');
  return { start: decode(fields.start, '$.recursion.start', 0), id: text(fields.id, '$.recursion.id') };
}

const span = null;

function decode(json: unknown, path: string, above: number): Formula {
  const depth = descend(above);
  const fields = object(json, path);
  const one = (key: string): Formula => decode(fields[key], `${path}.${key}`, depth);
  const optional = (key: string): Formula | null => (fields[key] === null ? null : one(key));
  const many = (key: string): Formula[] =>
    list(fields[key], `${path}.${key}`).map((entry, at) => decode(entry, `${path}.${key}[${at}]`, depth));
  const name = (key: string): string => text(fields[key], `${path}.${key}`);
  const natural = (key: string, least: number): number => integer(fields[key], `${path}.${key}`, least);
  const vector = (key: string): Vector => decodeVector(fields[key], `${path}.${key}`, depth);
  const kind = name('kind');
  switch (kind) {
    case 'number':
      return { kind, span, value: rational(fields.value, `${path}.value`) };
    case 'parameter':
    case 'index':
      return { kind, span, name: name('name') };
    case 'step':
      return { kind, span };
    case 'add':
      return { kind, span, terms: many('terms') };
    case 'negate':
    case 'absolute':
      return { kind, span, argument: one('argument') };
    case 'multiply':
      return { kind, span, factors: many('factors') };
    case 'divide':
      return { kind, span, numerator: one('numerator'), denominator: one('denominator') };
    case 'power':
      return { kind, span, base: one('base'), exponent: one('exponent') };
    case 'root':
      return { kind, span, degree: natural('degree', 1), radicand: one('radicand') };
    case 'extremum': {
      const which = name('which');
      if (which !== 'max' && which !== 'min') return wrong(`${path}.which`, '"max" or "min"');
      return { kind, span, which, arguments: many('arguments') };
    }
    case 'sum':
    case 'product':
      return {
        kind,
        span,
        index: name('index'),
        sort: sort(fields.sort, `${path}.sort`),
        lower: one('lower'),
        upper: one('upper'),
        body: one('body'),
      };
    case 'iterate':
      return { kind, span, component: one('component'), label: optional('label') };
    case 'loss':
      return { kind, span, batch: optional('batch'), at: vector('at') };
    case 'derivative': {
      const derivative = { kind, span, by: many('by'), argument: one('argument') } as const;
      if (fields.point === undefined) return derivative;
      return { ...derivative, point: derivativePoint(fields.point, `${path}.point`, depth) };
    }
    case 'parameter-derivative':
      return { kind, span, by: name('by'), argument: one('argument') };
    case 'quantity':
      return {
        kind,
        span,
        name: name('name'),
        indices: many('indices'),
        labels: many('labels'),
        at: fields.at === null ? null : vector('at'),
      };
    case 'call':
      return { kind, span, name: name('name'), derivative: natural('derivative', 0), argument: one('argument') };
    case 'vector-call':
      return {
        kind,
        span,
        name: name('name'),
        component: optional('component'),
        by: many('by'),
        argument: vector('argument'),
      };
    case 'schedule':
      return { kind, span, name: name('name'), index: one('index') };
    case 'norm': {
      const order = natural('order', 1);
      if (order !== 1 && order !== 2) return wrong(`${path}.order`, '1 or 2');
      return { kind, span, order, perturbation: optional('perturbation'), argument: vector('argument') };
    }
    default:
      return wrong(`${path}.kind`, 'the kind of a formula');
  }
}

function decodeVector(json: unknown, path: string, depth: number): Vector {
  const fields = object(json, path);
  return { index: text(fields.index, `${path}.index`), body: decode(fields.body, `${path}.body`, depth) };
}

function derivativePoint(json: unknown, path: string, depth: number): DerivativePoint {
  const fields = object(json, path);
  return { letter: text(fields.letter, `${path}.letter`), at: decodeVector(fields.at, `${path}.at`, depth) };
}

function wrong(path: string, expected: string): never {
  return refuse('bad-formula-json', `${path}: expected ${expected}`);
}

function object(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong(path, 'an object');
  return Object.fromEntries(Object.entries(json));
}

function list(json: unknown, path: string): readonly unknown[] {
  return Array.isArray(json) ? json : wrong(path, 'a list');
}

function text(json: unknown, path: string): string {
  return typeof json === 'string' ? json : wrong(path, 'a string');
}

function integer(json: unknown, path: string, least: number): number {
  return typeof json === 'number' && Number.isSafeInteger(json) && json >= least
    ? json
    : wrong(path, `an integer from ${least}`);
}

function sort(json: unknown, path: string): IndexSort {
  return json === 'history' || json === 'coordinate' ? json : wrong(path, '"history" or "coordinate"');
}

function rational(json: unknown, path: string): Rational {
  const value = typeof json === 'string' ? Rational.parse(json) : null;
  return value ?? wrong(path, 'an exact number such as "-1/2"');
}
