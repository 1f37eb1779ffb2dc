/** What is wrong with a claim as a whole once its statements are read. */
import { comparesSides } from '../../notation/kinds.ts';
import { type Problem, refuse } from '../../base/problem.ts';
import type { Declaration } from '../../formula/declaration.ts';
import { intersect, isEmpty } from '../../formula/domain.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Definition } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { Statement } from '../model.ts';
import type { Placed } from '../annotation/keys.ts';
import { hintFor } from '../nearest.ts';
import type { Entry, Outline } from '../outline.ts';
import { namesIn } from '../../formula/definition-circles.ts';
import type { DefinitionRow } from './read-definitions.ts';

/** ≈ in a claim without a regime. */
export function approximations(statements: readonly Statement[]): Problem[] {
  const approximate = statements.find(({ relation }) => relation === '\\approx' || relation === '\\sim');
  if (!approximate) return [];
  return [
    {
      code: 'approximation-without-regime',
      message: '≈ says nothing without a regime',
      hint: 'Add regime=large-gradient-all or another one, or write an equality with O(h^2).',
      span: approximate.span,
    },
  ];
}

/** The pieces, with equalities for ≈ where no regime is given and an order is, by the key or by O(·): up to that order they say the same. */
export const equalToOrder = (
  pieces: readonly Piece[],
  { order, regime }: { readonly order: number | null; readonly regime: unknown },
): Piece[] =>
  pieces.map(each =>
    each.relation === '\\approx' && regime === null && (order !== null || each.remainder !== null)
      ? { ...each, relation: '=' }
      : each,
  );

/** A statement about an optimizer in a claim that names none. */
export function missingOptimizer(statements: readonly Statement[]): Problem[] {
  const needy = statements.find(each => !comparesSides(each));
  if (!needy) return [];
  return [
    {
      code: 'missing-about',
      message: 'it is not said which optimizer this claim is about',
      hint: 'Add about=ID; it may be left out only where the file has exactly one optimizer.',
      span: needy.span,
    },
  ];
}

/** A row with = is a definition only because its name is used; one that nothing uses states something of nothing. */
export function unusedDefinitions(
  definitions: readonly Definition[],
  assumed: ReadonlySet<string>,
  statements: readonly Statement[],
): Problem[] {
  const used = new Set(statements.flatMap(({ left, right }) => [...namesIn(left), ...namesIn(right)]));
  for (const { name, body } of definitions) for (const each of namesIn(body)) if (each !== name) used.add(each);
  const unused = definitions.find(({ name }) => assumed.has(name) && !used.has(name));
  if (!unused) return [];
  return [
    {
      code: 'undefined-name',
      message: `${unused.name} is defined nowhere`,
      hint: 'Define it with :=, or name the claim that defines it with given=ID.',
      ...(unused.span ? { span: unused.span } : {}),
    },
  ];
}

/** Rows that define a name which `where` declares. */
export const definedAgain = (rows: readonly DefinitionRow[], declared: ReadonlySet<string>): Problem[] =>
  rows
    .filter(({ left }) => declared.has(left.name))
    .map(({ left, piece }) => ({
      code: 'declared-and-defined',
      message: `${left.name} is declared and defined too`,
      span: piece.span,
    }));

/** `c_0 := 0` beside `c_n := 1-\beta^n`: where a number in the subscript is a part of the name, it is not seen whether it is the value at 0. */
export function numberedBesideFamily(rows: readonly DefinitionRow[], given: readonly Definition[]): Problem[] {
  const families = new Set([
    ...rows.filter(({ left }) => left.indices.length + left.labels.length > 0).map(({ left }) => left.name),
    ...given.filter(({ indices, labels }) => indices.length + labels.length > 0).map(({ name }) => name),
  ]);
  return rows.flatMap(({ left: { name, indices, labels }, piece }) => {
    const [, family, number] = /^(.+)_\{?(\d+)\}?$/.exec(name) ?? [];
    if (family === undefined || indices.length + labels.length > 0 || !families.has(family)) return [];
    return [
      {
        code: 'value-or-name',
        message: `${name} is a name of its own, or the value of ${family} at ${number}`,
        hint: `Write a sequence with its label as ${family}^{(${number})}, or give the number a letter of its own.`,
        span: piece.span,
      },
    ];
  });
}

/** A claim that `same-as` names and that there is not. */
export function unknownClaim(
  id: Placed<string> | null,
  entry: Entry,
  { outline, isClaim }: { readonly outline: Outline; readonly isClaim: (id: string) => boolean },
): Problem[] {
  if (!id || isClaim(id.value)) return [];
  const claims = outline.entries.filter(each => each.annotation.kind === 'claim' && each !== entry);
  const hint = hintFor(
    id.value,
    claims.map(each => each.id),
  );
  return [{ code: 'unknown-claim', message: `there is no claim ${id.value}`, hint, span: id.span }];
}

/** Refuses a hyperparameter of the optimizer that the claim declares again, where no value is one of both. */
export function refuseDisjoint(declarations: readonly Declaration[], optimizer: Optimizer | null): void {
  for (const declaration of declarations) {
    const known = optimizer?.declarations.find(({ name }) => name === declaration.name);
    if (declaration.kind !== 'scalar' || known?.kind !== 'scalar') continue;
    if (isEmpty(intersect(known.domain, declaration.domain)))
      refuse(
        'empty-domain',
        `no value of ${declaration.name} is one of the optimizer ${optimizer?.id} and of this claim`,
        declaration.span,
        'The claim is about the values that are declared there.',
      );
  }
}
