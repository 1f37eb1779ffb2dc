/** A small client of the Language Server Protocol: starts the built command and speaks to it over its standard streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { builtCommand } from './built-command.ts';

export interface Message {
  readonly id?: number;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends is looked at by the tests.
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise.
  readonly result?: any;
  readonly error?: { readonly message: string };
}

export class LspClient {
  readonly #process: ChildProcess;
  readonly #received: Message[] = [];
  #waiting: (() => void)[] = [];
  /** What came and is not read yet, a character a byte. */
  #buffer = '';
  #id = 0;
  readonly ended: Promise<number | null>;

  constructor(args: readonly string[] = []) {
    this.#process = spawn(process.execPath, [builtCommand(), 'lsp', '--stdio', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#process.stdout?.on('data', (data: Buffer) => this.#read(data));
    this.ended = new Promise(done => this.#process.on('exit', done));
  }

  async request(method: string, params: unknown): Promise<Message['result']> {
    this.#id += 1;
    const id = this.#id;
    this.#send({ id, method, params });
    const { result, error } = await this.next(message => message.id === id && message.method === undefined);
    if (error) throw new Error(error.message);
    return result;
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** The first message that was not taken yet and is such. */
  async next(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#received.findIndex(isWanted);
      const [found] = at < 0 ? [] : this.#received.splice(0, at + 1).slice(-1);
      if (found !== undefined) return found;
      await new Promise<void>(done => this.#waiting.push(done));
    }
  }

  /** The diagnostics of a file once none of them is pending and they are such. */
  async diagnostics(uri: string, isWanted: (all: readonly { code: string; message: string }[]) => boolean) {
    const { params } = await this.next(
      ({ method, params: told }) =>
        method === 'textDocument/publishDiagnostics' && told.uri === uri && isWanted(told.diagnostics),
    );
    return params.diagnostics;
  }

  kill(): void {
    this.#process.kill();
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin?.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin?.write(body);
  }

  #read(data: Buffer): void {
    this.#buffer += data.toString('latin1');
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.slice(0, Math.max(0, end)))?.[1]);
      if (end < 0 || this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.slice(end + 4, end + 4 + length);
      this.#received.push(JSON.parse(Buffer.from(body, 'latin1').toString()));
      this.#buffer = this.#buffer.slice(end + 4 + length);
      for (const done of this.#waiting.splice(0)) done();
    }
  }
}
