/** The catalogue as the build puts it into the page. */
import catalogue from 'modeq:catalogue';

export interface Example {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A claim about an optimizer, with its comment. */
export interface ExampleClaim {
  readonly id: string;
  readonly about: string;
  readonly text: string;
}

export const EXAMPLES: readonly Example[] = catalogue.examples;
export const EXAMPLE_CLAIMS: readonly ExampleClaim[] = catalogue.claims;

export const exampleText = (id: string): string | null => EXAMPLES.find(each => each.id === id)?.text ?? null;
