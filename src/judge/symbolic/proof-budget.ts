/**
 * What the proof of one statement may cost: terms made by its rules, and work of every kind (base/work.ts), so that nothing that
 * makes no terms goes on for ever. Right claims need a small part of both.
 */
export const PROOF_STEPS = 60_000;
export const PROOF_WORK = 4_000_000;

/** The reason where the work is used up. */
export const PROOF_WORK_SPENT = `more than ${PROOF_WORK} units of work`;
