/**
 * The table of rooms: which folder under src/ may import which. A folder that is missing here may import nothing and may
 * not be imported, so a new room has to be entered. docs/architecture.md shows the same table for people.
 */

/** For each room the rooms (or single files) that it may import; a room may always import itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  number: ['base'],
  formula: ['base', 'number'],
  expression: ['base', 'number', 'formula'],
  rewrite: ['base', 'number', 'formula', 'expression'],
  prove: ['base', 'number', 'formula', 'expression', 'rewrite'],
  optimizer: ['base', 'number', 'formula'],
  'modified-equation': ['base', 'number', 'formula', 'expression', 'rewrite', 'prove', 'optimizer'],
  'closed-form': [
    'base',
    'number',
    'formula',
    'expression',
    'rewrite',
    'prove',
    'optimizer/dimension-of.ts',
    'optimizer/model.ts',
    'modified-equation',
  ],
  latex: ['base', 'number', 'formula', 'expression', 'optimizer/model.ts'],
  document: ['base', 'number', 'formula', 'expression', 'optimizer', 'latex'],
  numeric: ['base', 'number', 'formula', 'optimizer/model.ts'],
  simulation: ['base', 'number', 'formula', 'optimizer/model.ts', 'numeric'],
  replay: ['base', 'number', 'formula'],
  recheck: ['base', 'number', 'formula', 'expression', 'rewrite', 'prove', 'numeric'],
  judge: [
    'base',
    'number',
    'formula',
    'expression',
    'rewrite',
    'prove',
    'optimizer',
    'modified-equation',
    'closed-form',
    'latex',
    'document',
    'numeric',
    'simulation',
    'replay',
    'recheck',
  ],
  report: [
    'base',
    'number',
    'formula',
    'expression',
    'rewrite',
    'prove',
    'optimizer',
    'modified-equation',
    'closed-form',
    'latex',
    'document',
    'numeric',
    'simulation',
    'replay',
    'recheck',
    'judge',
  ],
  vitest: [
    'base',
    'number',
    'formula',
    'expression',
    'rewrite',
    'prove',
    'optimizer',
    'modified-equation',
    'closed-form',
    'latex',
    'document',
    'numeric',
    'simulation',
    'replay',
    'recheck',
    'judge',
    'report',
  ],
  cli: [
    'base',
    'number',
    'formula',
    'expression',
    'rewrite',
    'prove',
    'optimizer',
    'modified-equation',
    'closed-form',
    'latex',
    'document',
    'numeric',
    'simulation',
    'replay',
    'recheck',
    'judge',
    'report',
  ],
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
