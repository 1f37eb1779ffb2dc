/** A whole snapshot: taken from the rules of a document, and held against them later. */
import { attempt, Refusal, type Result } from '../../base/problem.ts';
import { VERSION } from '../../base/version.ts';
import type { JudgeOptions } from '../../judge/claim-task.ts';
import type { StepSetting } from '../../notation/settings.ts';
import { usualSettings } from '../../optimizer/checks/one-loss.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { compareEquation, type EquationComparison, withoutOther } from './compare.ts';
import { recordEquation } from './record.ts';
import { byKind, type EquationKind, isSameKind, type RecordedOptimizer, type Snapshot } from './snapshot.ts';

/** Which equations; what is left out is what is recorded, and for a new optimizer orders 0 and 1 in both settings. */
export interface SnapshotRequest {
  readonly orders?: readonly number[];
  readonly settings?: readonly StepSetting[];
  /** In the full batch the equation for n → ∞ besides. */
  readonly limit?: 'large-n' | null;
  /** Ids; all optimizers where it is left out. */
  readonly only?: readonly string[];
}

const USUAL_ORDERS = [0, 1];

function kindsFor(optimizer: Optimizer, { orders, settings, limit }: SnapshotRequest): EquationKind[] {
  const kinds = (settings ?? usualSettings(optimizer)).flatMap(setting =>
    (orders ?? USUAL_ORDERS).flatMap((order): EquationKind[] => {
      const plain = { setting, order, limit: null, regime: null };
      return (limit ?? null) === null || setting !== 'full-batch' ? [plain] : [plain, { ...plain, limit: 'large-n' }];
    }),
  );
  return kinds.sort(byKind);
}

const isExplicit = ({ orders, settings, limit }: SnapshotRequest): boolean =>
  orders !== undefined || settings !== undefined || (limit ?? null) !== null;

const isChosen = (id: string, { only }: SnapshotRequest): boolean => only === undefined || only.includes(id);

const wantedKinds = (
  optimizer: Optimizer,
  request: SnapshotRequest,
  recorded: RecordedOptimizer | undefined,
): readonly EquationKind[] =>
  isExplicit(request) || recorded === undefined ? kindsFor(optimizer, request) : recorded.equations;

/**
 * The equations of the rules as they are now. Of `previous` are kept the optimizers that are not chosen and still there, and, where the
 * request says nothing of them, the kinds of equations. Fails where a chosen rule has no such equation: there is no half snapshot.
 */
export function takeSnapshot(
  optimizers: readonly Optimizer[],
  request: SnapshotRequest = {},
  previous: Snapshot | null = null,
): Result<Snapshot> {
  return attempt(() => ({
    schema: 1 as const,
    version: VERSION,
    optimizers: optimizers.flatMap((optimizer): RecordedOptimizer[] => {
      const { id } = optimizer;
      const recorded = previous?.optimizers.find(each => each.id === id);
      if (!isChosen(id, request)) return recorded === undefined ? [] : [recorded];
      const equations = wantedKinds(optimizer, request, recorded).map(kind => {
        const taken = recordEquation(optimizer, kind);
        if (taken.ok) return taken.value;
        throw new Refusal(taken.problems[0] ?? { code: 'not-derived', message: `${id} has no such equation` });
      });
      return [{ id, equations }];
    }),
  }));
}

/**
 * One comparison for each equation that is recorded or asked for, in the order of the document; optimizers that are recorded and no longer there
 * come last. Throws JudgeContradiction where the two routes of the judge disagree.
 */
export function compareSnapshot(
  snapshot: Snapshot,
  optimizers: readonly Optimizer[],
  request: SnapshotRequest = {},
  options: Partial<JudgeOptions> = {},
): EquationComparison[] {
  const present = optimizers.filter(({ id }) => isChosen(id, request));
  const compared = present.flatMap(optimizer => {
    const { id } = optimizer;
    const recorded = snapshot.optimizers.find(each => each.id === id);
    return wantedKinds(optimizer, request, recorded).map(kind => {
      const equation = recorded?.equations.find(each => isSameKind(each, kind));
      if (equation !== undefined) return compareEquation(id, equation, optimizer, options);
      const now = recordEquation(optimizer, kind);
      return withoutOther(id, kind, now.ok ? { derived: now.value } : {}, 'it is not in the snapshot');
    });
  });
  const gone = snapshot.optimizers
    .filter(({ id }) => isChosen(id, request) && !optimizers.some(each => each.id === id))
    .flatMap(({ id, equations }) =>
      equations.map(equation =>
        withoutOther(id, equation, { recorded: equation }, 'the document has no such optimizer any more'),
      ),
    );
  return [...compared, ...gone];
}
