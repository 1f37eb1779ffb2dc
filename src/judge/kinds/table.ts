/**
 * How each kind of statement is proved and how it is sampled. The two share nothing but the statement's formulas; this table is the only file
 * that knows both.
 */
import type { StatementKind } from '../../notation/kinds.ts';
import type { Question } from '../question.ts';
import type { QuestionTask } from '../question-task.ts';
import type { ZeroOf } from '../symbolic/sides.ts';
import { expansionSample } from './expansion/sample.ts';
import { expansionZero } from './expansion/zero.ts';
import { identitySample } from './identity/sample.ts';
import { identityZero } from './identity/zero.ts';
import { motionSample } from './motion/sample.ts';
import { motionZero } from './motion/zero.ts';
import { noiseSample } from './noise/sample.ts';
import { noiseZero } from './noise/zero.ts';

interface ClaimKind {
  /** What must be zero for it to hold. */
  readonly zero: ZeroOf;
  /** What a sample is asked: its two sides there. A modified loss comes as the flow that it stands for. */
  readonly sample: (task: QuestionTask) => Question;
}

const motion: ClaimKind = { zero: motionZero, sample: motionSample };
const identity: ClaimKind = { zero: identityZero, sample: identitySample };

export const CLAIM_KINDS: Readonly<Record<StatementKind, ClaimKind>> = {
  flow: motion,
  map: motion,
  'modified-loss': motion,
  noise: { zero: noiseZero, sample: noiseSample },
  expansion: { zero: expansionZero, sample: expansionSample },
  'given-quantity': identity,
  identity,
  // A bound follows from the equation that it is about (bound/): its own two sides are formulas like others.
  'global-bound': identity,
};
