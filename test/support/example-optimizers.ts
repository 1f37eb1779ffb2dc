/** The built-in documents without the longer part of the catalogue, for tests that look at every optimizer at length. */
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { ModeqDocument } from '../../src/document/model.ts';

const EXAMPLES = ['adagrad', 'adamw', 'gd', 'heavy-ball', 'lion', 'momentum', 'nadam', 'nesterov'];

export const exampleDocuments = (): ModeqDocument[] =>
  builtInDocuments().documents.filter(
    ({ file: name }) => !name.startsWith('derivations/optimizers/') || EXAMPLES.some(id => name.endsWith(`/${id}.tex`)),
  );
