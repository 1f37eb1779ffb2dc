/** Readers of option values for commander: what cannot be read is a usage error that says what was expected. */
import { type Command, InvalidArgumentError, Option } from 'commander';

interface IntegerRange {
  readonly from: number;
  readonly to: number;
  /** What it is without the option, for the action. */
  readonly value?: number;
  /** The same, where the action finds it, for the help alone. */
  readonly otherwise?: string;
}

/** What a seed may be. */
export const SEEDS: IntegerRange = { from: 0, to: 2 ** 31 - 1 };

/** An option that takes an integer in plain digits; the help names the range. */
export function integerOption(flags: string, description: string, range: IntegerRange): Option {
  const { from, to, value, otherwise } = range;
  const words = `${description}, ${from} to ${to}${otherwise === undefined ? '' : ` (default: ${otherwise})`}`;
  const option = new Option(flags, words).argParser(text => {
    const typed = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(typed >= from && typed <= to)) throw new InvalidArgumentError(`Expected an integer from ${from} to ${to}.`);
    return typed;
  });
  return value === undefined ? option : option.default(value);
}

/**
 * Options that the command cannot do without: those that are missing are named all at once, before it begins (commander's own required options end
 * at the first).
 */
export function withNeeded(command: Command, ...options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command.hook('preAction', (_, called) => {
    const missing = options.filter(option => called.getOptionValue(option.attributeName()) === undefined);
    if (missing.length === 0) return;
    const flags = missing.map(({ flags }) => `'${flags}'`).join(', ');
    called.error(`error: ${missing.length === 1 ? 'required option' : 'required options'} ${flags} not specified`);
  });
}

/** Seconds, a positive decimal number up to a day; returned in milliseconds. */
export function secondsOption(text: string): number {
  const value = /^\d{0,6}(\.\d{0,6})?$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= 86_400))
    throw new InvalidArgumentError('Expected a number of seconds above 0, at most 86400.');
  return value * 1000;
}

/** One of the given words. */
export function choiceOption<Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return text => {
    const choice = choices.find(candidate => candidate === text);
    if (choice === undefined) throw new InvalidArgumentError(`Expected one of ${choices.join(', ')}.`);
    return choice;
  };
}

/** Ids separated by commas. The option may be repeated. */
export function idsOption(text: string, previous: readonly string[] = []): string[] {
  const ids = text.split(',').map(id => id.trim());
  if (ids.some(id => !/^[A-Za-z0-9._-]+$/.test(id)))
    throw new InvalidArgumentError('Expected ids separated by commas (letters, digits, ".", "_", "-").');
  return [...previous, ...ids];
}

/** What may stand in front of labels and ids. */
export function prefixOption(text: string): string {
  if (/^[A-Za-z0-9._-]{1,60}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected up to 60 letters, digits, ".", "_" and "-".');
}

/** `name=value` pairs separated by commas; values are decimal numbers. */
export function valuesOption(text: string): Map<string, number> {
  return new Map(
    text.split(',').map(pair => {
      const [, name, value] = /^\s*(\\?[A-Za-z][A-Za-z0-9_]*)\s*=\s*([0-9.]+(?:e-?[0-9]+)?)\s*$/.exec(pair) ?? [];
      if (name === undefined || value === undefined || !Number.isFinite(Number(value)))
        throw new InvalidArgumentError('Expected name=value pairs separated by commas, e.g. beta=0.9,rho=0.999.');
      return [name, Number(value)] as const;
    }),
  );
}
