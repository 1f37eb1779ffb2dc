/** Sliders for the hyperparameters, the coefficient of the norm, and a run on the bilinear model beside its equation. */
import type { EngineReply, EngineRequest, Parameter, TypedRule, Values } from '../protocol.ts';
import { byId } from './dom.ts';
import type { Lane } from './lane.ts';
import { drawPicture } from './picture.ts';
import { failureHtml, ProgressBox } from './progress.ts';
import { tickText } from './scale.ts';
import { sliderOf } from './slider.ts';
import type { PageState } from './state.ts';

const STEPS = 200;
/** Only beside it the size of the gradient matters. */
const EPSILON = '\\varepsilon';

type Coefficient = Extract<EngineReply, { kind: 'coefficient' }>;
type Trajectory = Extract<EngineReply, { kind: 'trajectory' }>;

type Which = 'coefficient' | 'trajectory';

export class ExploreView {
  readonly #progress: Readonly<Record<Which, ProgressBox>>;
  readonly #onChange: (changed: Partial<PageState>) => void;
  readonly #asked = new Map<Which, string>();
  readonly #sliders = byId('sliders', HTMLElement);
  #parameters: readonly Parameter[] = [];
  #names = '';
  #drawn = '';
  /** The values that the sliders have now. */
  #current: Values = {};
  #rule = '';
  /** The step of the last run, whoever chose it. */
  #chosenStep = 0.01;
  #state: PageState;
  #coefficient: Coefficient | null = null;
  #trajectory: Trajectory | null = null;

  constructor(lanes: Readonly<Record<Which, Lane>>, state: PageState, onChange: (changed: Partial<PageState>) => void) {
    this.#state = state;
    this.#progress = {
      coefficient: new ProgressBox('coefficient-progress', lanes.coefficient),
      trajectory: new ProgressBox('trajectory-progress', lanes.trajectory),
    };
    this.#onChange = onChange;
  }

  /** The hyperparameters of the rule, with the values of the state where it has them. */
  offer(parameters: readonly Parameter[], state: PageState): void {
    this.#parameters = parameters;
    this.#drawSliders(state);
  }

  ask(rule: TypedRule, state: PageState): void {
    this.#drawSliders(state);
    const { n, h, gradient } = state;
    const values = this.#current;
    // A slider that moves waits for the picture before; another rule does not.
    const whenBusy = JSON.stringify(rule) === this.#rule ? 'wait' : 'stop';
    this.#rule = JSON.stringify(rule);
    this.#askOne('coefficient', { kind: 'coefficient', rule, values, n, gradient }, whenBusy);
    this.#askOne('trajectory', { kind: 'trajectory', rule, values, h, steps: STEPS }, whenBusy);
  }

  #askOne(which: Which, request: EngineRequest, whenBusy: 'stop' | 'wait'): void {
    const key = JSON.stringify(request);
    if (this.#asked.get(which) === key) return;
    this.#asked.set(which, key);
    const progress = this.#progress[which];
    progress.ask(
      request,
      {
        onReply: reply => this.#take(reply, which),
        onEnd: () => {
          if (!progress.isStoppedByHand) return;
          this.#asked.delete(which);
          this.#say(which, '<p class="note">Stopped. Move a slider to go on.</p>');
        },
      },
      { whenBusy },
    );
  }

  /** Draws what is there in another width. */
  redraw(): void {
    if (this.#coefficient !== null) drawCoefficient(this.#coefficient);
    if (this.#trajectory !== null) drawTrajectory(this.#trajectory);
  }

  #valuesOf({ values }: PageState): Values {
    return Object.fromEntries(
      this.#parameters.map(({ name, least, most, usual }) => {
        const value = values[name];
        return [name, value !== undefined && value >= least && value <= most ? value : usual];
      }),
    );
  }

  #drawSliders(state: PageState): void {
    this.#state = state;
    const values = this.#valuesOf(state);
    this.#current = values;
    const names = JSON.stringify(this.#parameters);
    const key = JSON.stringify([values, state.n, state.h ?? this.#chosenStep, state.gradient]);
    const isMoving = names === this.#names && this.#sliders.contains(document.activeElement);
    if (isMoving || (names === this.#names && key === this.#drawn)) return;
    this.#names = names;
    this.#drawn = key;
    const own = this.#parameters.map(({ name, label, least, most, scale }, at) =>
      sliderOf({
        id: `slider-${at}`,
        label: { html: label },
        name: name.replace(/[\\{}]/g, ''),
        least,
        most,
        scale,
        value: values[name] ?? least,
        onChange: value => this.#onChange({ values: { ...this.#current, [name]: value } }),
      }),
    );
    this.#sliders.replaceChildren(
      ...own,
      sliderOf({
        id: 'slider-h',
        label: { text: 'h' },
        name: 'step h',
        least: 1e-6,
        most: 0.3,
        scale: 'log',
        value: state.h ?? this.#chosenStep,
        onChange: h => this.#onChange({ h }),
      }),
      sliderOf({
        id: 'slider-n',
        label: { text: 'n' },
        name: 'iteration n',
        least: 0,
        most: 200,
        scale: 'integer',
        value: state.n,
        onChange: n => this.#onChange({ n }),
      }),
      ...(this.#parameters.some(({ name }) => name === EPSILON)
        ? [
            sliderOf({
              id: 'slider-gradient',
              label: { text: '|∇ⱼE|' },
              name: 'size of the gradient',
              least: 1e-6,
              most: 10,
              scale: 'log',
              value: state.gradient,
              onChange: gradient => this.#onChange({ gradient }),
            }),
          ]
        : []),
    );
  }

  #take(reply: EngineReply, which: Which): void {
    if (reply.kind === 'coefficient') drawCoefficient(reply);
    else if (reply.kind === 'trajectory') {
      drawTrajectory(reply);
      this.#chosenStep = reply.h;
      this.#drawSliders(this.#state);
    } else this.#say(which, failureHtml(reply) ?? '');
    if (which === 'coefficient') this.#coefficient = reply.kind === 'coefficient' ? reply : null;
    else this.#trajectory = reply.kind === 'trajectory' ? reply : null;
  }

  #say(which: Which, html: string): void {
    for (const box of document.querySelectorAll<HTMLElement>(`#${which}-part .picture`)) box.replaceChildren();
    byId(`${which}-says`, HTMLElement).innerHTML = html;
  }
}

function drawCoefficient({ isNorm, overGradient, overSteps }: Coefficient): void {
  const letter = isNorm ? 'λⱼ' : 'f₁/(f₀ ∇²E)';
  byId('coefficient-says', HTMLElement).textContent = isNorm
    ? 'dθⱼ/dt = −sⱼ (∇ⱼE + h λⱼ ∇ⱼ‖∇E‖₁,ε): above zero the perturbed one-norm of the gradient is penalised, below its decrease is hindered.'
    : 'One component with ∇E = ∇²E = 1: dθ/dt = f₀ + h f₁; above zero the step adds to the flow of the gradient, below it takes from it.';
  const over = byId('over-gradient', HTMLElement);
  over.hidden = overGradient === null;
  if (overGradient !== null)
    drawPicture(over, overGradient, {
      title: 'The coefficient over the size of the gradient',
      x: { label: '|∇ⱼE|', kind: 'log' },
      y: { label: letter, kind: 'symlog' },
    });
  drawPicture(byId('over-steps', HTMLElement), overSteps, {
    title: 'The coefficient over the steps',
    x: { label: 'n + 1', kind: 'log' },
    y: { label: letter, kind: 'symlog' },
  });
}

function drawTrajectory({ curves, errors, distances, notes }: Trajectory): void {
  const [leading, first] = distances.map(each => (each === null ? 'not followed' : tickText(each)));
  byId('trajectory-says', HTMLElement).textContent =
    `Largest distance from the optimizer in ${STEPS} steps: ${leading} to order 0, ${first} to order 1. ${notes.join('. ')}`.trim();
  drawPicture(byId('trajectory', HTMLElement), curves, {
    title: `The optimizer and its equation on ½(3/2 − 2θ₁θ₂)²: ${leading} apart to order 0, ${first} to order 1`,
    x: { label: 'θ₁', kind: 'linear' },
    y: { label: 'θ₂', kind: 'linear' },
    dotted: ['the optimizer'],
    background: 'minima',
  });
  drawPicture(byId('errors', HTMLElement), errors, {
    title: 'The distance between the equation and the optimizer over the steps',
    x: { label: 'n', kind: 'linear' },
    y: { label: '‖θ̃(nh) − θ⁽ⁿ⁾‖', kind: 'log' },
    firstLook: 1,
  });
}
