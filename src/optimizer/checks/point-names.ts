/** What the first steps show of an optimizer: the states and intermediate quantities that are points. */
export interface PointNames {
  /** A multiple of the parameters up to O(h). */
  readonly points: ReadonlySet<string>;
  /** The parameters themselves up to O(h). */
  readonly copies: ReadonlySet<string>;
  /** Whether a first step reads the loss of a batch before the first. */
  readonly readsEarlierLoss: boolean;
}
