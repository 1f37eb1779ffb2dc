/** Quantities in formulas: what a definition gives, with its letters replaced, at the point where it is taken. */
import { attempt, orRefuse, refuse } from '../../base/problem.ts';
import {
  COMPONENT,
  type Definition,
  type Formula,
  type IndexSort,
  ITERATION,
  type QuantityNode,
} from '../../formula/formula.ts';
import { reachesStep } from '../../formula/reaches-step.ts';
import { constantForm, formKey, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { factorExpression, substituteIndices } from '../core/expression.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { COMPONENT_INDEX, isOpenIndex, ITERATION_INDEX, openIndex, ZERO } from '../core/indices.ts';
import { mapInside } from '../arithmetic/map-inside.ts';
import { mapSeries, type Series } from '../calculus/series.ts';
import { startOf } from '../calculus/shifted-point.ts';
import { wrap } from '../core/template.ts';
import type { FormulaReader } from './from-formula.ts';

/** The series with the current θ taken to the point of a label. */
const atLabel = (series: Series, at: LinearForm): Series =>
  mapSeries(series, value => mapInside(value, leaf => (leaf.at === null ? { ...leaf, at } : leaf)));

/** Whether a label is an index that is still open: the letter of a derivative. */
const isOpen = ({ terms: [first] }: LinearForm): boolean => first !== undefined && isOpenIndex(first[0]);

/** A definition with open indices for its letters. */
interface ReadOnce {
  readonly formals: readonly number[];
  readonly series: Series;
  /** Its labels are not below 0: only then is it known that it is what was read. */
  readonly fromZero: boolean;
}

/** Reads the quantities of a document; each definition is read once, or once for each label where points have labels. */
export class DefinitionReader {
  readonly #reader: FormulaReader;
  readonly #definitions: ReadonlyMap<string, Definition>;
  /** By the definition, and by how it is read. */
  readonly #read = new Map<Definition, Map<string, ReadOnce>>();
  readonly #readAt = new Map<string, Series>();
  readonly #reading = new Set<Definition>();
  readonly #stepped = new Map<Definition, boolean>();

  constructor(reader: FormulaReader) {
    this.#reader = reader;
    this.#definitions = new Map(reader.meaning.definitions.map(d => [d.name, d] as const));
  }

  /** The series of a quantity that a definition gives, or of a state. */
  read(node: QuantityNode, letters: Letters): Series {
    const labels = node.labels.map(label => formOf(label, letters));
    const indices = node.indices.map(index => formOf(index, letters));
    const known = this.#definitions.get(node.name);
    if (known === undefined) {
      const state = this.#reader.meaning.quantity?.(node, labels, indices, this.#reader.order) ?? null;
      return state ?? refuse('undefined-name', `${node.name} is not defined`, node.span);
    }
    const at = this.#labelOfPoint(node, letters);
    if (known.indices.length !== indices.length || known.labels.length !== labels.length) {
      return refuse(
        'wrong-indices',
        `${node.name} is used with other indices or labels than it is defined with`,
        node.span,
      );
    }
    const [label] = labels;
    if (known.recursion !== undefined && label !== undefined && !this.#isExpanded(label)) {
      const { id } = known.recursion;
      if (this.#hasStep(known))
        return refuse('defined-by-recursion', `${known.name} is defined by a recursion with h in it`, node.span);
      const component = indices[0] ?? null;
      return [factorExpression({ kind: 'recursive', id, name: known.name, component, label, coordinates: [], at })];
    }
    if (this.#reader.meaning.readAtLabels === true) {
      const here = this.#definitionAt(known, indices, labels, letters, node);
      return at === null ? here : atLabel(here, at);
    }
    const { formals, series, fromZero } = this.#definition(known, node);
    if (fromZero && labels.some(each => this.#reader.assumptions.indices.low(each) < 0))
      return refuse(
        'exponent-not-covered',
        `${known.name} has a power of what is not known to be positive at this label`,
        node.span,
      );
    // A definition that does not name n or j among its letters takes them from where it is used.
    const inherited = this.#reader.passed.filter(letter => ![...known.indices, ...known.labels].includes(letter));
    const map = new Map([...indices, ...labels].map((form, i) => [formals[i] ?? 0, form] as const));
    for (const letter of inherited)
      map.set(letter === ITERATION ? ITERATION_INDEX : COMPONENT_INDEX, letters.get(letter) ?? constantForm(0));
    const here = mapSeries(series, value => substituteIndices(value, map));
    return at === null ? here : atLabel(here, at);
  }

  /** Whether a value of a recursion at this label, n + 1 or later, is written by the one before. */
  #isExpanded({ constant, terms }: LinearForm): boolean {
    const [only, second] = terms;
    const isNext = constant > 0 && only?.[0] === ITERATION_INDEX && only[1] === 1 && second === undefined;
    return isNext && this.#reader.meaning.stepsOfRecursions === true;
  }

  /** A value of a recursion is a factor without h. */
  #hasStep(known: Definition): boolean {
    const { definitions, declarations } = this.#reader.meaning;
    const names = { definitions, declarations };
    const found =
      this.#stepped.get(known) ??
      (reachesStep(known.body, names) || (known.recursion !== undefined && reachesStep(known.recursion.start, names)));
    this.#stepped.set(known, found);
    return found;
  }

  /** The value of a definition with these indices and labels, read with them in place. */
  #definitionAt(
    known: Definition,
    indices: readonly LinearForm[],
    labels: readonly LinearForm[],
    letters: Letters,
    at: Formula,
  ): Series {
    const forms = [...indices, ...labels];
    const scope = new Map([
      ...this.#reader.roles,
      ...this.#reader.passed.map(letter => [letter, letters.get(letter) ?? constantForm(0)] as const),
      ...[...known.indices, ...known.labels].map((letter, i) => [letter, forms[i] ?? constantForm(0)] as const),
    ]);
    const key = `${known.name}|${[...scope.values()].map(form => formKey(form, String)).join('|')}|${this.#reader.assumptions.indices.key}|${this.#reader.mode}`;
    const before = this.#readAt.get(key);
    if (before !== undefined) return before;
    if (this.#reading.has(known)) return refuse('definition-cycle', `${known.name} is defined through itself`, at.span);
    this.#reading.add(known);
    const body = this.#reader.series(known.body, scope);
    this.#reading.delete(known);
    const series = this.#reader.meaning.wrapDefinitions === false ? body : mapSeries(body, wrap);
    if (this.#reader.isUsual) this.#reader.meaning.onDefinition?.(known, labels, series);
    this.#readAt.set(key, series);
    return series;
  }

  /** The body of a definition with open indices for its formal letters. */
  #definition(known: Definition, at: Formula): ReadOnce {
    const all = this.#read.get(known) ?? new Map<string, ReadOnce>();
    this.#read.set(known, all);
    const before = all.get(this.#reader.mode);
    if (before !== undefined) return before;
    if (this.#reading.has(known)) return refuse('definition-cycle', `${known.name} is defined through itself`, at.span);
    // n and j stand for themselves, so that θ^{(n−1)} is known as the previous point; other letters get open indices.
    const formalOf = (letter: string, sort: IndexSort): number =>
      letter === ITERATION && this.#reader.meaning.epoch !== true
        ? ITERATION_INDEX
        : letter === COMPONENT
          ? COMPONENT_INDEX
          : openIndex(sort);
    const names = [...known.indices, ...known.labels];
    const formals = names.map((letter, i) =>
      formalOf(letter, i < known.indices.length ? (known.indexSorts[i] ?? 'coordinate') : 'history'),
    );
    const letters = new Map([
      ...this.#reader.roles,
      ...names.map((letter, i) => [letter, variableForm(formals[i] ?? 0)] as const),
    ]);
    // Its letters, n among them, may be given any label where it is used.
    const read = (facts: IndexFacts): Series => {
      this.#reading.add(known);
      try {
        return this.#reader.under(facts, () => this.#reader.series(known.body, letters));
      } finally {
        this.#reading.delete(known);
      }
    };
    const own = attempt(() => read(IndexFacts.NONE));
    const fromZero = !own.ok && own.problems.some(({ code }) => code === 'exponent-not-covered');
    const counts = formals.slice(known.indices.length).map(right => ({ left: ZERO, right, bound: 0 }));
    const body = fromZero ? read(IndexFacts.NONE.with(counts)) : orRefuse(own);
    const series = this.#reader.meaning.wrapDefinitions === false ? body : mapSeries(body, wrap);
    const result = { formals, series, fromZero };
    all.set(this.#reader.mode, result);
    return result;
  }

  /** The label of the point that a quantity is taken at, null for the current one; labels only where points have them. */
  #labelOfPoint(node: QuantityNode, letters: Letters): LinearForm | null {
    if (node.at === null) return null;
    const component = openIndex('coordinate');
    const series = this.#reader.series(node.at.body, new Map(letters).set(node.at.index, variableForm(component)));
    const start = series.length === 1 ? startOf(series, component) : null;
    if (start === null || (start.at !== null && this.#reader.meaning.readAtLabels !== true && !isOpen(start.at)))
      return refuse('other-point', `${node.name} must be taken at the current point`, node.span);
    return start.at;
  }
}
