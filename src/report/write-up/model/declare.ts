/** Declarations in the words of a `where` line, which a document reads back, and in the words of prose. */
import type { Declaration, Domain } from '../../../formula/declaration.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { rewrite } from '../../../optimizer/replace.ts';

/** What stands behind `where`; null where nothing is said of the name. */
export function whereText(declaration: Declaration, notation: Notation): string | null {
  switch (declaration.kind) {
    case 'scalar':
      return `${declaration.name} \\in ${interval(declaration.domain)}`;
    case 'function':
      return declaration.body === null
        ? `${declaration.name}${declaration.odd ? ' odd' : ''} smooth`
        : definedFunction(declaration, notation);
    case 'vector-function':
      return `${declaration.name} : vector -> ${declaration.result} smooth`;
    case 'schedule':
      return `${declaration.name} schedule`;
    case 'vector':
      return `${declaration.name} vector`;
  }
}

/** The same for a reader of the paper, in LaTeX. */
export function domainLatex(declaration: Declaration, notation: Notation): string {
  switch (declaration.kind) {
    case 'scalar':
      return `$${declaration.name} ${bounds(declaration.domain)}$`;
    case 'function':
      if (declaration.body !== null) return `the function $${definedFunction(declaration, notation)}$`;
      return `${declaration.odd ? 'an odd smooth function' : 'a smooth function'} $${declaration.name}$`;
    case 'vector-function':
      return `a smooth ${declaration.result}-valued function $${declaration.name}$ of a vector`;
    case 'schedule':
      return `a sequence of numbers $${declaration.name}_{${notation.iteration}}$`;
    case 'vector':
      return `a vector $${declaration.name}$`;
  }
}

function interval({ lower, lowerOpen, upper, upperOpen }: Domain): string {
  const from = lower === null ? '(-\\infty' : `${lowerOpen ? '(' : '['}${lower}`;
  return `${from},${upper === null ? '\\infty)' : `${upper}${upperOpen ? ')' : ']'}`}`;
}

function bounds(domain: Domain): string {
  const { lower, lowerOpen, upper } = domain;
  if (lower === null && upper === null) return '\\in \\mathbb{R}';
  if (lower !== null && upper === null) return `${lowerOpen ? '>' : '\\ge'} ${lower}`;
  return `\\in ${interval(domain)}`;
}

const FORMALS = ['x', 'u', 'y', 'z', 's', 'v', 'a'];

/** φ(x) = …, with a letter for x that means nothing else in the notation. */
function definedFunction(
  { name, formal, body }: Extract<Declaration, { kind: 'function' }>,
  notation: Notation,
): string {
  if (body === null) throw new Error('the function has a body');
  const taken = new Set(Object.values(notation));
  const letter = taken.has(formal) ? (FORMALS.find(each => !taken.has(each)) ?? formal) : formal;
  const renamed = rewrite(body, node =>
    node.kind === 'parameter' && node.name === formal ? { ...node, name: letter } : node,
  );
  return `${name}(${letter}) = ${writeFormula(renamed, notation, 'latex')}`;
}
