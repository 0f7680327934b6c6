import { createQwc2Plugin, DEFAULT_TASK, type Qwc2PluginOptions } from './createQwc2Plugin.tsx';
import { at, parseQwc2Api } from './qwc2Api.ts';
import { viewOf } from './qwc2State.ts';
import { qwc2Translations } from './translations.ts';

/**
 * Adds the plugin to the QWC2 application of this page, now or as soon as its API is ready. config.json then places
 * it: `{ "name": "Lrt" }` among the plugins, `{ "key": "Lrt", "icon": "..." }` among the TopBar's menuItems.
 *
 * Returns a function that takes the plugin out again. Throws a TypeError that names the option, or the part of `window.qwc2`, that is
 * wrong. Where the API is not ready yet, that error is an uncaught one, as for any script of the page.
 *
 * @example
 * registerQwc2Plugin({ system: createTaskClient({ baseUrl: '/lrt' }), poleLayer: 'poles' });
 */
export function registerQwc2Plugin(options: Qwc2PluginOptions): () => void {
  let remove = () => window.removeEventListener('QWC2ApiReady', register);

  function register() {
    const qwc2 = parseQwc2Api(at(window, 'qwc2'));
    const task = options.task ?? DEFAULT_TASK;
    const { language, words } = viewOf(qwc2.getState());
    // The site's own name for the tool goes first. QWC2 would put ours over it.
    const named = at(words, `appmenu.items.${task}`) !== undefined;
    const translations = named ? { [language]: {} } : qwc2Translations(task, language);
    qwc2.addPlugin(`${task}Plugin`, createQwc2Plugin(qwc2, options), translations);
    remove = () => qwc2.removePlugin(`${task}Plugin`);
  }

  if (at(window, 'qwc2') === undefined) window.addEventListener('QWC2ApiReady', register, { once: true });
  else register();
  return () => remove();
}
