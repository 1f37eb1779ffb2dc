/** Names in a document: what stands at a place, where it is made, and where else it is used. */
import type { Span } from '../../base/span.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Claim, ModeqDocument } from '../../document/model.ts';
import type { Optimizer } from '../../optimizer/model.ts';

/** A use of a name, with the place where it is made (null where that is in no file). */
export interface NameUse {
  readonly name: string;
  readonly span: Span;
  readonly made: Span | null;
}

type Makes = ReadonlyMap<string, Span | null>;

/**
 * Every use of a quantity, a state or a hyperparameter in the documents; what is made counts as a use of itself. `library` has the optimizers that
 * are not in them.
 */
export function nameUses(documents: readonly ModeqDocument[], library: (id: string) => Optimizer | null): NameUse[] {
  const optimizers = documents.flatMap(each => each.optimizers);
  const find = (id: string | null): Optimizer | undefined =>
    id === null ? undefined : (optimizers.find(each => each.id === id) ?? library(id) ?? undefined);
  const blocks = documents.flatMap(each => each.definitions);
  const claims = documents.flatMap(each => each.claims);
  const uses: NameUse[] = [];
  const collect = (formulas: readonly Formula[], makes: Makes): void => {
    for (const formula of formulas)
      visit(formula, node => {
        if (node.span !== null && (node.kind === 'quantity' || node.kind === 'parameter') && makes.has(node.name))
          uses.push({ name: node.name, span: node.span, made: makes.get(node.name) ?? null });
      });
  };
  for (const optimizer of optimizers) {
    const makes = madeBy(optimizer);
    collect(
      [
        ...optimizer.states.flatMap(({ right, initial }) => [right, initial]),
        ...optimizer.quantities.map(({ body }) => body),
        optimizer.update,
      ],
      makes,
    );
  }
  for (const block of blocks) {
    const makes = new Map([...madeBy(find(block.about)), ...own(block.definitions)]);
    collect(
      block.definitions.map(({ body }) => body),
      makes,
    );
  }
  for (const claim of claims) {
    const given = blocks.filter(({ id }) => claim.given.includes(id)).flatMap(({ definitions }) => definitions);
    const made = claims.filter(({ id }) => claim.given.includes(id)).flatMap(({ definitions }) => definitions);
    const makes = new Map([...madeBy(find(claim.about)), ...own([...given, ...made]), ...own(claim.definitions)]);
    collect(formulasOf(claim), makes);
  }
  const defined = [
    ...optimizers.flatMap(each => [...madeBy(each)]),
    ...own([...blocks, ...claims].flatMap(each => each.definitions)),
  ];
  for (const [name, span] of defined) if (span !== null) uses.push({ name, span, made: span });
  return unique(uses);
}

/** The use at an offset of a file: of several the one with the shortest text. */
export function useAt(uses: readonly NameUse[], file: string, offset: number): NameUse | null {
  const here = uses.filter(({ span }) => span.source.name === file && span.start <= offset && offset <= span.end);
  const [first = null] = here.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  return first;
}

/** All uses of the same thing. */
export const sameUses = (uses: readonly NameUse[], { name, made }: NameUse): NameUse[] =>
  uses.filter(each => each.name === name && each.made !== null && made !== null && key(each.made) === key(made));

const formulasOf = ({ statements, definitions }: Claim): Formula[] => [
  ...statements.flatMap(({ left, right }) => [left, right]),
  ...definitions.map(({ body }) => body),
];

function madeBy(optimizer: Optimizer | undefined): Map<string, Span | null> {
  if (optimizer === undefined) return new Map();
  return new Map<string, Span | null>([
    ...optimizer.declarations.map(({ name, span }) => [name, span] as const),
    ...own(optimizer.quantities),
    ...optimizer.states.map(({ name, span }) => [name, span] as const),
  ]);
}

const own = (definitions: readonly Definition[]): (readonly [string, Span | null])[] =>
  definitions.map(({ name, span }) => [name, span] as const);

function visit(formula: Formula, see: (node: Formula) => void): void {
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    see(node);
    waiting.push(...children(node));
  }
}

const key = ({ source, start, end }: Span): string => `${source.name} ${start} ${end}`;

function unique(uses: readonly NameUse[]): NameUse[] {
  const found = new Map(uses.map(each => [`${each.name} ${key(each.span)} ${each.made && key(each.made)}`, each]));
  return [...found.values()];
}
