/** The claim that is typed below, and the verdict beside it. */
import type { EngineReply, TypedRule } from '../protocol.ts';
import { byId, later, make, showHtml } from './dom.ts';
import { Editor } from './editor.ts';
import { choiceOf } from './equation-view.ts';
import { EXAMPLE_CLAIMS } from './examples.ts';
import type { Lane } from './lane.ts';
import { failureHtml, ProgressBox } from './progress.ts';
import type { PageState } from './state.ts';

/** Between a key and the question. */
const TYPING = 500;
/** For one claim. */
const SECONDS = 60;

type Repairs = Extract<EngineReply, { kind: 'judged' }>['repairs'];

export interface ClaimEvents {
  readonly onClaim: (text: string) => void;
  /** The equation that is shown, as LaTeX. */
  readonly equation: () => string | null;
}

export class ClaimView {
  readonly #editor: Editor;
  readonly #progress: ProgressBox;
  readonly #lane: Lane;
  readonly #panel = byId('verdict', HTMLElement);
  #repairs: Repairs = [];
  #asked = '';

  constructor(lane: Lane, { onClaim, equation }: ClaimEvents) {
    this.#lane = lane;
    this.#progress = new ProgressBox('claim-progress', lane);
    this.#editor = new Editor(byId('claim', HTMLElement), {
      label: 'Claim in LaTeX',
      hint: '\\dot{\\tilde\\theta}_j(t) = …',
      onChange: later(TYPING, () => onClaim(this.#editor.text)),
      onSubmit: () => onClaim(this.#editor.text),
    });
    byId('take', HTMLButtonElement).addEventListener('click', () => onClaim(equation() ?? ''));
    byId('clear', HTMLButtonElement).addEventListener('click', () => {
      onClaim('');
      this.#editor.focus();
    });
    const example = byId('claim-example', HTMLSelectElement);
    example.addEventListener('change', () => {
      const found = EXAMPLE_CLAIMS.find(({ id }) => id === example.value);
      if (found) onClaim(found.text);
    });
    this.#panel.addEventListener('click', event => this.#repair(event.target));
  }

  /** The claims that the catalogue has about an optimizer. */
  offer(optimizer: string | null): void {
    const fitting = EXAMPLE_CLAIMS.filter(({ about }) => about === optimizer);
    byId('claim-example', HTMLSelectElement).replaceChildren(
      make('option', { value: '' }, fitting.length === 0 ? 'none for this rule' : 'your own'),
      ...fitting.map(({ id }) => make('option', { value: id }, id)),
    );
    this.#nameExample(this.#editor.text);
  }

  #nameExample(claim: string): void {
    byId('claim-example', HTMLSelectElement).value = EXAMPLE_CLAIMS.find(({ text }) => text === claim)?.id ?? '';
  }

  /** Shows the claim of the state and judges it, unless that was asked before. */
  ask(rule: TypedRule, state: PageState): void {
    const { claim } = state;
    this.#editor.text = claim;
    this.#nameExample(claim);
    const request = { kind: 'claim', rule, choice: choiceOf(state), claim, seconds: SECONDS } as const;
    const key = JSON.stringify(request);
    if (key === this.#asked) return;
    this.#asked = key;
    if (claim.trim() === '') {
      this.#lane.stop();
      this.#show('<p class="note">Type a formula on the left: it is judged against the rule.</p>', []);
      return;
    }
    this.#progress.ask(
      request,
      {
        onReply: reply => this.#take(reply),
        onEnd: how => {
          this.#panel.setAttribute('aria-busy', 'false');
          if (how === 'stopped' && this.#progress.isStoppedByHand) {
            this.#asked = '';
            this.#show('<p class="note">Stopped. Ctrl-Enter in the claim judges it again.</p>', []);
          }
        },
      },
      { limit: SECONDS },
    );
    this.#panel.setAttribute('aria-busy', 'true');
  }

  #take(reply: EngineReply): void {
    if (reply.kind === 'judged') {
      this.#show(reply.html, reply.repairs);
      this.#editor.mark(reply.marks);
    } else this.#show(failureHtml(reply) ?? '', []);
  }

  #show(html: string, repairs: Repairs): void {
    showHtml(this.#panel, html);
    this.#repairs = repairs;
    if (repairs.length === 0) this.#editor.mark([]);
  }

  #repair(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target.dataset.repair === undefined) return;
    const edits = this.#repairs[Number(target.dataset.repair)];
    if (edits) this.#editor.apply(edits);
  }
}
