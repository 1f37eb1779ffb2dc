/** How closed forms are written: roots by what stands under them in closed form, letters that no optimizer uses. */
import { instantiate, type Template } from '../expression/core/template.ts';
import type { TemplateName, WriterOptions } from '../expression/write/to-formula.ts';
import type { WrittenIndices } from '../expression/write/write-form.ts';
import type { Formula } from '../formula/formula.ts';
import type { LinearForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { closedTerms } from './closed-terms.ts';
import { writeClosed } from './write-closed.ts';

/** Options that give names as `nameOf` says. */
export function closedOptions(
  reserved: ReadonlySet<string>,
  nameOf: (template: Template) => TemplateName | null,
): WriterOptions {
  const options: WriterOptions = {
    reserved,
    nameOf,
    bodyOf: (template, args, letters) => bodyOf(template, args, letters, options),
  };
  return options;
}

/** Options that write everything out. */
export const inlineOptions = ({ declarations }: Optimizer): WriterOptions =>
  closedOptions(new Set(declarations.map(({ name }) => name)), () => null);

/** What stands under a root, in closed form too. */
function bodyOf(
  template: Template,
  args: readonly LinearForm[],
  letters: WrittenIndices,
  options: WriterOptions,
): Formula | null {
  // √(g²) is |g| as it is.
  if (template.body.terms.length === 1) return null;
  const terms = closedTerms(instantiate(template, args), options, letters);
  return terms === null ? null : writeClosed(terms, options);
}
