/** Figures on demand: drawing loads a plotting library, which nothing else needs. */
import type { SimulationRequest } from '../judge/check/simulate-optimizer.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { Figure } from './figure.ts';

type Progress = (done: number, all: number) => void;
const silent: Progress = () => {};

/** The maps and curves of the coefficient of the perturbed one-norm, of the two built-in optimizers. */
export async function coefficientFigures(adam: Optimizer, rmsprop: Optimizer): Promise<Figure[]> {
  const { drawCoefficientFigures } = await import('./coefficient-figures.ts');
  return drawCoefficientFigures(adam, rmsprop);
}

/** Adam on the bilinear model; some seconds of work. */
export async function bilinearFigures(adam: Optimizer, progress: Progress = silent): Promise<Figure[]> {
  const { drawBilinearFigures } = await import('./bilinear/bilinear-figures.ts');
  return drawBilinearFigures(adam, progress);
}

/** h‖f_2‖/‖f_1‖ along the runs of a request. Throws a Refusal where one cannot be run. */
export async function expansionFigure(request: SimulationRequest, progress: Progress = silent): Promise<Figure> {
  const { runExpansion } = await import('./expansion-run.ts');
  const { drawExpansion } = await import('./expansion-figure.ts');
  return drawExpansion(request, await runExpansion(request, progress));
}
