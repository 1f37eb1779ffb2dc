/**
 * `npm run twins`: judges the wrong twins of every built-in claim that is to be proved and prints them with their verdicts.
 * Exit code 1 when one survives. `--only ID,…` takes some claims; `--all` lists every twin, else those not refuted.
 */
import { builtInDocuments } from '../../src/document/load.ts';
import { libraryOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/judge-claim.ts';
import { hasSurvivor, type JudgedTwin, judgeTwins, type TwinSummary } from '../../src/judge/judge-twins.ts';
import { standardEngine } from '../../src/judge/standard-engine.ts';

const { values: args, quiet } = readArguments(process.argv.slice(2));
const { documents } = builtInDocuments();
const equations = new Equations(standardEngine);
const summaries: TwinSummary[] = [];
for (const document of documents) {
  for (const claim of document.claims) {
    if (claim.expect !== 'proved' || (args.length > 0 && !args.includes(claim.id))) continue;
    const started = performance.now();
    const context = { library: libraryOf(document, documents), engine: standardEngine, equations };
    process.stdout.write(`${claim.id}\n`);
    const summary = judgeTwins(
      claim,
      context,
      { ...DEFAULT_OPTIONS, instances: 60 },
      ({ description, verdict, message }) => {
        if (!quiet || verdict !== 'refuted')
          process.stdout.write(
            `  ${verdict.padEnd(10)} ${description}${verdict === 'refuted' || message === null ? '' : `\n             ${message}`}\n`,
          );
      },
    );
    summaries.push(summary);
    process.stdout.write(kindTable(summary));
    process.stdout.write(`  ${summaryLine(summary)}, ${((performance.now() - started) / 1000).toFixed(1)} s\n\n`);
  }
}
const survivors = summaries.filter(hasSurvivor);
for (const summary of summaries)
  process.stdout.write(
    `${summary.claim.padEnd(24)} ${summaryLine(summary)}${hasSurvivor(summary) ? '  SURVIVORS' : ''}\n`,
  );
process.exitCode = survivors.length > 0 || summaries.length === 0 ? 1 : 0;

function summaryLine({ twins, refuted, harmless, open }: TwinSummary): string {
  return `${twins.length} twins: ${refuted} refuted, ${harmless} proved harmless, ${open.length} open`;
}

/** A line for each kind of slip: how many twins, refuted, harmless, open. */
function kindTable({ twins }: TwinSummary): string {
  const kinds = [...new Set(twins.map(({ kind }) => kind))].sort();
  const row = (name: string, list: readonly JudgedTwin[]): string => {
    const count = (verdicts: readonly string[]): number =>
      list.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const refuted = count(['refuted']);
    const harmless = count(['proved']);
    return `  ${name.padEnd(14)}${[list.length, refuted, harmless, list.length - refuted - harmless].map(each => String(each).padStart(10)).join('')}\n`;
  };
  const head = `  ${'slip'.padEnd(14)}${['twins', 'refuted', 'harmless', 'open'].map(each => each.padStart(10)).join('')}\n`;
  return (
    head +
    kinds
      .map(kind =>
        row(
          kind,
          twins.filter(twin => twin.kind === kind),
        ),
      )
      .join('') +
    row('all', twins)
  );
}

function readArguments(list: readonly string[]): { readonly values: readonly string[]; readonly quiet: boolean } {
  const at = list.indexOf('--only');
  return {
    values: at < 0 ? [] : (list[at + 1] ?? '').split(',').filter(id => id !== ''),
    quiet: !list.includes('--all'),
  };
}
