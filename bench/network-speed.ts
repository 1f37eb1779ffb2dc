/** A gradient and a Hessian product of a network against the count of their multiplications, and against a plain NumPy program. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SeededNumbers } from '../src/base/seeded-numbers.ts';
import { DenseNetwork } from '../src/simulate/network/dense-network.ts';

interface Shape {
  readonly rows: number;
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[];
}

interface Times {
  readonly gradient: number;
  readonly product: number;
}

const SHAPES: readonly Shape[] = [
  { rows: 100, widths: [4, 6, 6, 3] },
  { rows: 150, widths: [49, 6, 10] },
  { rows: 500, widths: [49, 16, 10] },
  { rows: 1000, widths: [196, 32, 10] },
];

/**
 * Multiplications of weights with signals: forwards and the outer products in every layer, backwards in all but the first; the product has
 * the same once more along the direction where a signal is not a fixed input.
 */
export function multiplications({ rows, widths }: Shape): Times {
  let [gradient, product] = [0, 0];
  for (const [layer, units] of widths.slice(1).entries()) {
    const all = rows * units * (widths[layer] ?? 0);
    gradient += layer === 0 ? 2 * all : 3 * all;
    product += layer === 0 ? 2 * all : 6 * all;
  }
  return { gradient, product };
}

/** Milliseconds of processor time, the least of some. */
function best(action: () => void, repeats: number): number {
  for (let warm = 0; warm < repeats; warm += 1) action();
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < repeats; round += 1) {
    const before = process.cpuUsage();
    // The clock of the processor time is coarse.
    for (let call = 0; call < 10; call += 1) action();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 10_000);
  }
  return least;
}

function measure({ rows, widths }: Shape, repeats: number): Times {
  const numbers = new SeededNumbers(1);
  const random = (count: number): Float64Array => Float64Array.from({ length: count }, () => numbers.next() - 0.5);
  const [width = 0, ...rest] = widths;
  const [classes = 0] = rest.slice(-1);
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % classes);
  const network = new DenseNetwork(
    { inputs: random(rows * width), labels, width, classes },
    { hidden: rest.slice(0, -1), activation: 'tanh' },
  );
  const [theta, direction, target] = [random(network.dimension), random(network.dimension), random(network.dimension)];
  return {
    gradient: best(() => void network.moveTo(theta), repeats),
    product: best(() => network.product(direction, target), repeats),
  };
}

/** On one thread; null where there is no python3 with NumPy. */
function inNumpy(shapes: readonly Shape[], repeats: number): Times[] | null {
  const program = fileURLToPath(new URL('numpy_network.py', import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [program], {
      input: JSON.stringify({ shapes, repeats }),
      encoding: 'utf8',
      env,
    });
    if (status === 0) return JSON.parse(stdout);
  }
  return null;
}

/** A table: milliseconds of processor time here and in NumPy, and how many million multiplications a second that is here. */
export function networkSpeed(small = false): string {
  const shapes = small ? SHAPES.slice(0, 1) : SHAPES;
  const repeats = small ? 1 : 20;
  const numpy = inNumpy(shapes, repeats);
  const cells = ['rows', 'widths', 'gradient', 'Mmult', 'Mmult/s', 'NumPy', 'product', 'Mmult', 'Mmult/s', 'NumPy'];
  const lines = shapes.map((shape, at) => {
    const here = measure(shape, repeats);
    const count = multiplications(shape);
    const of = (kind: keyof Times): string[] => [
      here[kind].toFixed(3),
      (count[kind] / 1e6).toFixed(2),
      (count[kind] / 1e3 / here[kind]).toFixed(0),
      numpy?.[at]?.[kind].toFixed(3) ?? '–',
    ];
    return [String(shape.rows), shape.widths.join('-'), ...of('gradient'), ...of('product')];
  });
  const text = [cells, ...lines].map(line => line.map((cell, at) => cell.padStart(at === 1 ? 14 : 10)).join(''));
  const note = numpy === null ? '\nNumPy was not found' : '';
  return `${text.join('\n')}${note}`;
}
