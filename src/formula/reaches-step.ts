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

/** What a formula shows of itself, whatever its names stand for. */
interface Shown {
  readonly hasStep: boolean;
  /** Its quantities and calls, one of each name. */
  readonly named: readonly Formula[];
}

/** Edited claims share most of their formulas. */
const shown = new WeakMap<Formula, Shown>();

function shownBy(formula: Formula): Shown {
  const known = shown.get(formula);
  if (known !== undefined) return known;
  const parts = children(formula).map(shownBy);
  const isNamed = formula.kind === 'quantity' || formula.kind === 'call';
  const own = [...(isNamed ? [formula] : []), ...parts.flatMap(({ named }) => named)];
  const [only] = parts;
  const made: Shown =
    parts.length === 1 && only !== undefined && !isNamed
      ? only
      : {
          hasStep: formula.kind === 'step' || parts.some(({ hasStep }) => hasStep),
          named: own.length < 2 ? own : [...new Map(own.map(each => [nameOf(each), each])).values()],
        };
  shown.set(formula, made);
  return made;
}

const nameOf = (formula: Formula): string => `${formula.kind} ${'name' in formula ? formula.name : ''}`;

/** The formula and all that its names stand for, each once. */
export function* withMeanings(formula: Formula, names: NamesMeant): Generator<Formula> {
  const seen = new Set<string>();
  const waiting: Formula[] = [formula];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    for (const named of shownBy(next).named) {
      const name = nameOf(named);
      if (!seen.has(name)) waiting.push(...formulasMeant(named, names));
      seen.add(name);
    }
  }
}

/** Whether h occurs. Example: in R, where R := ∇E + h∇²E∇E. */
export function reachesStep(formula: Formula, names: NamesMeant): boolean {
  for (const each of withMeanings(formula, names)) if (shownBy(each).hasStep) return true;
  return false;
}
