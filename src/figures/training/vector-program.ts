/**
 * A derived equation in whole vectors as a program over typed arrays: every node computed once an evaluation, in room of its own. The gradient
 * and the Hessian's products are given; all else is the derived equation.
 */
import type { ElementaryName } from '../../formula/elementary.ts';
import { elementary } from '../../formula/elementary.ts';
import type { VectorEquation } from '../../report/code/vector-equation.ts';
import { type CodeNode, parts } from '../../report/code/vector-node.ts';

/** The loss at the point at which the program is run. */
export interface PointLoss {
  readonly gradient: Float64Array;
  product(direction: Float64Array, target: Float64Array): void;
}

interface Cell {
  /** Of a vector; a number stands in `value`. */
  readonly room: Float64Array;
  value: number;
  /** The evaluation and the values of the letters that it is of. */
  stamp: number;
}

type Compute = (cell: Cell) => void;

export class VectorProgram {
  readonly #dimension: number;
  readonly #cells = new Map<CodeNode, { readonly cell: Cell; readonly compute: Compute }>();
  readonly #hyperparameters: ReadonlyMap<string, number>;
  readonly #coefficients: readonly CodeNode[];
  readonly #letters = new Map<string, { value: number; stamp: number }>([['n', { value: 0, stamp: 0 }]]);
  #loss: PointLoss = { gradient: new Float64Array(), product: () => undefined };
  #clock = 0;
  #evaluation = 0;

  /** `hyperparameters` by LaTeX name. */
  constructor(equation: VectorEquation, dimension: number, hyperparameters: ReadonlyMap<string, number>) {
    this.#dimension = dimension;
    this.#hyperparameters = hyperparameters;
    this.#coefficients = equation.coefficients;
    for (const node of equation.coefficients) this.#compile(node);
  }

  /** target = Σ_{q ≤ order} h^q f_q at step n. */
  evaluate(target: Float64Array, loss: PointLoss, n: number, h: number, order: number): void {
    this.#loss = loss;
    this.#clock += 1;
    this.#evaluation = this.#clock;
    this.#setLetter('n', n);
    target.fill(0);
    for (let q = 0; q <= order; q += 1) {
      const node = this.#coefficients[q];
      if (node === undefined) throw new Error(`the equation has no coefficient ${q}`);
      const factor = h ** q;
      const { room, value } = this.#cell(node);
      for (let i = 0; i < target.length; i += 1)
        target[i] = (target[i] ?? 0) + factor * (node.isVector ? (room[i] ?? Number.NaN) : value);
    }
  }

  #setLetter(name: string, value: number): void {
    const letter = this.#letters.get(name) ?? { value, stamp: 0 };
    this.#clock += 1;
    letter.value = value;
    letter.stamp = this.#clock;
    this.#letters.set(name, letter);
  }

  /** The node's cell, computed anew where the point or one of its letters is another one. */
  #cell(node: CodeNode): Cell {
    const found = this.#cells.get(node);
    if (found === undefined) throw new Error(`a ${node.kind} is not compiled`);
    const { cell, compute } = found;
    let newest = this.#evaluation;
    for (const letter of node.letters) newest = Math.max(newest, this.#letters.get(letter)?.stamp ?? 0);
    if (cell.stamp >= newest) return cell;
    compute(cell);
    this.#clock += 1;
    cell.stamp = this.#clock;
    return cell;
  }

  #number(node: CodeNode): number {
    return this.#cell(node).value;
  }

  #compile(node: CodeNode): void {
    if (this.#cells.has(node)) return;
    for (const part of parts(node)) this.#compile(part);
    const room = new Float64Array(node.isVector ? this.#dimension : 0);
    this.#cells.set(node, { cell: { room, value: 0, stamp: -1 }, compute: this.#operation(node) });
  }

  #operation(node: CodeNode): Compute {
    switch (node.kind) {
      case 'number':
        return constant(node.value.toNumber());
      case 'parameter': {
        const value = this.#hyperparameters.get(node.name);
        if (value === undefined) throw new Error(`${node.name} has no value`);
        return constant(value);
      }
      case 'letter':
        return cell => {
          cell.value = this.#letters.get(node.name)?.value ?? Number.NaN;
        };
      case 'tensor':
        return this.#tensor(node.entries);
      case 'add':
        return this.#folded(node, node.terms, 0, (a, b) => a + b, addTo);
      case 'multiply':
        return this.#folded(node, node.factors, 1, (a, b) => a * b, multiplyBy);
      case 'divide':
        return this.#quotient(node, node.above, node.below);
      case 'power': {
        const { base, exponent } = node;
        const isSquare = exponent.kind === 'number' && exponent.value.toNumber() === 2;
        if (isSquare) return this.#unary(node, base, a => a * a);
        return this.#binary(node, base, exponent, (a, b) => a ** b);
      }
      case 'root':
        return this.#root(node, node.radicand, node.degree);
      case 'absolute':
        return this.#unary(node, node.argument, Math.abs);
      case 'call':
        return this.#unary(node, node.argument, functionOf(node.name));
      case 'total':
        return cell => {
          const { room } = this.#cell(node.vector);
          let sum = 0;
          for (let i = 0; i < room.length; i += 1) sum += room[i] ?? Number.NaN;
          cell.value = sum;
        };
      case 'sum':
      case 'product':
        return this.#big(node, node.kind === 'sum' ? 0 : 1);
      case 'dimension':
        return constant(this.#dimension);
      default:
        throw new Error(`a ${node.kind} has no program over typed arrays`);
    }
  }

  #tensor(entries: readonly CodeNode[]): Compute {
    const [entry, ...more] = entries;
    if (more.length > 0) throw new Error('third derivatives of the loss are not given');
    if (entry === undefined) return cell => cell.room.set(this.#loss.gradient);
    const direction = new Float64Array(this.#dimension);
    return cell => {
      const { room, value } = this.#cell(entry);
      if (entry.isVector) direction.set(room);
      else direction.fill(value);
      this.#loss.product(direction, cell.room);
    };
  }

  #quotient(node: CodeNode, above: CodeNode, below: CodeNode): Compute {
    if (!below.isVector) return this.#binary(node, above, below, (a, b) => a / b);
    return cell => {
      const [{ room: a, value }, { room: b }] = [this.#cell(above), this.#cell(below)];
      const { room } = cell;
      if (above.isVector)
        for (let i = 0; i < room.length; i += 1) room[i] = (a[i] ?? Number.NaN) / (b[i] ?? Number.NaN);
      else for (let i = 0; i < room.length; i += 1) room[i] = value / (b[i] ?? Number.NaN);
    };
  }

  #root(node: CodeNode, radicand: CodeNode, degree: number): Compute {
    if (degree !== 2 || !node.isVector)
      return this.#unary(node, radicand, degree === 2 ? Math.sqrt : a => a ** (1 / degree));
    return cell => {
      const { room } = this.#cell(radicand);
      for (let i = 0; i < room.length; i += 1) cell.room[i] = Math.sqrt(room[i] ?? Number.NaN);
    };
  }

  #big(node: CodeNode & { readonly kind: 'sum' | 'product' }, neutral: 0 | 1): Compute {
    const { letter, lower, upper, body } = node;
    const put = (a: number, b: number): number => (neutral === 0 ? a + b : a * b);
    return cell => {
      const [first, last] = [this.#number(lower), this.#number(upper)];
      cell.value = neutral;
      cell.room.fill(neutral);
      for (let k = first; k <= last; k += 1) {
        this.#setLetter(letter, k);
        const { room, value } = this.#cell(body);
        if (!body.isVector) cell.value = put(cell.value, value);
        else if (neutral === 0) addTo(cell.room, room);
        else
          for (let i = 0; i < room.length; i += 1)
            cell.room[i] = (cell.room[i] ?? Number.NaN) * (room[i] ?? Number.NaN);
      }
    };
  }

  #unary(node: CodeNode, argument: CodeNode, apply: (a: number) => number): Compute {
    return cell => {
      const { room, value } = this.#cell(argument);
      if (!node.isVector) cell.value = apply(value);
      else for (let i = 0; i < room.length; i += 1) cell.room[i] = apply(room[i] ?? Number.NaN);
    };
  }

  #binary(node: CodeNode, left: CodeNode, right: CodeNode, apply: (a: number, b: number) => number): Compute {
    return cell => {
      const [a, b] = [this.#cell(left), this.#cell(right)];
      if (!node.isVector) cell.value = apply(a.value, b.value);
      else
        for (let i = 0; i < cell.room.length; i += 1)
          cell.room[i] = apply(
            left.isVector ? (a.room[i] ?? Number.NaN) : a.value,
            right.isVector ? (b.room[i] ?? Number.NaN) : b.value,
          );
    };
  }

  /** Numbers first, then one vector after the other. */
  #folded(
    node: CodeNode,
    members: readonly CodeNode[],
    neutral: number,
    apply: (a: number, b: number) => number,
    applyTo: (target: Float64Array, source: Float64Array) => void,
  ): Compute {
    const numbers = members.filter(each => !each.isVector);
    const vectors = members.filter(each => each.isVector);
    return cell => {
      let value = neutral;
      for (const each of numbers) value = apply(value, this.#number(each));
      cell.value = value;
      if (!node.isVector) return;
      // Parts are computed before the room is written: none of them shares it, but they may take long.
      for (const each of vectors) this.#cell(each);
      cell.room.fill(value);
      for (const each of vectors) applyTo(cell.room, this.#cell(each).room);
    };
  }
}

function addTo(target: Float64Array, source: Float64Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) + (source[i] ?? Number.NaN);
}

function multiplyBy(target: Float64Array, source: Float64Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) * (source[i] ?? Number.NaN);
}

const constant =
  (value: number): Compute =>
  cell => {
    cell.value = value;
  };

const functionOf = (name: ElementaryName): ((a: number) => number) => elementary(name).float;
