/** A write-up from an optimizer: derived once, in the letters of a notation, and laid out in sections. */
import { attempt, type Result, refuse } from '../../base/problem.ts';
import { deriveInSteps } from '../../modified-equation/derivation.ts';
import type { Optimizer, Setting } from '../../optimizer/model.ts';
import { Definitions } from './definitions.ts';
import { mapSection, matchingSection, theoremSection } from './flow-sections.ts';
import { expansionSection, hasPast, historySection } from './history-sections.ts';
import { assumptionsSection, optimizerSection } from './optimizer-section.ts';
import { stepNames } from './step-names.ts';
import type { Section, WriteUp } from './write-up.ts';

export type Detail = 'brief' | 'full';

export interface WriteUpOptions {
  readonly setting: Setting;
  readonly order: number;
  readonly detail: Detail;
}

/** The write-up in the letters of the optimizer's notation. Fails where the optimizer cannot be derived. */
export function buildWriteUp(optimizer: Optimizer, options: WriteUpOptions): Result<WriteUp> {
  return attempt(() => build(optimizer, options));
}

function build(optimizer: Optimizer, { setting, order, detail }: WriteUpOptions): WriteUp {
  const { notation } = optimizer;
  const derived = deriveInSteps(optimizer, { order, setting });
  if (!derived.ok) {
    const [problem] = derived.problems;
    return refuse(problem?.code ?? 'not-covered', problem?.message ?? 'it cannot be derived', problem?.span);
  }
  const derivation = derived.value;
  const definitions = new Definitions(derivation.definitions, optimizer);
  const used = new Set([
    ...definitions.names,
    ...[...optimizer.states, ...optimizer.quantities, ...optimizer.declarations].map(({ name }) => name),
  ]);
  const names = stepNames(order, used, notation);
  const steps: Section[] =
    detail === 'brief'
      ? []
      : [
          ...(hasPast(derivation)
            ? [historySection(derivation, notation), expansionSection(derivation, definitions, notation)]
            : []),
          mapSection(derivation, definitions, names, notation),
          matchingSection(derivation, definitions, names, notation),
        ];
  const sections = [
    optimizerSection(optimizer, notation, setting),
    assumptionsSection(optimizer, notation, order, setting),
    ...steps,
    theoremSection(derivation, definitions, notation, detail === 'brief'),
  ];
  return { optimizer, setting, order, notation, sections };
}
