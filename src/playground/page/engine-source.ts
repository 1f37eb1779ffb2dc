/** Where workers load the engine from: its file at first, then a copy in the page, so that they start again without the host. */

export class EngineSource {
  #url: string;

  constructor(file: URL) {
    this.#url = file.href;
  }

  get url(): string {
    return this.#url;
  }

  /** Keeps a copy; without one, workers go on asking the host. */
  async keep(): Promise<void> {
    try {
      const answer = await fetch(this.#url, { cache: 'force-cache' });
      if (!answer.ok) return;
      const copy = new Blob([await answer.arrayBuffer()], { type: 'text/javascript' });
      this.#url = URL.createObjectURL(copy);
      document.documentElement.dataset.engine = 'kept';
    } catch {
      // The host is gone already; the next page load asks again.
    }
  }
}
