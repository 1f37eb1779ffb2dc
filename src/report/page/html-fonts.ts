/** KaTeX's style sheet with the fonts inside that the page uses, so that it needs no other file and no network. */
const FACE = /@font-face\{[^}]*\}/g;

/** `sheet` for `body`, the HTML that KaTeX made, with `font(file)` in base 64. Families that no class in it asks for are left out. */
export function withFonts(sheet: string, body: string, font: (file: string) => string): string {
  const used = usedFamilies(sheet.replace(FACE, ''), body);
  return sheet.replace(FACE, face => {
    const family = /font-family:"?([A-Za-z0-9_]+)/.exec(face)?.[1] ?? '';
    const file = /url\((fonts\/[A-Za-z0-9_-]+\.woff2)\)/.exec(face)?.[1];
    if (file === undefined) throw new Error('a font of KaTeX has no woff2 file');
    if (!used.has(family)) return '';
    return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${font(file)}) format("woff2")`);
  });
}

/** The families of all rules whose last class occurs in the page. */
function usedFamilies(rules: string, body: string): Set<string> {
  const classes = new Set<string>();
  for (const [, names] of body.matchAll(/ class="([^"]*)"/g))
    for (const name of (names ?? '').split(' ')) classes.add(name);
  const used = new Set<string>();
  for (const [, selectors, declarations] of rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const families = (declarations ?? '').match(/KaTeX_[A-Za-z0-9]+/g) ?? [];
    const applies = (selectors ?? '').split(',').some(selector => {
      const last =
        selector
          .trim()
          .split(/[\s>+~]+/)
          .at(-1) ?? '';
      return (last.match(/\.[A-Za-z][\w-]*/g) ?? []).every(name => classes.has(name.slice(1)));
    });
    if (applies) for (const family of families) used.add(family);
  }
  return used;
}
