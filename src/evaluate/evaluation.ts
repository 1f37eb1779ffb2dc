/** What the parts of the evaluator see of it. */
import type { Environment } from './environment.ts';
import type { Node } from './program/node.ts';
import type { Program } from './program/program.ts';
import type { Session } from './program/session.ts';

export interface Evaluation<T> {
  readonly program: Program;
  readonly environment: Environment<T>;
  readonly session: Session;
  /** The value of a node under the session's bindings. */
  value(node: Node): T;
  /** An evaluation of the same program in another environment, sharing the session. */
  elsewhere<S>(environment: Environment<S>): Evaluation<S>;
}
