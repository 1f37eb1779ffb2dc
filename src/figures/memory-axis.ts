/** An axis for β or ρ on which 0.9, 0.99, 0.999 are equally far apart: the position is −log₁₀(1 − β), the log of the memory's length. */

export const AXIS_END = 4;

export const positionOf = (parameter: number): number => -Math.log10(1 - parameter);
export const parameterAt = (position: number): number => 1 - 10 ** -position;

const LABELS: readonly number[] = [0, 0.5, 0.9, 0.99, 0.999, 0.9999];

/** The options of the axis for Plot. */
export function memoryAxis(label: string): {
  readonly domain: [number, number];
  readonly ticks: number[];
  readonly tickFormat: (position: number) => string;
  readonly label: string;
  readonly labelAnchor: 'center';
  readonly labelArrow: 'none';
} {
  const names = new Map(LABELS.map(parameter => [positionOf(parameter), String(parameter)]));
  const tickFormat = (position: number): string => names.get(position) ?? '';
  return {
    domain: [0, AXIS_END],
    ticks: [...names.keys()],
    tickFormat,
    label,
    labelAnchor: 'center',
    labelArrow: 'none',
  };
}
