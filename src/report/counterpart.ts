/**
 * What the update rule gives where a claim states an equation: the derived form beside the printed one, in the claim's
 * letters. It is derived here once more, without a look at the claim's formula.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt } from '../base/problem.ts';
import type { Claim, StatementKind, UnreadableClaim } from '../document/model.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../modified-equation/derive.ts';
import type { Notation, Optimizer } from '../optimizer/model.ts';
import { rowsLatex } from './equation-latex.ts';
import { printDefinitions, printEquation, printRange } from './theorem-parts.ts';

export type Counterpart =
  | {
      readonly kind: 'derived';
      /** `adam, mini-batch, order 1`. */
      readonly caption: string;
      /** The equation and then its definitions, each a display. */
      readonly equations: readonly string[];
      /** Where it holds; null for a map. */
      readonly range: string | null;
      /** What the claim's keys still do to it, in words; null where the claim is about this very equation. */
      readonly before: string | null;
    }
  /** Why there is none. */
  | { readonly kind: 'none'; readonly reason: string };

const MILLISECONDS = 10_000;
const MARGINS = { width: 78, indent: 2 };

/** Derived equations by optimizer, setting, order and form, each made once. */
export class Counterparts {
  readonly #optimizers: readonly Optimizer[];
  readonly #known = new Map<string, ModifiedEquation | string>();

  /** The first of optimizers with equal ids wins. */
  constructor(optimizers: readonly Optimizer[]) {
    this.#optimizers = optimizers;
  }

  of(claim: Claim | UnreadableClaim): Counterpart {
    if (!('statements' in claim)) return none('the claim could not be read');
    const statement = claim.statements.find(({ kind }) => EQUATIONS.has(kind));
    if (statement === undefined) return none(reasonFor(claim.statements[0]?.kind ?? 'identity'));
    if (claim.sameAs !== null) return none(`the right side of ${claim.sameAs}, as printed there`);
    const optimizer = this.#optimizers.find(({ id }) => id === claim.about);
    if (optimizer === undefined) return none('the claim is about no optimizer');
    const form = statement.kind === 'map' ? 'map' : 'flow';
    const equation = this.#derive(optimizer, claim, form);
    if (typeof equation === 'string') return none(equation);
    return attemptToPrint(equation, claim.notation, keysLeft(claim));
  }

  #derive(optimizer: Optimizer, { setting, order }: Claim, form: 'flow' | 'map'): ModifiedEquation | string {
    const key = `${optimizer.id}|${setting}|${order}|${form}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = derive(optimizer, {
      setting,
      order,
      form,
      budget: new Budget(Number.POSITIVE_INFINITY, MILLISECONDS),
    });
    this.#known.set(key, made);
    return made;
  }
}

const EQUATIONS: ReadonlySet<StatementKind> = new Set(['flow', 'map', 'modified-loss']);

const none = (reason: string): Counterpart => ({ kind: 'none', reason });

function derive(
  optimizer: Optimizer,
  options: Parameters<typeof deriveModifiedEquation>[1],
): ModifiedEquation | string {
  try {
    const result = deriveModifiedEquation(optimizer, options);
    return result.ok ? result.value : (result.problems[0]?.message ?? 'the equation cannot be derived');
  } catch (error) {
    if (error instanceof BudgetSpent) return `the derivation was stopped: ${error.reason}`;
    throw error;
  }
}

function attemptToPrint(equation: ModifiedEquation, notation: Notation, before: string | null): Counterpart {
  const printed = attempt((): Counterpart => {
    const all = [
      printEquation(equation, notation, 'latex', MARGINS),
      ...printDefinitions(equation, notation, 'latex', MARGINS),
    ];
    return {
      kind: 'derived',
      caption: `${equation.optimizer.id}, ${equation.setting}, order ${equation.order}`,
      equations: all.map(rowsLatex),
      range: printRange(equation, notation, 'latex')?.text ?? null,
      before,
    };
  });
  return printed.ok ? printed.value : none(printed.problems[0]?.message ?? 'the equation cannot be printed');
}

/** What still happens to the derived equation before it is compared. */
function keysLeft({ limit, regime, part, at, rescale, statements }: Claim): string | null {
  const keys = [
    ...(statements.some(({ kind }) => kind === 'modified-loss')
      ? ['it is compared with the flow of the modified loss']
      : []),
    ...(at.length > 0 ? ['it is specialised'] : []),
    ...(rescale === null ? [] : ['step and time are rescaled']),
    ...(part === null ? [] : [`its ${part} part is taken`]),
    ...(limit === null ? [] : ['the limit is taken']),
    ...(regime === null ? [] : ['it is expanded in the regime']),
  ];
  return keys.length === 0 ? null : keys.join(', ');
}

function reasonFor(kind: StatementKind): string {
  switch (kind) {
    case 'global-bound':
      return 'a bound follows from the modified equation of the claim that it is given by';
    case 'given-quantity':
      return 'the definition that is given, in this setting';
    case 'expansion':
      return 'the optimizer itself, run in power series of h';
    default:
      return 'none: the two printed sides are compared with each other';
  }
}
