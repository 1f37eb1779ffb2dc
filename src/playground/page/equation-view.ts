/** The right side of the page: the rule as understood, and its equation under the tab that is open. */
import type { EngineReply, EquationChoice, TypedRule } from '../protocol.ts';
import { byId, copy, make, showHtml } from './dom.ts';
import type { Lane } from './lane.ts';
import { failureHtml, ProgressBox } from './progress.ts';
import { type PageState, TABS, type Tab } from './state.ts';

export interface EquationEvents {
  /** Another tab, order, regime, setting or optimizer is chosen. */
  readonly onChoice: (changed: Partial<PageState>) => void;
  readonly onUnderstood: (reply: Extract<EngineReply, { kind: 'understood' }>) => void;
}

export class EquationView {
  readonly #progress: ProgressBox;
  readonly #events: EquationEvents;
  readonly #panel = byId('equation', HTMLElement);
  readonly #understood = byId('understood', HTMLElement);
  #latex: string | null = null;
  #asked = '';

  constructor(lane: Lane, events: EquationEvents) {
    this.#progress = new ProgressBox('equation-progress', lane);
    this.#events = events;
    for (const tab of TABS) tabButton(tab).addEventListener('click', () => events.onChoice({ tab }));
    byId('tabs', HTMLElement).addEventListener('keydown', event => this.#moveTab(event));
    const order = byId('order', HTMLSelectElement);
    order.addEventListener('change', () => events.onChoice({ order: Number(order.value) }));
    const regime = byId('regime', HTMLSelectElement);
    regime.addEventListener('change', () => events.onChoice({ regime: regime.value }));
    const limit = byId('limit', HTMLInputElement);
    limit.addEventListener('change', () => events.onChoice({ isLimit: limit.checked }));
    const setting = byId('setting', HTMLSelectElement);
    setting.addEventListener('change', () =>
      events.onChoice({ setting: setting.value === 'full-batch' ? 'full-batch' : 'mini-batch' }),
    );
    const optimizer = byId('optimizer', HTMLSelectElement);
    optimizer.addEventListener('change', () => events.onChoice({ optimizer: optimizer.value }));
    const button = byId('copy', HTMLButtonElement);
    button.addEventListener('click', () => void copy(this.#latex ?? '', button));
    byId('unfold', HTMLButtonElement).addEventListener('click', () => this.#unfold());
  }

  /** The equation as LaTeX; null where none is shown. */
  get latex(): string | null {
    return this.#latex;
  }

  /** The controls as the state has them. */
  set(state: PageState): void {
    for (const tab of TABS) {
      const button = tabButton(tab);
      button.setAttribute('aria-selected', `${tab === state.tab}`);
      button.tabIndex = tab === state.tab ? 0 : -1;
    }
    this.#panel.setAttribute('aria-labelledby', `tab-${state.tab}`);
    byId('order', HTMLSelectElement).value = `${state.order}`;
    byId('regime', HTMLSelectElement).value = state.regime;
    byId('limit', HTMLInputElement).checked = state.isLimit;
    byId('setting', HTMLSelectElement).value = state.setting;
    byId('regime-options', HTMLElement).hidden = state.tab !== 'regimes';
    byId('map-options', HTMLElement).hidden = state.tab !== 'map';
  }

  /** Asks, unless that was asked before. */
  ask(rule: TypedRule, state: PageState): void {
    const request = { kind: 'equation', rule, choice: choiceOf(state), width: charactersIn(this.#panel) } as const;
    const key = JSON.stringify(request);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#progress.ask(request, {
      onReply: reply => this.#take(reply),
      onEnd: how => {
        this.#panel.setAttribute('aria-busy', 'false');
        if (how === 'stopped') this.#stopped();
      },
    });
    // Behind the question: an older one that it ends says that its answer is no longer awaited.
    this.#panel.setAttribute('aria-busy', 'true');
  }

  #take(reply: EngineReply): void {
    if (reply.kind === 'understood') {
      showHtml(this.#understood, reply.html);
      this.#chooseAmong(reply.optimizers, reply.chosen);
      this.#events.onUnderstood(reply);
      if (reply.chosen === null) this.#fill('', null);
      return;
    }
    if (reply.kind === 'equation') this.#fill(reply.html, reply.latex);
    else this.#fill(failureHtml(reply) ?? '', null);
  }

  #fill(html: string, latex: string | null): void {
    const open = new Set(
      [...this.#panel.querySelectorAll('details[open] > summary')].map(({ textContent }) => textContent),
    );
    showHtml(this.#panel, html);
    for (const each of this.#panel.querySelectorAll('details'))
      each.open = open.has(each.querySelector('summary')?.textContent ?? '');
    this.#latex = latex;
    byId('copy', HTMLButtonElement).disabled = latex === null;
    byId('unfold', HTMLButtonElement).hidden = this.#panel.querySelector('details') === null;
    this.#nameUnfold();
  }

  /** Nothing is lost by a stop: what was shown stays, marked as old. */
  #stopped(): void {
    if (!this.#progress.isStoppedByHand) return;
    this.#asked = '';
    this.#fill('<p class="note">Stopped. Type, or choose another order or tab, to go on.</p>', null);
  }

  #unfold(): void {
    const all = [...this.#panel.querySelectorAll('details')];
    const open = !all.every(each => each.open);
    for (const each of all) each.open = open;
    this.#nameUnfold();
  }

  #nameUnfold(): void {
    const all = [...this.#panel.querySelectorAll('details')];
    byId('unfold', HTMLButtonElement).textContent =
      all.length > 0 && all.every(each => each.open) ? 'Fold quantities' : 'Unfold quantities';
  }

  #chooseAmong(ids: readonly string[], chosen: string | null): void {
    const select = byId('optimizer', HTMLSelectElement);
    select.replaceChildren(...ids.map(id => make('option', { value: id }, id)));
    select.value = chosen ?? '';
    byId('optimizer-options', HTMLElement).hidden = ids.length < 2;
  }

  #moveTab(event: KeyboardEvent): void {
    const at = TABS.findIndex(tab => tabButton(tab) === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    const tab = to === undefined || at < 0 ? undefined : TABS[(to + TABS.length) % TABS.length];
    if (tab === undefined) return;
    event.preventDefault();
    tabButton(tab).focus();
    this.#events.onChoice({ tab });
  }
}

const tabButton = (tab: Tab): HTMLButtonElement => byId(`tab-${tab}`, HTMLButtonElement);

/** What the tabs and what stands beside them mean. */
export function choiceOf({ tab, order, regime, isLimit, setting }: PageState): EquationChoice {
  const full = { setting: 'full-batch', order, form: 'flow', limit: null, regime: null } as const;
  switch (tab) {
    case 'mini-batch':
      return { ...full, setting: 'mini-batch' };
    case 'full-batch':
      return full;
    case 'large-n':
      return { ...full, limit: 'large-n' };
    case 'regimes':
      return { ...full, limit: isLimit ? 'large-n' : null, regime };
    case 'map':
      return { ...full, setting, form: 'map' };
  }
}

/** A digit of KaTeX at the size of the page, in pixels. */
const DIGIT = 9.2;

/** How many characters of a formula fit into a box. */
export const charactersIn = (box: HTMLElement): number =>
  Math.max(24, Math.min(94, Math.floor((box.clientWidth - 24) / DIGIT)));
