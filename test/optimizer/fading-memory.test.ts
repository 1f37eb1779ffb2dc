/** Which optimizers forget: the built-in ones, those of the literature, and a document of kinds. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { memoryOfRows } from '../../src/optimizer/checks/memory/fading-memory.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const pathOf = (name: string): string => new URL(name, import.meta.url).pathname;
const optimizersOf = (...paths: string[]): Optimizer[] => {
  const { documents, problems } = loadDocuments(paths.map(pathOf));
  expect(problems).toEqual([]);
  return documents.flatMap(({ optimizers }) => [...optimizers]);
};
const folder = '../../derivations/optimizers/';

/** By the id before the dot: the rule that is meant. */
const EXPECTED: Readonly<Record<string, string>> = {
  gd: 'fades',
  momentum: 'fades',
  'heavy-ball': 'fades',
  nesterov: 'fades',
  nesterov2: 'fades',
  'adam-out': 'fades',
  'adam-in': 'fades',
  'adamw-out': 'fades',
  adamw: 'fades',
  'rmsprop-in': 'fades',
  lion: 'fades',
  qhm: 'fades',
  adabelief: 'fades',
  sam: 'fades',
  sched: 'fades',
  ngd: 'fades',
  l2: 'fades',
  optimistic: 'fades',
  adagrad: 'lasts',
  'adagrad-norm': 'lasts',
};
/** Averages over all steps, sums and momenta whose factor tends to 1 keep what was; where the rows leave it open, nothing is promised. */
const LASTS = ['fista', 'svrg', 'torch-adagrad'];
const OPEN = [
  'adafactor',
  'gradient-penalty',
  // Of its slow weights a step keeps 1 − ασ_n, and any schedule is allowed, also one that hardly ever moves them.
  'lookahead',
  'polyak-average',
  'schedule-free-adam',
  'schedule-free-sgd',
  'torch-asgd',
  'torch-nadam',
  // States that are not linear: their recursion is not looked at for this.
  ...['adadelta', 'adamax', 'amsgrad', 'rprop', 'yogi', 'yogi-smooth'],
];
const FADES = [
  ...[
    'adamax-smooth',
    'adan',
    'aggmo',
    'asam',
    'clipped-gradient',
    'clipped-gradient-smooth',
    'ema',
    'extragradient',
    'extragradient-past',
    'implicit-midpoint',
    'lamb',
    'lars',
    'lion-k',
  ],
  ...[
    'mars',
    'mars-approximate',
    'mirror-momentum',
    'momentum-average',
    'muon',
    'nadam',
    'normalised-gradient',
    'novograd',
  ],
  ...[
    'pid',
    'proximal-point',
    'qhadam',
    'runge-kutta',
    'sam-unnormalised',
    'sgd-cosine',
    'sgd-exponential',
    'sgd-warm-up',
  ],
  ...[
    'sgd-weight-decay',
    'sign-sgd',
    'signum',
    'signum-smooth',
    'lion-sign',
    'sophia',
    'sophia-hessian',
    'torch-adam',
    'torch-adamw',
    'torch-radam',
  ],
  ...['torch-rmsprop', 'torch-sgd', 'torch-sgd-nesterov', 'triple-momentum'],
];
const all = (ids: readonly string[], kind: string): Record<string, string> =>
  Object.fromEntries(ids.map(id => [id, kind]));
const IN_FOLDER: Readonly<Record<string, string>> = {
  ...EXPECTED,
  ...all(FADES, 'fades'),
  ...all(LASTS, 'lasts'),
  ...all(OPEN, 'unknown'),
};
/** The literature's NAdam has an arbitrary schedule as the factor of its momentum. */
const IN_LITERATURE: Readonly<Record<string, string>> = { ...EXPECTED, nadam: 'unknown' };

const meant = ({ id }: Optimizer): string => id.split('.')[0] ?? id;

describe('what the rows say about the memory', () => {
  it.each(
    optimizersOf(
      ...readdirSync(pathOf(folder))
        .filter(name => name.endsWith('.tex'))
        .map(name => folder + name),
    ).map(each => [each.id, each] as const),
  )('built-in %s', (_, optimizer) => {
    expect(memoryOfRows(optimizer).kind).toBe(IN_FOLDER[meant(optimizer)]);
  });

  const literature = ['reference.tex', 'superscripts.tex', 'subscripts.tex'].map(
    name => `../derivation/literature/${name}`,
  );
  it.each(literature.flatMap(path => optimizersOf(path)).map(each => [each.id, each] as const))(
    'of the literature %s',
    (_, optimizer) => {
      expect(memoryOfRows(optimizer).kind).toBe(IN_LITERATURE[meant(optimizer)]);
    },
  );

  it.each(optimizersOf('memory.tex').map(each => [each.id, each] as const))('%s', (_, optimizer) => {
    expect(memoryOfRows(optimizer).kind).toBe(meant(optimizer));
  });
});

describe('what else the theorem needs is named', () => {
  const named = (id: string): Optimizer => {
    const found = optimizersOf('../derivation/literature/reference.tex').find(each => each.id === id);
    if (!found) throw new Error(`${id} is missing`);
    return found;
  };
  it.each([
    ['adam-in', 0],
    ['adagrad', null],
    // The root of a sum of squares without ε inside has no derivative at zero.
    ['adam-out', 1],
    ['ngd', 0],
    ['gd', 0],
  ] as const)('%s has %s denominators or roots that may vanish', (id, count) => {
    const memory = memoryOfRows(named(id));
    expect(memory.kind === 'fades' ? memory.doubts.length : null).toBe(count);
  });
  it('schedules are taken to be bounded', () => {
    const memory = memoryOfRows(named('sched'));
    expect(memory.kind === 'fades' ? memory.schedules : null).toEqual(['\\eta']);
  });
});

describe('larger systems', () => {
  it('rules of three steps, and rows that read what they make, promise nothing', () => {
    const rules = optimizersOf('../derivation/independent/rules.tex');
    const kinds = new Map(rules.map(each => [each.id, memoryOfRows(each).kind]));
    expect(kinds.get('three-steps')).toBe('unknown');
    expect(kinds.get('four-points-ahead')).toBe('unknown');
    expect(kinds.get('named-differences')).toBe('unknown');
    expect(kinds.get('anchored-momentum')).toBe('lasts');
    expect(kinds.get('decayed-new-momentum')).toBe('unknown');
    expect(kinds.get('quotient-of-steps')).toBe('fades');
  });
});
