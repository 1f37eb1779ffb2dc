/**
 * The library: names only, no logic. A user's mistake comes back as a Problem, inside a Result or beside the value; only a
 * broken invariant of the program is thrown.
 */
export { Budget, BudgetSpent } from './base/budget.ts';
export type { Problem, Result } from './base/problem.ts';
export { formatPlace, positionAt, type Position, type Source, type Span } from './base/span.ts';
export { builtInDocuments, loadDocuments, type Loaded } from './files/documents/load.ts';
export type {
  Claim,
  DefinitionBlock,
  ModeqDocument,
  Statement,
  StatementKind,
  UnreadableClaim,
  Verdict,
} from './document/model.ts';
export { type DocumentContext, readDocument } from './document/read/read-document.ts';
export type { Definition, Formula, Vector } from './formula/formula.ts';
export { decodeFormula, encodeFormula } from './formula/json.ts';
export { DEFAULT_OPTIONS, type JudgeOptions } from './judge/claim-task.ts';
export { judgeDocuments, type Progress } from './judge/judge-documents.ts';
export {
  type SimulationReport,
  type SimulationRequest,
  simulateOptimizer,
} from './judge/check/simulate-optimizer.ts';
export { followDerived, type FollowReport, type FollowRequest } from './judge/check/follow-derived.ts';
export {
  compareProgram,
  type ProgramStart,
  type ProgramVerdict,
  type SteppingProgram,
} from './judge/check/own-program.ts';
export { judgeAbout } from './judge/judge-about.ts';
export { claimConventions, conventionsOf } from './document/conventions.ts';
export { withNotation } from './document/annotation/notation-option.ts';
export { standardEngine } from './judge/prove/standard-engine.ts';
export {
  type ClaimVerdict,
  type Counterexample,
  type Evidence,
  JudgeContradiction,
  type StatementVerdict,
  type Suggestion,
} from './judge/verdict.ts';
export { writeDefinition, writeFormula } from './latex/write/write-formula.ts';
export { type DeriveOptions, deriveModifiedEquation, type ModifiedEquation } from './derivation/derive.ts';
export { Rational } from './number/rational.ts';
export { type Equation, evaluateCoefficients } from './evaluate/evaluate-equation.ts';
export { type Instance, instanceToJson } from './evaluate/instance/instance.ts';
export { readInstance } from './evaluate/instance/read-instance.ts';
export { type Declaration, DEFAULT_NOTATION, type Notation, type Optimizer } from './optimizer/model.ts';
export type { Setting, StepSetting } from './notation/settings.ts';
export type { Regime } from './notation/regimes.ts';
export { checkDocuments } from './session/check-documents.ts';
export type { CheckReport, ClaimReport, ProblemReport } from './report/verdicts/check-report.ts';
export type { FullClaim, FullReport } from './report/data/full-report.ts';
export { githubAnnotations } from './report/verdicts/github-annotations.ts';
export { reportPage } from './session/report-page.ts';
export { reportLatex } from './report/paper/latex-report.ts';
export { reportDocuments, type ReportOrigin } from './session/report-documents.ts';
export { simulationCsv, simulationJson } from './report/simulation/simulation-json.ts';
export { simulationTable } from './report/simulation/simulation-table.ts';
export type { Figure } from './figures/figure.ts';
export { bilinearFigures, coefficientFigures, expansionFigure } from './figures/figures.ts';
export { deriveTheorem, type TheoremRequest } from './report/theorem/derive-theorem.ts';
export type { EquationStyle, Theorem } from './report/theorem/theorem-parts.ts';
export { typedTheorem } from './report/theorem/typed-theorem.ts';
export { compareEquation, type EquationComparison } from './report/snapshot/compare.ts';
export { comparisonLines } from './report/snapshot/comparison-text.ts';
export { recordEquation } from './report/snapshot/record.ts';
export {
  type EquationKind,
  type RecordedEquation,
  type RecordedOptimizer,
  readSnapshot,
  type Snapshot,
  snapshotText,
} from './report/snapshot/snapshot.ts';
export { compareSnapshot, type SnapshotRequest, takeSnapshot } from './report/snapshot/snapshots.ts';
export { buildWriteUp, type WriteUpOptions } from './report/write-up/build-write-up.ts';
export { checkWriteUp } from './report/write-up/check-write-up.ts';
export type { Findings, WriteUp } from './report/write-up/model/write-up.ts';
export { type LatexOptions, writeUpLatex } from './report/write-up/print/write-up-latex.ts';
export { explainClaim, type ExplainOptions, type ExplainedClaim } from './session/explain-claim.ts';
export { snapshotAt, writeSnapshot } from './session/snapshot-file.ts';
export { theoremJson } from './report/theorem/theorem-json.ts';
export { theoremLatex } from './report/theorem/theorem-latex.ts';
export { theoremText } from './report/theorem/theorem-text.ts';
export type { SimulationRow, SimulationWatch } from './simulate/simulate.ts';
export type { Slope, SlopeVerdict } from './simulate/slopes.ts';
