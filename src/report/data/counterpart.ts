/**
 * What the update rule gives where a claim states an equation: the derived form beside the printed one, in the claim's
 * letters. It is the equation that the verdict came from, which was derived without a look at the claim's formula.
 */
import { kindFacts, statesMotion } from '../../notation/kinds.ts';
import { hasOneLoss } from '../../notation/settings.ts';
import { attempt, type Result } from '../../base/problem.ts';
import { atMost } from '../../base/work.ts';
import { isChanged, saidOfChanges } from '../../document/changes.ts';
import type { Claim, Statement, UnreadableClaim } from '../../document/model.ts';
import { closeEquation } from '../../closed-form/close-equation.ts';
import { type SpecialOptions, specialEquation } from '../../closed-form/special-equation.ts';
import type { Derivations, ModifiedEquation } from '../../derivation/derive.ts';
import type { DocumentIndex } from '../../judge/claim-context.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import {
  NARROW,
  type NarrowFormulas,
  narrowFormulas,
  type PageMargins,
  rowsLatex,
  WIDE,
} from '../theorem/equation-latex.ts';
import { printDefinitions, printEquation, printFurther, printRange, type Theorem } from '../theorem/theorem-parts.ts';

export type Counterpart =
  | {
      readonly kind: 'derived';
      /** `adam, mini-batch, order 1`. */
      readonly caption: string;
      /** The equation and then its definitions, each a display. */
      readonly equations: readonly string[];
      /** The same for a narrow screen, by their LaTeX. */
      readonly narrow?: NarrowFormulas;
      /** Where it holds; null for a map. */
      readonly range: string | null;
      /** What the claim's keys still do to it, in words; null where the claim is about this very equation. */
      readonly before: string | null;
    }
  /** Why there is none. */
  | { readonly kind: 'none'; readonly reason: string };

/** Work for one of them (base/work.ts). */
const WORK = 10_000_000;

/** Derived equations by optimizer, setting, order, form, limit and regime, each brought once into the form that is shown. */
export class Counterparts {
  readonly #derivations: Derivations;
  readonly #known = new WeakMap<Optimizer, Map<string, Made>>();

  constructor(derivations: Derivations) {
    this.#derivations = derivations;
  }

  /** `library` is what the claim was judged with. */
  of(claim: Claim | UnreadableClaim, { optimizers }: DocumentIndex): Counterpart {
    if (!('statements' in claim)) return none('the claim could not be read');
    const statement = claim.statements.find(statesMotion);
    if (statement === undefined) return none(kindFacts(claim.statements[0]?.kind ?? 'identity').beside);
    if (claim.sameAs !== null) return none(`the right side of ${claim.sameAs}, as printed there`);
    const optimizer = claim.about === null ? undefined : optimizers.get(claim.about);
    if (optimizer === undefined) return none('the claim is about no optimizer');
    const isSpecial = (claim.limit ?? claim.regime) !== null && isWhole(claim);
    const special = isSpecial ? this.#make(optimizer, claim, statement, true) : null;
    if (special?.kind === 'made') return printed(special.theorem, claim, keysLeft(claim, true));
    const plain = this.#make(optimizer, claim, statement, false);
    return plain.kind === 'made' ? printed(plain.theorem, claim, keysLeft(claim, false)) : none(plain.reason);
  }

  #make(optimizer: Optimizer, claim: Claim, { kind, mean }: Statement, special: boolean): Made {
    const form = kindFacts(kind).equation ?? 'flow';
    const { setting, order } = claim;
    const [limit, regime] = special ? [claim.limit, claim.regime] : [null, null];
    const known = this.#known.get(optimizer) ?? new Map<string, Made>();
    this.#known.set(optimizer, known);
    const key = [setting, order, form, mean, limit, regime].join('|');
    const averaged = mean === undefined ? {} : { mean };
    const derive = () => this.#derivations.equation(optimizer, { setting, order, form, ...averaged });
    const made = known.get(key) ?? make(derive, { limit, regime });
    known.set(key, made);
    return made;
  }
}

type Made =
  | { readonly kind: 'made'; readonly theorem: Theorem }
  | { readonly kind: 'not-made'; readonly reason: string };

/** Whether the claim is about the whole equation with the optimizer's own hyperparameters and step. */
const isWhole = (claim: Claim): boolean => !isChanged(claim);

const none = (reason: string): Counterpart => ({ kind: 'none', reason });

function make(derive: () => Result<ModifiedEquation>, special: SpecialOptions): Made {
  return atMost<Made>(
    WORK,
    () => {
      const derived = derive();
      if (!derived.ok) return notMade(derived.problems[0]?.message);
      if ((special.limit ?? special.regime) !== null) {
        const result = specialEquation(derived.value, special);
        return result.ok ? { kind: 'made', theorem: result.value } : notMade(result.problems[0]?.message);
      }
      return {
        kind: 'made',
        theorem: hasOneLoss(derived.value.setting) ? closeEquation(derived.value, { allSteps: true }) : derived.value,
      };
    },
    () => notMade(`the derivation was stopped: more than ${WORK} units of work`),
  );
}

const notMade = (reason = 'the equation cannot be derived'): Made => ({ kind: 'not-made', reason });

function printed(theorem: Theorem, { notation }: Claim, before: string | null): Counterpart {
  const { optimizer, setting, order, limit = null, regime = null } = theorem;
  const made = attempt((): Counterpart => {
    const all = (margins: PageMargins): string[] =>
      [
        printEquation(theorem, notation, 'latex', margins),
        ...printFurther(theorem, notation, 'latex', margins),
        ...printDefinitions(theorem, notation, 'latex', margins),
      ].map(each => rowsLatex(each, margins));
    const equations = all(WIDE);
    return {
      kind: 'derived',
      caption: [
        optimizer.id,
        setting,
        `order ${order}`,
        ...(limit === null ? [] : [`${notation.iteration} → ∞`]),
        ...(regime === null ? [] : [regime]),
      ].join(', '),
      equations,
      narrow: narrowFormulas(equations, all(NARROW)),
      range: printRange(theorem, notation, 'latex')?.text ?? null,
      before,
    };
  });
  return made.ok ? made.value : none(made.problems[0]?.message ?? 'the equation cannot be printed');
}

/** What still happens to the derived equation before it is compared; `special` where it is in the limit and regime. */
function keysLeft(claim: Claim, special: boolean): string | null {
  const { limit, regime, statements } = claim;
  const keys = [
    ...(statements.some(({ kind }) => kind === 'modified-loss')
      ? ['it is compared with the flow of the modified loss']
      : []),
    ...saidOfChanges(claim),
    ...(limit === null || special ? [] : ['the limit is taken']),
    ...(regime === null || special ? [] : ['it is expanded in the regime']),
  ];
  return keys.length === 0 ? null : keys.join(', ');
}
