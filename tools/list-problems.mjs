// Brings docs/reference/problems.md up to the codes in src/: rows of codes that are gone are dropped, codes without a row
// get one with the message as it stands in the source. Rows that are there stay as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/reference/problems.md');
const CODE =
  /(?:\b(?:refuse|refusal|fail|problem|warn|complain)\w*\(\s*|\bcode:\s*)'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'\s*,?\s*(?:message:\s*)?(?:`((?:[^`\\]|\\.)*)`|'((?:[^'\\]|\\.)*)'|"([^"]*)")?/g;

/** The message with … for what it names. */
function plain(message) {
  let text = '';
  let depth = 0;
  for (let at = 0; at < message.length; at += 1) {
    if (message.startsWith('${', at)) {
      if (depth === 0) text += '…';
      depth += 1;
      at += 1;
    } else if (depth > 0) {
      if (message[at] === '{') depth += 1;
      if (message[at] === '}') depth -= 1;
    } else text += message[at];
  }
  return text.replace(/\\(['`\\])/g, '$1').replaceAll('|', '\\|');
}

const found = new Map();
for (const path of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
  if (!path.endsWith('.ts')) continue;
  for (const [, code, ...messages] of readFileSync(join(root, 'src', path), 'utf8').matchAll(CODE)) {
    const entry = found.get(code) ?? { room: path.split(sep)[0], messages: new Set() };
    const message = messages.find(text => text !== undefined);
    if (message !== undefined) entry.messages.add(plain(message));
    found.set(code, entry);
  }
}

const lines = readFileSync(page, 'utf8').split('\n');
const isRow = line => /^\| `[a-z0-9-]+` \|/.test(line);
const known = new Map(lines.filter(isRow).map(line => [line.split('`')[1], line]));
const rows = [...found.keys()].sort().map(code => {
  const { room, messages } = found.get(code);
  return known.get(code) ?? `| \`${code}\` | ${room} | ${[...messages].slice(0, 3).join('; ')} |`;
});
const head = lines.slice(0, lines.findIndex(line => line.startsWith('| ---')) + 1);
writeFileSync(page, `${[...head, ...rows].join('\n')}\n`);
for (const code of found.keys()) if (!known.has(code)) console.log(`added ${code}`);
for (const code of known.keys()) if (!found.has(code)) console.log(`dropped ${code}`);
