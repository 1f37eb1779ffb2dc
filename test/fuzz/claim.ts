/** A claim of known truth: its two sides as trees, what it declares and assumes, and the lines of a document that state it. */
import type { Meaning } from './evaluate.ts';
import { type Domain, declarationText } from './facts.ts';
import { print, printNamed } from './print.ts';
import { placesOf, type Tree } from './tree.ts';

export type Relation = '=' | '<' | '>' | '\\le' | '\\ge';

export interface FuzzClaim {
  /** The kind it is counted under. */
  readonly kind: string;
  /** The rewritings that made one side of the other. */
  readonly steps: readonly string[];
  readonly left: Tree;
  /** What is printed on the left where it is not `left` itself: the equation of motion. */
  readonly leftText: string | null;
  readonly relation: Relation;
  readonly right: Tree;
  readonly scalars: ReadonlyMap<string, Domain>;
  readonly meanings: readonly Meaning[];
  readonly leastN: number;
  readonly labels: readonly string[];
  readonly truth: boolean;
  /** For a false claim the step that made it so, and where it fails, in words. */
  readonly brokenBy: string | null;
  readonly failsAt: string | null;
  /** Further keys of the magic comment, as ` limit=large-n`. */
  readonly keys: string;
  /** Lines before the claim that define the optimizer it is about; null for plain gradient descent. */
  readonly optimizer: { readonly id: string; readonly lines: readonly string[] } | null;
}

const uses = (trees: readonly Tree[], kind: Tree['kind']): boolean =>
  trees.some(tree => placesOf(tree).some(({ tree: node }) => node.kind === kind));

/** What stands in the display, without the magic comment. */
export function displayOf({ left, leftText, relation, right, meanings }: FuzzClaim): string {
  const definitions = meanings
    .filter(({ name }) =>
      [left, right].some(side => placesOf(side).some(({ tree }) => tree.kind === 'named' && tree.name === name)),
    )
    .map(meaning => `${printNamed(meaning, meaning.letter)} := ${print(meaning.body)}`);
  return [`${leftText ?? print(left)} ${relation} ${print(right)}`, ...definitions].join(', \\quad ');
}

/** The lines of the claim, without the optimizer's. */
export function claimLines(claim: FuzzClaim, id: string): string[] {
  const { left, right, meanings, scalars, leastN, keys, optimizer, steps } = claim;
  const declared = [...scalars].map(([name, domain]) => declarationText(name, domain));
  if (uses([left, right, ...meanings.map(({ body }) => body)], 'schedule') && optimizer === null)
    declared.push('\\eta_n schedule');
  // Both spellings of the same condition, by the parity of what is there already.
  const strict = (steps.length + leastN) % 2 === 0;
  const assume = leastN > 0 ? ` assume={n ${strict ? `> ${leastN - 1}` : `\\ge ${leastN}`}}` : '';
  return [
    `% !modeq claim ${id} about=${optimizer?.id ?? 'gd'}${keys}${assume}`,
    ...(declared.length > 0 ? [`% !modeq where ${declared.join(', ')}`] : []),
    `\\[ ${displayOf(claim)} \\]`,
  ];
}

/** A whole document with this claim alone. */
export function documentOf(claim: FuzzClaim, id = 'claim'): string {
  return [...(claim.optimizer?.lines ?? []), ...claimLines(claim, id), ''].join('\n');
}
