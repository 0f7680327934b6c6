/** Stories of the standalone host's toolbar and palette. */

import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { type ButtonStatus, Plugin, PluginButton, Toolbar } from '../../src/host/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { HostStage } from './HostStage.tsx';

/** A plugin as small as one can be: a button that counts how often it was pressed. */
class CounterPlugin extends Plugin {
  presses = 0;
  static {
    CounterPlugin.prototype.messageGroup = 'COUNTER';
    CounterPlugin.prototype.buttons = {
      count: class Count extends PluginButton<CounterPlugin> {
        static {
          Count.prototype.titleMsg = 'title';
        }
        override action() {
          this.owner.presses += 1;
          if (this.el) this.el.title = String(this.owner.presses);
        }
      },
    };
  }
}

const options = {
  plugins: { counter: CounterPlugin },
  toolbar: ['counter.count'],
  messages: { en: { COUNTER: { title: 'Count' } }, de: { COUNTER: { title: 'Zählen' } } },
};

const meta = preview.meta({
  title: 'Host/Toolbar',
  render: (_args, { globals }) => (
    <HostStage language={globals.language} theme={globals.theme} options={options}>
      <Toolbar />
    </HostStage>
  ),
});

export const OneButton = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Count' }));
    await expect(screen.getByTitle('1')).toBeVisible();
  }),
});

const STATUSES: readonly ButtonStatus[] = [
  { phase: 'waiting', percent: null, text: 'Waiting' },
  { phase: 'running', percent: 42, text: '42%' },
  { phase: 'succeeded', percent: 100, text: 'Done' },
  { phase: 'partly-succeeded', percent: 100, text: 'Done in part' },
  { phase: 'failed', percent: 42, text: 'Failed' },
  { phase: 'lost', percent: 42, text: 'Out of sight' },
  { phase: 'cancelled', percent: 42, text: 'Cancelled' },
];

/** A plugin whose task is in the given state, while its dialog is closed. */
function pluginWith(status: ButtonStatus) {
  return class SurveyPlugin extends Plugin {
    buttonStatus = { getState: () => status, subscribe: () => () => {} };
    static {
      SurveyPlugin.prototype.messageGroup = 'SURVEY';
      SurveyPlugin.prototype.buttons = {
        dialog: class Dialog extends PluginButton<SurveyPlugin> {
          static {
            Dialog.prototype.titleMsg = 'title';
          }
        },
      };
    }
  };
}

const withStatuses = {
  plugins: Object.fromEntries(STATUSES.map((status) => [status.phase, pluginWith(status)])),
  toolbar: STATUSES.map(({ phase }) => `${phase}.dialog`),
  messages: { en: { SURVEY: { title: 'Survey' } }, de: { SURVEY: { title: 'Begehung' } } },
};

/** The state of a plugin's task on its button: `buttonStatus` of the plugin, from `createButtonStatus`. */
export const ButtonStatuses = meta.story({
  render: (_args, { globals }) => (
    <HostStage language={globals.language} theme={globals.theme} options={withStatuses}>
      <Toolbar />
    </HostStage>
  ),
  play: inEnglish(async () => {
    for (const { text } of STATUSES) {
      await expect(await screen.findByRole('button', { name: `Survey: ${text}` })).toBeVisible();
    }
  }),
});

export const German = meta.story({
  globals: { language: 'de' },
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Zählen' })).toBeVisible();
  },
});
