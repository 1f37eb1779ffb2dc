/** Names that derived quantities may not have. */
import type { Optimizer } from '../optimizer/model.ts';

/** Every name and letter that the optimizer uses, so that no derived quantity takes it. */
export function reservedNames(optimizer: Optimizer): Set<string> {
  const { notation } = optimizer;
  const reserved = new Set<string>([
    notation.loss,
    notation.parameters,
    notation.step,
    notation.iteration,
    notation.component,
    notation.dimension,
    notation.time,
    'E',
    'O',
  ]);
  // An accent on the loss or the parameters means nothing to a reader.
  for (const accent of ['\\bar', '\\hat', '\\tilde', '\\check', '\\acute', '\\breve'])
    for (const letter of [notation.loss, notation.parameters]) reserved.add(`${accent}{${letter}}`);
  for (const state of optimizer.states) reserved.add(state.name);
  for (const quantity of optimizer.quantities) reserved.add(quantity.name);
  for (const declaration of optimizer.declarations) reserved.add(declaration.name);
  return reserved;
}

/** The same beside the names of sequences. */
export const reservedIn = (optimizer: Optimizer, sequences: readonly { readonly name: string }[]): Set<string> =>
  new Set([...reservedNames(optimizer), ...sequences.map(({ name }) => name)]);
