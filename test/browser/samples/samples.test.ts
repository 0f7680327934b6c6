import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { dialog, startSamples, taskSample, toolbar } from './startSamples.ts';

describe('sample: connect addresses, a task', () => {
  const title = 'Connect addresses';
  const { open, start, started } = taskSample(title);

  it('runs the task for the selected pole, shows its progress and its end', async () => {
    const system = createFakeSystem();
    const { select, problems } = await startSamples({ system: system.client });
    await open();
    await expect.element(start()).toBeDisabled();
    await select('pole/1');
    await expect.element(dialog(title).getByLabelText('Pole')).toHaveValue('P-1');
    await userEvent.fill(dialog(title).getByLabelText(/Number of addresses/), '50');
    await userEvent.click(start());
    await expect
      .poll(() => system.calls[0])
      .toMatchObject({
        method: 'enqueueTask',
        args: ['customer_connection_task', { design: 'design/Mill Road', pole_id: 1, count: 50 }, undefined],
      });
    await expect.poll(() => system.openStreams).toBe(1);
    system.task.run({ percent: 42.4, message: '21 of 50 addresses' });
    await expect.element(dialog(title).getByText('21 of 50 addresses')).toBeVisible();
    await expect.element(dialog(title).getByText('42%')).toBeVisible();
    system.task.succeed();
    await expect.element(dialog(title).getByText('All addresses are connected.')).toBeVisible();
    expect(problems).toEqual([]);
  });

  it('stops the task, and says that nothing was stored', async () => {
    const { system } = await started();
    system.task.run({ percent: 1 });
    await userEvent.click(dialog(title).getByRole('button', { name: 'Stop' }));
    await expect.poll(() => system.calls.at(-1)?.method).toBe('cancelTask');
    system.task.cancelled();
    await expect.element(dialog(title).getByText('Stopped. Nothing was stored.')).toBeVisible();
  });

  it('shows why the server refused, and what goes wrong later', async () => {
    const system = createFakeSystem();
    const { select } = await startSamples({ system: system.client });
    system.refuse('enqueueTask', new Error('Too few addresses'));
    await select('pole/1');
    await open();
    await userEvent.click(start());
    await expect.element(dialog(title).getByText('Too few addresses')).toBeVisible();
    await userEvent.click(start());
    await expect.poll(() => system.openStreams).toBe(1);
    system.task.fail({ code: 'exception', message: 'The disk is full' });
    await expect.element(dialog(title).getByText('The disk is full')).toBeVisible();
  });

  it('goes on while its modal is closed, and shows where it is when it is opened again', async () => {
    const { system } = await started();
    await userEvent.click(dialog(title).getByRole('button', { name: 'Close' }));
    await expect.element(dialog(title)).not.toBeInTheDocument();
    system.task.run({ percent: 60, message: 'more than half' });
    await open();
    await expect.element(dialog(title).getByText('more than half')).toBeVisible();
  });

  it('leaves no stream behind when its plugin goes', async () => {
    const { app, system } = await started();
    app.unregisterPlugin('connectAddresses');
    await expect.element(dialog(title)).not.toBeInTheDocument();
    await expect.poll(() => system.openStreams).toBe(0);
  });
});

describe('sample: pole names, an edit', () => {
  const title = 'Rename pole';

  it('is opened from the palette, follows the selection, and renames the pole for everyone', async () => {
    const { database, select, problems } = await startSamples();
    await userEvent.click(page.getByRole('navigation').getByRole('button', { name: title }));
    await expect.element(dialog(title).getByText('Select a pole on the map.')).toBeVisible();
    await select('pole/2');
    const name = dialog(title).getByLabelText('Name of pole/2');
    await expect.element(name).toHaveValue('P-2');
    await userEvent.fill(name, 'Mill Road 2');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog(title).getByText('P-2 is now called Mill Road 2.')).toBeVisible();
    expect((await database.getFeature('pole', 2)).getTitle()).toBe('Mill Road 2');
    await expect.element(page.getByRole('heading', { name: 'Mill Road 2' })).toBeVisible();
    expect(problems).toEqual([]);
  });

  it('refuses a name that another pole has', async () => {
    const { database, select } = await startSamples();
    await select('pole/2');
    await userEvent.click(toolbar().getByRole('button', { name: title }));
    await userEvent.fill(dialog(title).getByLabelText('Name of pole/2'), 'P-1');
    await userEvent.click(dialog(title).getByRole('button', { name: 'Rename' }));
    await expect.element(dialog(title).getByText('Another pole is called P-1 already.')).toBeVisible();
    expect((await database.getFeature('pole', 2)).properties.name).toBe('P-2');
  });

  it('opens again after it was closed, though it keeps its being open to itself', async () => {
    await startSamples();
    const button = toolbar().getByRole('button', { name: title });
    for (const _ of [1, 2, 3]) {
      await userEvent.click(button);
      await expect.element(dialog(title)).toBeVisible();
      await userEvent.keyboard('{Escape}');
      await expect.element(dialog(title)).not.toBeInTheDocument();
    }
  });

  it('marks its button while a pole is selected', async () => {
    const { app, select } = await startSamples();
    const button = app.toolbar.find(({ reference }) => reference === 'poleNames.dialog')?.button;
    expect(button?.el?.classList.contains('active')).toBe(false);
    await select('pole/1');
    expect(button?.el?.classList.contains('active')).toBe(true);
  });
});

describe('sample: poles nearby, settings and a table', () => {
  const title = 'Poles nearby';
  const rows = () =>
    dialog(title)
      .getByRole('row')
      .elements()
      .slice(1)
      .map((row) => row.textContent);

  it('lists the poles within the radius of its options, and marks them on the map', async () => {
    const { select, drawn, problems } = await startSamples();
    await select('pole/1');
    await userEvent.click(toolbar().getByRole('button', { name: title }));
    await expect.element(dialog(title).getByText('Around P-1')).toBeVisible();
    await userEvent.click(dialog(title).getByRole('button', { name: 'Search' }));
    await expect.element(dialog(title).getByText('Poles found: 3')).toBeVisible();
    expect(rows()).toEqual(['P-100', 'P-2681', 'P-31361']);
    await expect.poll(() => drawn().map(({ tooltip }) => tooltip)).toEqual(['P-1', 'P-2', 'P-3']);
    await userEvent.keyboard('{Escape}');
    await expect.poll(drawn).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('follows its settings, sorts, and selects the pole of a row', async () => {
    const { app, select } = await startSamples();
    await select('pole/1');
    await userEvent.click(toolbar().getByRole('button', { name: title }));
    await userEvent.fill(dialog(title).getByLabelText('Within (metres)'), '400');
    await userEvent.click(dialog(title).getByLabelText('Only of the same design'));
    await userEvent.click(dialog(title).getByText('Most addresses first'));
    await userEvent.click(dialog(title).getByRole('button', { name: 'Search' }));
    await expect.poll(rows).toEqual(['P-2681', 'P-100', 'P-43410']);
    await userEvent.click(dialog(title).getByRole('button', { name: 'P-4' }));
    expect(app.currentFeature?.getUrn()).toBe('pole/4');
  });
});

describe('samples: words', () => {
  it.each([
    ['de', 'Mast umbenennen'],
    ['fr', 'Renommer le poteau'],
    ['es', 'Cambiar nombre del poste'],
    ['ja', '電柱名の変更'],
    ['ar', 'إعادة تسمية العمود'],
  ])('come from the message files: %s', async (language, title) => {
    const { app } = await startSamples();
    app.setLanguage(language);
    await userEvent.click(toolbar().getByRole('button', { name: title }));
    await expect.element(dialog(title)).toBeVisible();
  });
});
