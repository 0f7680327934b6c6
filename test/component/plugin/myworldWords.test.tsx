// Tests whose texts a user of the real platform reads: the host's own, or ours.
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { onTestFinished, test } from 'vitest';
import { Palette, Toolbar } from '../../../src/host/index.ts';
import { bindMyWorld } from '../../../src/hosts/myworld/bindMyWorld.tsx';
import * as client from '../../../standin/platform/index.ts';
import * as react from '../../../standin/platform/react.ts';

test("a host's English words do not hide our German, and its palette is there to add to", async () => {
  const definition = client.createApplicationDefinition();
  const { LrtPlugin } = bindMyWorld({ client: { ...client }, react: { ...react } });
  // As docs/myworld.md registers it, in plain JavaScript.
  Object.assign(definition.plugins, { lrtPlugin: LrtPlugin });
  const palette = definition.plugins.palette;
  if (!Array.isArray(palette)) throw new TypeError('no palette');
  Object.assign(palette[1], { toolButtons: ['lrtPlugin.dialog'] });

  const messages = {
    en: { LRT: { create: 'Build', label_pole: 'From' } },
    de: { LRT: { label_pole: 'Mast' } },
  };
  const app = client.startApplication({ definition, language: 'de', messages });
  onTestFinished(() => app.dispose());
  await app.ready;
  act(() => {
    app.renderReactNode(null, Toolbar, {});
    app.renderReactNode(null, Palette, {});
  });

  await userEvent.click(await screen.findByRole('button', { name: 'Kundenanschlüsse' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Kundenanschlüsse' }));
  await dialog.findByRole('button', { name: 'Anschlüsse erstellen' });
  await dialog.findByText('Mast');
});
