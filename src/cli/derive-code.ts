/** `modeq derive --format python|sympy`: the equation as a program. */
import { refuse } from '../base/problem.ts';
import { DEFAULT_SETTING, hasOneLoss, type Setting } from '../notation/settings.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { complainAbout, type Context } from './context.ts';
import { EXIT } from './exit-code.ts';

export interface CodeOptions {
  readonly format: 'python' | 'sympy';
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly limit?: 'large-n' | null;
  /** Options that a program has no use for, by their flags, with whether they were given. */
  readonly others: ReadonlyMap<string, boolean>;
}

/** Prints the module; complains with exit code 2 where the equation is refused. */
export async function printCode(
  optimizer: Optimizer,
  options: CodeOptions,
  { terminal, finish }: Context,
): Promise<void> {
  const { format, setting, order, form, limit = null, others } = options;
  // One loss is that of the full batch, which need not be said.
  if (setting !== DEFAULT_SETTING && !hasOneLoss(setting))
    refuse('option-not-for-program', `--format ${format} is about the full batch; leave out --setting ${setting}`);
  if (form !== 'flow') refuse('option-not-for-program', `--format ${format} holds the flow; leave out --form ${form}`);
  for (const [flag, isGiven] of others)
    if (isGiven) refuse('option-not-for-program', `--format ${format} has no use for ${flag}; leave it out`);
  const { vectorEquation } = await import('../report/code/vector-equation.ts');
  const equation = vectorEquation(optimizer, { order, limit });
  if (!equation.ok) {
    await complainAbout(equation.problems, terminal);
    finish(EXIT.badInput);
    return;
  }
  const { pythonCode } = await import('../report/code/python-code.ts');
  const { sympyCode } = await import('../report/code/sympy-code.ts');
  terminal.print((format === 'python' ? pythonCode : sympyCode)(equation.value));
}
