/** A LaTeX editor by CodeMirror: colours, history, marks under what is wrong. Tab leaves it, so that the keyboard gets on. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { stex } from '@codemirror/legacy-modes/mode/stex';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Mark, PageEdit } from '../protocol.ts';

export interface EditorOptions {
  readonly label: string;
  readonly hint: string;
  readonly onChange: () => void;
  /** Ctrl-Enter. */
  readonly onSubmit: () => void;
}

export class Editor {
  readonly #view: EditorView;
  #isSetting = false;

  constructor(parent: HTMLElement, { label, hint, onChange, onSubmit }: EditorOptions) {
    const submit = (): boolean => {
      onSubmit();
      return true;
    };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          lintGutter(),
          StreamLanguage.define(stex),
          syntaxHighlighting(classHighlighter),
          EditorView.lineWrapping,
          placeholder(hint),
          keymap.of([{ key: 'Mod-Enter', run: submit }, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
          EditorView.updateListener.of(update => {
            if (update.docChanged && !this.#isSetting) onChange();
          }),
        ],
      }),
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Another text, of which `onChange` is not told. */
  set text(text: string) {
    if (text === this.text) return;
    this.#isSetting = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#isSetting = false;
  }

  /** Edits by someone else than the writer, who can undo them. */
  apply(edits: readonly PageEdit[]): void {
    const { length } = this.#view.state.doc;
    const changes = edits
      .filter(({ from, to }) => from >= 0 && to <= length)
      .map(({ from, to, text }) => ({ from, to, insert: text }));
    this.#view.dispatch({ changes });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  mark(marks: readonly Mark[]): void {
    const { length } = this.#view.state.doc;
    const diagnostics = marks
      .filter(({ from }) => from >= 0 && from <= length)
      .map(({ from, to, severity, message }) => ({ from, to: Math.min(to, length), severity, message }));
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }
}
