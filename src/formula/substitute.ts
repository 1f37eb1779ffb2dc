/**
 * Index letters of a formula replaced by formulas, without capture: a letter that is bound inside is renamed first where
 * what is put in would be caught by it.
 */
import type { Definition, Formula, QuantityNode, Vector } from './formula.ts';
import { children, withChildren } from './walk.ts';

/** What stands for a letter. */
export type Replacements = ReadonlyMap<string, Formula>;

/** The formula with the free letters of `replacements` replaced. */
export function substituteLetters(formula: Formula, replacements: Replacements): Formula {
  if (replacements.size === 0) return formula;
  if (formula.kind === 'index') return replacements.get(formula.name) ?? formula;
  const parts = children(formula);
  const letters = boundLetters(formula);
  if (letters.every(letter => letter === null))
    return rebuilt(
      formula,
      parts,
      parts.map(part => substituteLetters(part, replacements)),
    );
  const renamed = new Map<string, string>();
  const images = parts.map((part, at) => {
    const letter = letters[at] ?? null;
    if (letter === null) return substituteLetters(part, replacements);
    const inner = new Map([...replacements].filter(([name]) => name !== letter));
    if (![...inner.values()].some(value => mentionsLetter(value, letter))) return substituteLetters(part, inner);
    const fresh = freshLetter(letter, [part, ...inner.values()]);
    renamed.set(letter, fresh);
    return substituteLetters(part, inner.set(letter, { kind: 'index', span: null, name: fresh }));
  });
  return renameBound(rebuilt(formula, parts, images), renamed);
}

function rebuilt(formula: Formula, old: readonly Formula[], images: readonly Formula[]): Formula {
  return images.every((image, at) => image === old[at]) ? formula : withChildren(formula, images);
}

/** For each child the letter that the node binds in it, or null. */
export function boundLetters(formula: Formula): (string | null)[] {
  const count = children(formula).length;
  const last = (letter: string | null): (string | null)[] =>
    Array.from({ length: count }, (_, at) => (at === count - 1 ? letter : null));
  switch (formula.kind) {
    case 'sum':
    case 'product':
      return last(formula.index);
    case 'loss':
      return last(formula.at.index);
    case 'quantity':
      return last(formula.at?.index ?? null);
    case 'vector-call':
    case 'norm':
      return last(formula.argument.index);
    case 'derivative': {
      const bound = last(formula.point?.letter ?? null);
      if (formula.point !== undefined) bound[count - 2] = formula.point.at.index;
      const named = formula.asked?.by;
      if (named) bound[formula.by.length] = named.index;
      return bound;
    }
    default:
      return last(null);
  }
}

/** Whether the letter occurs anywhere, bound or free. */
export const mentionsLetter = (formula: Formula, letter: string): boolean =>
  (formula.kind === 'index' && formula.name === letter) ||
  boundLetters(formula).includes(letter) ||
  children(formula).some(child => mentionsLetter(child, letter));

/** A letter that occurs in none of the formulas; no LaTeX letter begins with '#'. */
export function freshLetter(like: string, formulas: readonly Formula[]): string {
  const stem = `#${like.replaceAll('#', '')}`;
  for (let count = 1; ; count += 1) {
    const letter = `${stem}${count}`;
    if (!formulas.some(formula => mentionsLetter(formula, letter))) return letter;
  }
}

/** The node with the letters that it binds itself renamed; its children are renamed already. */
function renameBound(formula: Formula, names: ReadonlyMap<string, string>): Formula {
  if (names.size === 0) return formula;
  const vector = (each: Vector): Vector => ({ ...each, index: names.get(each.index) ?? each.index });
  switch (formula.kind) {
    case 'sum':
    case 'product':
      return { ...formula, index: names.get(formula.index) ?? formula.index };
    case 'loss':
      return { ...formula, at: vector(formula.at) };
    case 'quantity':
      return { ...formula, at: formula.at && vector(formula.at) };
    case 'vector-call':
    case 'norm':
      return { ...formula, argument: vector(formula.argument) };
    case 'derivative': {
      const { asked, point } = formula;
      return {
        ...formula,
        ...(asked === undefined ? {} : { asked: { by: asked.by && vector(asked.by) } }),
        ...(point === undefined
          ? {}
          : { point: { letter: names.get(point.letter) ?? point.letter, at: vector(point.at) } }),
      };
    }
    default:
      return formula;
  }
}

/** The component of a vector. */
export const componentAt = ({ index, body }: Vector, component: Formula): Formula =>
  substituteLetters(body, new Map([[index, component]]));

/** The body of a definition where it is used, with the letters, labels and point of the use in place. */
export function inlined(use: QuantityNode, definition: Definition): Formula {
  const actual = [...use.indices, ...use.labels];
  const formal = [...definition.indices, ...definition.labels];
  const pairs = formal.flatMap((letter, at): [string, Formula][] => {
    const value = actual[at];
    return value === undefined || (value.kind === 'index' && value.name === letter) ? [] : [[letter, value]];
  });
  const body = substituteLetters(definition.body, new Map(pairs));
  return use.at === null ? body : atPoint(body, use.at);
}

/** The formula at another point: `at` in place of the current θ. */
export function atPoint(formula: Formula, at: Vector): Formula {
  if (formula.kind === 'iterate' && formula.label === null) return componentAt(at, formula.component);
  const parts = children(formula);
  const letters = boundLetters(formula);
  const caught = letters.filter(letter => letter !== null && letter !== at.index && mentionsLetter(at.body, letter));
  if (caught.length > 0) {
    // The letters that would catch those of the point are renamed by a substitution that changes nothing else.
    const names = new Map(
      caught.flatMap((letter): [string, string][] =>
        letter === null ? [] : [[letter, freshLetter(letter, [formula, at.body])]],
      ),
    );
    const renamed = parts.map((part, place) => {
      const name = names.get(letters[place] ?? '');
      if (name === undefined) return part;
      return substituteLetters(part, new Map([[letters[place] ?? '', { kind: 'index', span: null, name }]]));
    });
    return atPoint(renameBound(withChildren(formula, renamed), names), at);
  }
  const images = parts.map(part => atPoint(part, at));
  // A quantity that leaves out its point is taken at the current one.
  const moved = rebuilt(formula, parts, images);
  return moved.kind === 'quantity' && moved.at === null ? { ...moved, at } : moved;
}
