/** Update rules: the displays that make the next iterate, with the rows of their states from all over the document. */
import type { Problem } from '../../base/problem.ts';
import type { Item } from '../../latex/layout/item.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Role } from '../annotation/notation-line.ts';
import { labelStyleOf } from '../author/label-style.ts';
import { evidenceOf, ranked } from './evidence.ts';
import { assemble, draftOf, type DraftProposal, type Supply, written } from './assemble.ts';
import { type FoundSeed, itemsOf } from './found.ts';
import { hasDoubles, type RoleLetters, sparse } from './letters.ts';
import { FIRST_VALUE, isUsualGradient, withFormula } from './repair.ts';
import { isFirstValue, type Made, madeIn } from './rows.ts';
import { parametersIn, updatesIn } from './parameters.ts';
import { stepsIn } from './steps.ts';
import type { Proposal } from './trial.ts';
import { makersOf, unsure, type AnnotatedFile } from './world.ts';

/** A formula in which the parameters get their next value. */
export interface Seed {
  readonly formula: FoundSeed;
  /** The rows that may make the next value, one for each letter that may be the parameters. */
  readonly updates: readonly Made[];
}

export interface UpdateRuleFound {
  readonly seed: Seed;
  readonly proposal: Proposal;
  readonly letters: RoleLetters;
  readonly optimizer: Optimizer;
  readonly notes: readonly Problem[];
}

export type FoundRule =
  | { readonly ok: true; readonly rule: UpdateRuleFound }
  | { readonly ok: false; readonly problem: Problem };

/** The free formulas that may hold an update rule, in the order of the text; those with a remainder state something. */
export function seedsIn({ document, evidence }: AnnotatedFile): Seed[] {
  const parameters = parametersIn(document.formulas, evidence);
  return document.formulas.flatMap(formula => {
    if (!formula.isFree || formula.pieces.some(({ piece }) => piece.remainder !== null)) return [];
    const updates = updatesIn(formula, parameters);
    return updates.length > 0 ? [{ formula, updates }] : [];
  });
}

/** The letters under which the rule may be read, the likeliest first. */
export const lettersFor = ({ formula, updates }: Seed, world: AnnotatedFile): RoleLetters[] =>
  updates.flatMap(update => lettersWith(update, formula, world)).filter(letters => !hasDoubles(letters));

function lettersWith(update: Made, formula: FoundSeed, world: AnnotatedFile): RoleLetters[] {
  const { evidence, document } = world;
  const made = document.formulas.flatMap(madeIn);
  const own = evidenceOf([formula]).losses;
  const losses = ranked(evidence.losses).filter(
    letter => letter !== update.core && (own.size === 0 || own.has(letter)),
  );
  const names = new Set([update.core, ...losses, ...made.filter(each => !isSchedule(each)).map(({ core }) => core)]);
  const style = labelStyleOf(
    formula.pieces.flatMap(({ piece }) => [piece.left, piece.right]),
    update.core,
  );
  const near = made.filter(({ found }) => mentionsAny(update, found.left));
  const steps = stepsIn(update, near, formula, world.saidSteps, names);
  const entry = (role: Role | 'index', letter: string | null): [Role | 'index', string][] =>
    letter === null ? [] : [[role, letter]];
  const labels = [
    ...entry('iteration', style?.letter ?? null),
    ...entry('index', style?.style === 'subscript' ? 'subscript' : null),
  ];
  const gradient = differentialOf(update.core, formula);
  return (losses.length === 0 ? [null] : losses.slice(0, 3)).flatMap(loss =>
    steps
      .filter(step => step !== style?.letter)
      .slice(0, 3)
      .map(step =>
        sparse([
          ...entry('loss', loss),
          ...entry('parameters', update.core),
          ...entry('step', step),
          ...labels,
          ...entry('gradient', gradient),
        ]),
      ),
  );
}

/** dW, where the rows have d in front of the parameters and no row makes that: a program's name of the gradient. */
function differentialOf(core: string, { pieces }: FoundSeed): string | null {
  const isD = (item: Item | undefined): boolean => item?.kind === 'name' && item.name.core === 'd' && item.sub === null;
  const hasD = pieces.some(({ right }) =>
    [...itemsOf(right)].some(
      (item, at, all) => item.kind === 'name' && item.name.core === core && item.sub === null && isD(all[at - 1]),
    ),
  );
  return hasD && core.length === 1 ? `d${core}` : null;
}

/** \alpha_t = \alpha / \sqrt t: a value of each step made from the plain letter. */
const isSchedule = ({ item, core, found }: Made): boolean =>
  item.sub !== null &&
  [...itemsOf(found.right)].some(each => each.kind === 'name' && each.name.core === core && each.sub === null);

/** Whether the update has the name that the left side makes. */
const mentionsAny = ({ found }: Made, left: Made['found']['left']): boolean => {
  const [item] = left;
  if (item?.kind !== 'name') return false;
  const { core } = item.name;
  return found.piece.right.some(({ text }) => text === core);
};

/** The rule of `seed` under these letters, with everything that it needs from elsewhere. */
export function findRule(
  seed: Seed,
  id: string,
  letters: RoleLetters,
  seeds: readonly Seed[],
  world: AnnotatedFile,
): FoundRule {
  const isUpdate = (formula: FoundSeed): boolean =>
    seeds.some(each => each.formula === formula && formula !== seed.formula);
  const supply: Supply = ({ base, item, problem }, draft) => {
    if (problem.code === FIRST_VALUE) {
      const value = makersOf(base, seed.formula, world, isFirstValue).find(
        each => !draft.proposal.formulas.includes(each),
      );
      return value ? withMore(draft, value) : 'elsewhere';
    }
    const makers = makersOf(base, seed.formula, world, made => isRow(made, letters)).filter(
      formula => !draft.proposal.formulas.includes(formula),
    );
    const maker = makers.find(formula => !isUpdate(formula));
    if (maker) return withMore(draft, maker);
    if (makers.length > 0) return 'elsewhere';
    if (draft.letters.has('gradient') || !isUsualGradient(base) || !problem.span) return null;
    const isLabelled = item.sub !== null || item.sup !== null || problem.code === 'undefined-name';
    return isLabelled ? { ...draft, letters: sparse([...draft.letters, ['gradient', base]]) } : null;
  };
  const proposal: Proposal = { kind: 'optimizer', id, keys: [], wheres: [], formulas: [seed.formula] };
  const context = { document: world.document, optimizers: new Map(), documents: [] };
  const found = assemble(draftOf(letters, proposal), supply, context, world);
  if (!found.ok) return found;
  const read = found.trial.document.optimizers[0];
  if (!read) return { ok: false, problem: unsure('no update rule is read here', seed.formula.span) };
  const { draft, optimizer } = withFirstValues(found.draft, read, seed, seeds, world);
  const gradient = draft.letters.get('gradient');
  const notes = [...found.notes];
  if (gradient !== undefined && !world.document.outline.given.has('gradient'))
    notes.push(
      unsure(`no row makes ${gradient}; it is taken for the gradient of the step's own loss`, seed.formula.span),
    );
  return { ok: true, rule: { seed, proposal: written(draft), letters: draft.letters, optimizer, notes } };
}

const withMore = (draft: DraftProposal, formula: FoundSeed): DraftProposal => ({
  ...draft,
  proposal: { ...draft.proposal, formulas: withFormula(draft.proposal.formulas, formula) },
});

/** Whether the row makes a value of every step: no first value, no usual value such as \beta = 0.9. */
const isRow = (made: Made, letters: RoleLetters): boolean =>
  !isFirstValue(made) &&
  made.core !== letters.get('parameters') &&
  made.found.right.some(item => item.kind !== 'number' && item.kind !== 'operator');

/** The first values of states that stand near the rule, where the reader takes them. */
function withFirstValues(
  draft: DraftProposal,
  optimizer: Optimizer,
  { formula }: Seed,
  seeds: readonly Seed[],
  world: AnnotatedFile,
): { draft: DraftProposal; optimizer: Optimizer } {
  const before = Math.max(-1, ...seeds.map(({ formula: { at } }) => at).filter(at => at < formula.at));
  const behind = Math.min(
    Number.POSITIVE_INFINITY,
    ...seeds.map(({ formula: { at } }) => at).filter(at => at > formula.at),
  );
  let best = { draft, optimizer };
  for (const { name } of optimizer.states) {
    const values = makersOf(name, formula, world, isFirstValue).filter(
      ({ at }) => at > before && at < behind && !best.draft.proposal.formulas.some(each => each.at === at),
    );
    for (const value of values.slice(0, 2)) {
      const wider = withMore(best.draft, value);
      const found = assemble(
        wider,
        () => null,
        { document: world.document, optimizers: new Map(), documents: [] },
        world,
      );
      const read = found.ok ? found.trial.document.optimizers[0] : undefined;
      if (!found.ok || !read) continue;
      best = { draft: found.draft, optimizer: read };
      break;
    }
  }
  return best;
}
