/** What a loss before the first is, E_k for k < 0: nothing, the first loss, or a function of its own (in the full batch E). */
export const BEFORE_FIRST = ['zero', 'first', 'own'] as const;
export type BeforeFirst = (typeof BEFORE_FIRST)[number];

/** The choice, for whatever takes it from something that may have made one. */
export const beforeFirstOf = ({
  beforeFirst,
}: {
  readonly beforeFirst?: BeforeFirst;
}): { readonly beforeFirst?: BeforeFirst } => (beforeFirst === undefined ? {} : { beforeFirst });
