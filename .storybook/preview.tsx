import addonA11y from '@storybook/addon-a11y';
import addonDocs from '@storybook/addon-docs';
import { definePreview } from '@storybook/react-vite';
import addonMsw from 'msw-storybook-addon';
import { configure, prettyDOM } from 'storybook/test';
import { describedLate } from '../harness/describedLate.ts';
import { LANGUAGES } from '../harness/messages/messages.ts';
import { startWorker } from '../harness/startWorker.ts';
import { scenarios } from '../mocks/index.ts';
import { directionOf } from '../src/locales/language.ts';

// A busy machine draws late. What never comes fails all the same.
configure({ asyncUtilTimeout: 20_000, ...describedLate(prettyDOM) });

const switches = { dynamicTitle: true };

export default definePreview({
  addons: [addonDocs(), addonA11y(), addonMsw(startWorker)],
  globalTypes: {
    language: {
      description: 'Language',
      toolbar: {
        ...switches,
        icon: 'globe',
        items: Object.entries(LANGUAGES).map(([value, title]) => ({ value, title })),
      },
    },
    theme: {
      description: 'Theme',
      toolbar: {
        ...switches,
        icon: 'mirror',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    scenario: {
      description: 'Network scenario',
      toolbar: {
        ...switches,
        icon: 'lightning',
        items: [
          { value: 'none', title: 'No faults' },
          ...Object.keys(scenarios).map((value) => ({ value, title: value })),
        ],
      },
    },
  },
  initialGlobals: { language: 'en', theme: 'light', scenario: 'none' },
  parameters: {
    // What passes is only counted: to describe each such element to Vitest took longer than to check it.
    a11y: { test: 'error', options: { resultTypes: ['violations', 'incomplete'] } },
    backgrounds: { disable: true },
    options: {
      storySort: {
        order: [
          'Host application',
          'Samples',
          'Docs',
          ['README', 'Plugin', 'Write a plugin', 'Write a task', 'myWorld', 'OpenLayers', 'MapLibre', 'QWC2'],
        ],
      },
    },
  },
  decorators: [
    (Story, { globals }) => {
      document.documentElement.lang = globals.language;
      document.documentElement.dir = directionOf(globals.language);
      document.documentElement.dataset.theme = globals.theme;
      return <Story />;
    },
  ],
});
