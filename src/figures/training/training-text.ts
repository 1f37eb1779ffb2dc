/** The text beside the figures: which of the paper's observations were seen, and where first order predicts. Every sentence is made of results. */
import { signedNumber } from '../../report/text/signed.ts';
import { type CellResult, criterionCorrelation, isFirstBetter } from './grid-result.ts';
import { AGREEING, type JudgedObservation, judged, LEAST, type SeenOutcome } from './observations.ts';
import type { RatioResult } from './ratio-result.ts';
import { SPIKE } from './regime.ts';
import type { Correlation } from './statistics.ts';
import type { SweepResult } from './sweep-result.ts';
import { countRegimes, describeFixed, VARIED_LETTER } from './training-words.ts';

const OUTCOMES: Readonly<Record<SeenOutcome, string>> = {
  seen: 'seen',
  opposite: 'the opposite was seen',
  mixed: 'not seen: no clear sign',
  'no data': 'nothing to see: too few runs have it',
};

export function trainingText(
  sweeps: readonly SweepResult[],
  cells: readonly CellResult[],
  ratios: RatioResult,
): string {
  const all = sweeps.flatMap(judged);
  return `${[
    '# Training with Adam and RMSProp beside their modified equations',
    '',
    'Made by `modeq figures training` from the numbers in `training.json`; `docs/training.md` says how they are defined.',
    '',
    '## Observations of the paper, Section 6',
    '',
    `Rank correlations (Spearman) with the varied value, seed by seed, in the stable runs of a sweep and in all others apart (see below); *seen* means that their mean has the paper's sign and is at least ${LEAST} in size, and that at least ${Math.round(100 * AGREEING)} % of the seeds have this sign. For the norm the same correlation among the solutions of the first-order equation stands beside it: what that equation predicts.`,
    '',
    'In stable runs:',
    '',
    ...summaryLines(all.filter(({ among }) => among === 'stable')),
    '',
    ...(all.every(({ among }) => among === 'stable')
      ? []
      : [
          'In runs that are not stable, about which the paper says nothing:',
          '',
          ...summaryLines(all.filter(({ among }) => among === 'unstable')),
          '',
        ]),
    '| sweep | runs | observation | paper | rank correlation | seeds with its sign | first order says | outcome |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | --- |',
    ...all.map(rowOf),
    '',
    '## Regimes',
    '',
    `The largest loss relative to the least before it, up to where the loss first falls below the threshold, decides: never above 1 is *monotone*, up to ${SPIKE} *oscillation*, more *spikes*; *divergence* is a run that ends above its start or without a value. Monotone and oscillating runs are called stable.`,
    '',
    ...sweeps.flatMap(regimeLines),
    '',
    '## Does first order predict the norm better than order 0?',
    '',
    ...predictionLines(cells),
    '',
    '## Does h‖f₂‖/‖f₁‖ tell where?',
    '',
    ...ratioLines(ratios),
  ].join('\n')}\n`;
}

/** Of each observation in how many of the sweeps it was seen. */
function summaryLines(all: readonly JudgedObservation[]): string[] {
  const ids = [...new Set(all.map(({ observation }) => observation.id))];
  return ids.map(id => {
    const own = all.filter(({ observation }) => observation.id === id);
    const says = own[0]?.observation.says ?? '';
    const told = (['seen', 'opposite', 'mixed', 'no data'] as const)
      .map(outcome => [outcome, own.filter(each => each.outcome === outcome).length] as const)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => `${OUTCOMES[outcome]} in ${count}`)
      .join('; ');
    return `- ${capital(says)} (${own[0]?.observation.where ?? ''}): of ${own.length} ${own.length === 1 ? 'sweep' : 'sweeps'}, ${told}.`;
  });
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function rowOf({ observation, sweep, regimes, correlation, predicted, outcome }: JudgedObservation): string {
  const along = observation.measure === 'along' ? sweep.along : null;
  const share = along === null ? null : `falls at ${along.falling}, rises at ${along.rising} of ${along.of} steps`;
  return `| ${[
    sweep.sweep.id,
    countRegimes(regimes),
    observation.says,
    observation.sign(sweep.fixed) > 0 ? '+' : '−',
    share ?? (correlation === null ? '–' : signedNumber(rounded(correlation.mean))),
    correlation === null ? '–' : `${correlation.agreeing} of ${correlation.of}`,
    predictedText(predicted),
    OUTCOMES[outcome],
  ].join(' | ')} |`;
}

const predictedText = (predicted: Correlation | null): string =>
  predicted === null ? '–' : `${signedNumber(rounded(predicted.mean))} (${predicted.agreeing} of ${predicted.of})`;

const rounded = (value: number): number => Number(value.toFixed(2)) + 0;
const short = (value: number): string => signedNumber(Number(value.toPrecision(3)));

function regimeLines({ sweep, fixed, values }: SweepResult): string[] {
  const letter = VARIED_LETTER[sweep.varied];
  const kinds = values.map(({ value, regimes }) => `${letter} = ${value}: ${countRegimes(regimes)}`).join('; ');
  const rise = Math.max(...values.flatMap(({ regimes }) => regimes.map(each => each.rise)).filter(Number.isFinite));
  return [
    `- \`${sweep.id}\` (${describeFixed(fixed, sweep.varied).replace(/\.$/, '')}): ${kinds}; largest rise ${short(rise)}.`,
  ];
}

function predictionLines(cells: readonly CellResult[]): string[] {
  if (cells.length === 0) return ['No runs were made for this.'];
  const better = cells.filter(isFirstBetter);
  const ratios = (which: readonly CellResult[]): number[] => which.flatMap(({ ratio }) => ratio ?? []);
  const worse = cells.filter(cell => !isFirstBetter(cell));
  const correlation = criterionCorrelation(cells);
  const range = (values: readonly number[]): string =>
    values.length === 0 ? '–' : `${short(Math.min(...values))} to ${short(Math.max(...values))}`;
  return [
    `First order is better in ${better.length} of ${cells.length} cells: its solution was followed to the end and its norm was nearer to that of the run than that of order 0, in more than half of the seeds. The largest h‖f₂‖/‖f₁‖ found on the way is ${range(ratios(better))} in these cells and ${range(ratios(worse))} in the others${correlation === null ? '' : `; its rank correlation with the share of seeds in which first order is better is ${signedNumber(rounded(correlation))}`}.`,
    '',
    ...(['h', 'epsilon', 'width'] as const).map(key => betterBy(cells, key)),
    '',
    '| data | width | ε | h | largest h‖f₂‖/‖f₁‖ | error of the norm, order 0 | order 1 | ‖θ̃ − θ‖, order 0 | order 1 | order 1 followed to the end | better |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...cells.map(each => {
      const { cell, norm, distance, ratio } = each;
      const pair = (values: readonly [number, number] | null): string[] =>
        values === null ? ['–', '–'] : values.map(short);
      return `| ${[
        cell.data,
        cell.width,
        cell.epsilon,
        cell.h,
        ratio === null ? '–' : short(ratio),
        ...pair(norm),
        ...pair(distance),
        `${each.whole} of ${each.of}`,
        `${each.better} of ${each.of}${isFirstBetter(each) ? ', **order 1**' : ''}`,
      ].join(' | ')} |`;
    }),
    '',
    'Errors are means over the steps that both solutions reach, up to the threshold, and medians over the seeds. Since all norms start alike, the error of the norm is that of its change.',
  ];
}

/** In how many cells first order is better, by one of the three. */
function betterBy(cells: readonly CellResult[], key: 'h' | 'epsilon' | 'width'): string {
  const found = [...new Set(cells.map(({ cell }) => `${cell.data} ${cell[key]}`))].map(name => {
    const own = cells.filter(({ cell }) => `${cell.data} ${cell[key]}` === name);
    return `${name}: ${own.filter(isFirstBetter).length} of ${own.length}`;
  });
  return `- By ${{ h: 'h', epsilon: 'ε', width: 'width' }[key]}: ${found.join('; ')}.`;
}

function ratioLines({ ranges, correlation }: RatioResult): string[] {
  return [
    `The ratio is taken at θ⁽ⁿ⁾ for n = 1, 4, 16, 64, 256 of every stable run until its loss is below the threshold. At the same n: is the norm, or θ, of the first-order solution nearer to that of the run than that of order 0? A solution that has ended is nearer nowhere.${correlation === null ? '' : ` The rank correlation between the ratio and the error of the norm by order 1 relative to that by order 0 is ${signedNumber(rounded(correlation))}.`}`,
    '',
    '| h‖f₂‖/‖f₁‖ | points | norm nearer | θ nearer | ended before |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...ranges.map(
      ({ from, to, points, norm, theta, ended }) =>
        `| ${Number.isFinite(to) ? `${from} to ${to}` : `${from} and more`} | ${points} | ${norm} | ${theta} | ${ended} |`,
    ),
  ];
}
