/** What the page shows, as a part of its address: readable where an example is shown as it is, packed where something is typed. */

export const TABS = ['mini-batch', 'full-batch', 'large-n', 'regimes', 'map'] as const;
export type Tab = (typeof TABS)[number];

export interface PageState {
  /** The id of the example that the rule began as; null: none. */
  readonly example: string | null;
  readonly rule: string;
  readonly optimizer: string | null;
  readonly claim: string;
  readonly tab: Tab;
  readonly order: number;
  readonly regime: string;
  /** Whether the regime is taken in the limit n → ∞. */
  readonly isLimit: boolean;
  /** Of the map. */
  readonly setting: 'mini-batch' | 'full-batch';
  readonly values: Readonly<Record<string, number>>;
  readonly n: number;
  /** The step of the run; null: as the engine chooses it. */
  readonly h: number | null;
  /** |∇_jE|. */
  readonly gradient: number;
}

export const FIRST_STATE: Omit<PageState, 'example' | 'rule'> = {
  optimizer: null,
  claim: '',
  tab: 'mini-batch',
  order: 1,
  regime: 'large-gradient-all',
  isLimit: true,
  setting: 'mini-batch',
  values: {},
  n: 20,
  h: null,
  gradient: 1e-3,
};

/** The address behind `#`; `exampleText` is the text of an example. */
export async function addressOf(state: PageState, exampleText: (id: string) => string | null): Promise<string> {
  const parts = new URLSearchParams();
  const { example } = state;
  const isExample = example !== null && exampleText(example) === state.rule;
  if (isExample) parts.set('example', example);
  else parts.set('rule', await packed(state.rule));
  if (state.optimizer !== null) parts.set('optimizer', state.optimizer);
  if (state.claim.trim() !== '') parts.set('claim', await packed(state.claim));
  for (const key of ['tab', 'order', 'regime', 'isLimit', 'setting', 'n', 'h', 'gradient'] as const)
    if (state[key] !== FIRST_STATE[key]) parts.set(key, `${state[key]}`);
  for (const [name, value] of Object.entries(state.values)) parts.set(`v.${name}`, `${value}`);
  return parts.toString();
}

/** The state of an address; what is missing or makes no sense is as in `usual`. */
export async function stateOf(
  hash: string,
  usual: PageState,
  exampleText: (id: string) => string | null,
): Promise<PageState> {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const example = parts.get('example');
  const known = example === null ? null : exampleText(example);
  const rule = await unpacked(parts.get('rule'));
  const claim = await unpacked(parts.get('claim'));
  const number = <Otherwise>(key: string, least: number, most: number, otherwise: Otherwise): number | Otherwise => {
    const value = Number.parseFloat(parts.get(key) ?? '');
    return value >= least && value <= most ? value : otherwise;
  };
  const values = Object.fromEntries(
    [...parts].flatMap(([key, value]) =>
      key.startsWith('v.') && Number.isFinite(Number(value)) ? [[key.slice(2), Number(value)]] : [],
    ),
  );
  return {
    example: rule !== null ? null : known === null ? usual.example : example,
    rule: rule ?? known ?? usual.rule,
    optimizer: parts.get('optimizer'),
    claim: claim ?? '',
    tab: TABS.find(tab => tab === parts.get('tab')) ?? usual.tab,
    order: Math.round(number('order', 0, 4, usual.order)),
    regime: parts.get('regime') ?? usual.regime,
    isLimit: parts.get('isLimit') !== 'false',
    setting: parts.get('setting') === 'full-batch' ? 'full-batch' : 'mini-batch',
    values,
    n: Math.round(number('n', 0, 1000, usual.n)),
    h: number('h', 1e-6, 0.3, usual.h),
    gradient: number('gradient', 1e-9, 1e9, usual.gradient),
  };
}

/** A text deflated, in letters that an address may have. */
async function packed(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The text again; null where there is none or it is broken. */
async function unpacked(word: string | null): Promise<string | null> {
  if (word === null) return null;
  try {
    const binary = atob(word.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, character => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(
      await through(bytes, new DecompressionStream('deflate-raw')),
    );
  } catch {
    return null;
  }
}

/** More than anyone types. */
const MOST_BYTES = 1_000_000;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: ReadableWritablePair): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (length > MOST_BYTES) throw new Error('the text is too long');
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
