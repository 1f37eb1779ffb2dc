/** What the signs of a write-up mean, those that it uses and no other. */
import type { Formula } from '../../../formula/formula.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { write } from '../../../latex/write/write-node.ts';
import { inkFor } from '../../../latex/write/write-formula.ts';
import { inWords } from './optimizer-section.ts';
import { pointLetter } from '../model/points.ts';
import { type Part, prose, type Section, stepsOf } from '../model/write-up.ts';

/** A paragraph with the conventions of the sections; `withoutPoint` where functions are written without the current point. */
export function conventionsPart(sections: readonly Section[], notation: Notation, withoutPoint: boolean): Part {
  const rows = stepsOf({ sections }).flatMap(({ rows: own }) => own);
  const formulas = rows.flatMap(({ left, right }) => (left.kind === 'formula' ? [left.formula, right] : [right]));
  const found = new Map<string, Formula>();
  let hasSecond = false;
  let hasSums = false;
  for (const formula of formulas) {
    for (const node of nodes(formula)) {
      if (node.kind === 'derivative' && node.by.length > 1) hasSecond = true;
      if (node.kind === 'sum' && node.sort === 'history') hasSums = true;
      const key = keyOf(node, notation);
      if (key !== null && !found.has(key)) found.set(key, node);
    }
  }
  const signs = [...found.keys()];
  const norms = signs.filter(each => each.includes('\\|'));
  const others = signs.filter(each => !norms.includes(each));
  const { parameters, component: j, dimension, loss } = notation;
  const theta = pointLetter(notation);
  const i = j === 'i' ? 'k' : 'i';
  const second = hasSecond ? `, $\\nabla_{${i}${j}} = \\nabla_${i} \\nabla_${j}$ and so on` : '';
  const items = [
    `Vectors are bold; $\\nabla_${j}$ is the derivative with respect to $${parameters}_${j}$${second}, and $\\nabla ${loss} = (\\nabla_1 ${loss}, \\dots, \\nabla_${dimension} ${loss})$.`,
    ...(notation.index === 'superscript'
      ? ['A superscript in parentheses counts steps; any other is a power.']
      : ['The first subscript counts steps, the second one components.']),
    ...(withoutPoint
      ? [
          `Where no argument is written, a function is taken at $${theta}$; derivatives are those of the function of $${theta}$.`,
        ]
      : []),
    ...(hasSums ? ['A sum whose upper end is below its lower one is zero.'] : []),
    ...(norms.length === 0 ? [] : [`The norms are ${inWords(norms)}.`]),
    ...others,
  ];
  return prose(items.join(' '));
}

/** The meaning of a sign, in a sentence; null for what needs none. */
function keyOf(node: Formula, notation: Notation): string | null {
  const { dimension: p, component } = notation;
  const i = component === 'i' ? 'k' : 'i';
  switch (node.kind) {
    case 'norm': {
      if (node.order === 2) return `$\\|x\\| = (\\sum_{${i}=1}^{${p}} x_${i}^2)^{1/2}$`;
      if (node.perturbation === null) return `$\\|x\\|_1 = \\sum_{${i}=1}^{${p}} |x_${i}|$`;
      const small = write(node.perturbation, inkFor([node.perturbation], notation, 'latex')).text;
      const under = node.perturbation.kind === 'parameter' || node.perturbation.kind === 'power' ? small : `(${small})`;
      return `$\\|x\\|_{1,${small}} = \\sum_{${i}=1}^{${p}} (x_${i}^2 + ${under})^{1/2}$`;
    }
    case 'call':
      return node.name === 'sign' ? '$\\mathrm{sign}(0) = 0$.' : null;
    case 'product':
      return 'A product without factors is one.';
    default:
      return null;
  }
}
