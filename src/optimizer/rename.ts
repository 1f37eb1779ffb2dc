/** An optimizer with other names for its hyperparameters, functions, states and rows. What it computes stays the same. */
import type { Declaration } from '../formula/declaration.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import type { Optimizer } from './model.ts';
import { rewrite } from './replace.ts';

/** Every name that the optimizer declares or gives to a row. */
export const namesOf = ({ declarations, states, quantities }: Optimizer): string[] =>
  [...declarations, ...states, ...quantities].map(({ name }) => name);

/** `names` takes old names to new ones, which must be free and different. */
export function renameOptimizer(optimizer: Optimizer, names: ReadonlyMap<string, string>): Optimizer {
  if (names.size === 0) return optimizer;
  const rename = (name: string): string => names.get(name) ?? name;
  const inside = (formula: Formula): Formula => renameIn(formula, rename);
  const { declarations, states, quantities, labelShifts, update } = optimizer;
  return {
    ...optimizer,
    declarations: declarations.map(each => renameDeclaration(each, rename)),
    states: states.map(row => ({
      ...row,
      name: rename(row.name),
      right: inside(row.right),
      initial: inside(row.initial),
    })),
    quantities: quantities.map((row): Definition => ({ ...row, name: rename(row.name), body: inside(row.body) })),
    ...(labelShifts ? { labelShifts: new Map([...labelShifts].map(([name, shift]) => [rename(name), shift])) } : {}),
    update: inside(update),
  };
}

function renameDeclaration(declaration: Declaration, rename: (name: string) => string): Declaration {
  const name = rename(declaration.name);
  if (declaration.kind !== 'function' || declaration.body === null) return { ...declaration, name };
  // The formal letter is bound in the body: a name that is spelled like it means the letter there.
  const { formal, body } = declaration;
  return { ...declaration, name, body: renameIn(body, each => (each === formal ? each : rename(each))) };
}

function renameIn(formula: Formula, rename: (name: string) => string): Formula {
  return rewrite(formula, node => {
    switch (node.kind) {
      case 'parameter':
      case 'quantity':
      case 'schedule':
      case 'call':
      case 'vector-call':
        return { ...node, name: rename(node.name) };
      case 'parameter-derivative':
        return { ...node, by: rename(node.by) };
      default:
        return node;
    }
  });
}
