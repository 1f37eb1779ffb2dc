/** The rows of an optimizer as its author typed them, brought to the reader's names and labels, over all its displays. */
import { attempt } from '../../base/problem.ts';
import type { Piece } from '../../latex/display/display.ts';
import { trim } from '../../latex/display/display-tokens.ts';
import { parseLetter } from '../../latex/layout/canonical-name.ts';
import type { Span } from '../../base/span.ts';
import type { Token } from '../../latex/notation/token.ts';
import { tokenizeText } from '../../latex/notation/tokenize.ts';
import type { Notation } from '../../optimizer/model.ts';
import {
  labelsFromArguments,
  mergeNumbers,
  mergeWordScripts,
  numberedNames,
  withOneComponent,
  withOneLabel,
} from './author-names.ts';
import {
  letterEnd,
  mergeAverages,
  mergeIncrements,
  parenthesiseLabels,
  withLabelBeforeFirst,
  withLabelsOfStarts,
} from './author-tokens.ts';
import { ignoringCases, withoutCases } from './cases-values.ts';
import { piecesOf, tokensAt } from './display-text.ts';
import { withComposedLetters, withoutSameRows } from './composed/letters.ts';
import { withLabelsAbove } from './composed/mixed-labels.ts';
import { withBatchMeans } from './composed/batch-means.ts';
import { withBracedValues } from './habits/braced-values.ts';
import { withoutColumns } from './composed/columns.ts';
import { withoutCompoundAssignments } from './habits/compound-assignments.ts';
import { wordsMade, withBareFunctions } from './names/bare-words.ts';
import { madeOfSteps, withNumbersOfSteps } from './names/label-or-factor.ts';
import { withoutDiagonals } from './habits/diagonal.ts';
import { withIterationLabels } from './names/formal-labels.ts';
import { withoutProximalMaps } from './habits/proximal-steps.ts';
import { withoutFirstCases } from './habits/first-case.ts';
import {
  withoutBracketLabels,
  withoutFractionalLabels,
  withoutLabelsBelowNumbers,
  withoutParametersBelow,
  withoutParenthesesBelow,
  withPowersOfLabelled,
} from './names/labels.ts';
import { withGradientArguments, withLossArguments, withoutSampledNabla } from './names/gradient-arguments.ts';
import { withoutFunctionRows } from './names/row-functions.ts';
import { withLabelsOfAssigned } from './names/assigned-states.ts';
import { withLabelsOfPoints, withTimesAsLabels } from './names/point-arguments.ts';
import { withGradientsOfSets } from './names/subgradients.ts';
import { withUnbiasedGradients } from './names/unbiased-gradients.ts';
import { refuseFamilies } from './composed/families.ts';
import { withNamesBelow, withNumbersInNames } from './names/number-and-label.ts';
import { withSequencesApart } from './composed/declared-sequences.ts';
import { withUnlabelledNames } from './names/unlabelled-names.ts';
import { withComponentScripts } from './names/component-scripts.ts';
import { withPlainComponents } from './names/components.ts';
import { nablasMade, withNablaNames } from './names/nabla-names.ts';
import { withLoneIncrement } from './habits/lone-increment.ts';
import { withoutColonRange, withoutLoops, withoutTuples, withStartsTurned } from './habits/rows-of-programs.ts';
import { withSquaredStates } from './names/squared-states.ts';
import { countingFromOne, withoutFreeStarts, withoutRemarks } from './beside/remarks.ts';
import { withoutBranches } from './beside/branches.ts';
import { withoutTitles } from './beside/titles.ts';
import { tablesIn, withoutTables, withPointsOfDerivatives } from './habits/tables.ts';
import { mergePrimes, mergeSuperscripts, primedName, superscriptName } from './names/scripted-names.ts';
import { componentOfLefts, type LabelStyle, labelStyleOf, shiftedLetters, summedLabels } from './label-style.ts';
import { withFreeTime, withLabels } from '../annotation/notation-line.ts';
import type { Entry, Outline } from '../annotation/entry.ts';
import { mergeUpright, mergeWords } from './several-letters.ts';
import { newNames, withStepLabels } from './word-labels.ts';

/** What is known of a file before its rows are read. */
type Known = Pick<Outline, 'text' | 'macros' | 'notation' | 'given'>;

/** The pieces of all displays, with the names of several letters made one. */
function typedRows(
  { body, more }: Entry,
  known: Known,
  notation: Notation,
  isFirstLook = false,
  numbers: ReadonlySet<string> = new Set(),
): Piece[] {
  const usual = withComponentScripts(
    [body, ...more].map(span => {
      const tokens = withComposedLetters(withBatchMeans(tokensAt(span, known), notation), notation);
      return withPlainComponents(usualTokens(tokens, notation, numbers), notation);
    }),
    notation,
  );
  const nablas = nablasMade(usual, notation);
  const spelled = usual.map(tokens =>
    withTimesAsLabels(mergeWords(withNablaNames(tokens, nablas, notation), notation), notation),
  );
  const names = new Set([...numbers, ...spelled.flatMap(tokens => wordsMade(tokens, numbers))]);
  const displays = spelled.map(typed => withBareFunctions(mergeUpright(typed, names)));
  const tables = tablesIn(displays, notation);
  const pieces = displays.flatMap(display => {
    const words = mergeAverages(withoutTables(display, tables, notation));
    const sampled = withoutSampledNabla(
      withGradientArguments(withLossArguments(words, notation), notation, numbers),
      notation,
    );
    const tokens = mergeWordScripts(withPowersOfLabelled(sampled), notation.parameters);
    return piecesOf(isFirstLook ? ignoringCases(tokens) : withoutCases(tokens, notation), notation);
  });
  const own = withoutSameRows(withoutTuples(withBracedValues(pieces, notation)), notation);
  const rows = own.map(changed(tokens => withoutParametersBelow(tokens, notation)));
  return withStartsTurned(withoutProximalMaps(rows, notation.component), notation.parameters);
}

/** Habits of authors that are the same whatever the names and labels are. */
function usualTokens(typed: readonly Token[], notation: Notation, numbers: ReadonlySet<string>): Token[] {
  const { parameters, iteration } = notation;
  const { tokens, first } = withoutFreeStarts(
    withoutRemarks(withoutTitles(withoutBranches(withoutLoops(withoutColumns(withoutColonRange(typed, iteration)))))),
    parameters,
  );
  const counted = first === 1 ? countingFromOne(tokens, iteration) : tokens;
  const single = withUnbiasedGradients(withGradientsOfSets(withoutCompoundAssignments(counted), notation));
  const plain = withoutDiagonals(single, name => numbers.has(name));
  return withoutFirstCases(
    withoutFractionalLabels(withoutParenthesesBelow(withoutLabelsBelowNumbers(withoutBracketLabels(plain)))),
  );
}

/** The rows as they were seen at a first look, with all that this depends on. */
interface Look {
  readonly more: Entry['more'];
  readonly macros: Known['macros'];
  readonly notation: Notation;
  readonly rows: readonly Piece[] | null;
}

/** First looks by the place of the first display: an optimizer is looked at for its labels, its letters and the displays behind it. */
const looks = new WeakMap<Span, Look[]>();

/** The rows at a first look; null where they cannot be cut. */
function firstLook(entry: Entry, known: Known, notation: Notation): readonly Piece[] | null {
  const { body, more } = entry;
  const seen = looks.get(body) ?? [];
  const found = seen.find(
    look => look.macros === known.macros && isSame(look.more, more) && isSameNotation(look.notation, notation),
  );
  if (found) return found.rows;
  const rows = attempt(() => typedRows(entry, known, notation, true));
  const look = { more, macros: known.macros, notation, rows: rows.ok ? rows.value : null };
  looks.set(body, [...seen, look]);
  return look.rows;
}

const isSame = (one: readonly Span[], other: readonly Span[]): boolean =>
  one.length === other.length && one.every((span, at) => span === other[at]);

const isSameNotation = (one: Notation, other: Notation): boolean =>
  one === other || isSameText(Object.entries(one), Object.entries(other));

const isSameText = (one: readonly [string, string][], other: readonly [string, string][]): boolean =>
  one.length === other.length && one.every(([name, text]) => other.some(each => each[0] === name && each[1] === text));

/** How the rows of an optimizer label their values; null where that is not sure, or nothing can be made of it. */
export function styleOfRows(entry: Entry, known: Known): LabelStyle | null {
  const { notation } = known;
  const rows = firstLook(entry, known, notation);
  const parameters = parseLetter(notation.parameters)?.core ?? notation.parameters;
  return rows === null ? null : labelStyleOf(sidesOf(rows), parameters);
}

const sidesOf = (rows: readonly Piece[]): (readonly Token[])[] => rows.flatMap(({ left, right }) => [left, right]);

/** The rows as a first look sees them, for whoever asks only what they make; null where they cannot be cut. */
export const rowsAsTyped = (entry: Entry, known: Known): readonly Piece[] | null =>
  firstLook(entry, known, known.notation);

/** The notation of an optimizer: that of the file, with labels as its own rows have them where the file does not say. */
export function notationOfRows(entry: Entry, known: Known): Notation {
  const style = styleOfRows(entry, known) ?? programStyle(entry, known);
  const labelled = (style && withLabels(style, known.given, known.text)) ?? known.notation;
  const rows = firstLook(entry, known, labelled) ?? [];
  const lefts = rows.map(({ left }) => left);
  // FISTA's t_{k+1} = … is a sequence of numbers, not the time.
  const makesTime = lefts.some(left => trim(left)[0]?.text === labelled.time && trim(left)[1]?.kind === 'subscript');
  const notation = makesTime && !known.given.has('time') ? withFreeTime(labelled, known.text) : labelled;
  if (known.given.has('component')) return notation;
  const component = componentOfLefts(lefts, notation.iteration);
  const { component: _own, ...others } = notation;
  const sides = sidesOf(rows);
  const isFree =
    component !== null &&
    !Object.values(others).includes(component) &&
    !shiftedLetters(sides).has(component) &&
    !summedLabels(sides, notation.iteration).has(component);
  return isFree ? { ...notation, component } : notation;
}

/** Rows without labels in which the letter of the time stands, as in 1-\beta^t, and that of the iteration does not: it counts the steps. */
function programStyle(entry: Entry, { macros, notation, given }: Known): LabelStyle | null {
  if (given.has('iteration') || given.has('time')) return null;
  const { iteration: own, time: letter } = notation;
  const tokens = [entry.body, ...entry.more].flatMap(span => tokensAt(span, { macros }));
  const found = tokens.find(({ text }) => text === letter);
  if (!found || tokens.some(({ text }) => text === own)) return null;
  return { letter, style: 'superscript', span: found.span };
}

/** The rows with the labels and names that the reader knows. `numbers` are the declared hyperparameters. */
export function authorRows(entry: Entry, known: Known, numbers: ReadonlySet<string>): Piece[] {
  const { notation } = known;
  refuseFamilies(
    [entry.body, ...entry.more].map(span => tokensAt(span, known)),
    notation,
  );
  const typed = withLabelsOfPoints(typedRows(entry, known, notation, false, numbers), notation);
  let rows = withoutFunctionRows(typed, notation, numbers);
  const [increment] = rows.flatMap(({ left }) => incrementOf(left));
  if (increment !== undefined && !numbers.has(increment))
    rows = rows.map(changed(tokens => mergeIncrements(tokens, increment)));
  const style = styleOfRows(entry, known)?.style;
  if (style === 'superscript' || style === 'bare') rows = withLabelsAbove(rows, notation);
  if (style === 'bare') {
    rows = rows.map(row => withLabelsOfStarts({ ...row, left: withLabelBeforeFirst(row.left) }, notation.parameters));
    rows = rows.map(changed(tokens => parenthesiseLabels(tokens, notation.iteration, numbers)));
  }
  const functions = new Set([...numbers, notation.loss, notation.step, notation.iteration]);
  if (style === 'argument') {
    rows = rows.map(changed(tokens => withPointsOfDerivatives(tokens, notation)));
    rows = rows.map(changed(tokens => labelsFromArguments(tokens, notation.iteration, functions, notation.step)));
  }
  if (style !== 'argument') {
    const made = madeOfSteps(
      rows.map(({ left }) => left),
      notation,
    );
    rows = rows.map(changed(tokens => withNumbersOfSteps(tokens, notation, numbers, made)));
  }
  if (style === 'subscript')
    rows = withLabelsOfAssigned(
      withUnlabelledNames(withSequencesApart(withNumbersInNames(rows, notation, numbers), notation, numbers), notation),
      notation,
    );
  if (style === undefined) rows = withNamesBelow(rows, notation);
  rows = withIterationLabels(rows, notation);
  const once = withOneComponent(notation.component);
  rows = rows.map(changed(once));
  const numbered = numberedNames(sidesOf(rows), notation, numbers);
  if (numbered.size > 0) rows = rows.map(changed(tokens => mergeNumbers(tokens, numbered)));
  const oneLabel = withOneLabel(sidesOf(rows), notation.iteration);
  if (oneLabel) rows = rows.map(changed(oneLabel));
  const primed = new Set(rows.flatMap(({ left }) => primedName(left)));
  if (primed.size > 0 && !updatesPrimed(rows, notation))
    rows = rows.map(changed(tokens => mergePrimes(tokens, primed)));
  if (style === 'subscript') rows = withSquaredStates(rows, notation.iteration, functions);
  const powers = style === 'subscript' ? rows.flatMap(({ left }) => superscriptName(left, notation.iteration)) : [];
  if (powers.length > 0) rows = rows.map(changed(tokens => mergeSuperscripts(tokens, powers)));
  const sides = rows.flatMap(({ left, right }) => [{ tokens: left }, { tokens: right }]);
  const names = newNames(sides, updatesPrimed(rows, notation));
  const iteration = tokenizeText(notation.iteration);
  const labelled = names.size === 0 ? rows : rows.map(changed(tokens => withStepLabels(tokens, names, iteration)));
  return withLoneIncrement(labelled, notation);
}

const changed =
  (change: (tokens: readonly Token[]) => Token[]) =>
  (piece: Piece): Piece => ({
    ...piece,
    left: change(piece.left),
    right: change(piece.right),
    condition: piece.condition && change(piece.condition),
  });

/** \Delta of a left side \Delta x_t. */
function incrementOf(left: readonly Token[]): string[] {
  const [first, ...rest] = trim(left);
  const isName = first !== undefined && /^\\(?:Delta|delta|d)$/.test(first.text) && letterEnd(trim(rest), 0) !== null;
  return isName ? [first.text] : [];
}

/** \theta' = \theta - …, where no row makes \theta itself. */
function updatesPrimed(rows: readonly Piece[], { parameters }: Notation): boolean {
  const letter = tokenizeText(parameters)
    .map(({ text }) => text)
    .join('');
  const lefts = rows.map(({ left }) =>
    trim(left)
      .map(({ text }) => text)
      .join(''),
  );
  return lefts.includes(`${letter}'`) && !lefts.includes(letter);
}
