/** The letter of the second component in a statement about the entries of \sigma\sigma^\top. */
import type { Statement } from '../../../document/model.ts';

export function otherLetter({ left }: Pick<Statement, 'left'>): string {
  const [, other] = left.kind === 'multiply' ? left.factors : [];
  if (other?.kind !== 'iterate' || other.component.kind !== 'index') throw new Error('noise has two components');
  return other.component.name;
}
