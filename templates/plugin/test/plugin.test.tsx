// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failAt } from 'lrt-plugin/mocks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDemo, type Demo, type DemoOptions } from '../demo/createDemo.ts';
import { DemoPage } from '../demo/DemoPage.tsx';
import { DESIGN, toHostFeature } from '../demo/TownLayers.ts';

const user = userEvent.setup();
let demo: Demo;

async function open(options: DemoOptions = {}) {
  demo = await createDemo(options);
  render(<DemoPage demo={demo} />);
}
beforeEach(() => localStorage.clear());
afterEach(async () => {
  cleanup();
  await demo.close();
});

function selectPole() {
  const pole = demo.layers.getState().poles.find(({ properties }) => properties.design === DESIGN);
  if (pole) demo.app.setCurrentFeature(toHostFeature(pole));
}

async function openModal(title = 'Place closures') {
  await user.click(await screen.findByRole('button', { name: title }));
  return within(await screen.findByRole('dialog', { name: title }));
}

it('says what to select, then places closures around it and says how many', async () => {
  await open();
  const modal = await openModal();
  await modal.findByText('Select a pole of a design on the map.');
  selectPole();
  await user.click(await modal.findByRole('button', { name: 'Place closures' }));
  await modal.findByText(/^\d+ closures placed$/);
  expect(demo.layers.getState().closures.length).toBeGreaterThan(5);
});

it('does not start with a radius that the task would refuse', async () => {
  await open();
  selectPole();
  const modal = await openModal();
  const radius = await modal.findByLabelText('Radius in metres');
  await user.clear(radius);
  await user.type(radius, '5');
  await modal.findByText('Enter a radius from 10 to 1,000 metres.');
  expect(modal.getByRole('button', { name: 'Place closures' })).toHaveProperty('disabled', true);
});

it('shows why a task failed, and the map as it was', async () => {
  await open();
  demo.mock.use(failAt({ done: 3 }));
  selectPole();
  const modal = await openModal();
  await user.click(await modal.findByRole('button', { name: 'Place closures' }));
  await modal.findByRole('button', { name: 'Try again' });
  expect(demo.layers.getState()).toMatchObject({ closures: [], building: [] });
});

it('speaks German', async () => {
  await open({ language: 'de' });
  const modal = await openModal('Muffen setzen');
  await modal.findByText('Wählen Sie auf der Karte einen Mast eines Entwurfs aus.');
});

it('is in the list of all tasks while it runs', async () => {
  await open({ runSeconds: 60 });
  selectPole();
  const modal = await openModal();
  await user.click(await modal.findByRole('button', { name: 'Place closures' }));
  await user.click(await screen.findByRole('button', { name: /^Tasks, 1 running/ }));
  const monitor = within(await screen.findByRole('dialog', { name: 'Tasks' }));
  await monitor.findByRole('row', { name: /^Place closures, FTTH-North, Running/ });
});
