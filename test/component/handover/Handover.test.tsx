// Tests how a user takes along what a run has built: the menu of files, and the report that prints.
import { configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunPage } from 'lrt-plugin/monitor';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handedOn } from '../../../harness/run/handedOn.ts';
import { endedRun, serveRuns } from '../../../harness/run/runs.ts';
import type { SystemClient } from '../../../src/client/SystemClient.ts';
import { TaskClientError } from '../../../src/client/TaskClientError.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';

// To find out which elements are hidden takes longer than all else here.
beforeAll(() => {
  configure({ defaultHidden: true });
});
afterAll(() => {
  configure({ defaultHidden: false });
});

type Export = NonNullable<SystemClient['exportTask']>;

async function open(exportTask: Export | undefined, given: Partial<TaskSnapshot> = {}) {
  const { client } = serveRuns([endedRun({ items: undefined, ...given })]);
  const user = userEvent.setup();
  const page = render(
    <RunPage
      app={{}}
      system={{ ...client, ...(exportTask && { exportTask }) }}
      taskId="run-12"
      language="en"
    />,
  );
  await user.click(await screen.findByRole('tab', { name: 'Result' }));
  return { user, page };
}

test('each file of the menu is fetched once and saved under the name that the server gave it', async () => {
  const exportTask = vi.fn<Export>((_, request) => handedOn(request));
  const { user } = await open(exportTask);
  const saved: string[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  for (const [item, name] of [
    ['Addresses (CSV)', 'run-12-addresses.csv'],
    ['GeoPackage for QGIS', 'run-12.gpkg'],
  ] as const) {
    await user.click(await screen.findByRole('button', { name: 'Download' }));
    await user.click(await screen.findByRole('menuitem', { name: item }));
    await waitFor(() => expect(saved.at(-1)).toBe(name));
  }
  expect(exportTask.mock.calls.map(([id, request]) => [id, request])).toEqual([
    ['run-12', { format: 'csv', report: 'addresses' }],
    ['run-12', { format: 'gpkg' }],
  ]);
  click.mockRestore();
});

test('a run of which nothing is left says why, and a download can be stopped', async () => {
  const message = 'Nothing of what task "run-12" built is left: design/South was deleted';
  let signal: AbortSignal | undefined;
  const exportTask = vi
    .fn<Export>()
    .mockRejectedValueOnce(new TaskClientError({ code: 'nothing-to-export', message }))
    .mockImplementationOnce((_, __, options) => {
      signal = options?.signal;
      return new Promise(() => {});
    });
  const { user } = await open(exportTask);
  const choose = async () => {
    await user.click(await screen.findByRole('button', { name: 'Download' }));
    await user.click(await screen.findByRole('menuitem', { name: 'GeoJSON' }));
  };
  await choose();
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing of what this run built is left');
  await choose();
  await user.click(await screen.findByRole('button', { name: 'The file is being made…' }));
  expect(signal?.aborted).toBe(true);
  expect(screen.queryByRole('alert')).toBeNull();
  await screen.findByRole('button', { name: 'Download' });
});

test('there is no menu where the client makes no files, and where the run has built nothing', async () => {
  await open(undefined);
  expect(screen.queryByRole('button', { name: 'Download' })).toBeNull();
});

test('the report has map, figures, bill with its total, who is not served, and splices; Escape leads back', async () => {
  const { user } = await open((_, request) => handedOn(request));
  await user.click(await screen.findByRole('button', { name: 'Download' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Report to print' }));
  const report = within(await screen.findByRole('dialog'));
  await report.findByText('cable-48');
  report.getByRole('img', { name: 'Map' });
  expect(report.getByRole('row', { name: /Total/ }).textContent).toContain('13,575.07');
  report.getByText('1 item has no price and is not in the total.');
  report.getByText('Hazel Way 7, rear');
  report.getByText('=Fern Close 1');
  report.getByText(/413 m away/);
  report.getByRole('row', { name: /^CL-1 / });
  const print = vi.spyOn(window, 'print').mockImplementation(() => {});
  await user.click(report.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledOnce();
  print.mockRestore();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
