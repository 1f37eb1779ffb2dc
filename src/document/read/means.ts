/**
 * Claims about means over the batches: \mathbb E\,\dot{\tilde\theta} = …, \mathbb E_\pi\,\theta^{(n+1)} = …, \dot{\bar\theta} = …, and the
 * covariance \Sigma of the gradient of one batch. What is averaged is never guessed.
 */
import { type Problem, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { asPopulationMean, covarianceDefinition } from '../../formula/population.ts';
import { children } from '../../formula/walk.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { TypedMean } from '../../latex/display/open-piece.ts';
import type { NameRole } from '../../latex/read/scope.ts';
import { isMean, type MeanOf, type Setting, type WeakApproximation } from '../../notation/settings.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { StatementKind } from '../model.ts';

const BOTH =
  'mean=equation: the mean of the right sides of the equations of all sequences of batches, \\mathbb E\\,\\dot{\\tilde\\theta}; mean=map: the field whose flow is the mean of the one-step map, \\dot{\\bar\\theta}.';

/** What equations of motion are the mean of, by their left sides; null where that is nothing, or several things. */
export function meanOfMotion(motions: readonly Piece[]): MeanOf | null {
  const [only, ...others] = new Set(
    motions.flatMap(({ mean }): MeanOf[] => {
      if (mean === undefined) return [];
      return [mean.expectation === null ? 'map' : 'equation'];
    }),
  );
  return only !== undefined && others.length === 0 ? only : null;
}

export interface MeanQuestion {
  readonly setting: Setting | null;
  readonly kind: StatementKind;
  readonly typed: TypedMean | undefined;
  /** The key `mean` of the claim. */
  readonly key: MeanOf | null;
  /** How a stochastic equation of the claim approximates the rule. */
  readonly weak: WeakApproximation | null;
  readonly notation: Notation;
  readonly span: Span;
}

/** What a statement of motion is the mean of; undefined where it is about no mean. Refuses what has several readings. */
export function meanOfStatement({ setting, kind, typed, key, weak, notation, span }: MeanQuestion): MeanOf | undefined {
  const expectation = typed?.expectation ?? null;
  if (weak !== null) return ofStochastic({ setting, kind, typed, key, span });
  if (setting === null || !isMean(setting)) {
    if (expectation !== null)
      refuse(
        'mean-without-draws',
        'a mean over the batches has a meaning where these are drawn from a population',
        span,
        'Say setting=iid, each batch drawn by itself, or setting=permuted, drawn without repetition.',
      );
    if (key !== null) refuse('mean-without-draws', 'mean= goes with setting=iid and setting=permuted', span);
    return undefined;
  }
  if (expectation === 'orders' && setting !== 'permuted')
    refuse(
      'mean-over-orders',
      '\\mathbb E_\\pi is the mean over the orders of the batches: it goes with setting=permuted',
      span,
    );
  const said = saidMean(kind, expectation !== null, typed?.barred === true, { notation, span });
  if (said === 'nothing') {
    if (key === null)
      refuse(
        'mean-not-said',
        kind === 'modified-loss'
          ? 'a modified loss of means has two readings'
          : `\\dot\\${notation.parameters.replace('\\', '')} has two readings where batches are drawn`,
        span,
        BOTH,
      );
    return key ?? undefined;
  }
  if (said !== null && key !== null && key !== said)
    refuse('mean-said-twice', `the left side is about mean=${said}, and the key says mean=${key}`, span);
  return said ?? undefined;
}

/** The drift and the noise of a stochastic equation belong to the mean map: the first two moments of one step. */
function ofStochastic({
  setting,
  kind,
  typed,
  key,
  span,
}: Pick<MeanQuestion, 'setting' | 'kind' | 'typed' | 'key' | 'span'>): MeanOf | undefined {
  if (setting !== 'iid')
    refuse(
      'weak-order',
      'a stochastic equation is judged where each batch is drawn by itself',
      span,
      'Say setting=iid beside weak-order=.',
    );
  if ((typed !== undefined && (typed.expectation !== null || typed.barred)) || key !== null)
    refuse('mean-said-twice', 'a stochastic equation is one of the parameters, not of a mean of them', span);
  if (kind === 'map' || kind === 'modified-loss' || kind === 'expansion')
    refuse('weak-order', 'weak-order= is about a stochastic equation, d\\theta = … dt + … dW', span);
  return kind === 'flow' || kind === 'noise' ? 'map' : undefined;
}

/** What the left side says: a mean, nothing where it has to, null where it is about none. */
function saidMean(
  kind: StatementKind,
  isExpectation: boolean,
  isBarred: boolean,
  { notation, span }: { readonly notation: Notation; readonly span: Span },
): MeanOf | 'nothing' | null {
  switch (kind) {
    case 'flow':
      if (isExpectation && isBarred)
        refuse('mean-said-twice', 'both \\mathbb E and a bar on the parameters: two means of one flow', span, BOTH);
      return isExpectation ? 'equation' : isBarred ? 'map' : 'nothing';
    case 'map':
      if (!isExpectation)
        refuse(
          'mean-not-said',
          'the step is a random one where batches are drawn',
          span,
          `Write \\mathbb E in front of ${notation.parameters} for its mean.`,
        );
      return 'map';
    case 'modified-loss':
      return 'nothing';
    case 'noise':
      return 'map';
    default:
      if (isExpectation)
        refuse('mean-of-statement', 'a mean is read of an equation of motion and of the one-step map', span);
      return null;
  }
}

const COVARIANCE = '\\Sigma';

/** How the covariance is read, by its name: two subscripts, or a matrix. */
export const COVARIANCE_ROLE: NameRole = {
  kind: 'quantity',
  indices: 2,
  labels: 0,
  indexSorts: ['coordinate', 'coordinate'],
};

/** The name of the covariance, where nothing else has it: \Sigma, or the letter that `where C covariance` gives it. */
export const covarianceNames = (
  setting: Setting | null,
  declared: readonly string[],
  isTaken: (name: string) => boolean,
): string[] =>
  setting === null || !isMean(setting)
    ? []
    : declared.length > 0
      ? [...declared]
      : isTaken(COVARIANCE)
        ? []
        : [COVARIANCE];

/** The definitions of the covariances that the formulas use. */
export const usedCovariances = (names: readonly string[], formulas: readonly Formula[]): Definition[] =>
  names.filter(name => formulas.some(formula => mentions(formula, name))).map(covarianceDefinition);

const mentions = (formula: Formula, name: string): boolean =>
  (formula.kind === 'quantity' && formula.name === name) || children(formula).some(child => mentions(child, name));

/** What is wrong with batches in the formulas: a mean over them without a population, one batch alone where all are averaged. */
export function batchProblems(formulas: readonly Formula[], setting: Setting, { loss }: Notation): Problem[] {
  const problems: Problem[] = [];
  const visit = (formula: Formula, bound: ReadonlySet<string>): void => {
    const mean = asPopulationMean(formula);
    const span = formula.span === null ? {} : { span: formula.span };
    if (mean !== null) {
      if (!isMean(setting))
        problems.push({
          code: 'mean-without-draws',
          message: 'a mean over the batches has a meaning where these are drawn from a population',
          hint: 'Say setting=iid or setting=permuted.',
          ...span,
        });
      visit(mean.body, new Set([...bound, mean.letter]));
      return;
    }
    if (formula.kind === 'loss' && formula.batch !== null && isMean(setting)) {
      const { batch } = formula;
      if (batch.kind !== 'index' || !bound.has(batch.name))
        problems.push({
          code: 'batch-of-mean',
          message: 'one batch alone has no meaning where the batches are averaged',
          hint: `Write ${loss} for the mean of the losses, and \\mathbb E_k[…] for a mean over them, with ${loss}_k inside.`,
          ...span,
        });
    }
    for (const child of children(formula)) visit(child, bound);
  };
  for (const formula of formulas) visit(formula, new Set());
  return problems.slice(0, 1);
}
