/** Where a rule with pieces switches, in LaTeX: what must not be zero for the derived equation to have a value. */
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import type { Formula } from '../formula/formula.ts';
import { writeFormula } from '../latex/write/write-formula.ts';
import { switchesOf } from '../formula/pieces/switches.ts';
import type { Notation, Optimizer } from '../optimizer/model.ts';
import { countsAlike, withTypedLabels } from './typed-labels.ts';

/** `\nabla_{j} E_{n}(\boldsymbol{\theta}) \ne 0`, and in which steps where past ones count. */
function switchingCondition({ shown, past, from, late }: SwitchingSet, optimizer: Optimizer): string {
  const { notation, counting } = optimizer;
  // The letter is that of the interval of the step.
  const first = from + (counting?.iterates ?? 0);
  const last = `${notation.iteration}${late ? ' - 1' : ''}`;
  return `${unequal(typed(shown, optimizer), notation)}${past ? ` \\text{ in all steps } ${first}, \\dots, ${last}` : ''}`;
}

const typed = (formula: Formula, optimizer: Optimizer): Formula =>
  countsAlike(optimizer) ? formula : withTypedLabels(formula, optimizer, { namesStep: true });

/** The conditions of an equation, each once. */
export const switchingConditions = (sets: readonly SwitchingSet[], optimizer: Optimizer): string[] => [
  ...new Set(sets.map(each => switchingCondition(each, optimizer))),
];

/** The same by the rows of the optimizer: `m_j^{(n+1)} \ne 0`. */
export const rowConditions = (optimizer: Optimizer): string[] =>
  switchesOf(optimizer).map(({ argument }) => unequal(typed(argument, optimizer), optimizer.notation));

/** Equal values are compared, others with zero. */
function unequal(formula: Formula, notation: Notation): string {
  const write = (part: Formula): string => writeFormula(part, notation, 'latex');
  const [left, right, ...more] = formula.kind === 'add' ? formula.terms : [];
  if (left !== undefined && right?.kind === 'negate' && more.length === 0)
    return `${write(left)} \\ne ${write(right.argument)}`;
  return `${write(formula)} \\ne 0`;
}
