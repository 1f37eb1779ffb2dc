/**
 * The table of rooms: which folder under src/ may import which. A folder that is missing here may import nothing and may
 * not be imported, so a new room has to be entered. docs/architecture.md shows the same table for people.
 */

const KERNEL = ['base', 'number', 'formula', 'notation'] as const;
const SYMBOLIC = [...KERNEL, 'algebra', 'expression', 'rewrite', 'prove'] as const;
const BELOW_JUDGE = [
  ...SYMBOLIC,
  'optimizer',
  'derivation',
  'closed-form',
  'latex',
  'document',
  'evaluate',
  'simulate',
  'recheck',
] as const;

/** For each room the rooms (or single files) that it may import; a room may always import itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  number: ['base'],
  algebra: ['base', 'number'],
  formula: ['base', 'number'],
  notation: [],
  expression: KERNEL,
  rewrite: [...KERNEL, 'algebra', 'expression'],
  prove: [...KERNEL, 'algebra', 'expression', 'rewrite'],
  optimizer: KERNEL,
  derivation: [...SYMBOLIC, 'optimizer'],
  'closed-form': [...SYMBOLIC, 'optimizer/checks/dimension-of.ts', 'optimizer/model.ts', 'derivation'],
  latex: [...KERNEL, 'expression', 'optimizer/model.ts'],
  document: [...KERNEL, 'expression', 'optimizer', 'latex'],
  files: [...KERNEL, 'optimizer/model.ts', 'latex/notation/macros.ts', 'document'],
  evaluate: [...KERNEL, 'optimizer/model.ts'],
  simulate: [...KERNEL, 'optimizer/model.ts', 'evaluate'],
  recheck: [...SYMBOLIC, 'evaluate'],
  judge: BELOW_JUDGE,
  report: [...BELOW_JUDGE, 'judge'],
  figures: [...BELOW_JUDGE, 'judge', 'report'],
  playground: [...BELOW_JUDGE, 'judge', 'report', 'figures'],
  session: [...KERNEL, 'derivation/derive.ts', 'document', 'simulate', 'judge', 'report', 'figures', 'files'],
  vitest: [...KERNEL, 'optimizer', 'document', 'judge', 'report', 'files', 'session'],
  cli: [...BELOW_JUDGE, 'judge', 'report', 'figures', 'files', 'session'],
};

/** One file of src/ for the check: its path relative to src/ and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The specifiers that a text imports or re-exports, static, dynamic and type-only alike. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(pattern)].map(match => match[2] ?? '');
}

/** `a/b.ts` seen from `c/d.ts` for the specifier `../a/b.ts`; null for a package. */
function resolveWithin(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return `outside src: ${specifier}`;
      parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The complaints, one line each naming file and import; empty when every import keeps to the table. */
export function brokenRooms(
  files: readonly SourceFile[],
  rooms: Readonly<Record<string, readonly string[]>> = ROOMS,
): string[] {
  const complaints: string[] = [];
  for (const { path, text } of files) {
    const room = path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
    if (room === null && path !== 'index.ts') complaints.push(`src/${path} stands in no room`);
    if (room !== null && rooms[room] === undefined)
      complaints.push(`src/${path}: the room ${room}/ is not in the table`);
    for (const specifier of importsOf(text)) {
      const target = resolveWithin(path, specifier);
      if (target === null || room === null) continue;
      const allowed = rooms[room] ?? [];
      const targetRoom = target.slice(0, Math.max(0, target.indexOf('/')));
      if (targetRoom === room || allowed.includes(targetRoom) || allowed.includes(target)) continue;
      complaints.push(
        `src/${path} imports '${specifier}', but ${room}/ may not know ${targetRoom === '' ? target : `${targetRoom}/`}`,
      );
    }
  }
  return complaints;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const isWithin = (inner: string, outer: string): boolean => inner.startsWith(`${outer}/`);

/** What each node leads to, as imports of `files`: between files, or between folders of which neither holds the other. */
export function importGraph(files: readonly SourceFile[], between: 'files' | 'folders'): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  const known = new Set(files.map(({ path }) => path));
  for (const { path, text } of files) {
    for (const specifier of importsOf(text)) {
      const target = resolveWithin(path, specifier);
      if (target === null || !known.has(target)) continue;
      const [from, to] = between === 'files' ? [path, target] : [folderOf(path), folderOf(target)];
      if (from === to || (between === 'folders' && (isWithin(from, to) || isWithin(to, from)))) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  return graph;
}

/** The circles of a graph, each as its sorted nodes: Tarjan's strongly connected components of more than one node. */
export function circlesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const component = stack.splice(stack.lastIndexOf(node));
    if (component.length > 1) circles.push(component.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles.sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
}

/** The folders with more files than a reader takes in at one look. */
export function crowdedFolders(files: readonly SourceFile[], most: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > most));
}

/** The files that put both routes together. */
const BOTH: ReadonlySet<string> = new Set(['judge/prove/engine.ts']);
const SYMBOLIC_HALF =
  /^(?:expression|rewrite|prove|derivation|closed-form|judge\/(?:symbolic|prove))\/|\/(?:zero|symbolic|inequality)\.ts$/;
const NUMERIC_HALF =
  /^(?:evaluate|simulate|judge\/(?:numeric|sample|satisfy|search|refute))\/|^judge\/.*\/(?:sample|numeric|reshuffled|sequence)\.ts$/;

/** Which route a file belongs to; null where it belongs to none, or to both. */
export const halfOf = (path: string): 'symbolic' | 'numeric' | null =>
  BOTH.has(path) ? null : SYMBOLIC_HALF.test(path) ? 'symbolic' : NUMERIC_HALF.test(path) ? 'numeric' : null;

/** The imports of one route's files from the other's. */
export function mixedHalves(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    importsOf(text).flatMap(specifier => {
      const target = resolveWithin(path, specifier);
      const halves = [halfOf(path), target === null ? null : halfOf(target)];
      return halves.includes('symbolic') && halves.includes('numeric') ? [`src/${path} imports '${specifier}'`] : [];
    }),
  );
}
