/** A program of the user's own that answers JSON lines: one object a line on its standard input, one on its standard output. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { refuse } from '../../base/problem.ts';
import type { SteppingProgram } from '../../judge/check/own-program.ts';

/** How long an answer may take. */
const PATIENCE = 20_000;

export interface LineProgram extends SteppingProgram {
  readonly end: () => void;
}

/** Starts the command in a shell. A program that ends, says nothing in time or answers no JSON is refused, with its last words. */
export function startProgram(command: string): LineProgram {
  const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  let isOver = false;
  const waiting: ((line: string | null) => void)[] = [];
  const lines: string[] = [];
  const give = (line: string | null): void => {
    const next = waiting.shift();
    if (next !== undefined) next(line);
    else if (line !== null) lines.push(line);
  };
  const over = (): void => {
    isOver = true;
    while (waiting.length > 0) give(null);
  };
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString('utf8')}`.slice(-400);
  });
  child.stdin.on('error', over);
  child.on('error', over);
  child.on('close', over);
  createInterface({ input: child.stdout }).on('line', give);
  const say = (value: unknown): void => {
    if (!isOver) child.stdin.write(`${JSON.stringify(value)}\n`);
  };
  const line = async (): Promise<string> => {
    const known = lines.shift();
    if (known !== undefined) return known;
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<string | null>(resolve => {
      if (isOver) return resolve(null);
      waiting.push(resolve);
      timer = setTimeout(() => resolve(null), PATIENCE);
    });
    clearTimeout(timer);
    const words = complaint.trim().split('\n').at(-1) ?? '';
    return answer ?? refuse('program-silent', `the program gave no answer${words === '' ? '' : `: ${words}`}`);
  };
  return {
    start: async start => say({ start }),
    next: async (n, gradient) => {
      say({ n, gradient });
      return thetaOf(await line());
    },
    end: () => {
      child.stdin.end();
      child.kill();
    },
  };
}

function thetaOf(line: string): readonly number[] {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return refuse('program-answer', `the program answers no JSON: ${line.slice(0, 80)}`);
  }
  const theta = typeof answer === 'object' && answer !== null && 'theta' in answer ? answer.theta : null;
  if (Array.isArray(theta) && theta.every(each => typeof each === 'number')) return theta;
  return refuse('program-answer', `the program must answer { "theta": […] }, not ${line.slice(0, 80)}`);
}
