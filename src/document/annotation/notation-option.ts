/**
 * Other letters for a known optimizer: `loss=L parameters=x step=\eta \beta=\beta_1`. The roles are those of a notation
 * line; every other key is a name of the optimizer. Mistakes are problems with a place in the text of the option.
 */
import { attempt, type Problem, refuse, type Result } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { namesOf, renameOptimizer } from '../../optimizer/rename.ts';
import type { Annotation, KeyValue } from './annotation.ts';
import { closest } from './closest.ts';
import { readNotation, ROLES } from './notation-line.ts';
import { spellNameAt } from '../outline.ts';

const NO_MACROS = new MacroTable();

/** The optimizer in the letters of `text`; roles and names that are left out keep theirs. */
export function withNotation(optimizer: Optimizer, text: string): Result<Optimizer> {
  return attempt(() => change(optimizer, { name: '--notation', text }));
}

function change(optimizer: Optimizer, source: Source): Optimizer {
  const pairs = readPairs(source);
  const isRole = ({ key }: KeyValue): boolean => key === 'index' || ROLES.some(role => role === key);
  const renamed = new Map(pairs.filter(pair => !isRole(pair)).map(pair => renaming(pair, optimizer)));
  const annotation: Annotation = {
    kind: 'notation',
    id: null,
    keys: pairs.filter(isRole),
    wheres: [],
    formula: null,
    continues: false,
    span: { source, start: 0, end: source.text.length },
    problems: [],
  };
  const names = namesOf(optimizer).map(name => renamed.get(name) ?? name);
  const { notation, problems } = readNotation([annotation], names.join(' '), spell, optimizer.notation);
  const [problem] = problems;
  if (problem) return refuseProblem(problem);
  const whole = annotation.span;
  const roles = new Map<string, string>(ROLES.flatMap(role => [[notation[role] ?? '', role]]));
  const seen = new Set<string>();
  for (const name of names) {
    // m_j^{(n)} is a state although batches=m: a default letter is free as a name where its role does not occur.
    const role = roles.get(name);
    const isNew = annotation.keys.some(({ key }) => key === role) || [...renamed.values()].includes(name);
    if (role !== undefined && isNew && (role !== 'batches' || annotation.keys.some(({ key }) => key === role)))
      refuse('letter-with-two-roles', `${name} is a name of ${optimizer.id} and the letter of ${role}`, whole);
    if (seen.has(name)) refuse('letter-with-two-roles', `${name} would stand for two things in ${optimizer.id}`, whole);
    seen.add(name);
  }
  return { ...renameOptimizer(optimizer, renamed), notation };
}

function renaming({ key, keySpan, value }: KeyValue, optimizer: Optimizer): readonly [string, string] {
  const names = namesOf(optimizer).filter(name => !name.startsWith('#'));
  const old = spellNameAt(keySpan, NO_MACROS) ?? key;
  if (!names.includes(old)) {
    const near = closest(old, [...names, ...ROLES, 'index']);
    refuse(
      'unknown-key',
      `${optimizer.id} has no name ${old}, and there is no such role`,
      keySpan,
      near
        ? `Did you mean ${near}?`
        : `The roles are ${ROLES.join(', ')} and index; its names are ${names.join(', ')}.`,
    );
  }
  const spelled = spell(value);
  return [old, 'letter' in spelled ? spelled.letter : refuseProblem(spelled.problem)];
}

function spell(span: Span): { letter: string } | { problem: Problem } {
  const letter = spellNameAt(span, NO_MACROS);
  return letter === null
    ? { problem: { code: 'bad-letter', message: 'expected one letter or command', span } }
    : { letter };
}

const refuseProblem = ({ code, message, span, hint }: Problem): never => refuse(code, message, span, hint);

/** key=value, separated by blanks or commas; a value may stand in braces. */
function readPairs(source: Source): KeyValue[] {
  const { text } = source;
  const pairs: KeyValue[] = [];
  const pattern = /[\s,]*([^\s=,]+)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|([^\s,]+))/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) {
      const start = from + (/^[\s,]*/.exec(text.slice(from))?.[0].length ?? 0);
      const span = { source, start, end: text.length };
      return refuse('broken-notation', `expected key=letter, found "${text.slice(start, start + 40)}"`, span);
    }
    const [whole, key = '', braced, bare = ''] = found;
    const keyStart = found.index + whole.indexOf(key);
    const value = braced ?? bare;
    const end = found.index + whole.length - (braced === undefined ? 0 : 1);
    pairs.push({
      key,
      keySpan: { source, start: keyStart, end: keyStart + key.length },
      value: { source, start: end - value.length, end },
    });
  }
  return pairs;
}
