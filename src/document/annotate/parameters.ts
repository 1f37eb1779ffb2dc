/** Which letters may be the parameters, and the rows that make their next values. */
import { type Hint, ranked } from './evidence.ts';
import { type FoundSeed, itemsOf } from './found.ts';
import { isFirstValue, type Made, madeIn } from './rows.ts';

/** Letters that authors use for the parameters. */
const USUAL: ReadonlySet<string> = new Set(['\\theta', 'x', 'w', 'W', '\\omega', '\\phi', '\\vartheta', 'u', 'z', 'p']);

const isLabelled = ({ item }: Made): boolean => item.sub !== null || item.sup !== null;
const mentions = ({ found }: Made, core: string): boolean =>
  [...itemsOf(found.right)].some(item => item.kind === 'name' && item.name.core === core);

/**
 * The letters that may be the parameters, the likeliest first: those at which gradients are taken and that are made from themselves; else
 * those at which gradients are taken, and the letters from which these are made; without any gradient the usual letters.
 */
export function parametersIn(formulas: readonly FoundSeed[], { points }: Hint): string[] {
  const made = formulas.flatMap(madeIn).filter(each => !isFirstValue(each));
  const recurring = new Set(made.filter(({ recurs }) => recurs).map(({ core }) => core));
  const recur = ranked(points).filter(core => recurring.has(core));
  if (recur.length > 0) return recur;
  const labelled = new Set(made.filter(isLabelled).map(({ core }) => core));
  const at = ranked(points).filter(core => labelled.has(core));
  if (at.length > 0) {
    // y_k = (1+γ)ξ_k − γξ_{k−1}: the gradient is taken at y, and ξ is what moves.
    const from = [...labelled].filter(
      core => !at.includes(core) && made.some(each => at.includes(each.core) && mentions(each, core)),
    );
    const moving = from.filter(
      core => recurring.has(core) || made.some(each => each.core === core && at.some(point => mentions(each, point))),
    );
    return [...at, ...moving];
  }
  const direct = [...new Set(made.filter(({ recurs, isDirect }) => recurs && isDirect).map(({ core }) => core))];
  const usual = direct.filter(core => USUAL.has(core));
  return usual.length > 0 ? usual : direct;
}

/** The rows of a formula that may make the next value of the parameters, one a letter, in the order of the letters. */
export function updatesIn(formula: FoundSeed, parameters: readonly string[]): Made[] {
  const made = madeIn(formula).filter(each => !isFirstValue(each));
  return parametersOrder(parameters).flatMap(core => {
    const own = made.filter(each => each.core === core);
    return own.find(({ recurs }) => recurs) ?? own.find(each => isMadeThrough(each, made)) ?? [];
  });
}

const parametersOrder = (parameters: readonly string[]): string[] => [...new Set(parameters)];

/** x_{k+1} = y_{k+1} + …, where another row of the display makes y from x. */
const isMadeThrough = (own: Made, made: readonly Made[]): boolean =>
  isLabelled(own) && made.some(each => each !== own && mentions(each, own.core));
