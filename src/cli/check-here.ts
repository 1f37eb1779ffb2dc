/** Runs a check in this thread: for tests and for the sources, where there is no built worker to start. */
import type { RunCheck } from './context.ts';

export const checkHere: RunCheck = async (request, collection, onEvent, stop) => {
  const { runCheck } = await import('../session/check-session.ts');
  await runCheck(
    request,
    event => {
      collection.take(event);
      onEvent();
    },
    stop,
  );
};
