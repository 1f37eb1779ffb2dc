/**
 * How an optimizer and a claim were understood, in plain sentences with the author's letters. They are written here alone;
 * whoever shows them (`read`, `explain`, `derive`) shows the same.
 */
import { kindFacts } from '../notation/kinds.ts';
import { hasOneLoss, isMean, type MeanOf, type MeanSetting } from '../notation/settings.ts';
import { type Definition, type Formula, PI } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { offsetFromIteration } from '../optimizer/label.ts';
import { nodes } from '../optimizer/replace.ts';
import { shiftIteration } from '../optimizer/rows/counting.ts';
import type { Notation, Optimizer, TypedCounting } from '../optimizer/model.ts';
import type { Claim, Condition, Statement } from './model.ts';
import { labelled } from './shown-letters.ts';
import { rowConditions } from './switching-text.ts';

const SIGNS: Readonly<
  Record<'typed' | 'update' | 'first-iterate' | 'start' | 'correction', (notation: Notation) => string>
> = {
  typed: () => 'a row says it',
  update: ({ iteration }) => `the update makes the parameters of label ${iteration} from those before`,
  'first-iterate': () => 'a row starts from the parameters with the label 1',
  start: () => 'a state starts with label 0 and its row makes the next one',
  correction: ({ iteration }) => `something is divided by 1 minus a power with the exponent ${iteration}`,
};

/** The sentences about an optimizer. */
export function conventionsOf(optimizer: Optimizer): string[] {
  const { notation, counting } = optimizer;
  const formulas = [
    optimizer.update,
    ...optimizer.states.flatMap(({ right, initial }) => [right, initial]),
    ...optimizer.quantities.map(quantity => asUsed(quantity, optimizer)),
  ];
  return [
    countingSentence(notation, counting, formulas.flatMap(lossesIn).some(isBatch)),
    ...lossSentences(formulas, notation),
    ...startSentences(formulas, notation, counting),
    ...[beforeFirstNote(optimizer), observedNote(optimizer)].filter(note => note !== null),
    ...optimizer.states
      .filter(({ name }) => !name.startsWith('#'))
      .map(
        ({ name, componentwise, initial }) =>
          `${name} is a ${componentwise ? '' : 'scalar '}state that starts from ${isZero(initial) ? 'zero' : 'its initial row'}`,
      ),
    ...functionSentences(formulas),
    ...rowConditions(optimizer).map(
      condition =>
        `expanded where ${condition}; elsewhere the rule switches, and its equation has no value at any order`,
    ),
  ];
}

/** The body of a quantity at the latest label at which the step uses it. */
function asUsed({ name, labels, body }: Definition, { update, states, quantities }: Optimizer): Formula {
  if (labels.length === 0) return body;
  const uses = [update, ...states.map(({ right }) => right), ...quantities.map(each => each.body)].flatMap(formula =>
    [...nodes(formula)].flatMap(node =>
      node.kind === 'quantity' && node.name === name && node.labels[0]
        ? (offsetFromIteration(node.labels[0]) ?? [])
        : [],
    ),
  );
  return uses.length === 0 ? body : shiftIteration(body, Math.max(...uses));
}

/** What the losses before the first are, where the first steps read one. */
export function beforeFirstNote({ beforeFirst, notation, counting }: Optimizer): string | null {
  if (beforeFirst === undefined) return null;
  const { loss } = notation;
  const first = counting?.losses ?? 0;
  const before = `${loss}_${first === 1 ? '0' : `{${first - 1}}`}`;
  const which = `the loss before the first, ${before} (and ${loss}_k for k < ${first}),`;
  switch (beforeFirst) {
    case 'zero':
      return `${which} is zero, also in the full batch (before-first=zero)`;
    case 'first':
      return `${which} is the first, ${loss}_${first} (before-first=first)`;
    case 'own':
      return `${which} is a function of its own; in the full batch it is ${loss} (before-first=own)`;
  }
}

/** Which sequence is followed where it is not that of the parameters. */
export const observedNote = ({ observed, notation: { parameters } }: Optimizer): string | null =>
  observed === undefined
    ? null
    : `what is followed, ${parameters}, is ${observed.name} of the rows; their ${parameters} is called ${observed.other}`;

function countingSentence(notation: Notation, counting: TypedCounting | undefined, hasBatch: boolean): string {
  const { first = 0, iterates = 0, losses = 0, sign = null, typed = null } = counting ?? {};
  const { parameters, loss } = notation;
  // The step with the letter n makes the label n − first + 1 of the model.
  const made = labelled(parameters, iterates + 1 - first, notation);
  const batch = losses - first;
  const used = `${loss}_${batch === 0 ? notation.iteration : `{${notation.iteration}${batch > 0 ? '+' : '-'}${Math.abs(batch)}}`}`;
  const why = sign === null ? '' : ` (${typed ?? SIGNS[sign](notation)})`;
  const start = iterates === 0 ? '' : `; the first iterate has the label ${iterates}`;
  return `counts from ${first}${why}: the step to ${made} uses ${hasBatch ? `${used}, in the full batch ${loss}` : loss}${start}`;
}

function lossSentences(formulas: readonly Formula[], { loss }: Notation): string[] {
  const losses = formulas.flatMap(lossesIn);
  const hasBatch = losses.some(isBatch);
  const hasOne = losses.some(node => node.kind === 'loss' && node.batch === null);
  const earlier = losses.some(node => {
    const offset = node.kind === 'loss' && node.batch ? offsetFromIteration(node.batch) : null;
    return offset !== null && offset < 0;
  });
  return [
    ...(hasBatch ? [`${loss}_k is a loss of its own for each k; in the full batch all are ${loss}`] : []),
    ...(hasOne ? [`${loss} without an index is one loss for all steps`] : []),
    ...(earlier ? ['an earlier loss is used too'] : []),
  ];
}

/** Before the first iterate all are that one. */
function startSentences(formulas: readonly Formula[], notation: Notation, counting?: TypedCounting): string[] {
  const reached = formulas.flatMap(labelsBefore);
  if (reached.length === 0) return [];
  const { parameters, index } = notation;
  const first = counting?.iterates ?? 0;
  const at = (label: number): string =>
    index === 'subscript' ? `${parameters}_${label < 0 ? `{${label}}` : label}` : `${parameters}^{(${label})}`;
  const earlier = Array.from({ length: -Math.min(...reached) }, (_, step) => at(first - 1 - step));
  return [`${earlier.join(' = ')} = ${at(first)}`];
}

/** How far before the step's own iterate the formula looks, as negative offsets. */
const labelsBefore = (formula: Formula): number[] => {
  const offset = formula.kind === 'iterate' && formula.label !== null ? offsetFromIteration(formula.label) : null;
  return [...(offset !== null && offset < 0 ? [offset] : []), ...children(formula).flatMap(labelsBefore)];
};

const isBatch = (node: Formula): boolean => node.kind === 'loss' && node.batch !== null;

const lossesIn = (formula: Formula): Formula[] => [
  ...(formula.kind === 'loss' ? [formula] : []),
  ...children(formula).flatMap(lossesIn),
];

/** "K is applied to m": what a declared function of a vector has as its argument. */
function functionSentences(formulas: readonly Formula[]): string[] {
  const found = new Set<string>();
  const visit = (node: Formula): void => {
    if (node.kind === 'vector-call') {
      const names = [...new Set(namesIn(node.argument.body))];
      const derived = node.by.length > 0 ? `the gradient of ${node.name}` : node.name;
      found.add(
        `${derived} is ${node.by.length > 0 ? 'taken at' : 'applied to'} ${names.join(', ') || 'its argument'}`,
      );
    }
    for (const child of children(node)) visit(child);
  };
  for (const formula of formulas) visit(formula);
  return [...found];
}

const namesIn = (formula: Formula): string[] => [
  ...(formula.kind === 'quantity' ? [formula.name] : []),
  ...(formula.kind === 'iterate' ? ['the parameters'] : []),
  ...(formula.kind === 'loss' ? ['a gradient'] : children(formula).flatMap(namesIn)),
];

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** The sentences about a claim; `optimizer` is the one that it is about. */
export function claimConventions(claim: Claim, optimizer: Optimizer | null): string[] {
  const { loss } = claim.notation;
  const setting = hasOneLoss(claim.setting)
    ? `full batch: every loss is ${loss}`
    : claim.setting === 'mini-batch'
      ? `mini-batch: ${loss}_k is a loss of its own for each k`
      : isMean(claim.setting)
        ? drawnSentence(claim.setting, claim.notation)
        : `one epoch in random order, with the mean ${loss} of its losses`;
  const counting = optimizer?.counting;
  return [
    ...claim.statements.map(
      ({ id, kind, order, mean }) =>
        `${claim.statements.length === 1 ? 'about' : `${id} is about`} ${claim.weak === undefined ? aboutWords(kind, mean) : weakWords(kind)}, up to order ${order ?? claim.order}`,
    ),
    setting,
    ...(isMean(claim.setting) && claim.statements.some(({ mean }) => mean !== undefined)
      ? [meanNote(claim.notation)]
      : []),
    ...weakNotes(claim),
    ...(optimizer && counting && counting.first !== 0
      ? [
          `labels count as the rows of ${optimizer.id} do: ${countingSentence(optimizer.notation, counting, !hasOneLoss(claim.setting))}`,
        ]
      : []),
    ...fieldSentences(claim),
    ...claim.declarations.flatMap(each =>
      each.kind === 'function' && each.body !== null
        ? [`${each.name} is a function of a number; of a vector it is taken component by component`]
        : [],
    ),
    ...(formulasOf(claim).some(formula => mentionsPi(formula, claim)) ? [`${PI} is the number 3.14…`] : []),
    ...claim.statements.flatMap(({ condition }) => (condition ? [conditionSentence(condition)] : [])),
    ...claim.statements.flatMap(({ id, undecided }) =>
      undecided ? [`${id} is read, and not judged: ${undecided}`] : [],
    ),
  ];
}

/** What users take wrongly unless told. */
export function meanNote({ parameters, iteration, index }: Notation): string {
  const current = index === 'subscript' ? `${parameters}_${iteration}` : `${parameters}^{(${iteration})}`;
  return `the mean is one over the batches at a fixed ${parameters}: it is no statement about the mean of ${current}, which depends on the earlier batches`;
}

/** What is judged of a stochastic equation, and what is not. */
export function weakNotes({ weak, notation: { parameters, step } }: Pick<Claim, 'weak' | 'notation'>): string[] {
  if (weak === undefined) return [];
  const { order, noise } = weak;
  const [beyond, size] = [`O(${step}^${order + 1})`, noise === 1 ? ` ${step}` : ' 1'];
  return [
    `what is judged are the moments of one step from a fixed ${parameters}, up to ${beyond} (weak order ${order}, in the sense of Itô): the order over many steps follows from a theorem with bounds that are not checked`,
    noise === 1
      ? `the covariance of one batch is of size 1, so that \\sigma\\sigma^\\top is of size${size}`
      : `the covariance of one batch is declared to be of size 1/${step}, so that \\sigma\\sigma^\\top is of size${size}, with third central moments of size 1/${step} at most`,
    ...(order === 1 && noise === 1
      ? [
          `at weak order 1 noise of this size changes no moment that is judged: any \\sigma of size \\sqrt{${step}} passes`,
        ]
      : []),
  ];
}

/** Which batches the steps use where these are drawn. */
const drawnSentence = (setting: MeanSetting, { loss, batches, iteration }: Notation): string =>
  setting === 'iid'
    ? `each step's batch is drawn by itself, uniformly from a population of losses with the mean ${loss}`
    : `the batches of the steps 0 … ${iteration} are drawn without repetition from a population of ${batches} \\ge ${iteration} + 1 losses with the mean ${loss}`;

const aboutWords = (kind: Statement['kind'], mean: MeanOf | undefined): string =>
  mean === undefined ? kindFacts(kind).words : meanWords(kind, mean);

const weakWords = (kind: Statement['kind']): string =>
  kind === 'flow' ? 'the drift of the stochastic equation' : kindFacts(kind).words;

const meanWords = (kind: Statement['kind'], mean: MeanOf): string => {
  const what = kindFacts(kind).equation === 'map' ? 'the mean of the one-step map' : MEAN_WORDS[mean];
  return kind === 'modified-loss' ? `a modified loss of ${what}` : what;
};

const MEAN_WORDS: Readonly<Record<MeanOf, string>> = {
  equation: 'the mean of the right sides of the equations of all sequences of batches',
  map: 'the field whose flow is the mean of the one-step map',
};

/** The sentence about a condition among those of its claim. */
export function conditionSentence({ text }: Condition): string {
  const words = text.trim();
  return /^component \d+$/.test(words) ? `it is about ${words} alone` : `it holds where ${words}`;
}

const formulasOf = ({ statements, definitions, declarations }: Claim): Formula[] => [
  ...statements.flatMap(({ left, right }) => [left, right]),
  ...definitions.map(({ body }) => body),
  ...declarations.flatMap(each => (each.kind === 'function' && each.body !== null ? [each.body] : [])),
];

const mentionsPi = (formula: Formula, { declarations }: Pick<Claim, 'declarations'>): boolean =>
  (formula.kind === 'parameter' && formula.name === PI && !declarations.some(({ name }) => name === PI)) ||
  children(formula).some(part => mentionsPi(part, { declarations }));

/** Which index of the derivative of a vector is which. */
function fieldSentences(claim: Claim): string[] {
  const vectors = new Set(claim.definitions.filter(({ indices }) => indices.length === 1).map(({ name }) => name));
  const found = new Set<string>();
  const visit = (node: Formula): void => {
    if (node.kind === 'derivative' && node.argument.kind === 'quantity' && vectors.has(node.argument.name))
      found.add(node.argument.name);
    for (const child of children(node)) visit(child);
  };
  formulasOf(claim).forEach(visit);
  const [i, k] = ['i', 'k'];
  return [...found].map(
    name =>
      `the derivative of the vector ${name} is its Jacobian, with the entry \\partial_${k} ${name}_${i} in row ${i} and column ${k}`,
  );
}
