/** How closed forms are written: roots by what stands under them in closed form, letters that no optimizer uses. */
import { Remembered } from '../base/work.ts';
import { indexName } from '../expression/core/indices.ts';
import { instantiate, type Template } from '../expression/core/template.ts';
import type { TemplateName, WriterOptions } from '../expression/write/to-formula.ts';
import type { WrittenIndices } from '../expression/write/write-form.ts';
import type { Formula } from '../formula/formula.ts';
import { formKey, type LinearForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { closedTerms } from './closed-terms.ts';
import { writeClosed } from './write-closed.ts';

/** A text for the letters of indices; null where other formulas stand for them. */
function letterKey(letters: WrittenIndices): string | null {
  const parts: string[] = [];
  for (const [index, formula] of letters) {
    if (formula.kind !== 'index') return null;
    parts.push(`${index}:${formula.name}`);
  }
  return parts.sort().join();
}

/** Options that give names as `nameOf` says, which must not change while they are used. */
export function closedOptions(
  reserved: ReadonlySet<string>,
  nameOf: (template: Template) => TemplateName | null,
): WriterOptions {
  const bodies = new Remembered<Formula | null>();
  const options: WriterOptions = {
    reserved,
    nameOf,
    bodyOf: (template, args, letters) => {
      const make = (): Formula | null => bodyOf(template, args, letters, options);
      const named = letterKey(letters);
      if (named === null) return make();
      return bodies.get(`${template.id}(${args.map(form => formKey(form, indexName)).join(',')})${named}`, make);
    },
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
