/** What training.md has to say about the predictions of first order and about h‖f₂‖/‖f₁‖. */
import { mean, middle, range, type Row, type Run, spearman, three, two, unique } from './runs.ts';

interface Cell {
  readonly row: Row;
  readonly ratios: number[];
  readonly better: number;
  readonly of: number;
  readonly line: string;
}

export function predictionLines(all: readonly Run[]): string[] {
  const runs = all.filter(({ row }) => row.sweeps?.split(' ').includes('grid'));
  const keyOf = ({ row }: Run): string => [row.data, row.hidden, row.epsilon, row.h].join(' | ');
  const cells = unique(runs.map(keyOf)).map(key =>
    cellOf(
      key,
      runs.filter(run => keyOf(run) === key),
    ),
  );
  const isBetter = ({ better, of }: Cell): boolean => 2 * better > of;
  const largest = (some: readonly Cell[]): number[] => some.map(({ ratios }) => Math.max(...ratios));
  const goes = spearman(
    largest(cells),
    cells.map(({ better, of }) => better / of),
  );
  const [good, bad] = [cells.filter(isBetter), cells.filter(cell => !isBetter(cell))];
  const by = (label: string, name: string): string => {
    const groups = unique(cells.map(({ row }) => `${row.data} ${row[name]}`)).map(group => {
      const own = cells.filter(({ row }) => `${row.data} ${row[name]}` === group);
      return `${group}: ${own.filter(isBetter).length} of ${own.length}`;
    });
    return `- By ${label}: ${groups.join('; ')}.`;
  };
  return [
    `First order is better in ${good.length} of ${cells.length} cells: its solution was followed to the end and its norm was nearer to that of the run than that of order 0, in more than half of the seeds. The largest h‖f₂‖/‖f₁‖ found on the way is ${range(largest(good))} in these cells and ${range(largest(bad))} in the others${goes === null ? '' : `; its rank correlation with the share of seeds in which first order is better is ${two(goes)}`}.`,
    ...[by('h', 'h'), by('ε', 'epsilon'), by('width', 'hidden')],
    ...cells.map(({ line }) => line),
  ];
}

function cellOf(key: string, runs: readonly Run[]): Cell {
  const all = runs.map(({ row, curve, last }) => {
    const reached = Math.min(last, Number(row.order0_last), Number(row.order1_last));
    const norms = new Map(curve('run').map(({ n, norm }) => [n, norm]));
    const shared = [0, 1].map(order => curve(`order ${order}`).filter(({ n }) => n > 0 && n <= reached));
    return {
      norm: shared.map(own => mean(own.map(({ n, norm }) => Math.abs(norm - (norms.get(n) ?? Number.NaN))))),
      distance: shared.map(own => mean(own.map(({ distance }) => distance))),
      isWhole: [0, 1].every(order => row[`order${order}_ended`] === '' || Number(row[`order${order}_last`]) >= last),
    };
  });
  const both = all.filter(({ norm }) => norm.every(Number.isFinite));
  const whole = both.filter(({ isWhole }) => isWhole);
  const better = whole.filter(({ norm: [zeroth = 0, first = 0] }) => first < zeroth).length;
  const ratios = runs.flatMap(({ curve }) =>
    curve('ratio').flatMap(({ ratio }) => (Number.isFinite(ratio) ? ratio : [])),
  );
  const pair = (name: 'norm' | 'distance'): string[] =>
    [0, 1].map(order => (both.length === 0 ? '–' : three(middle(both.map(each => each[name][order] ?? Number.NaN)))));
  const cells = [
    ...[key, ratios.length === 0 ? '–' : three(Math.max(...ratios)), ...pair('norm'), ...pair('distance')],
    ...[
      `${whole.length} of ${runs.length}`,
      `${better} of ${runs.length}${2 * better > runs.length ? ', **order 1**' : ''}`,
    ],
  ];
  return { row: runs[0]?.row ?? {}, ratios, better, of: runs.length, line: `| ${cells.join(' | ')} |` };
}

export function ratioLines(runs: readonly Run[]): string[] {
  const edges = [0, 0.125, 0.25, 0.5, 1, 2, 4, Number.POSITIVE_INFINITY];
  const points = runs
    .filter(({ stable }) => stable)
    .flatMap(({ curve }) =>
      curve('ratio').flatMap(({ n, ratio }) => {
        if (!Number.isFinite(ratio)) return [];
        const [here, zeroth, first] = ['run', 'order 0', 'order 1'].map(name =>
          curve(name).find(point => point.n === n),
        );
        if (zeroth === undefined || first === undefined)
          return [{ ratio, ended: true, norm: false, theta: false, share: Number.POSITIVE_INFINITY }];
        const [a, b] = [zeroth, first].map(({ norm }) => Math.abs(norm - (here?.norm ?? Number.NaN)));
        return [
          {
            ratio,
            ended: false,
            norm: (b ?? 0) < (a ?? 0),
            theta: first.distance < zeroth.distance,
            share: (b ?? 0) / (a ?? 0),
          },
        ];
      }),
    );
  const goes = spearman(
    points.map(({ ratio }) => ratio),
    points.map(({ share }) => share),
  );
  return [
    `The ratio is taken at θ⁽ⁿ⁾ for n = 1, 4, 16, 64, 256 of every stable run until its loss is below the threshold. At the same n: is the norm, or θ, of the first-order solution nearer to that of the run than that of order 0? A solution that has ended is nearer nowhere.${goes === null ? '' : ` The rank correlation between the ratio and the error of the norm by order 1 relative to that by order 0 is ${two(goes)}.`}`,
    ...edges.slice(1).map((to, at) => {
      const own = points.filter(({ ratio }) => ratio >= (edges[at] ?? 0) && ratio < to);
      const count = (name: 'norm' | 'theta' | 'ended'): number => own.filter(each => each[name]).length;
      const name = Number.isFinite(to) ? `${edges[at]} to ${to}` : `${edges[at]} and more`;
      return `| ${name} | ${own.length} | ${count('norm')} | ${count('theta')} | ${count('ended')} |`;
    }),
  ];
}
