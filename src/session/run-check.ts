/** A way to run a check: in this thread, in workers, from what is known of an earlier run. */
import type { CheckRequest } from './check-session.ts';
import type { GatheredVerdicts } from './gather-verdicts.ts';

/** Runs a check into `collection`; it ends early when `stop` fires. */
export type RunCheck = (
  request: CheckRequest,
  collection: GatheredVerdicts,
  onEvent: () => void,
  stop: AbortSignal,
) => Promise<void>;
