/** Hyperparameters, regimes and configurations in words. */
import type { Configuration } from './configuration.ts';
import type { Varied } from './plan.ts';
import type { TrainingRegime } from './regime.ts';

export const VARIED_LETTER: Readonly<Record<Varied, string>> = { beta: 'β', rho: 'ρ', h: 'h' };

/** All but what is varied; with h goes the number of steps, since the time is the same. */
export function describeFixed(fixed: Configuration, varied: Varied): string {
  const { data, rows, hidden, activation, beta, rho, epsilon, h, steps, threshold } = fixed;
  const units = `${hidden.join(' and ')} ${activation} units${hidden.length > 1 ? ' in two hidden layers' : ''}`;
  const values = [
    ...(beta === null || varied === 'beta' ? [] : [`β = ${beta}`]),
    ...(varied === 'rho' ? [] : [`ρ = ${rho}`]),
    `ε = ${epsilon}`,
    ...(varied === 'h' ? [`T = ${Number((h * steps).toPrecision(4))}`] : [`h = ${h}`, `${steps} steps`]),
  ];
  return `${rows} rows of ${data}, full batch, ${units}; ${values.join(', ')}; threshold of the loss ${threshold}.`;
}

/** How many runs are in which regime. */
export function countRegimes(regimes: readonly TrainingRegime[]): string {
  const kinds = ['monotone', 'oscillation', 'spikes', 'divergence'] as const;
  return kinds
    .map(kind => [kind, regimes.filter(each => each.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
