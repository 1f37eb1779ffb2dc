/** The page: its state, the questions that follow from it, and its address. */
import { REGIMES } from '../../notation/regimes.ts';
import type { EngineReply, TypedRule } from '../protocol.ts';
import { ClaimView } from './claim-view.ts';
import { byId, copy, later, make } from './dom.ts';
import { Editor } from './editor.ts';
import { EngineSource } from './engine-source.ts';
import { charactersIn, EquationView } from './equation-view.ts';
import { ExploreView } from './explore-view.ts';
import { EXAMPLES, exampleText } from './examples.ts';
import { Lane } from './lane.ts';
import { FIRST_STATE, addressOf, type PageState, stateOf } from './state.ts';
import { startTheme } from './theme.ts';

const FIRST_EXAMPLE = 'adam';
/** Between a key and the question. */
const TYPING = 200;

const engine = new EngineSource(new URL('engine.js', import.meta.url));
const lane = new Lane(engine);
lane.warm();
const judging = new Lane(engine);

let state: PageState = { ...FIRST_STATE, example: FIRST_EXAMPLE, rule: exampleText(FIRST_EXAMPLE) ?? '' };
let annotated: string | null = null;
let isExploring = false;
let isEngineKept = false;
/** Whether the hyperparameters offered are those of the rule that is typed. */
let isRuleKnown = false;

const rule = new Editor(byId('rule', HTMLElement), {
  label: 'Update rule in LaTeX',
  hint: 'An update rule in LaTeX',
  onChange: later(TYPING, () => change({ rule: rule.text, optimizer: null })),
  onSubmit: () => change({ rule: rule.text }),
});
const equation = new EquationView(lane, { onChoice: change, onUnderstood: understood });

const claim = new ClaimView(judging, {
  onClaim: text => change({ claim: text }),
  equation: () => equation.latex,
});

const exploring = new ExploreView({ coefficient: new Lane(engine), trajectory: new Lane(engine) }, state, change);

/** Another state, shown, asked about and in the address. */
function change(changed: Partial<PageState>): void {
  if (changed.rule !== undefined || changed.optimizer !== undefined) isRuleKnown = false;
  state = { ...state, ...changed };
  draw();
  remember();
}

function draw(): void {
  rule.text = state.rule;
  byId('example', HTMLSelectElement).value =
    state.example !== null && exampleText(state.example) === state.rule ? state.example : '';
  equation.set(state);
  equation.ask(typedRule(), state);
  claim.ask(typedRule(), state);
  if (isRuleKnown) explore();
}

/** Once its section is in sight: most readers look at the equation first. */
function explore(): void {
  if (isExploring) exploring.ask(typedRule(), state);
}

const typedRule = (): TypedRule => ({ text: state.rule, optimizer: state.optimizer });

function understood(reply: Extract<EngineReply, { kind: 'understood' }>): void {
  if (!isEngineKept) void engine.keep();
  isEngineKept = true;
  isRuleKnown = reply.chosen !== null;
  rule.mark(reply.marks);
  annotated = reply.annotated;
  claim.offer(reply.chosen);
  exploring.offer(reply.parameters, state);
  explore();
  byId('proposed', HTMLElement).hidden = annotated === null;
}

const remember = later(300, () => {
  void addressOf(state, exampleText).then(hash => history.replaceState(null, '', `#${hash}`));
});

async function restore(): Promise<void> {
  const usual = { ...FIRST_STATE, example: FIRST_EXAMPLE, rule: exampleText(FIRST_EXAMPLE) ?? '' };
  state = await stateOf(location.hash, usual, exampleText);
  draw();
}

function prepare(): void {
  const example = byId('example', HTMLSelectElement);
  example.append(
    make('option', { value: '' }, 'your own'),
    ...EXAMPLES.map(({ id, title }) => make('option', { value: id }, title)),
  );
  example.addEventListener('change', () => {
    const text = exampleText(example.value);
    if (text === null) rule.focus();
    else change({ example: example.value, rule: text, optimizer: null });
  });
  byId('regime', HTMLSelectElement).append(
    ...REGIMES.map(each => make('option', { value: each }, each.replaceAll('-', ' '))),
  );
  byId('accept', HTMLButtonElement).addEventListener('click', () => {
    if (annotated !== null) change({ rule: annotated });
  });
  const link = byId('link', HTMLButtonElement);
  link.addEventListener(
    'click',
    () =>
      void addressOf(state, exampleText).then(hash => {
        history.replaceState(null, '', `#${hash}`);
        return copy(location.href, link);
      }),
  );
  startTheme(byId('theme', HTMLButtonElement));
  addEventListener('hashchange', () => void restore());
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    isExploring = true;
    if (isRuleKnown) explore();
  }).observe(byId('explore-part', HTMLElement));
  let width = charactersIn(byId('equation', HTMLElement));
  addEventListener(
    'resize',
    later(300, () => {
      exploring.redraw();
      const now = charactersIn(byId('equation', HTMLElement));
      if (Math.abs(now - width) < 4) return;
      width = now;
      draw();
    }),
  );
}

prepare();
void restore();
