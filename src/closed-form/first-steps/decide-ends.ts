/**
 * Conditions on the first steps taken out of ends of sums and out of factors: in Σ_{k=0}^{\min(0,n−1)} a the minimum is 0 from n = 1 on, as
 * min(1, n) is 1, and a sum over l from 0 whose terms have such ends in l is cut there, Σ_{l=0}^{n} f(l) = f(0) + Σ_{l=1}^{n} f(l). What is
 * written so holds from a step on, which is found beside the derived equation before it is printed.
 */
import { isOverTimes } from '../../formula/population.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import { asForm } from '../../expression/core/index-form.ts';
import { addition, number } from '../../formula/build.ts';
import { type BigNode, type Formula, ITERATION } from '../../formula/formula.ts';
import { offsetFrom, wholeNumber } from '../../formula/label-offset.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import { withChildren, children } from '../../formula/walk.ts';
import { variableForm } from '../../number/linear-form.ts';
import { ScalarCloser } from '../close-scalars.ts';
import { allNodes } from '../factors.ts';
import { leastLabels } from '../least-labels.ts';
import { Pot } from '../../base/pot.ts';

/** Steps that may be left out. */
const MOST = 2;
const WORK = { each: 150_000, all: 1_000_000 };

/** The equation without such conditions, for n from some small number on; itself where it has none. */
export function withDecidedEnds(equation: ModifiedEquation): ModifiedEquation {
  const { coefficients, definitions, optimizer } = equation;
  if (![...coefficients, ...definitions.map(({ body }) => body)].some(hasOpenEnd)) return equation;
  const closer = new ScalarCloser(optimizer, new Pot(WORK.each, WORK.all));
  const least = leastLabels(coefficients, definitions, MOST);
  const decided = (formula: Formula, from: number): Formula =>
    hasOpenEnd(formula) ? closer.close(decide(formula, new Map([[ITERATION, from]])), from) : formula;
  return {
    ...equation,
    coefficients: coefficients.map(each => decided(each, MOST)),
    definitions: definitions.map(each =>
      each.recursion === undefined
        ? { ...each, body: decided(each.body, Math.max(0, least.get(each.name) ?? 0)) }
        : each,
    ),
  };
}

/** A minimum or maximum, as of a number and a letter at the end of a sum over times or in front of a term. */
const hasOpenEnd = (formula: Formula): boolean => allNodes(formula).some(({ kind }) => kind === 'extremum');

const isPast = (node: Formula): node is BigNode => isOverTimes(node);

/** Letters with their least values. */
type Least = ReadonlyMap<string, number>;

function decide(formula: Formula, least: Least): Formula {
  if (!isPast(formula)) {
    if (formula.kind === 'extremum') return decidedEnd(formula, least);
    const parts = children(formula).map(each => decide(each, least));
    return parts.every((each, at) => each === children(formula)[at]) ? formula : withChildren(formula, parts);
  }
  const node = { ...formula, lower: decidedEnd(formula.lower, least), upper: decidedEnd(formula.upper, least) };
  const lower = wholeNumber(node.lower);
  if (lower === null) return { ...node, body: decide(node.body, least) };
  const cut = node.kind === 'sum' ? cutOf(node, lower, least) : 0;
  const first = Array.from({ length: cut }, (_, at) => at + lower);
  const taken = first.map(at => decide(substituteLetters(node.body, new Map([[node.index, number(at)]])), least));
  const start = lower + cut;
  const rest = { ...node, lower: number(start), body: decide(node.body, new Map(least).set(node.index, start)) };
  return taken.length === 0 ? rest : addition(...taken.map(withoutEmpty), rest);
}

/** How many first terms are written by themselves: so many that ends in the letter are decided, and the sum surely has. */
function cutOf(node: BigNode, lower: number, least: Least): number {
  const ends = allNodes(node.body).filter(({ kind }) => kind === 'extremum');
  const wanted = Math.max(0, ...ends.map(end => decidedFrom(end, node.index) - lower));
  const upper = leastValue(node.upper, least);
  return wanted <= MOST && upper !== null && upper - lower + 1 >= wanted ? wanted : 0;
}

/** A number b beside letter + c (rising) or c − letter, in a minimum or maximum. */
interface OpenEnd {
  readonly bound: Formula;
  readonly moving: Formula;
  readonly isRising: boolean;
  /** The value of the letter from which on the moving one is at least b, or at most b where it falls. */
  readonly from: number;
}

function openEnd(end: Formula, letter: string): OpenEnd | null {
  if (end.kind !== 'extremum' || end.arguments.length !== 2) return null;
  const bound = end.arguments.find(each => wholeNumber(each) !== null);
  const moving = end.arguments.find(each => wholeNumber(each) === null);
  const form = moving === undefined ? null : asForm(moving, new Map([[letter, variableForm(LETTER)]]));
  const [only, ...others] = form?.terms ?? [];
  const number = bound === undefined ? null : wholeNumber(bound);
  if (bound === undefined || moving === undefined || form === null || number === null) return null;
  if (only === undefined || others.length > 0 || Math.abs(only[1]) !== 1) return null;
  const isRising = only[1] === 1;
  return { bound, moving, isRising, from: isRising ? number - form.constant : form.constant - number };
}

/** The index that stands for the letter that is looked at. */
const LETTER = 0;

/** The value of the letter from which on min(b, letter + c) is b; −∞ where the end is no such thing. */
const decidedFrom = (end: Formula, letter: string): number => openEnd(end, letter)?.from ?? Number.NEGATIVE_INFINITY;

/** min(b, l + c) as b, max(b, l + c) as l + c, where l is at least b − c; min(b, c − l) as c − l, max(b, c − l) as b, where l is at least c − b. */
function decidedEnd(end: Formula, least: Least): Formula {
  if (end.kind !== 'extremum') return end;
  for (const [letter, from] of least) {
    const open = openEnd(end, letter);
    if (open === null || from < open.from) continue;
    return open.isRising === (end.which === 'min') ? open.bound : open.moving;
  }
  return end;
}

/** Sums whose range is seen to be empty as 0, products as 1. */
function withoutEmpty(formula: Formula): Formula {
  const parts = children(formula).map(withoutEmpty);
  const node = parts.every((each, at) => each === children(formula)[at]) ? formula : withChildren(formula, parts);
  if (!isPast(node)) return node;
  const [lower, upper] = [numberAt(node.lower), numberAt(node.upper)];
  return lower !== null && upper !== null && upper < lower ? number(node.kind === 'sum' ? 0 : 1) : node;
}

/** The value of an end in numbers alone. */
function numberAt(end: Formula): number | null {
  if (end.kind === 'extremum') {
    const values = end.arguments.map(numberAt);
    const known = values.filter(each => each !== null);
    if (known.length < values.length) return null;
    return end.which === 'min' ? Math.min(...known) : Math.max(...known);
  }
  return wholeNumber(end);
}

/** The least value of letter + c. */
function leastValue(end: Formula, least: Least): number | null {
  const own = wholeNumber(end);
  if (own !== null) return own;
  for (const [letter, from] of least) {
    const offset = offsetFrom(letter, end, new Map());
    if (offset !== null && Number.isFinite(offset)) return from + offset;
  }
  return null;
}
