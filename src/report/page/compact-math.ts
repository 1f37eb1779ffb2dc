/**
 * KaTeX's HTML in about half the bytes, looking the same: classes that no rule of its style sheet names are dropped, and
 * styles become classes of their own, since the same few hundred occur over and over. So the page needs no style attribute,
 * and its policy can forbid them.
 */

/** Gathers the styles of all formulas of a page. */
export class MathStyles {
  readonly #known: Set<string>;
  readonly #names = new Map<string, string>();

  /** `sheet` is KaTeX's style sheet. */
  constructor(sheet: string) {
    this.#known = new Set([...sheet.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name ?? ''));
    for (const mark of ['slip', 'repair']) this.#known.add(mark);
  }

  /** `rendered` comes from KaTeX, which escapes quotes in text, so that an attribute is what looks like one. */
  compact(rendered: string): string {
    return rendered
      .replace(/<annotation[^>]*>[^<]*<\/annotation>/g, '')
      .replace(/<(\w+)((?: [\w:-]+="[^"]*")*)(\/?)>/g, (_, tag: string, attributes: string, end: string) => {
        const classes = (/ class="([^"]*)"/.exec(attributes)?.[1] ?? '')
          .split(' ')
          .filter(name => this.#known.has(name));
        const style = / style="([^"]*)"/.exec(attributes)?.[1];
        if (style !== undefined && /^[\w#%.:;, -]*$/.test(style)) classes.push(this.#nameOf(style));
        const others = attributes.replace(/ (?:class|style)="[^"]*"/g, '');
        return `<${tag}${classes.length === 0 ? '' : ` class="${classes.join(' ')}"`}${others}${end}>`;
      });
  }

  /** The rules for the classes that were made. */
  get rules(): string {
    return [...this.#names]
      .map(([style, name]) => `.${name}{${style.replace(/;?$/, '').replace(/;/g, '!important;')}!important}`)
      .join('\n');
  }

  #nameOf(style: string): string {
    const name = this.#names.get(style) ?? `k${this.#names.size.toString(36)}`;
    this.#names.set(style, name);
    return name;
  }
}
