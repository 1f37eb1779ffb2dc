/** One notation for the whole document: the letters under which the most rules are read, the likeliest among equals. */
import type { Problem } from '../../base/problem.ts';
import { Ids } from './ids.ts';
import { hasDoubles, type RoleLetters, letterText, sparse, withLetters } from './letters.ts';
import { findRule, type FoundRule, lettersFor, type UpdateRuleFound, type Seed, seedsIn } from './rules.ts';
import { unsure, type AnnotatedFile } from './world.ts';

export interface ChosenLetters {
  readonly letters: RoleLetters;
  /** What notation lines of the document give. */
  readonly given: RoleLetters;
  readonly rules: readonly UpdateRuleFound[];
  readonly ids: Ids;
  readonly notes: readonly Problem[];
}

/** An option with what it makes of every seed. */
interface Tried {
  readonly letters: RoleLetters;
  readonly rank: number;
  readonly found: ReadonlyMap<Seed, FoundRule>;
}

/** Notations that are tried for all rules of a document. */
const MOST_OPTIONS = 12;

export function chooseLetters(world: AnnotatedFile): ChosenLetters {
  const { outline } = world.document;
  const given: RoleLetters = new Map(
    [...outline.given].flatMap(([role, letter]) =>
      role === 'inverseStep' || role === 'tuple' ? [] : [[role, letter] as const],
    ),
  );
  const ids = new Ids(outline.entries.map(({ id }) => id));
  const seeds = seedsIn(world);
  const tried = optionsOf(seeds, given, world)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_OPTIONS)
    .map(({ letters, rank }) => tryOption(letters, rank, seeds, world));
  const readBy = ({ found }: Tried): number => [...found.values()].filter(({ ok }) => ok).length;
  const [best, ...others] = tried.sort((a, b) => readBy(b) - readBy(a) || a.rank - b.rank);
  if (!best) return { letters: given, given, rules: [], ids, notes: [] };
  const notes: Problem[] = [];
  const rules: UpdateRuleFound[] = [];
  for (const seed of seeds) {
    const found = best.found.get(seed);
    const reason = found?.ok ? world.derives(found.rule.optimizer) : null;
    if (found?.ok && reason !== null) {
      notes.push(unsure(`this rule is read, but not derived: ${reason}`, seed.formula.span));
    } else if (found?.ok) {
      const id = ids.of(seed.formula, 'rule');
      ids.take(id);
      rules.push({ ...found.rule, proposal: { ...found.rule.proposal, id } });
      notes.push(...found.rule.notes, ...otherReadings(seed, best, others, world.saidSteps));
    } else notes.push(whyNot(seed, found, others));
  }
  const { letters, kept, dropped } = withGradient(best.letters, rules);
  notes.push(...dropped);
  return { letters, given, rules: kept, ids, notes };
}

/** The options of all seeds with the letters that are given, without repeats; the rank is the best that a seed gives it. */
function optionsOf(
  seeds: readonly Seed[],
  given: RoleLetters,
  world: AnnotatedFile,
): { letters: RoleLetters; rank: number }[] {
  const options = new Map<string, { letters: RoleLetters; rank: number }>();
  for (const seed of seeds) {
    for (const [rank, own] of lettersFor(seed, world).entries()) {
      const letters = sparse(withLetters(given, own));
      if (hasDoubles(letters)) continue;
      const key = letterText(letters);
      const known = options.get(key);
      if (!known || known.rank > rank) options.set(key, { letters, rank });
    }
  }
  return [...options.values()];
}

function tryOption(letters: RoleLetters, rank: number, seeds: readonly Seed[], world: AnnotatedFile): Tried {
  const parameters = letters.get('parameters') ?? '\\theta';
  const own = seeds.filter(({ updates }) =>
    updates.some(({ core }) => core === parameters || parameters.endsWith(`{${core}}`)),
  );
  return { letters, rank, found: new Map(own.map(seed => [seed, findRule(seed, 'rule', letters, seeds, world)])) };
}

/** Other letters for the loss or the step under which the rule is read too. */
function otherReadings(seed: Seed, best: Tried, others: readonly Tried[], said: ReadonlySet<string>): Problem[] {
  for (const role of ['step', 'loss', 'iteration'] as const) {
    const own = best.letters.get(role);
    const too = others.filter(
      ({ letters, found }) =>
        found.get(seed)?.ok === true &&
        letters.get(role) !== own &&
        differsOnlyIn(role, letters, best.letters) &&
        occursIn(letters.get(role) ?? USUAL[role], found.get(seed)),
    );
    const [other] = too;
    if (!other) continue;
    const [first, second] = [own ?? USUAL[role], other.letters.get(role) ?? USUAL[role]];
    // The words of the document decide.
    if (role === 'step' && said.has(first) && !said.has(second)) return [];
    return [
      unsure(
        `the rule can be read with ${role}=${first} and with ${role}=${second}; ${first} is proposed`,
        seed.formula.span,
        `Write ${role}=${second} in the notation line where that is meant.`,
      ),
    ];
  }
  return [];
}

const USUAL = { step: 'h', loss: 'E', iteration: 'n' } as const;

/** Whether the letter stands in the formulas of the rule. */
const occursIn = (letter: string, found: FoundRule | undefined): boolean =>
  found?.ok === true &&
  found.rule.proposal.formulas.some(({ pieces }) =>
    pieces.some(({ piece }) => [...piece.left, ...piece.right].some(({ text }) => text === letter)),
  );

const differsOnlyIn = (role: 'step' | 'loss' | 'iteration', a: RoleLetters, b: RoleLetters): boolean =>
  [...new Set([...a.keys(), ...b.keys()])].every(each => each === role || a.get(each) === b.get(each));

/** What the reader says of a rule that it does not read, or the letters under which it would. */
function whyNot(seed: Seed, found: FoundRule | undefined, others: readonly Tried[]): Problem {
  const other = others.find(each => each.found.get(seed)?.ok === true);
  if (other)
    return unsure(
      `this rule has other letters than the rest of the document: it is read with ${letterText(other.letters)}`,
      seed.formula.span,
      'A document has one notation; the rule needs a file of its own.',
    );
  if (found && !found.ok) return found.problem;
  return unsure('this looks like an update rule, and is not read', seed.formula.span);
}

/** The letter of the gradient that rules need, for all; rules that need another one are dropped. */
function withGradient(
  letters: RoleLetters,
  rules: readonly UpdateRuleFound[],
): { letters: RoleLetters; kept: UpdateRuleFound[]; dropped: Problem[] } {
  const wanted = rules.flatMap(rule => rule.letters.get('gradient') ?? []);
  const [gradient] = wanted;
  if (gradient === undefined) return { letters, kept: [...rules], dropped: [] };
  const fits = (rule: UpdateRuleFound): boolean => [undefined, gradient].includes(rule.letters.get('gradient'));
  return {
    letters: sparse([...letters, ['gradient', gradient]]),
    kept: rules.filter(fits),
    dropped: rules
      .filter(rule => !fits(rule))
      .map(rule =>
        unsure(
          `${rule.letters.get('gradient') ?? ''} would be the gradient here, and ${gradient} is in another rule; a document has one letter for it`,
          rule.seed.formula.span,
        ),
      ),
  };
}
