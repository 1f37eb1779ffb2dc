/** Ids of elements in a page, from ids that may hold anything. */

/** `claim-ID` with every character that is not a letter, a digit, `.`, `_` or `-` replaced; numbered where it is taken. */
function anchorOf(id: string, taken: Set<string>): string {
  const plain = `claim-${id.replace(/[^A-Za-z0-9._-]/g, character => `~${(character.codePointAt(0) ?? 0).toString(16)}`)}`;
  let anchor = plain;
  for (let number = 2; taken.has(anchor); number += 1) anchor = `${plain}~${number}`;
  taken.add(anchor);
  return anchor;
}

/** An id for each claim of a page, none twice. */
export function anchorsOf(claims: readonly { readonly id: string }[]): string[] {
  const taken = new Set<string>();
  return claims.map(({ id }) => anchorOf(id, taken));
}
