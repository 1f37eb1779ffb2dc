import type { SearchTask, Searched } from './search.ts';
export function searchBreaks(_task: SearchTask): Searched {
  return { found: null, open: null };
}
