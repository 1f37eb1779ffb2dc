/**
 * Rules as their authors typed them, from the files in `rules/`. A rule is a block:
 *
 *     @@ ID md|tex          then the document as typed
 *     @= WHERE              then the same rule in canonical letters
 *     @full                 where its loss is one function
 *
 * or, where it has to be refused, `@refused CODE` with the words that the hint must have, and `@second` with the document that
 * the hint leads to, before `@=`. In the place of `@=` may stand `@py`, the rule as a program, and `@runs`, the points that it makes
 * (rules/run-rules.py writes them): `@py full` where the loss is one function, `@py name=3` for a hyperparameter's value.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface AuthoredRule {
  readonly id: string;
  readonly name: 'notes.md' | 'paper.tex';
  readonly text: string;
  /** The rule in canonical letters, null where no second try is there either. */
  readonly canonical: { readonly rows: string; readonly where: string; readonly full: boolean } | null;
  /** The points after each step as a program makes them, with the values of hyperparameters that are not the usual ones. */
  readonly runs: {
    readonly points: readonly (readonly number[])[];
    readonly full: boolean;
    readonly values: ReadonlyMap<string, string>;
  } | null;
  readonly refused: { readonly code: string; readonly hint: string; readonly second: string | null } | null;
}

const FOLDER = join(fileURLToPath(new URL('.', import.meta.url)), 'rules');

/** All rules of the files whose names begin with `batch`, in order. */
export function authoredRules(batch: string): AuthoredRule[] {
  return readdirSync(FOLDER)
    .filter(name => name.startsWith(batch))
    .sort()
    .flatMap(name => readFileSync(join(FOLDER, name), 'utf8').split(/^@@ /m).slice(1).map(ruleOf));
}

function ruleOf(block: string): AuthoredRule {
  const [head = '', ...lines] = block.split('\n');
  const [id = '', kind] = head.split(' ');
  const parts = new Map<string, { line: string; body: string[] }>([['text', { line: '', body: [] }]]);
  let part = 'text';
  for (const line of lines) {
    const mark = /^@(=|full|refused|second|py|runs)(?: (.*))?$/.exec(line);
    if (mark) {
      part = mark[1] ?? '';
      parts.set(part, { line: mark[2] ?? '', body: [] });
    } else parts.get(part)?.body.push(line);
  }
  const body = (key: string): string => parts.get(key)?.body.join('\n') ?? '';
  const canonical = parts.get('=');
  const refused = parts.get('refused');
  const program = parts.get('py');
  const points = body('runs')
    .trim()
    .split('\n')
    .map(line => line.split(' ').map(Number));
  const values = new Map(
    [...(program?.line ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  return {
    id,
    name: kind === 'md' ? 'notes.md' : 'paper.tex',
    text: body('text'),
    canonical: canonical ? { rows: body('=').trim(), where: canonical.line, full: parts.has('full') } : null,
    runs: parts.has('runs') ? { points, full: /\bfull\b/.test(program?.line ?? ''), values } : null,
    refused: refused
      ? { code: refused.line, hint: body('refused').trim(), second: parts.has('second') ? body('second') : null }
      : null,
  };
}
