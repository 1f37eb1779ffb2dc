/**
 * From an annotated display (or inline formula) to a claim or a block of definitions. Whatever cannot be read makes the one
 * claim unreadable, with every problem that was found; nothing is guessed to save it.
 */
import { attempt, type Problem, refuse } from '../../base/problem.ts';
import { type Changes, readChanges } from '../changes.ts';
import { loss } from '../../formula/build.ts';
import { withFormulas } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import { readFormula } from '../../latex/read/read-formula.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { tokensAt } from '../author/display-text.ts';
import { type Keys, readKeys } from '../annotation/keys.ts';
import type { Claim } from '../model.ts';
import { type Entry, spellNameAt } from '../outline.ts';
import {
  unlabelledSteps,
  commonLabels,
  conditionWithStepLabels,
  currentOffset,
  isFormalStep,
  shiftsOf,
  stepLabels,
  withModelLabels,
} from './claim-counting.ts';
import { countedFromFirst, countsAsModel, formalLabels, type StepLabels } from '../step-labels.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import { readLeftSide } from '../../latex/read/definition/read-left-side.ts';
import {
  approximations,
  equalToOrder,
  definedAgain,
  numberedBesideFamily,
  missingOptimizer,
  unknownClaim,
  unusedDefinitions,
  refuseDisjoint,
} from './claim-checks.ts';
import { localFunctions, unusedFunction } from './local-functions.ts';
import { batchProblems, COVARIANCE_ROLE, covarianceNames, meanOfMotion, usedCovariances } from './means.ts';
import { batchLosses } from '../author/batch-losses.ts';
import { lossNames, MODIFIED_LOSS } from './loss-names.ts';
import { conditionOfEquivalence } from './read-condition.ts';
import { readDefinitions } from './read-definitions.ts';
import { bodyScope } from './read-optimizer.ts';
import { statedMotion } from './statement/read-rate.ts';
import type { ReadEntry, Surroundings } from './entry.ts';
import { withoutNoise } from './statement/read-noise.ts';
import { readStatement, type StatementContext } from './statement/read-statement.ts';
import { readAssumption, readFlow, typedValue } from './read-values.ts';
import { roleOf, roleOfDefinition, rolesOfOptimizer } from '../annotation/roles.ts';
import { decideCondition, decideStatement, derivativesOf, fieldsOf } from './claim-derivatives.ts';
import { decideSetting } from '../annotation/setting.ts';
import { namesOfOptimizer, sortPieces, withConditionsOfRows } from './sort-pieces.ts';
import { claimPieces } from '../author/habits/claim-pieces.ts';
import { withoutConsequences, withoutRepeats } from '../told.ts';
import { readWhere } from '../annotation/where.ts';
import type { Common } from './statement/common.ts';

/** Reads a claim or definition. */
export function readEntry(entry: Entry, around: Surroundings): ReadEntry {
  const kind = entry.annotation.kind === 'definition' ? 'definition' : 'claim';
  const { keys, problems } = readKeys(entry.annotation, kind);
  const all = [...entry.annotation.problems, ...problems];
  const reader = new EntryReader(entry, keys, around, all);
  const result = attempt(() => (kind === 'claim' ? reader.claim() : reader.block()));
  if (!result.ok) all.push(...result.problems);
  const errors = withoutRepeats(withoutConsequences(all, reader.ownMistakes));
  if (result.ok && errors.length === 0) return result.value;
  return { kind: 'unreadable', expect: keys.expect, problems: errors };
}

class EntryReader {
  readonly #entry: Entry;
  readonly #keys: Keys;
  readonly #around: Surroundings;
  /** Everything wrong; reading goes on as far as it makes sense. */
  readonly #problems: Problem[];
  /** What is wrong with the comment itself: its words, keys and declarations. */
  readonly ownMistakes: Set<Problem>;
  readonly #warnings: Problem[] = [];

  constructor(entry: Entry, keys: Keys, around: Surroundings, problems: Problem[]) {
    this.#entry = entry;
    this.#keys = keys;
    this.#around = around;
    this.#problems = problems;
    this.ownMistakes = new Set(problems);
  }

  block(): ReadEntry {
    const { definitions, declarations, given, optimizer } = this.#read('definition');
    const { id, span } = this.#entry;
    const block = { id, span, about: optimizer?.id ?? null, declarations, definitions: [...definitions, ...given] };
    return { kind: 'definition', block, visible: block.definitions };
  }

  claim(): ReadEntry {
    const read = this.#read('claim');
    const { declarations, given, optimizer, scope } = read;
    const pieces = this.#keys.weak === null ? read.statements : withoutNoise(read.statements, scope);
    const { definitions: typed } = read;
    const keys = this.#keys;
    const entry = this.#entry;
    const { flow: flowSpan } = keys;
    const flow = flowSpan && this.#collect(() => readFlow(flowSpan, scope, this.#around.outline));
    const context: StatementContext = {
      scope: { ...scope, fields: fieldsOf([...given, ...typed]), ...(flow ? { names: flow.names } : {}) },
      given: new Set(given.map(({ name }) => name)),
      optimizerNames: namesOfOptimizer(optimizer, [...typed, ...given]),
      hasOptimizer: optimizer !== null,
      labelsOf: read.labelsOf,
      modifiedLosses: new Set(
        [...(flow?.names.keys() ?? []), ...read.losses].filter(name => read.losses.has(name) || !scope.names.has(name)),
      ),
      motion: statedMotion(pieces, scope),
      definitions: new Map([...given, ...typed].map(each => [each.name, each])),
      order: keys.order,
      setting: keys.setting,
      mean: flow?.mean ?? keys.mean,
      weak: keys.weak,
      motionMean: meanOfMotion(pieces.filter(({ left }) => readLeftSide(left, scope).kind === 'flow')),
    };
    const { decision } = read;
    const stochastic = keys.weak === null ? pieces.find(({ noise }) => noise !== undefined) : undefined;
    if (stochastic !== undefined)
      refuse(
        'weak-order',
        'a stochastic equation is judged by the moments of one step, to an order that has to be said',
        stochastic.span,
        'Say setting=iid and weak-order=1 or weak-order=2.',
      );
    const statements = equalToOrder(pieces, keys).flatMap(
      (piece, at) =>
        this.#collect(() => decideStatement(readStatement(piece, `${entry.id}.${at + 1}`, context), decision)) ?? [],
    );
    if (pieces.length === 0 && this.#problems.length === 0) {
      refuse(
        'no-statement',
        'this claim states nothing that could be judged',
        entry.span,
        'A row with := defines a name; a statement has = or another relation.',
      );
    }
    if (keys.weak !== null && keys.order !== null)
      refuse('weak-order', 'weak-order= says the order; leave out order=', entry.annotation.span);
    if (this.#keys.regime === null) this.#problems.push(...approximations(statements));
    if (!optimizer && !this.#keys.about) this.#problems.push(...missingOptimizer(statements));
    const written = [...statements.flatMap(({ left, right }) => [left, right]), ...typed.map(({ body }) => body)];
    const covariances = usedCovariances(read.covariances, [...written, ...(flow ? [flow.right] : [])]);
    const definitions = [...typed, ...covariances];
    const formulas = [...written, ...covariances.map(({ body }) => body)];
    if (this.#problems.length === 0)
      this.#problems.push(
        ...unusedDefinitions(typed, read.assumed, statements),
        ...unusedFunction(read.functions, read.assumed, formulas),
      );
    const changes = this.#changes(scope);
    const asked = changes.loss === null ? formulas : [...formulas, loss(null)];
    const setting = this.#collect(() => decideSetting(asked, keys.setting, scope.notation)) ?? 'mini-batch';
    this.#problems.push(...batchProblems([...formulas, ...(flow ? [flow.right] : [])], setting, scope.notation));
    this.#problems.push(...unknownClaim(keys.sameAs, entry, this.#around));
    const claim: Claim = {
      id: entry.id,
      span: entry.span,
      notation: this.#around.outline.notation,
      about: optimizer?.id ?? null,
      setting,
      order: Math.max(0, ...statements.map(({ order }) => order)),
      limit: keys.limit,
      regime: keys.regime,
      ...changes,
      sameAs: keys.sameAs?.value ?? null,
      given: keys.given.map(({ value }) => value),
      assume: [
        ...keys.assume.flatMap(span => readAssumption(span, scope, this.#around.outline)),
        ...(this.#collect(() => conditionOfEquivalence(pieces, scope)) ?? []),
      ].map(each => decideCondition(conditionWithStepLabels(each, read.labels), decision)),
      vector: keys.vector,
      ...(keys.weak === null ? {} : { weak: keys.weak }),
      expect: keys.expect,
      declarations,
      definitions,
      statements,
      ...(countsAsModel(read.labels) ? {} : { counted: read.labels }),
      ...(flow ? { flow: decision.decide(flow.right) } : {}),
    };
    return {
      kind: 'claim',
      claim,
      visible: [...definitions, ...given.filter(({ name }) => !definitions.some(own => own.name === name))],
    };
  }

  /** The keys that change the derived equation. */
  #changes(scope: NameScope): Changes {
    const { outline } = this.#around;
    return readChanges(key => {
      const typed = this.#keys.changes.get(key);
      return typed === undefined ? null : typedValue(typed, scope, outline, action => this.#collect(action));
    });
  }

  /** Runs `action`; its refusal is kept and null returned. */
  #collect<T>(action: () => T): T | null {
    const result = attempt(action);
    if (result.ok) return result.value;
    this.#problems.push(...result.problems);
    return null;
  }

  #read(kind: 'claim' | 'definition'): Common {
    const entry = this.#entry;
    const { outline } = this.#around;
    const { notation, macros } = outline;
    const where = readWhere(entry.annotation.wheres, {
      notation,
      where: 'claim',
      spell: span => spellNameAt(span, macros),
      readBody: (span, formal, declared) =>
        readFormula(tokensAt(span, outline), bodyScope(formal, declared, notation, 'claim', this.#warnings)),
    });
    this.#problems.push(...where.problems);
    for (const problem of where.problems) this.ownMistakes.add(problem);
    const optimizer = this.#optimizer();
    this.#collect(() => refuseDisjoint(where.declarations, optimizer));
    const given = this.#keys.given.flatMap(id => this.#collect(() => this.#around.given(id)) ?? []);
    const names = new Map<string, NameRole>([
      ...(optimizer ? rolesOfOptimizer(optimizer) : []),
      ...given.map(each => [each.name, roleOfDefinition(each)] as const),
      ...where.declarations.map(each => [each.name, roleOf(each)] as const),
    ]);
    const scope: NameScope = {
      notation,
      names,
      where: 'claim',
      componentwiseVectors: this.#keys.vector === 'componentwise',
      warnings: this.#warnings,
      batchLosses: batchLosses(entry.annotation.span.source, notation),
      ...(optimizer?.stepSchedule === undefined ? {} : { stepSchedule: optimizer.stepSchedule }),
    };
    const pieces = claimPieces(
      entry.body,
      outline,
      new Set([...names.keys(), ...covarianceNames(this.#keys.setting, where.covariances, () => false)]),
      this.#keys.limit !== null,
    );
    const taken = new Set([
      ...given.map(({ name }) => name),
      ...where.declarations.map(({ name }) => name),
      ...namesOfOptimizer(optimizer, []),
    ]);
    const losses = optimizer === null ? new Set<string>() : lossNames(pieces, scope, taken);
    // The loss with an index is read as that of a batch unless its name is known.
    for (const name of losses) names.set(name, MODIFIED_LOSS);
    const sorted = sortPieces(pieces, scope, taken, kind, losses);
    const definedHere = new Set(sorted.rows.map(({ left }) => left.name));
    const covariances = covarianceNames(
      this.#keys.setting,
      where.covariances,
      name => names.has(name) || definedHere.has(name),
    );
    for (const name of covariances) names.set(name, COVARIANCE_ROLE);
    const { assumed } = sorted;
    const statements = withConditionsOfRows(sorted.statements, sorted.rows, notation);
    const { functions, others: rows } = localFunctions(sorted.rows, scope, pieces);
    for (const { name } of functions) names.set(name, { kind: 'function' });
    const declared = new Set([...where.declarations.map(({ name }) => name), ...where.covariances]);
    this.#problems.push(...definedAgain(sorted.rows, declared), ...numberedBesideFamily(sorted.rows, given));
    const shifts = shiftsOf(optimizer, [...rows.map(({ left }) => left), ...given]);
    const labelsOf = (piece: Piece, left: LeftSide): StepLabels => stepLabels(piece, left, scope, optimizer, shifts);
    const labels = commonLabels(
      statements.map(piece => labelsOf(piece, readLeftSide(piece.left, scope))),
      unlabelledSteps(optimizer, shifts),
      rows.some(({ left }) => !isFormalStep(left)) ? statements[0] : null,
    );
    const place = `${entry.span.source.name}:${entry.id}`;
    const read = readDefinitions(rows, { ...scope, currentOffset: currentOffset(labels) }, names, place);
    if (!read.ok) this.#problems.push(...read.problems);
    const defined = read.ok ? read.value : [];
    // A sequence whose first value has another label than 0 is counted from there, wherever it is used.
    for (const { name, recursion } of [...given, ...defined])
      if (recursion?.first !== undefined) shifts.set(name, -recursion.first);
    const typed = defined.map(each =>
      withFormulas(countedFromFirst(each), body =>
        withModelLabels(body, isFormalStep(each) ? formalLabels(labels) : labels),
      ),
    );
    const decision = derivativesOf(optimizer, [...given, ...typed]);
    const definitions = typed.flatMap(
      each => this.#collect(() => withFormulas(each, body => decision.decide(body))) ?? [],
    );
    if (kind === 'definition' && sorted.rows.length === 0)
      refuse('no-definition', 'this display defines no name', entry.span);
    return {
      scope,
      definitions,
      declarations: [...where.declarations, ...functions],
      given,
      optimizer,
      functions,
      statements,
      assumed,
      decision,
      labelsOf,
      labels,
      losses,
      covariances,
    };
  }

  #optimizer(): Optimizer | null {
    const only = this.#around.onlyOptimizer;
    const about = this.#keys.about ?? (only === null ? null : { value: only, span: this.#entry.annotation.span });
    return about === null ? null : this.#collect(() => this.#around.optimizer(about));
  }
}
