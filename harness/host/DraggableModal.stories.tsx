/** Stories of the standalone host's dialog: the keyboard moves it, and Escape closes it. */

import { Button } from 'antd';
import { useState } from 'react';
import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { DraggableModal } from '../../src/host/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { HostStage } from './HostStage.tsx';

/** A dialog that leaves the map in use: moved by its title bar, or by the arrow keys on its handle. */
const meta = preview.meta({
  title: 'Host/DraggableModal',
  render: (_args, { globals }) => (
    <HostStage language={globals.language} theme={globals.theme}>
      <Example />
    </HostStage>
  ),
});

function Example() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Measure</Button>
      <DraggableModal open={open} title="Measure a distance" width={320} onCancel={() => setOpen(false)}>
        Click two places on the map.
      </DraggableModal>
    </>
  );
}

export const MovedByKeyboard = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Measure' }));
    const dialog = await screen.findByRole('dialog', { name: 'Measure a distance' });
    const before = dialog.getBoundingClientRect().left;
    screen.getByRole('button', { name: 'Move the dialog with the arrow keys' }).focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect(dialog.getBoundingClientRect().left).toBe(before - 20);
  }),
});

export const ClosedByEscape = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Measure' }));
    await screen.findByRole('dialog');
    await userEvent.keyboard('{Escape}');
    await expect(screen.queryByRole('dialog')).toBeNull();
    await expect(screen.getByRole('button', { name: 'Measure' })).toHaveFocus();
  }),
});
