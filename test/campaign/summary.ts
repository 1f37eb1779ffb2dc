/** A campaign in a few lines: what was looked at, what came out, what was not expected. */
import type { CampaignRecord, Entry } from './record.ts';

const MOST_SLOW = 5;

/** Totals, the slowest claims, those with few usable instances and those that are not as expected. */
export function summary({ settings, entries }: CampaignRecord, path: string): string {
  const total = (count: (entry: Entry) => number): number => entries.reduce((sum, entry) => sum + count(entry), 0);
  const verdicts = [...new Set(entries.map(({ verdict }) => verdict))].sort();
  const counted = verdicts.map(each => `${entries.filter(({ verdict }) => verdict === each).length} ${each}`);
  const slow = entries.toSorted((a, b) => b.seconds - a.seconds).slice(0, MOST_SLOW);
  const unexpected = entries.filter(({ verdict, expect }) => verdict !== expect);
  const lines = [
    `${entries.length} claims: ${counted.join(', ')}; ${unexpected.length} not as expected`,
    `seed ${settings.seed}, ${settings.instances} instances a statement, ${settings.digits} digits`,
    `${total(each => each.instances)} instances compared (sequences count once), ${total(each => each.skipped)} without a value, ${total(each => each.degenerate)} where both sides vanish`,
    `${entries.filter(({ followed }) => followed > 0).length} claims with the optimizer run beside their equation, from ${total(each => each.followed)} points`,
    `${total(each => each.steps)} steps of proofs checked again`,
    `${total(each => each.seconds).toFixed(0)} s; slowest: ${slow.map(({ id, seconds }) => `${id} ${seconds} s`).join(', ')}`,
    ...unexpected.map(
      ({ id, verdict, expect, message }) => `NOT AS EXPECTED ${id}: ${verdict}, not ${expect}: ${message ?? ''}`,
    ),
    `written to ${path}`,
  ];
  return `${lines.join('\n')}\n`;
}
