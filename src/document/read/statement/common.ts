/** What is read of claims and definitions alike, before their statements are. */
import type { Definition } from '../../../formula/formula.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { NameScope } from '../../../latex/read/scope.ts';
import type { DerivativeDecision } from '../../../optimizer/checks/decide-derivatives.ts';
import type { Declaration, Optimizer } from '../../../optimizer/model.ts';
import type { StepLabels } from '../../step-labels.ts';
import type { LocalFunction } from '../local-functions.ts';
import type { StatementContext } from './read-statement.ts';

/** What claims and definitions have in common. */
export interface Common {
  readonly scope: NameScope;
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
  readonly given: readonly Definition[];
  readonly optimizer: Optimizer | null;
  readonly statements: readonly Piece[];
  readonly assumed: ReadonlySet<string>;
  readonly decision: DerivativeDecision;
  readonly labelsOf: StatementContext['labelsOf'];
  /** How what is said of no single statement is counted. */
  readonly labels: StepLabels;
  readonly losses: ReadonlySet<string>;
  readonly functions: readonly LocalFunction[];
  /** Names of the covariance of the gradient of one batch. */
  readonly covariances: readonly string[];
}
