/** The letters of a document in the words of a `notation` line. */
import { DEFAULT_NOTATION, type Notation } from '../../optimizer/model.ts';

/** `loss=f step=\\eta`: the letters that differ from the usual ones. */
export function notationText(notation: Notation): string {
  const usual: Readonly<Record<string, string>> = { ...DEFAULT_NOTATION };
  return Object.entries(notation)
    .filter(([role, letter]) => letter !== usual[role])
    .map(([role, letter]) => `${role}=${/^[\w\\]+$/.test(letter) ? letter : `{${letter}}`}`)
    .join(' ');
}
