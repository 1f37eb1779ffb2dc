/** The figures on what the hyperparameters and the stage of training do: `modeq figures coefficients`. */
import type { Optimizer } from '../optimizer/model.ts';
import { drawCoefficientMap } from './coefficient-map.ts';
import { drawCoefficientParts } from './coefficient-parts.ts';
import { drawCoefficientSteps } from './coefficient-steps.ts';
import type { Figure } from './figure.ts';
import { NormCoefficient } from './norm-coefficient.ts';

/** Derives both equations once and draws everything from them. */
export function drawCoefficientFigures(adam: Optimizer, rmsprop: Optimizer): Figure[] {
  const [ofAdam, ofRmsprop] = [new NormCoefficient(adam), new NormCoefficient(rmsprop)];
  return [drawCoefficientMap(ofAdam), drawCoefficientSteps(ofAdam, ofRmsprop), drawCoefficientParts(ofRmsprop)];
}
