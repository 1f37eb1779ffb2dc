/** The playground, built once and opened as its readers do: over HTTP, in a browser, with an eye on what it should not do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildPlayground, packedBytes } from '../../tools/playground.ts';
import { browserProgram, startBrowser } from '../support/browser.ts';
import { serveFolder, type StaticHost } from './static-host.ts';

export interface OpenedPlayground {
  readonly page: Page;
  /** Messages, errors, and requests to anywhere else. */
  readonly misdeeds: string[];
}

export class PlaygroundBrowser {
  readonly #folder: string;
  readonly #host: StaticHost;
  readonly #browser: Browser;

  private constructor(folder: string, host: StaticHost, browser: Browser) {
    this.#folder = folder;
    this.#host = host;
    this.#browser = browser;
  }

  static async start(): Promise<PlaygroundBrowser> {
    if (browserProgram === null) throw new Error('no browser is installed');
    const folder = mkdtempSync(join(tmpdir(), 'modeq-playground-'));
    await buildPlayground(folder);
    return new PlaygroundBrowser(folder, await serveFolder(folder), await startBrowser(browserProgram));
  }

  get bytes(): ReadonlyMap<string, number> {
    return packedBytes(this.#folder);
  }

  async open(hash = '', options: BrowserContextOptions = {}): Promise<OpenedPlayground> {
    const context = await this.#browser.newContext(options);
    const page = await context.newPage();
    const misdeeds: string[] = [];
    page.on('console', message => void misdeeds.push(`console: ${message.text()}`));
    page.on('pageerror', error => void misdeeds.push(`error: ${error.message}`));
    page.on('request', request => {
      // What the page made itself is of its own origin.
      const asked = request.url().replace(/^blob:http:\/\/[^/]*\//, this.#host.url);
      if (!asked.startsWith(this.#host.url) && !asked.startsWith('data:')) misdeeds.push(`request: ${request.url()}`);
    });
    await page.goto(`${this.#host.url}${hash === '' ? '' : `#${hash}`}`);
    return { page, misdeeds };
  }

  /** The host is gone; what is open has to go on without it. */
  async unplug(): Promise<void> {
    await this.#host.close();
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.#host.close();
    rmSync(this.#folder, { recursive: true });
  }
}
