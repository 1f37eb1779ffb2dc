/** Whether h stands in a formula, also in what its names stand for. */
import type { Declaration } from './declaration.ts';
import type { Definition, Formula } from './formula.ts';
import { children } from './walk.ts';

/** What the names in a formula stand for. */
export interface NamesMeant {
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

/** The formulas that a name stands for; none where it has no formula. */
export function formulasMeant(formula: Formula, { definitions, declarations }: NamesMeant): readonly Formula[] {
  if (formula.kind === 'quantity')
    return definitions
      .filter(({ name }) => name === formula.name)
      .flatMap(({ body, recursion }) => (recursion === undefined ? [body] : [body, recursion.start]));
  if (formula.kind === 'call')
    return declarations.flatMap(each =>
      each.kind === 'function' && each.name === formula.name && each.body !== null ? [each.body] : [],
    );
  return [];
}

/** Whether h occurs. Example: in R, where R := ∇E + h∇²E∇E. */
export function reachesStep(formula: Formula, names: NamesMeant): boolean {
  const seen = new Set<Formula>();
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'step') return true;
    waiting.push(...children(node));
    for (const body of formulasMeant(node, names)) {
      if (!seen.has(body)) waiting.push(body);
      seen.add(body);
    }
  }
  return false;
}
