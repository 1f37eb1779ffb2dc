/**
 * The trace of a proof for a terminal: what checking it again has seen, the sides as they were read and derived, each step with
 * its rule and what it gave, its lemmas under it.
 */
import { isBound, isSlot } from '../../expression/core/indices.ts';
import * as build from '../../formula/build.ts';
import type { Rechecked } from '../../judge/check/recheck-statement.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { Proof, ProofStep, SignOf } from '../../prove/trace.ts';
import { ExpressionText } from '../text/expression-text.ts';
import { harmless } from '../text/paint.ts';
import { hanging, textWidth } from '../text/wrap.ts';

const INDENT = '  ';
const GOALS = { zero: 'is zero', sign: 'has its sign', limit: 'has the limit', series: 'has these terms' } as const;

/** The lines of what was seen and of every proof. */
export function proofText({ record, ...seen }: Rechecked, notation: Notation, width: number): string[] {
  const letters = [...record.scope].flatMap(([letter, { terms }]) =>
    terms.flatMap(([index]) => (isBound(index) || isSlot(index) ? [] : [[index, build.index(letter)] as const])),
  );
  const writer = new Writer(new ExpressionText(notation, new Map(letters)), width);
  return [
    ...writer.lines(INDENT, 'checked again:', summary(seen)),
    ...record.sides.flatMap(({ what, side, expression }) =>
      writer.lines(INDENT, `${side === 'claimed' ? 'as read' : 'left side'}, ${what}:`, writer.texts.text(expression)),
    ),
    ...record.proofs.flatMap(proof => writer.proof(proof, INDENT, '')),
    ...writer.names(),
  ];
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function summary({ steps, compared, read, followed, unseen, lost, broken }: Omit<Rechecked, 'record'>): string {
  const parts = [
    `${counted(steps, 'step')} at ${counted(compared, 'point')}`,
    `${counted(read, 'value')} of the two sides beside the formulas`,
    ...(followed > 0 ? [`the derivation beside the optimizer from ${counted(followed, 'point')}`] : []),
    ...Object.entries(lost).map(([rule, points]) => `“${rule}” loses a value at ${counted(points, 'point')}`),
    ...(unseen.length > 0 ? [`nothing is known of ${unseen.join('; ')}`] : []),
  ];
  const end = broken === null ? '' : `; broken: ${broken.rule} (${broken.where}): ${broken.reason}`;
  return parts.join(', ') + end;
}

class Writer {
  readonly texts: ExpressionText;
  readonly #width: number;

  constructor(texts: ExpressionText, width: number) {
    this.texts = texts;
    this.#width = width;
  }

  /** On one line where it fits; else the head, and the text below it. */
  lines(indent: string, head: string, text: string): string[] {
    const shown = harmless(text);
    const whole = `${indent}${head} ${shown}`;
    if (textWidth(whole) <= this.#width) return [whole];
    return [...hanging(indent, head, this.#width), ...hanging(`${indent}${INDENT}${INDENT}`, shown, this.#width)];
  }

  proof({ goal, what, start, steps }: Proof, indent: string, number: string): string[] {
    const head = `${number === '' ? '' : `lemma ${number}, `}${what === '' ? '' : `${what}, `}to show that this ${GOALS[goal]}:`;
    return [
      ...this.lines(indent, head, this.texts.text(start)),
      ...(steps.length === 0 ? [`${indent}${INDENT}nothing is left: the normal forms are the same`] : []),
      ...steps.flatMap((step, at) => this.#step(step, at + 1, number, indent + INDENT)),
    ];
  }

  #step({ rule, after, relation, lemmas }: ProofStep, at: number, prefix: string, indent: string): string[] {
    const head = `${at}. ${rule}`;
    const inner = lemmas.flatMap((lemma, k) =>
      this.proof(lemma, indent + INDENT, `${prefix === '' ? '' : `${prefix}.`}${at}.${k + 1}`),
    );
    switch (relation.kind) {
      case 'equal':
        return [...this.lines(indent, `${head}: =`, this.texts.text(after)), ...inner];
      case 'recursion': {
        const ratio = this.texts.text(relation.ratio);
        return [...this.lines(indent, `${head}: with a(n+1) − (${ratio}) a(n) =`, this.texts.text(after)), ...inner];
      }
      case 'same-sign':
        return [...this.lines(indent, `${head}: has the sign of`, this.texts.text(after)), ...inner];
      case 'limit':
      case 'growth':
      case 'toeplitz':
      case 'tannery':
        return [...this.lines(indent, `${head}: →`, this.texts.text(after)), ...inner];
      case 'series': {
        const terms = relation.terms.map(({ power, coefficient }) => `σ^${power}: ${this.texts.text(coefficient)}`);
        return this.lines(indent, `${head} through σ^${relation.through}:`, terms.join('; '));
      }
      case 'times': {
        const factors = relation.factors.map(factor => `(${this.texts.text(factor)})`).join(' ');
        return [
          ...this.lines(indent, `${head}, times`, factors),
          ...this.lines(indent + INDENT, '=', this.texts.text(after)),
          ...inner,
        ];
      }
      case 'sign': {
        const { strict, where, exactly } = relation;
        const sign = (each: SignOf): string => `${this.texts.text(each.gap)} ${each.strict ? '>' : '≥'} 0`;
        const given = where.length === 0 ? '' : ` where ${where.map(sign).join(', ')}`;
        const only = exactly === null ? '' : ` exactly where ${sign(exactly)}`;
        return this.lines(indent, `${head}:`, `${strict ? '> 0' : '≥ 0'}${given}${only}`);
      }
    }
  }

  names(): string[] {
    const { names, more } = this.texts.names();
    return [
      ...names.flatMap(({ head, body }, at) =>
        this.lines(`${INDENT}${at === 0 ? 'where ' : '      '}`, `${head} =`, body),
      ),
      ...(more > 0 ? [`${INDENT}      and ${more} more`] : []),
    ];
  }
}
