/** A counterexample worked out in numbers, as plain text: the named quantities, then both sides term by term. */
import type { WorkedExample, WorkedQuantity, WorkedSide } from '../../judge/work-out.ts';
import { inkFor, writeLeftSide } from '../../latex/write/write-formula.ts';
import { writeLines } from '../../latex/write/write-lines.ts';
import type { Notation } from '../../optimizer/model.ts';
import { padEnd, padStart, textWidth } from '../text/wrap.ts';

const VALUE_WIDTH = 16;

export function workedText(worked: WorkedExample, notation: Notation, width: number): string[] {
  const { power, n, component, quantities, claimed, derived } = worked;
  const where = [
    ...(power === null ? [] : [`the coefficient of ${notation.step}^${power}`]),
    ...(component === null ? [] : [`component ${component}`]),
    `${notation.iteration} = ${n}`,
  ].join(', ');
  const isIdentity = power === null;
  return [
    `  worked out there: ${where}`,
    ...(quantities.length > 0 ? quantityLines(quantities, notation, isIdentity) : []),
    ...sideLines(isIdentity ? 'right side' : 'claimed', claimed, notation, width),
    ...(derived === null ? [] : sideLines(isIdentity ? 'left side' : 'derived', derived, notation, width)),
    ...partLines(worked, notation),
  ];
}

function quantityLines(quantities: readonly WorkedQuantity[], notation: Notation, isIdentity: boolean): string[] {
  const names = quantities.map(({ definition }) => writeLeftSide(definition, notation, 'text').left.text);
  const first = Math.max(...names.map(textWidth), 8);
  const heading = isIdentity ? 'value' : 'claimed';
  const rows = quantities.map(({ claimed, derived, agrees }, at) => {
    const mark = agrees === false ? '  differs' : '';
    const second = isIdentity ? '' : padStart(derived ?? '-', VALUE_WIDTH + 2);
    return `    ${padEnd(names[at] ?? '', first)}${padStart(claimed ?? '-', VALUE_WIDTH + 2)}${second}${mark}`;
  });
  const head = `    ${padEnd('', first)}${padStart(heading, VALUE_WIDTH + 2)}${isIdentity ? '' : padStart('derived', VALUE_WIDTH + 2)}`;
  return [head, ...rows];
}

function sideLines(name: string, { terms, total }: WorkedSide, notation: Notation, width: number): string[] {
  const lines = terms.flatMap(({ formula, negative, value, isShared }) => {
    const ink = inkFor([formula], notation, 'text');
    const margins = { width: Math.max(30, width - VALUE_WIDTH - 10), first: 2, indent: 2 };
    const written = writeLines(formula, ink, margins).map(({ indent, text }, at) =>
      at === 0 ? `${negative ? '-' : '+'} ${text}` : '  '.repeat(indent + 1) + text,
    );
    return written.map((line, at) =>
      at === 0
        ? `    ${padStart(value, VALUE_WIDTH)}${isShared ? '  ' : ' *'}  ${line}`
        : `    ${' '.repeat(VALUE_WIDTH + 4)}${line}`,
    );
  });
  return [`  ${name}`, ...lines, `    ${padStart(total, VALUE_WIDTH)}    in all`];
}

/** Where the sides part, in a sentence. */
function partLines({ quantities, claimed, derived }: WorkedExample, notation: Notation): string[] {
  const wrong = quantities
    .filter(({ agrees }) => agrees === false)
    .map(({ definition }) => writeLeftSide(definition, notation, 'text').left.text);
  const starred = [...claimed.terms, ...(derived?.terms ?? [])].some(({ isShared }) => !isShared);
  return [
    ...(wrong.length > 0 ? [`  They part at the value of ${wrong.join(', ')}.`] : []),
    ...(derived !== null && starred ? ['  * no term of the other side has this value'] : []),
  ];
}
