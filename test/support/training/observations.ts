/** What training.md has to say about the paper's observations and the regimes. */
import { mean, middle, type Row, type Run, spearman, three, two, unique } from './runs.ts';

const LETTERS: Row = { beta: 'β', rho: 'ρ', h: 'h' };
/** Name of the quantity, sign in the paper, sentence, figure. */
const PAPER: Readonly<Record<string, readonly (readonly [string, string, string, string])[]>> = {
  rho: [
    ['norm', '+', 'the norm at the threshold rises with ρ', 'Figure 3'],
    ['accuracy', '−', 'the test accuracy at the threshold falls with ρ', 'Figure 4'],
    ['hill', '+', 'the hills of the norm are higher with larger ρ', 'Figure 8'],
  ],
  beta: [
    ['norm', '−', 'the norm at the threshold falls with β', 'Figure 5'],
    ['accuracy', '+', 'the test accuracy at the threshold rises with β', 'Figure 6'],
    ['n', '−', 'the loss falls faster with larger β', 'Figure 7'],
    ['along', '−', 'at equal n, through most of the run, the norm is smaller with larger β', 'Figure 7'],
    ['hill', '−', 'the hills of the norm are lower with larger β', 'Figure 7'],
  ],
  h: [
    [
      'norm',
      '?',
      'the norm at the threshold moves down with h where β > ρ and up where ρ > β',
      'Figure 2, on the bilinear model',
    ],
  ],
};
const OUTCOMES = ['seen', 'the opposite was seen', 'not seen: no clear sign', 'nothing to see: too few runs have it'];

export function observationLines(runs: readonly Run[]): string[] {
  const sweeps = unique(runs.flatMap(({ row }) => (row.sweeps ?? '').split(' '))).filter(id => id !== 'grid');
  const of = (id: string): Run[] => runs.filter(({ row }) => row.sweeps?.split(' ').includes(id));
  const rows = sweeps.flatMap(id => observationRows(id, of(id)));
  return [
    ...summaries(rows.filter(row => row.stable)),
    ...summaries(rows.filter(row => !row.stable)),
    ...rows.map(({ cells }) => `| ${cells.join(' | ')} |`),
    ...sweeps.map(id => regimeLine(id, of(id))),
  ];
}

interface Judged {
  readonly stable: boolean;
  readonly says: string;
  readonly where: string;
  readonly outcome: string;
  readonly cells: readonly string[];
}

const variedOf = (id: string): string => id.slice(id.lastIndexOf('-') + 1);

function observationRows(id: string, all: readonly Run[]): Judged[] {
  const varied = variedOf(id);
  const seeds = unique(all.map(({ seed }) => seed));
  return [true, false].flatMap(stable => {
    const runs = all.filter(each => each.stable === stable);
    return (PAPER[varied] ?? []).flatMap(([quantity, sign, says, where]): Judged[] => {
      const [first] = all;
      const paper = sign !== '?' ? sign : Number(first?.row.beta) > Number(first?.row.rho) ? '−' : '+';
      const found = correlations(runs, seeds, varied, run => quantityOf(run, quantity));
      const predicted =
        quantity === 'norm' ? correlations(runs, seeds, varied, ({ row }) => numberOf(row.order1_norm)) : null;
      const told = (value: ReturnType<typeof correlations>): string => (value === null ? '–' : two(value.mean));
      if (!stable && found === null) return [];
      let outcome = OUTCOMES[3] ?? '';
      let share = told(found);
      if (quantity === 'along') {
        const course = alongOf(runs, varied);
        if (course !== null) {
          const like = paper === '−' ? course.falling : course.rising;
          const unlike = paper === '−' ? course.rising : course.falling;
          outcome = OUTCOMES[2 * like > course.of ? 0 : 2 * unlike > course.of ? 1 : 2] ?? '';
          share = `falls at ${course.falling}, rises at ${course.rising} of ${course.of} steps`;
        }
      } else if (found !== null && 2 * found.of >= seeds.length) {
        const isClear = Math.abs(found.mean) >= 0.5 && found.agreeing >= 0.8 * found.of;
        outcome = OUTCOMES[!isClear ? 2 : (found.mean > 0 ? '+' : '−') === paper ? 0 : 1] ?? '';
      }
      const first1 = predicted === null ? '–' : `${told(predicted)} (${predicted.agreeing} of ${predicted.of})`;
      const agreeing = found === null ? '–' : `${found.agreeing} of ${found.of}`;
      return [
        { stable, says, where, outcome, cells: [id, kindsOf(runs), says, paper, share, agreeing, first1, outcome] },
      ];
    });
  });
}

const numberOf = (cell: string | undefined): number => (cell === '' || cell === undefined ? Number.NaN : Number(cell));

function quantityOf({ crossing, curve }: Run, quantity: string): number {
  if (quantity === 'along') return Number.NaN;
  if (quantity !== 'hill') return crossing?.[quantity as 'n' | 'norm' | 'accuracy'] ?? Number.NaN;
  const norms = curve('run').map(({ norm }) => norm);
  return Math.max(...norms.map((norm, at) => norm - Math.min(...norms.slice(0, at + 1))));
}

function correlations(runs: readonly Run[], seeds: readonly string[], varied: string, of: (run: Run) => number) {
  const all = seeds.flatMap(seed => {
    const own = runs.filter(run => run.seed === seed && Number.isFinite(of(run)));
    return (
      spearman(
        own.map(({ row }) => Number(row[varied])),
        own.map(of),
      ) ?? []
    );
  });
  if (all.length === 0) return null;
  return { mean: mean(all), agreeing: all.filter(each => each * mean(all) > 0).length, of: all.length };
}

function alongOf(runs: readonly Run[], varied: string) {
  const last = Math.min(...runs.map(run => run.last));
  const values = unique(runs.map(({ row }) => row[varied] ?? ''));
  let [falling, rising, of] = [0, 0, 0];
  for (const { n } of runs[0]?.curve('run') ?? []) {
    if (n === 0 || n > last) continue;
    const pairs = values.flatMap(value => {
      const norms = runs
        .filter(({ row }) => row[varied] === value)
        .flatMap(({ curve }) =>
          curve('run')
            .filter(point => point.n === n)
            .map(({ norm }) => norm),
        );
      return norms.length === 0 ? [] : [[Number(value), middle(norms)] as const];
    });
    const found = spearman(
      pairs.map(([value]) => value),
      pairs.map(([, norm]) => norm),
    );
    if (found === null) continue;
    of += 1;
    if (found < 0) falling += 1;
    if (found > 0) rising += 1;
  }
  return of === 0 ? null : { falling, rising, of };
}

function summaries(rows: readonly Judged[]): string[] {
  return unique(rows.map(({ says }) => says)).map(says => {
    const own = rows.filter(row => row.says === says);
    const counts = OUTCOMES.map(outcome => [outcome, own.filter(row => row.outcome === outcome).length] as const);
    const told = counts.filter(([, count]) => count > 0).map(([outcome, count]) => `${outcome} in ${count}`);
    const begin = `${says.slice(0, 1).toUpperCase()}${says.slice(1)} (${own[0]?.where})`;
    return `- ${begin}: of ${own.length} ${own.length === 1 ? 'sweep' : 'sweeps'}, ${told.join('; ')}.`;
  });
}

const kindsOf = (runs: readonly Run[]): string =>
  ['monotone', 'oscillation', 'spikes', 'divergence']
    .map(kind => [kind, runs.filter(run => run.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');

function regimeLine(id: string, runs: readonly Run[]): string {
  const varied = variedOf(id);
  const values = unique(runs.map(({ row }) => row[varied] ?? '')).sort((a, b) => Number(a) - Number(b));
  const told = values.map(
    value => `${LETTERS[varied]} = ${value}: ${kindsOf(runs.filter(({ row }) => row[varied] === value))}`,
  );
  const rise = Math.max(...runs.map(({ row }) => Number(row.rise)).filter(Number.isFinite));
  return `- \`${id}\` (${describe(varied, runs[0]?.row ?? {})}): ${told.join('; ')}; largest rise ${three(rise)}.`;
}

function describe(varied: string, row: Row): string {
  const { rows, data, hidden = '', activation, beta, rho, epsilon, h, steps, threshold } = row;
  const deep = hidden.includes(' ') ? ' in two hidden layers' : '';
  const values = [
    ...[beta === '' || varied === 'beta' ? [] : `β = ${beta}`, varied === 'rho' ? [] : `ρ = ${rho}`, `ε = ${epsilon}`],
    varied === 'h' ? `T = ${Number((Number(h) * Number(steps)).toPrecision(4))}` : [`h = ${h}`, `${steps} steps`],
  ].flat();
  const units = `${hidden.replace(' ', ' and ')} ${activation} units${deep}`;
  return `${rows} rows of ${data}, full batch, ${units}; ${values.join(', ')}; threshold of the loss ${threshold}`;
}
