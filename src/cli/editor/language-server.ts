/** The language server: open documents are judged in a worker while they are typed, and what is known of them is answered. */
import { fileURLToPath } from 'node:url';
import { type CodeAction, createConnection, type Location, TextDocumentSyncKind } from 'vscode-languageserver/node.js';
import { builtInOptimizer, openFile } from '../../files/documents/load.ts';
import { holdTexts } from '../../files/documents/read-source.ts';
import { VERSION } from '../../base/version.ts';
import { editsIn } from '../../document/annotate/place.ts';
import { proposeComments } from '../../document/annotate/propose.ts';
import type { Derives } from '../../document/annotate/world.ts';
import { LiveCheck, type LiveOptions, type LiveState } from '../../session/live-check.ts';
import type { RunCheck } from '../context.ts';
import { entryAt } from './entry-at.ts';
import { nameUses, sameUses, useAt } from './names-at.ts';
import { claimHover, diagnosticsOf, locationOf, optimizerHover, protocolRange, repairsOf, uriOf } from './shown.ts';

/** How long nothing is typed before claims are judged. */
const QUIET_MILLISECONDS = 400;

interface Open {
  readonly file: string;
  text: string;
  state: LiveState | null;
  /** The text that the state is of. */
  judged: string;
  stop: AbortController;
  timer: NodeJS.Timeout | undefined;
  /** Files that have diagnostics of this one. */
  shown: ReadonlySet<string>;
}

type Position = { readonly line: number; readonly character: number };

/** Serves one editor until it says goodbye. */
export function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  run: RunCheck,
  options: LiveOptions,
  derives: Derives,
): Promise<void> {
  const connection = createConnection(input, output);
  const live = new LiveCheck(run, options);
  const open = new Map<string, Open>();
  const texts = (): Record<string, string> =>
    Object.fromEntries([...open.values()].map(({ file, text }) => [file, text]));

  const show = (document: Open, state: LiveState): void => {
    const found = diagnosticsOf(state);
    const files = new Set([document.file, ...found.keys()]);
    for (const file of [...document.shown].filter(each => !files.has(each)))
      void connection.sendDiagnostics({ uri: uriOf(file), diagnostics: [] });
    for (const file of files) void connection.sendDiagnostics({ uri: uriOf(file), diagnostics: found.get(file) ?? [] });
    document.shown = files;
  };

  const judge = async (document: Open): Promise<void> => {
    document.stop.abort();
    const stop = new AbortController();
    document.stop = stop;
    const { text } = document;
    try {
      await live.judge(
        [document.file],
        texts(),
        state => {
          if (stop.signal.aborted) return;
          document.state = state;
          document.judged = text;
          show(document, state);
          for (const failure of state.failures) connection.console.error(`modeq: internal error: ${failure}`);
        },
        stop.signal,
      );
    } catch (error) {
      connection.console.error(`modeq: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const changed = (uri: string, text: string): void => {
    if (!uri.startsWith('file:')) return;
    const known = open.get(uri);
    const document: Open = known ?? {
      ...{ file: fileURLToPath(uri), text, state: null, judged: '', stop: new AbortController(), timer: undefined },
      shown: new Set(),
    };
    document.text = text;
    open.set(uri, document);
    document.stop.abort();
    clearTimeout(document.timer);
    document.timer = setTimeout(() => void judge(document), known === undefined ? 0 : QUIET_MILLISECONDS);
  };

  /** What is known of a document whose text is the one that is shown. */
  const stateOf = (uri: string): { readonly document: Open; readonly state: LiveState } | null => {
    const document = open.get(uri);
    return document?.state && document.judged === document.text ? { document, state: document.state } : null;
  };

  connection.onInitialize(() => ({
    serverInfo: { name: 'modeq', version: VERSION },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Full,
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix', 'source'], resolveProvider: true },
    },
  }));
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => changed(uri, text));
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    const last = contentChanges.at(-1);
    if (last !== undefined) changed(uri, last.text);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const document = open.get(uri);
    if (document === undefined) return;
    document.stop.abort();
    clearTimeout(document.timer);
    open.delete(uri);
    for (const file of document.shown) void connection.sendDiagnostics({ uri: uriOf(file), diagnostics: [] });
  });

  connection.onHover(({ textDocument: { uri }, position }) => {
    const known = stateOf(uri);
    if (known === null) return null;
    const { document, state } = known;
    const offset = offsetOf(document.text, position);
    const spanned = state.claims.map(each => ({ ...each, span: each.claim.span }));
    const optimizers = state.documents.flatMap(each => each.optimizers);
    const claim = entryAt(spanned, document.file, offset);
    const rule = entryAt(optimizers, document.file, offset);
    const isRule = rule !== null && (claim === null || rule.span.start < claim.span.start);
    const value = isRule ? optimizerHover(rule) : claim === null ? null : claimHover(claim);
    const span = isRule ? rule.span : claim?.span;
    return value === null || span === undefined
      ? null
      : { contents: { kind: 'markdown', value }, range: protocolRange(span) };
  });

  const usesAt = (uri: string, position: Position) => {
    const known = stateOf(uri);
    if (known === null) return null;
    const { document, state } = known;
    const uses = nameUses(state.documents, builtInOptimizer);
    const use = useAt(uses, document.file, offsetOf(document.text, position));
    return use === null ? null : { uses, use };
  };
  connection.onDefinition(({ textDocument: { uri }, position }): Location | null => {
    const found = usesAt(uri, position);
    return found === null || found.use.made === null ? null : locationOf(found.use.made);
  });
  connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }): Location[] => {
    const found = usesAt(uri, position);
    if (found === null) return [];
    return sameUses(found.uses, found.use)
      .filter(({ span, made }) => includeDeclaration || made?.start !== span.start || made.end !== span.end)
      .map(({ span }) => locationOf(span));
  });

  connection.onCodeAction(({ textDocument: { uri }, range, context: { diagnostics } }): CodeAction[] => {
    const known = stateOf(uri);
    if (known === null) return [];
    const { document, state } = known;
    const touched = state.claims.filter(({ claim }) => {
      const own = protocolRange(claim.span);
      return (
        claim.span.source.name === document.file && own.start.line <= range.end.line && range.start.line <= own.end.line
      );
    });
    const isOpen = state.documents.some(({ unannotated }) =>
      unannotated.some(({ source }) => source.name === document.file),
    );
    return [
      ...touched.flatMap(each => repairsOf(each, diagnostics)),
      ...(isOpen ? [{ title: 'Insert the magic comments that modeq proposes', kind: 'source', data: uri }] : []),
    ];
  });
  connection.onCodeActionResolve(action => {
    const document = open.get(String(action.data));
    if (document === undefined) return action;
    holdTexts(texts());
    const { source, follow } = openFile(document.file);
    const { insertions, sources, notes } = proposeComments(source, follow, derives);
    for (const { message } of notes) connection.console.info(`modeq: ${message}`);
    const changes = Object.fromEntries(
      sources.map(each => [
        uriOf(each.name),
        editsIn(each, insertions).map(({ line, column, lines }) => ({
          range: { start: { line, character: column }, end: { line, character: column } },
          newText: `${column > 0 ? '\n' : ''}${lines.join('\n')}\n`,
        })),
      ]),
    );
    return { ...action, edit: { changes } };
  });

  return new Promise(resolve => {
    connection.onExit(() => {
      for (const document of open.values()) document.stop.abort();
      resolve();
    });
    connection.listen();
  });
}

function offsetOf(text: string, { line, character }: Position): number {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
}
