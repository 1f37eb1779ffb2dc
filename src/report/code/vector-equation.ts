/** A derived equation of the full batch in whole vectors, with the names and the values that a program asks for. */
import { attempt, orRefuse, refuse, type Result } from '../../base/problem.ts';
import { deriveModifiedEquation } from '../../derivation/derive.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { closedForAllSteps, deriveTheorem } from '../theorem/derive-theorem.ts';
import type { Theorem } from '../theorem/theorem-parts.ts';
import { givenName, PI_NODE, variableName } from './names.ts';
import { VectorReader } from './read-vectors.ts';
import { type CodeNode, Nodes, parts } from './vector-node.ts';

/** A value that the program is given by its `key`; `name` is its variable. */
export interface Needed {
  readonly key: string;
  readonly name: string;
  readonly kind: 'hyperparameter' | 'schedule' | 'function' | 'derivative' | 'loss';
  /** How often a function is differentiated where it stands. */
  readonly derivative: number;
  readonly isPositive: boolean;
  readonly means: string;
}

export interface VectorEquation {
  readonly title: string;
  /** coefficients[q] belongs to h^q. */
  readonly coefficients: readonly CodeNode[];
  /** The variable of each name as typed. */
  readonly names: ReadonlyMap<string, string>;
  readonly needed: readonly Needed[];
  readonly step: string;
  readonly usesStepNumber: boolean;
}

/** The equation at finite n, for every n ≥ 0, or for n → ∞. Fails where it is refused or has no form in whole vectors. */
export function vectorEquation(
  optimizer: Optimizer,
  { order, limit }: { readonly order: number; readonly limit: 'large-n' | null },
): Result<VectorEquation> {
  return attempt(() => inVectors(derived(optimizer, order, limit)));
}

function derived(optimizer: Optimizer, order: number, limit: 'large-n' | null): Theorem {
  const request = { order, setting: 'full-batch' as const };
  const theorem = orRefuse(deriveTheorem(optimizer, { ...request, limit }));
  if (limit !== null || (theorem.from ?? 0) === 0) return theorem;
  // A closed form that is another one in the first steps is no program for all of them.
  const closed = closedForAllSteps(orRefuse(deriveModifiedEquation(optimizer, request)));
  const notes = (theorem.notes ?? []).filter(note => !note.startsWith('the step'));
  return { ...theorem, ...closed, from: 0, notes };
}

function inVectors(theorem: Theorem): VectorEquation {
  const { optimizer, coefficients, definitions, order, limit = null, notes = [] } = theorem;
  const { declarations, notation } = optimizer;
  const nodes = new Nodes();
  const reader = new VectorReader(nodes, definitions, declarations);
  const read = coefficients.map(each => reader.vector(each));
  const found = namesIn(read);
  const names = new Map(
    [...found.keys()].map(name => [name, name === 'loss' || /^d\d$/.test(name) ? name : variableName(name)] as const),
  );
  const step = variableName(notation.step);
  const domains = new Map(
    declarations.flatMap(each => (each.kind === 'scalar' ? [[each.name, each.domain] as const] : [])),
  );
  const needed = [...found].flatMap(([name, { kind, derivatives }]): Needed[] => {
    const lower = domains.get(name)?.lower ?? null;
    const isPositive = lower !== null && lower.sign() >= 0;
    return derivatives.map(derivative => ({
      key:
        kind === 'function'
          ? givenName(jsonName(name), derivative)
          : kind === 'derivative' || kind === 'loss'
            ? name
            : jsonName(name),
      name: kind === 'function' ? givenName(names.get(name) ?? name, derivative) : (names.get(name) ?? name),
      kind,
      derivative,
      isPositive,
      means: MEANS[kind](name, derivative),
    }));
  });
  const clash = needed.find(({ name }, at) => name === step || needed.findIndex(other => other.name === name) !== at);
  if (clash !== undefined)
    refuse(
      'program-name',
      `two letters would be called ${clash.name} in a program`,
      null,
      'give one of them another letter with --notation',
    );
  const when = limit === null ? 'on [nh, (n+1)h]' : 'for n → ∞';
  const about = `The modified equation of ${optimizer.id} in the full batch to order ${order}, ${when}.`;
  const title = [about, ...notes.map(note => `Note: ${note}.`)]
    .join('\n')
    .replace(/\\/g, '\\\\')
    .replace(/"""/g, "'''");
  const usesStepNumber = read.some(each => each.letters.has('n'));
  return { title, coefficients: read, names, needed, step, usesStepNumber };
}

const MEANS: Readonly<Record<Needed['kind'], (name: string, derivative: number) => string>> = {
  hyperparameter: name => `the hyperparameter ${name.replace(/\\/g, '\\\\')}`,
  schedule: name => `a function, its value at k is the schedule ${name.replace(/\\/g, '\\\\')} of step k`,
  function: (name, derivative) =>
    `the function ${name.replace(/\\/g, '\\\\')}${derivative > 0 ? `, derivative ${derivative}` : ''}, of arrays component by component`,
  derivative: name =>
    `${name}(theta, v, w, …), the derivative of the loss of order ${name.slice(1)} with vectors in all slots but one`,
  loss: () => 'loss(theta), the loss',
};

interface Found {
  readonly kind: Needed['kind'];
  /** How often the function is differentiated where it stands. */
  readonly derivatives: readonly number[];
}

/** What a program is given beside the gradient and its products, in order of use. */
function namesIn(roots: readonly CodeNode[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const seen = new Set<CodeNode>();
  const put = (name: string, kind: Needed['kind'], derivative = 0): void => {
    const before = found.get(name)?.derivatives ?? [];
    found.set(name, { kind, derivatives: [...new Set([...before, derivative])].sort((a, b) => a - b) });
  };
  const visit = (node: CodeNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'parameter' && node.name !== PI_NODE) put(node.name, 'hyperparameter');
    if (node.kind === 'schedule') put(node.name, 'schedule');
    if (node.kind === 'given') put(node.name, 'function', node.derivative);
    if (node.kind === 'loss') put('loss', 'loss');
    if (node.kind === 'tensor' && node.entries.length > 1) put(`d${node.entries.length + 1}`, 'derivative');
    for (const part of parts(node)) visit(part);
  };
  for (const root of roots) visit(root);
  return found;
}
