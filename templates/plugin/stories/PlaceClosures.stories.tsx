import type { Meta, StoryObj } from '@storybook/react-vite';
import { failAt } from 'lrt-plugin/mocks';
import { useEffect, useState } from 'react';
import { expect, screen, userEvent, within } from 'storybook/test';
import { createDemo, type Demo, type DemoOptions } from '../demo/createDemo.ts';
import { DemoPage } from '../demo/DemoPage.tsx';
import { DESIGN, toHostFeature } from '../demo/TownLayers.ts';
import { PlaceClosuresPlugin } from '../src/index.ts';

interface StageProps extends DemoOptions {
  /** The task fails after so many poles. */
  failAfter?: number;
}

/** The application with a pole selected and the modal open. */
function Stage({ language, theme, runSeconds, failAfter }: StageProps) {
  const [demo, setDemo] = useState<Demo>();
  useEffect(() => {
    let current = true;
    const opening = open({ language, theme, runSeconds, failAfter });
    opening.then((opened) => current && setDemo(opened));
    return () => {
      current = false;
      opening.then(({ close }) => close());
    };
  }, [language, theme, runSeconds, failAfter]);
  return demo ? <DemoPage demo={demo} /> : null;
}

async function open({ failAfter, ...options }: StageProps) {
  const demo = await createDemo(options);
  if (failAfter !== undefined) demo.mock.use(failAt({ done: failAfter }));
  const pole = demo.layers.getState().poles.find(({ properties }) => properties.design === DESIGN);
  if (pole) demo.app.setCurrentFeature(toHostFeature(pole));
  const { placeClosures } = demo.app.plugins;
  if (placeClosures instanceof PlaceClosuresPlugin) placeClosures.showModal();
  return demo;
}

const meta: Meta<typeof Stage> = {
  component: Stage,
  args: { language: 'en', theme: 'light', runSeconds: 10 },
  argTypes: {
    language: { control: 'select', options: ['en', 'de'] },
    theme: { control: 'select', options: ['light', 'dark'] },
  },
  parameters: { layout: 'fullscreen' },
};
export default meta;

type Story = StoryObj<typeof Stage>;

export const Ready: Story = {};

export const GermanAndDark: Story = { args: { language: 'de', theme: 'dark' } };

/** What is in `play` happens when the story is opened, and in `npm test`. */
export const Failed: Story = {
  args: { runSeconds: 0, failAfter: 5 },
  play: async () => {
    const modal = within(await screen.findByRole('dialog'));
    await userEvent.click(await modal.findByRole('button', { name: 'Place closures' }));
    const retry = await modal.findByRole('button', { name: 'Try again' }, { timeout: 20_000 });
    await expect(retry).toBeVisible();
  },
};
