/** A slider with its label and value; small values move on a logarithmic scale. */
import { make } from './dom.ts';
import { tickText } from './scale.ts';

export interface SliderOptions {
  readonly id: string;
  /** HTML of the engine, or plain text. */
  readonly label: { readonly html: string } | { readonly text: string };
  /** What it is called aloud. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly scale: 'linear' | 'log' | 'integer';
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const NOTCHES = 300;

export function sliderOf({ id, label, name, least, most, scale, value, onChange }: SliderOptions): HTMLElement {
  const isLog = scale === 'log';
  const [low, high] = isLog ? [Math.log10(least), Math.log10(most)] : [least, most];
  const input = make('input', {
    type: 'range',
    id,
    min: `${low}`,
    max: `${high}`,
    step: scale === 'integer' ? '1' : `${(high - low) / NOTCHES}`,
    'aria-label': name,
  });
  input.value = `${isLog ? Math.log10(value) : value}`;
  const shown = make('output', { for: id });
  const current = (): number => {
    const at = Number(input.value);
    return scale === 'integer' ? at : Number((isLog ? 10 ** at : at).toPrecision(3));
  };
  const say = (of: number): void => {
    shown.textContent = tickText(of);
    input.setAttribute('aria-valuetext', tickText(of));
  };
  say(value);
  input.addEventListener('input', () => {
    say(current());
    onChange(current());
  });
  const words = make('label', { for: id });
  if ('html' in label) words.innerHTML = label.html;
  else words.textContent = label.text;
  return make('div', { class: 'slider' }, words, input, shown);
}
