/** One claim held against one optimizer, whatever document either comes from. */
import type { Claim, DefinitionBlock } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from './claim-task.ts';
import { judgeClaim } from './judge-claim.ts';
import { Equations } from './prove/engine.ts';
import { standardEngine } from './prove/standard-engine.ts';
import type { ClaimVerdict } from './verdict.ts';

/**
 * The verdict of a claim about `optimizer`. Names that the optimizer declares mean what they mean there; a claim that asks for other claims or
 * definitions is `unreadable`. Throws JudgeContradiction where the two routes disagree.
 */
export function judgeAbout(claim: Claim, optimizer: Optimizer, options: Partial<JudgeOptions> = {}): ClaimVerdict {
  const declared = new Set(optimizer.declarations.map(({ name }) => name));
  const own = {
    ...claim,
    about: optimizer.id,
    declarations: claim.declarations.filter(({ name }) => !declared.has(name)),
  };
  const library = {
    optimizers: new Map([[optimizer.id, optimizer]]),
    claims: new Map<string, Claim>(),
    blocks: new Map<string, DefinitionBlock>(),
  };
  const context = { library, engine: standardEngine, equations: new Equations(standardEngine) };
  return judgeClaim(own, context, { ...DEFAULT_OPTIONS, suggestions: false, ...options });
}
