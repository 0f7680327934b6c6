// Tests how a user chooses which addresses the task connects, and the circle that the map shows meanwhile.
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createFakeSystem } from '../../harness/fakeSystem.ts';
import type { SketchedCircle, SketchShape } from '../../src/host/contract.ts';
import { feature, mountPlugin, POLE } from '../support/host/mountPlugin.ts';

async function mounted(language = 'en') {
  const system = createFakeSystem();
  let shown: readonly SketchShape[] = [];
  const sketches = {
    show: (_key: string, shapes: readonly SketchShape[]) => {
      shown = shapes;
    },
  };
  const { app, plugin } = await mountPlugin({ system: system.client, sketches, language });
  const circle = () => shown[0] as SketchedCircle | undefined;
  const selection = await screen.findByRole('combobox');
  return { app, plugin, system, circle, selection, user: userEvent.setup() };
}

const started = (system: ReturnType<typeof createFakeSystem>) =>
  system.calls.filter(({ method }) => method === 'enqueueTask').map(({ args }) => args[1]);

test('at random, the task is started as before', async () => {
  const { system, user, circle } = await mounted();
  await user.click(screen.getByRole('button', { name: 'Create connections' }));
  await waitFor(() =>
    expect(started(system)).toEqual([{ design: 'design/Mill Road', pole_id: 12, count: 2000 }]),
  );
  expect(circle()).toBeUndefined();
});

test('nearest first needs no radius', async () => {
  const { system, user, selection } = await mounted();
  await user.selectOptions(selection, 'Nearest first');
  await user.click(screen.getByRole('button', { name: 'Create connections' }));
  await waitFor(() =>
    expect(started(system)).toEqual([
      { design: 'design/Mill Road', pole_id: 12, count: 2000, selection: 'nearest' },
    ]),
  );
});

test('within a radius the map shows its circle, which follows the field and can be dragged, until the task starts', async () => {
  const { system, user, selection, circle } = await mounted();
  await user.selectOptions(selection, 'Within a radius');
  await waitFor(() => expect(circle()).toMatchObject({ centre: [0.12, 52.2], radiusMetres: 300 }));
  const radius = screen.getByLabelText('Radius');
  await user.clear(radius);
  expect(screen.getByRole('button', { name: 'Create connections' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Enter a radius from 1 to 100,000 m.')).toBeTruthy();
  await waitFor(() => expect(circle()).toBeUndefined());
  await user.type(radius, '1,250.5');
  await waitFor(() => expect(circle()?.radiusMetres).toBe(1_250.5));
  act(() => circle()?.handle?.onRadius(1_400));
  expect(radius).toHaveProperty('value', '1,400');
  await user.click(screen.getByRole('button', { name: 'Create connections' }));
  await waitFor(() =>
    expect(started(system)).toEqual([
      { design: 'design/Mill Road', pole_id: 12, count: 2000, selection: 'within', radius_metres: 1_400 },
    ]),
  );
  await waitFor(() => expect(circle()).toBeUndefined());
});

test('the circle goes with the selection and with the dialog, and the choice is kept', async () => {
  const { app, plugin, user, selection, circle } = await mounted('de');
  await user.selectOptions(selection, 'In einem Umkreis');
  await user.clear(screen.getByLabelText('Radius'));
  await user.type(screen.getByLabelText('Radius'), '12,5');
  await waitFor(() => expect(circle()?.radiusMetres).toBe(12.5));
  expect(circle()?.handle?.text).toBe('12,5 m');
  act(() => app.setCurrentFeature(feature({ type: 'address', id: 3 })));
  await waitFor(() => expect(circle()).toBeUndefined());
  act(() => app.setCurrentFeature(POLE));
  await waitFor(() => expect(circle()?.radiusMetres).toBe(12.5));
  act(() => plugin.hideModal());
  await waitFor(() => expect(circle()).toBeUndefined());
});
