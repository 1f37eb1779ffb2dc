/** The engine in a worker: one request after the other, each answered by replies that end in `done`. It is stopped by being ended. */
import { Refusal } from '../../base/problem.ts';
import { html } from '../../report/page/html.ts';
import { MathWriter } from '../../report/page/html-math.ts';
import type { EngineReply, EngineRequest, Numbered } from '../protocol.ts';
import { claimReply } from './claim.ts';
import { coefficientReply } from './coefficient.ts';
import { equationReply } from './equation.ts';
import { readRule } from './read-rule.ts';
import { trajectoryReply } from './trajectory.ts';
import { problemsHtml, understoodReply } from './understood.ts';

/** The part of a worker's global scope that is used. */
interface Scope {
  onmessage: ((event: { readonly data: Numbered<EngineRequest> }) => void) | null;
  postMessage(reply: Numbered<EngineReply>): void;
}
const scope = globalThis as unknown as Scope;
const math = new MathWriter(null);

scope.onmessage = ({ data: { number, message } }) => {
  void answer(message, reply => scope.postMessage({ number, message: reply }));
};

/** Every reply to a request; what is wrong with the input is among them, and so is a mistake of the program. */
async function answer(request: EngineRequest, reply: (message: EngineReply) => void): Promise<void> {
  try {
    await work(request, reply);
  } catch (error) {
    if (error instanceof Refusal) reply({ kind: 'refused', html: html`${problemsHtml([error.problem], math)}`.text });
    else reply({ kind: 'crashed', message: error instanceof Error ? error.message : String(error) });
  }
  reply({ kind: 'done' });
}

async function work(request: EngineRequest, reply: (message: EngineReply) => void): Promise<void> {
  switch (request.kind) {
    case 'equation': {
      reply({ kind: 'stage', text: 'reading' });
      const rule = readRule(request.rule);
      reply(understoodReply(rule, request.width, math));
      if (rule.optimizer === null) return;
      reply({ kind: 'stage', text: `deriving to order ${request.choice.order}` });
      reply(equationReply(rule.optimizer, request.choice, request.width, math));
      return;
    }
    case 'claim': {
      reply({ kind: 'stage', text: 'reading' });
      const rule = readRule(request.rule);
      reply({ kind: 'stage', text: 'judging' });
      reply(claimReply(rule, request.claim, request.choice, request.seconds, math));
      return;
    }
    case 'coefficient': {
      const { optimizer } = readRule(request.rule);
      if (optimizer === null) return;
      reply({ kind: 'stage', text: 'deriving the coefficient' });
      reply(coefficientReply(optimizer, request));
      return;
    }
    case 'trajectory': {
      const { optimizer } = readRule(request.rule);
      if (optimizer === null) return;
      reply({ kind: 'stage', text: 'running the optimizer and its equation' });
      reply(trajectoryReply(optimizer, request));
      return;
    }
  }
}
