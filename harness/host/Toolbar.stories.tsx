/** Stories of the standalone host's toolbar and palette. */

import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { Plugin, PluginButton, Toolbar } from '../../src/host/index.ts';
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

export const German = meta.story({
  globals: { language: 'de' },
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Zählen' })).toBeVisible();
  },
});
