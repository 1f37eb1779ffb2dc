/** Light, dark, or as the system says; remembered where the browser lets a page remember. */

const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'modeq-theme';

/** Shows the remembered theme and changes it at every press of the button. */
export function startTheme(button: HTMLButtonElement): void {
  let theme = THEMES.find(each => each === remembered()) ?? 'system';
  const draw = (): void => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A page without storage forgets.
    }
    draw();
  });
  draw();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
