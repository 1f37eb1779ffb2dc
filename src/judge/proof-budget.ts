/** Work that the proof of one statement may cost, in terms made and in time; right claims need a small part of it. */
export const PROOF_STEPS = 60_000;
export const PROOF_MILLISECONDS = 10_000;
