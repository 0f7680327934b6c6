import { directionOf } from '../src/locales/language.ts';
import type { MapTheme } from './map/palette.ts';

/** Says on the document what the host application is shown in. `language`: BCP 47. */
export function describePage({ language, theme }: { language: string; theme: MapTheme }): void {
  const { documentElement } = document;
  documentElement.lang = language;
  documentElement.dir = directionOf(language);
  documentElement.dataset.theme = theme;
}
