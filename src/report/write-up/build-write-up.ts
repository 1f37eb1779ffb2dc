/** A write-up from an optimizer: derived once, in the letters of a notation, and laid out in sections. */
import type { Setting } from '../../notation/settings.ts';
import type { Budget } from '../../base/budget.ts';
import { attempt, type Result, refuse } from '../../base/problem.ts';
import { closedForAllSteps } from '../theorem/derive-theorem.ts';
import { Derivations } from '../../derivation/derive.ts';
import { type Derivation, deriveInSteps } from '../../derivation/derivation.ts';
import type { Notation, Optimizer } from '../../optimizer/model.ts';
import { Definitions } from './model/definitions.ts';
import { mapSection, matchingSection } from './sections/flow-sections.ts';
import { fullBatchDisplay, fullBatchOf, fullBatchSection } from './sections/full-batch-section.ts';
import { limitSection } from './sections/limit-section.ts';
import { expansionSection, hasPast, historySection } from './sections/history-sections.ts';
import { type PrintableNames, withPrintableNames } from './model/printable-names.ts';
import { assumptionsSection, optimizerSection } from './sections/optimizer-section.ts';
import { followedTheorem, sequencesSection } from './sections/sequence-sections.ts';
import { boundSection } from './sections/bound-section.ts';
import { conventionsPart } from './sections/conventions.ts';
import { stepNames } from './model/step-names.ts';
import { theoremSection } from './sections/theorem-section.ts';
import { sourceOf, titleOf } from './model/title.ts';
import { cite } from './model/references.ts';
import type { Section, WriteUp } from './model/write-up.ts';

/** `steps`: only what leads from the update rule to the equation. */
export type Detail = 'brief' | 'full' | 'steps';

export interface WriteUpOptions {
  readonly setting: Setting;
  readonly order: number;
  readonly detail: Detail;
  /** The letters; the optimizer's own unless said otherwise. */
  readonly notation?: Notation;
  /** Spent by the derivation; a spent one is thrown as BudgetSpent. */
  readonly budget?: Budget;
}

/** The write-up, of what is derived already where that is given. Fails where the optimizer cannot be derived. */
export function buildWriteUp(
  optimizer: Optimizer,
  options: WriteUpOptions,
  derivations: Derivations = new Derivations(),
): Result<WriteUp> {
  return attempt(() => build(withPrintableNames(optimizer), options, derivations));
}

function build(
  { optimizer: named, printed }: PrintableNames,
  { setting, order, detail, budget, notation = named.notation }: WriteUpOptions,
  derivations: Derivations,
): WriteUp {
  const optimizer = { ...named, notation };
  const derived = deriveInSteps(named, { order, setting, notation, ...(budget ? { budget } : {}) }, derivations);
  if (!derived.ok) {
    const [problem] = derived.problems;
    return refuse(problem?.code ?? 'not-covered', problem?.message ?? 'it cannot be derived', problem?.span);
  }
  const derivation = derived.value;
  if (derivation.recursions.length > 0) return followedWriteUp(derivation, detail, notation, printed);
  const definitions = new Definitions(derivation.definitions, optimizer);
  const used = new Set([
    ...definitions.names,
    ...[...optimizer.states, ...optimizer.quantities, ...optimizer.declarations].map(({ name }) => name),
  ]);
  const withoutPoint = ![...optimizer.states, ...optimizer.quantities].some(({ name }) => definitions.names.has(name));
  const about = { optimizer, setting, order, notation, withoutPoint, title: titleOf(named), source: sourceOf(named) };
  const isBrief = detail === 'brief';
  const names = stepNames(order, used, notation);
  // The theorem stands first, so that its definitions are those of the steps.
  const theorem =
    detail === 'steps'
      ? null
      : theoremSection(derivation, definitions, notation, {
          taken: used,
          withoutPoint,
          reason: isBrief ? `By backward error analysis ${cite('backward')}.` : '',
        });
  const steps: Section[] = isBrief
    ? []
    : [
        ...(hasPast(derivation)
          ? [historySection(derivation, notation), expansionSection(derivation, definitions, notation)]
          : []),
        mapSection(derivation, definitions, names, notation),
        matchingSection(derivation, definitions, names, notation, theorem !== null),
      ];
  if (theorem === null) return { ...about, sections: steps };
  const equation = fullBatchOf(derivation);
  const closed = closedForAllSteps(equation);
  const fullBatch = fullBatchSection(derivation, closed, notation);
  const proof = isBrief ? [] : [...steps, boundSection(derivation, notation, used)];
  const results = [theorem, ...proof, fullBatch, limitSection(equation, closed, notation, fullBatchDisplay(fullBatch))];
  const first = optimizerSection(optimizer, notation, setting, { printed, source: about.source });
  const sections = [
    first,
    assumptionsSection(
      optimizer,
      notation,
      order,
      setting,
      conventionsPart([first, ...results], notation, withoutPoint),
    ),
    ...results,
  ];
  return { ...about, sections };
}

/** That of a rule with a state that is defined by its recursion: without the steps, which no claim could state. */
function followedWriteUp(
  derivation: Derivation,
  detail: Detail,
  notation: Notation,
  printed: PrintableNames['printed'],
): WriteUp {
  const { optimizer, setting, order, flow, definitions } = derivation;
  const steps = [sequencesSection(derivation, notation)];
  const about = {
    optimizer,
    setting,
    order,
    notation,
    withoutPoint: false,
    title: titleOf(optimizer),
    source: sourceOf(optimizer),
  };
  if (detail === 'steps') return { ...about, sections: steps };
  const first = optimizerSection(optimizer, notation, setting, { printed, source: about.source });
  const results = [followedTheorem(derivation, notation), ...(detail === 'brief' ? [] : steps)];
  return {
    ...about,
    sections: [
      first,
      assumptionsSection(optimizer, notation, order, setting, conventionsPart([first, ...results], notation, false)),
      ...results,
    ],
    followed: { coefficients: flow, definitions, declarations: optimizer.declarations },
  };
}
