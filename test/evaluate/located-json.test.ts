import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { positionAt } from '../../src/base/span.ts';
import { type LocatedJson, readLocatedJson } from '../../src/evaluate/instance/located-json.ts';

function plain(value: LocatedJson): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
    case 'array':
      return value.items.map(plain);
    case 'string':
      return value.text;
    case 'number':
      return Number(value.text);
    case 'boolean':
      return value.value;
    case 'null':
      return null;
  }
}

describe('JSON with places', () => {
  it('knows where values stand, behind a byte order mark too, and keeps digits', () => {
    const value = readLocatedJson({ name: 't', text: '\ufeff{"a": {"b": 1}, "c": [0.10, 2e-8]}' });
    if (value.kind !== 'object') throw new Error('an object');
    const [a, c] = [value.entries.get('a'), value.entries.get('c')];
    if (a?.kind !== 'object' || c?.kind !== 'array') throw new Error('an object and a list');
    expect([...a.entries.keys()]).toEqual(['b']);
    expect([a.span.start, a.span.end]).toEqual([7, 15]);
    expect(c.items).toMatchObject([
      { kind: 'number', text: '0.10', span: { start: 23, end: 27 } },
      { kind: 'number', text: '2e-8' },
    ]);
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(plain(readLocatedJson({ name: 't', text })))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:01.-e+ntrul\\ '), maxLength: 12 }), text => {
        const ours = attempt(() => readLocatedJson({ name: 't', text }));
        let theirs = true;
        try {
          JSON.parse(text);
        } catch {
          theirs = false;
        }
        const isDuplicate = !ours.ok && ours.problems[0]?.message.includes('twice') === true;
        expect(ours.ok || isDuplicate).toBe(theirs);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, number, number]>([
    ['{"a" 1}', 1, 6],
    ['[1, 2', 1, 6],
    ['{\n  "a": tru\n}', 2, 8],
    ['"a\nb"', 1, 1],
    ['[1,]', 1, 4],
    ['01', 1, 2],
  ])('%j is refused at %d:%d', (text, line, column) => {
    const result = attempt(() => readLocatedJson({ name: 't', text }));
    const at = result.ok ? -1 : (result.problems[0]?.span?.start ?? -1);
    expect(positionAt(text, at)).toEqual({ line, column });
  });
});
