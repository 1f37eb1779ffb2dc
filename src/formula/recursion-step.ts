/** A sequence that is defined by a recursion, as one writes it: s^{(n+1)} := … of s^{(n)}, and s^{(0)}. */
import { addition, index, number } from './build.ts';
import { collected } from './collected.ts';
import type { Definition, Formula } from './formula.ts';
import { substituteLetters } from './substitute.ts';
import { children, withChildren } from './walk.ts';

/** n + 1 and the value there, with what the letter of the label is now; the letter and the body of a definition that is no recursion. */
export function recursionStep({ labels, body, recursion }: Definition): {
  readonly labels: readonly Formula[];
  readonly body: Formula;
} {
  const [letter] = labels;
  if (recursion === undefined || letter === undefined) return { labels: labels.map(index), body };
  const next = addition(index(letter), number(1));
  return { labels: [next], body: everywhere(substituteLetters(body, new Map([[letter, next]]))) };
}

function everywhere(formula: Formula): Formula {
  const old = children(formula);
  const renewed = old.map(everywhere);
  return collected(renewed.every((child, at) => child === old[at]) ? formula : withChildren(formula, renewed));
}
