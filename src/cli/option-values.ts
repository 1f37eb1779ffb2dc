/** Readers of option values for commander: what cannot be read is a usage error that says what was expected. */
import { InvalidArgumentError } from 'commander';

/** An integer from `lowest` to `highest`, written in plain digits. */
export function integerOption(lowest: number, highest: number): (text: string) => number {
  return text => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= lowest && value <= highest))
      throw new InvalidArgumentError(`Expected an integer from ${lowest} to ${highest}.`);
    return value;
  };
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
