/** The default setting of a claim, from the losses that its own text uses. */
import { DEFAULT_SETTING, type Setting } from '../../notation/settings.ts';
import { type Problem, refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Notation } from '../../optimizer/model.ts';
import { nodes } from '../../optimizer/replace.ts';

/**
 * `asked`, else full-batch where an unindexed loss and no indexed one occurs, else mini-batch. Refuses an unindexed loss in
 * mini-batch, at its place.
 */
export function decideSetting(
  formulas: readonly Formula[],
  asked: Setting | null,
  { loss, iteration }: Notation,
): Setting {
  let unindexed: Problem['span'] | null = null;
  let indexed = false;
  let found = false;
  for (const formula of formulas) {
    for (const node of nodes(formula)) {
      if (node.kind !== 'loss') continue;
      if (node.batch) indexed = true;
      else {
        found = true;
        unindexed ??= node.span ?? undefined;
      }
    }
  }
  const setting = asked ?? (found && !indexed ? 'full-batch' : DEFAULT_SETTING);
  if (setting === DEFAULT_SETTING && found) {
    refuse(
      'unindexed-loss',
      'a loss without the number of its batch means nothing in the mini-batch setting',
      unindexed,
      `Write ${loss}_${iteration}, or say setting=full-batch.`,
    );
  }
  return setting;
}
