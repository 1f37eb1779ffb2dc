/** What a report page is made of besides its text: KaTeX's style sheet and fonts, from the package, and a hash. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const sheetPath = (): string => createRequire(import.meta.url).resolve('katex/dist/katex.min.css');

/** KaTeX's style sheet as it comes with the package. */
export const katexSheet = (): string => readFileSync(sheetPath(), 'utf8');

/** A file beside the style sheet, in base 64. */
export const katexFont = (file: string): string => readFileSync(join(dirname(sheetPath()), file)).toString('base64');

/** SHA-256 in base 64, as a content security policy names a style or a script. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
