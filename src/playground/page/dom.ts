/** Elements by id, made elements, and copying to the clipboard. */

/** The element of the page with this id; the page is built with all of them. */
export function byId<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} with the id ${id}`);
  return found;
}

/** An element with attributes and what it holds. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** Puts HTML that the engine wrote, which escapes what is typed, in place of what an element holds. */
export function showHtml(element: HTMLElement, html: string): void {
  element.innerHTML = html;
  reachable(element);
}

/** A box that scrolls sideways is reached by keyboard. */
export function reachable(element: HTMLElement): void {
  for (const box of element.querySelectorAll<HTMLElement>('.formula, .scroll, pre'))
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute('role', 'region');
      box.setAttribute('aria-label', 'scrolls sideways');
    }
}

/** Copies and says so on the button for a moment. */
export async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const words = button.dataset.words ?? button.textContent ?? '';
  button.dataset.words = words;
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context there is no clipboard; the old way works on a selection.
    const area = make('textarea', { class: 'offscreen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    said = document.execCommand('copy') ? said : 'Not copied';
    area.remove();
    button.focus();
  }
  button.textContent = said;
  setTimeout(() => {
    button.textContent = words;
  }, 1500);
}

/** Calls `action` once the calls have been quiet for so many milliseconds. */
export function later(milliseconds: number, action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
