/** Rules whose loss has no number of its step. */
import type { StepSetting } from '../../notation/settings.ts';
import type { Optimizer } from '../model.ts';
import { nodes } from '../replace.ts';

/** Whether the rows use a loss without the number of its step, so that they speak of the full batch alone. */
export const usesOneLoss = ({ update, states, quantities }: Optimizer): boolean =>
  [update, ...states.flatMap(({ right, initial }) => [right, initial]), ...quantities.map(({ body }) => body)].some(
    formula => [...nodes(formula)].some(node => node.kind === 'loss' && node.batch === null),
  );

/** The settings in which a rule is looked at where nobody chooses: both, or the full batch alone where its loss has no index. */
export const usualSettings = (optimizer: Optimizer): readonly StepSetting[] =>
  usesOneLoss(optimizer) ? ['full-batch'] : ['mini-batch', 'full-batch'];
