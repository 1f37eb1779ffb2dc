/** What a write-up cites: the methods of its proof, and the source of the rule. */

export type ReferenceKey = 'backward' | 'convergence' | 'adaptive' | 'source';

/** In the order in which they are cited. */
const REFERENCES: Readonly<Record<Exclude<ReferenceKey, 'source'>, { readonly full: string; readonly short: string }>> =
  {
    backward: {
      full: 'E.~Hairer, C.~Lubich and G.~Wanner, \\emph{Geometric Numerical Integration}, second edition, Springer, 2006. Chapter~IX: backward error analysis.',
      short: 'Hairer, Lubich and Wanner, \\emph{Geometric Numerical Integration}, chapter~IX',
    },
    convergence: {
      full: 'E.~Hairer, S.~P.~N{\\o}rsett and G.~Wanner, \\emph{Solving Ordinary Differential Equations~I}, second edition, Springer, 1993. Sections II.3 and III.4: from local to global errors.',
      short:
        'Hairer, N{\\o}rsett and Wanner, \\emph{Solving Ordinary Differential Equations~I}, sections II.3 and III.4',
    },
    adaptive: {
      full: 'M.~D.~Cattaneo, J.~M.~Klusowski and B.~Shigida, \\emph{Backward Error Analysis of Adaptive Gradient Algorithms}, 2023.',
      short: 'Cattaneo, Klusowski and Shigida, \\emph{Backward Error Analysis of Adaptive Gradient Algorithms}, 2023',
    },
  };

/** `<<cite:backward>>` in prose. */
export const cite = (key: ReferenceKey): string => `<<cite:${key}>>`;
const CITATION = /<<cite:(\w+)>>/g;

/** The references that the texts cite, in that order. */
export function citedIn(texts: readonly string[]): readonly ReferenceKey[] {
  const found = texts.flatMap(text => [...text.matchAll(CITATION)].map(([, key]) => key));
  const keys: readonly ReferenceKey[] = ['source', 'backward', 'adaptive', 'convergence'];
  return keys.filter(key => found.includes(key));
}

/** The text with its citations as numbers in brackets, or as words where the text has no bibliography of its own. */
export const withCitations = (
  text: string,
  keys: readonly ReferenceKey[],
  source: string | null,
  inline: boolean,
): string =>
  text.replace(CITATION, (_, key: ReferenceKey) =>
    inline ? `(${shortOf(key, source)})` : `[${keys.indexOf(key) + 1}]`,
  );

const shortOf = (key: ReferenceKey, source: string | null): string =>
  key === 'source' ? (source ?? '') : REFERENCES[key].short;

/** The bibliography; numbers as in the text, which stand without a second run of LaTeX. */
export function bibliography(keys: readonly ReferenceKey[], source: string | null): string {
  if (keys.length === 0) return '';
  const items = keys.map(
    (key, at) => `\\item[{[${at + 1}]}] ${key === 'source' ? `${source ?? ''}.` : REFERENCES[key].full}`,
  );
  return `\\section*{References}
\\begin{enumerate}
${items.join('\n')}
\\end{enumerate}
`;
}
