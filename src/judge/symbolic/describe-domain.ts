/** The declared domain of a scalar as LaTeX: 0<\beta<1, \varepsilon>0. */
import type { Declaration } from '../../optimizer/model.ts';

/** The inequalities that the declaration makes; none where it bounds nothing. */
export function describeDomain({ name, domain }: Extract<Declaration, { readonly kind: 'scalar' }>): string[] {
  const { lower, lowerOpen, upper, upperOpen } = domain;
  if (lower !== null && upper !== null)
    return [`${lower}${lowerOpen ? '<' : ' \\le '}${name}${upperOpen ? '<' : ' \\le '}${upper}`];
  if (lower !== null) return [`${name}${lowerOpen ? '>' : ' \\ge '}${lower}`];
  return upper === null ? [] : [`${name}${upperOpen ? '<' : ' \\le '}${upper}`];
}
