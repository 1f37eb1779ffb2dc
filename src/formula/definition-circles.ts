/**
 * Definitions that need each other. A circle is one that goes through a sequence which its recursion defines, if each turn of it ends at an
 * earlier label: u^{(n+1)} of R^{(n)} of u^{(n)}. Any other circle defines nothing.
 */
import { offsetFrom } from './label-offset.ts';
import { type Definition, type Formula, ITERATION } from './formula.ts';
import { children } from './walk.ts';

/** Names that a formula uses. */
export function namesIn(formula: Formula): Set<string> {
  const found = new Set<string>();
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'quantity') found.add(node.name);
    waiting.push(...children(node));
  }
  return found;
}

/** The names of a circle in the order in which they need each other, the first one again at its end; null where there is none. */
export function circleIn(definitions: readonly Definition[]): readonly string[] | null {
  const plain = definitions.filter(({ recursion }) => recursion === undefined);
  const found = plainCircle(plain);
  if (found !== null || plain.length === definitions.length) return found;
  return endlessCircle(definitions);
}

function plainCircle(definitions: readonly Definition[]): readonly string[] | null {
  const uses = new Map(definitions.map(({ name, body }) => [name, [...namesIn(body)]]));
  const done = new Set<string>();
  for (const start of uses.keys()) {
    // Depth first with an explicit stack: [name, how many of its uses were looked at].
    const path: [string, number][] = done.has(start) ? [] : [[start, 0]];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const [name, position] = top;
      const next = uses.get(name)?.[position];
      top[1] += 1;
      if (next === undefined) {
        done.add(name);
        path.pop();
      } else if (path.some(([open]) => open === next)) {
        return [...path.slice(path.findIndex(([open]) => open === next)).map(([open]) => open), next];
      } else if (uses.has(next) && !done.has(next)) path.push([next, 0]);
    }
  }
  return null;
}

/** Labels that nothing is known of count as later than all others. */
const ANY = 1_000;
const NEVER = Number.NEGATIVE_INFINITY;

/** The latest label, beside its own, at which each name is read in the body of a definition. */
function reaches(definition: Definition): Map<string, number> {
  const own = definition.labels[0] ?? ITERATION;
  const found = new Map<string, number>();
  const visit = (node: Formula, bounds: ReadonlyMap<string, number>): void => {
    if (node.kind === 'quantity') {
      const [label] = node.labels;
      const at = label === undefined ? 0 : offsetFrom(own, label, bounds);
      found.set(node.name, Math.max(found.get(node.name) ?? NEVER, at ?? ANY));
    }
    const inner =
      node.kind === 'sum' || node.kind === 'product'
        ? new Map(bounds).set(node.index, offsetFrom(own, node.upper, bounds) ?? ANY)
        : bounds;
    for (const child of children(node)) visit(child, inner);
  };
  visit(definition.body, new Map());
  return found;
}

/** A circle whose labels do not go down: longest paths between all definitions. */
function endlessCircle(definitions: readonly Definition[]): readonly string[] | null {
  const names = definitions.map(({ name }) => name);
  const far = definitions.map(definition => {
    const reached = reaches(definition);
    return names.map(name => reached.get(name) ?? NEVER);
  });
  const at = (from: number, to: number): number => far[from]?.[to] ?? NEVER;
  for (const [through] of names.entries())
    for (const [from, row] of far.entries())
      for (const [to, known] of row.entries())
        row[to] = Math.min(ANY, Math.max(known, at(from, through) + at(through, to)));
  const open = names.find((_, each) => at(each, each) >= 0);
  return open === undefined ? null : [open, open];
}
