// Tests the tool "Tasks" of examples/qwc2 in the stand-in for QWC2.
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, onTestFinished, test, vi } from 'vitest';
import { registerTasks } from '../../../examples/qwc2/src/tasks.tsx';
import { createStandInQwc2 } from '../../../examples/qwc2/standIn/createStandInQwc2.tsx';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';

test('the menu opens the monitor in a window, and a task is found on the map', async () => {
  const system = createMonitorSystem();
  system.put({
    id: 'a',
    status: 'running',
    built: { count: 1, tables: ['pole'], bbox: [10.1, 48.8, 10.2, 48.9] },
  });
  const { qwc2, App } = createStandInQwc2({
    language: 'de-CH',
    plugins: [{ name: 'LrtTasks' }],
    menuItems: [{ key: 'LrtTasks' }],
    poles: { layer: 'poles', features: [] },
  });
  const zoomToExtent = vi.spyOn(qwc2, 'zoomToExtent');
  registerTasks(system.client);
  Object.assign(window, { qwc2 });
  onTestFinished(() => void Reflect.deleteProperty(window, 'qwc2'));
  act(() => void window.dispatchEvent(new Event('QWC2ApiReady')));
  render(<App />);

  await userEvent.click(screen.getByRole('button', { name: 'Aufgaben' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Aufgaben' }));
  await userEvent.hover(await dialog.findByRole('row', { name: /FTTH-North/ }));
  await userEvent.click(await dialog.findByRole('button', { name: 'Auf Aufgabe zoomen' }));
  expect(zoomToExtent).toHaveBeenCalledWith([10.1, 48.8, 10.2, 48.9], 'EPSG:4326');
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
});
