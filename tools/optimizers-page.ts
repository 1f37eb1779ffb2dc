/**
 * docs/optimizers.md from derivations/optimizers/: what is derived, in which variant, and what is refused with the reason, all from the engine.
 *
 *     npx tsx tools/optimizers-page.ts          # writes the page
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deriveModifiedEquation } from '../src/derivation/derive.ts';
import { readDocument } from '../src/document/read/read-document.ts';
import { type Symmetry, symmetryOf } from '../src/judge/check/asymmetry.ts';
import { deriveTheorem } from '../src/report/theorem/derive-theorem.ts';
import type { Formula } from '../src/formula/formula.ts';
import { beforeFirstNote, observedNote } from '../src/document/conventions.ts';
import { writeFormula } from '../src/latex/write/write-formula.ts';
import { theoremLatex } from '../src/report/theorem/theorem-latex.ts';
import { typedTheorem } from '../src/report/theorem/typed-theorem.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'derivations/optimizers');
const refusedFolder = join(root, 'tools/refused-optimizers');
export const PAGE = join(root, 'docs/optimizers.md');

/** The documents of the catalogue, by name. */
export const catalogue = (): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.tex'))
    .sort();
export const refusedCatalogue = (): string[] =>
  readdirSync(refusedFolder)
    .filter(name => name.endsWith('.tex'))
    .sort();

interface Prose {
  readonly title: string;
  readonly text: string;
}

/** The title and the sentences between it and the magic comment. */
function proseOf(text: string): Prose {
  const title = /\\section\{(.*)\}/.exec(text)?.[1] ?? '';
  const between = text.slice(text.indexOf('\n') + 1, text.indexOf('% !modeq'));
  return { title, text: between.trim().replace(/\s+/g, ' ').replaceAll('\\boldsymbol\\', '\\') };
}

/** The section of one document: its prose, its equation to order 1 in the full batch, its modified loss or why there is none. */
export function sectionOf(name: string): string {
  const text = readFileSync(join(folder, name), 'utf8');
  const document = readDocument({ name, text });
  const [optimizer] = document.optimizers;
  if (optimizer === undefined || document.problems.length > 0)
    throw new Error(`${name}: ${document.problems[0]?.message ?? 'no optimizer'}`);
  const derived = deriveTheorem(optimizer, { order: 1, setting: 'full-batch' });
  if (!derived.ok) throw new Error(`${name}: ${derived.problems[0]?.message}`);
  const theorem = derived.value;
  const { title, text: prose } = proseOf(text);
  const latex = theoremLatex(typedTheorem({ ...theorem, whole: null, inserted: null }))
    .split('\n')
    .filter(line => !line.startsWith('%'))
    .join('\n')
    .trim();
  const notes = [observedNote(optimizer), beforeFirstNote(optimizer)].filter(note => note !== null);
  const loss = isNothing(theorem.coefficients[1])
    ? 'There is no correction at this order: the loss itself is the modified loss.'
    : theorem.whole != null
      ? `The right side is the flow of a modified loss:\n\n\`\`\`math\n\\dot{\\tilde\\theta}_j(t) = ${writeFormula(theorem.whole, optimizer.notation, 'latex')}\n\`\`\``
      : lossSentence(symmetryOf({ ...theorem, declarations: optimizer.declarations }));
  return [
    `## ${title}\n\n\`modeq derive ${optimizer.id}\``,
    prose,
    ...notes.map(note => `${note[0]?.toUpperCase()}${note.slice(1)}.`),
    `\`\`\`math\n${latex}\n\`\`\``,
    loss,
  ].join('\n\n');
}

const isNothing = (formula: Formula | undefined): boolean => formula?.kind === 'number' && formula.value.isZero();

function lossSentence(found: Symmetry): string {
  if (found.kind === 'symmetric')
    return found.points === 0
      ? 'No modified loss was found; no point that was looked at has a value.'
      : `No modified loss was found in closed form; the Jacobian is symmetric at ${found.points} points that were looked at.`;
  const { instance, scaled, values } = found;
  const what = scaled ? '$D_jf_{1,j}$ with $D_j = -\\nabla_jE/f_{0,j}$' : '$f_1$';
  const [one, other] = scaled ? ['D_1f_{1,1}', 'D_2f_{1,2}'] : ['f_{1,1}', 'f_{1,2}'];
  return `There is no modified loss: the Jacobian of ${what} is not symmetric, $\\partial_2(${one}) \\approx ${values[0]}$ and $\\partial_1(${other}) \\approx ${values[1]}$ at \`${JSON.stringify(instance)}\`.`;
}

/** A refused optimizer: the sentence that its document gives as a reason, and what the engine says. */
export function refusedSectionOf(name: string): string {
  const text = readFileSync(join(refusedFolder, name), 'utf8');
  const { problems, optimizers } = readDocument({ name, text });
  const [optimizer] = optimizers;
  const derived =
    optimizer === undefined ? null : deriveModifiedEquation(optimizer, { order: 1, setting: 'full-batch' });
  if (derived?.ok === true) throw new Error(`${name} is derived`);
  const problem = problems[0] ?? (derived?.ok === false ? derived.problems[0] : undefined);
  if (problem === undefined) throw new Error(`${name} is refused without a reason`);
  const { title, text: prose } = proseOf(text);
  return `## ${title}\n\n${prose}\n\nmodeq: ${problem.message} \`[${problem.code}]\`.`;
}

const HEAD = `# Optimizers

Written by \`npx tsx tools/optimizers-page.ts\` from the documents in \`derivations/optimizers/\`; a test holds it to the engine. Each optimizer has
its source, its modified equation to order 1 in the full batch, and its modified loss, or an exact point that shows that there is
none. Sums over the past are carried out as far as that makes the equation shorter. Every equation was run beside its optimizer
in power series of h before it was printed. What follows the last headline is refused,
with the reason.
`;

/** The whole page. */
export const pageOf = (sections: readonly string[], refused: readonly string[]): string =>
  `${[HEAD, ...sections, '# Refused\n', ...refused]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const timed = (name: string): string => {
    const start = process.cpuUsage();
    const section = sectionOf(name);
    const { user } = process.cpuUsage(start);
    if (user > 1e6) process.stderr.write(`${name}: ${(user / 1e6).toFixed(1)} s\n`);
    return section;
  };
  writeFileSync(PAGE, pageOf(catalogue().map(timed), refusedCatalogue().map(refusedSectionOf)));
}
