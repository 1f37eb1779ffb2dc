/** The refusal of a name that nothing declares or defines, with what could be done about it. */
import { refuse } from '../../../base/problem.ts';
import type { NameItem } from '../../layout/item.ts';
import { spellItems, spellName, spellSubscript } from '../../layout/item.ts';

/** Refuses a name that is neither declared nor defined. */
export function refuseUndefined(item: NameItem): never {
  const sub = item.sub === null ? null : spellItems(item.sub);
  const base = spellName(item.name);
  const name = sub === null ? base : spellSubscript(base, sub);
  return refuse('undefined-name', `${name} is neither declared nor defined`, item.span, hintFor(name, sub));
}

/** A word is as likely a function; an argmin or a projection is none of a step that is known by its formula. */
function hintFor(name: string, sub: string | null): string {
  const word = /^\\(?:mathrm|boldsymbol)\{([A-Za-z]{2,}\d*)\}/.exec(name)?.[1] ?? '';
  if (/^arg(?:min|max)$/.test(word))
    return 'As a whole right side \\arg\\min_x (f(x) + \\frac{1}{2h}\\|x - x_k\\|^2) is read, with smooth functions, inner products and squares of norms beside; others are written as the step that they come to, x_{k+1} = x_k - h\\nabla f(x_{k+1}).';
  if (/^\\math(?:bb|bf|rm)\{E\}/.test(name) || /^E$/.test(word))
    return 'A mean over samples is not taken: write the loss itself, without its sample, for the mean, or the loss of the step, as f_t.';
  if (/^clip$/i.test(word))
    return 'Component by component a clip at c is \\max(-c, \\min(x, c)), one by the norm \\min(1, c/\\|x\\|)x: write the one that is meant, or a smooth form, c\\tanh(x/c).';
  if (name === 'I' || name === '\\boldsymbol{I}' || name === '\\mathbf{I}')
    return 'The identity matrix is read in claims and beside \\mathrm{diag}(v) only, and no inverse of a matrix: write the product out, (I - A)v as v - Av.';
  if (/^(?:prox|proj|project)/i.test(word) || /^\\(?:Pi|mathcal\{P\}|boldsymbol\{\\Pi\})(?![A-Za-z])/.test(name))
    return 'Write the step without it: a projection is not read, and a proximal map as a whole right side only, \\mathrm{prox}_{hR}(v), R with where R : vector -> scalar smooth.';
  if (/^rms$/i.test(word))
    return 'The root mean square of u is \\sqrt{\\frac1p\\sum_{i=1}^{p}u_i^2}: write it so, with the component letter in every row, or \\|u\\| times a hyperparameter.';
  if (/^(?:atan2?|arctan2?|floor|ceil|round|erf|softplus|relu|mean|median|std|var|norm|rms)$/i.test(word))
    return `${word} is not read: write it by what is, as \\|x\\|, or declare a function, where \\phi smooth, and write \\phi(x).`;
  if (/^[A-Za-z]{3,}$/.test(word))
    return `declare it, a number with \`where ${name} > 0\`, a function of a number with \`where ${name} smooth\`, or define it with :=`;
  return sub === null || /^\d+$/.test(sub)
    ? `declare it, for example with \`where ${name} > 0\`, or define it with :=`
    : 'Define it by a row with :=, or name what defines it with given=ID.';
}
