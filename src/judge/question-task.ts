/** What a question about a statement is made from. */
import type { Budget } from '../base/budget.ts';
import type { Claim, Statement } from '../document/model.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import type { RowSource } from './numeric/row-source.ts';
import type { OtherStatement } from './keys/same-as/other-statement.ts';

export interface QuestionTask {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly optimizer: Optimizer | null;
  readonly declarations: readonly Declaration[];
  readonly side: RowSource | null;
  readonly other: OtherStatement | null;
  readonly budget: Budget;
}
