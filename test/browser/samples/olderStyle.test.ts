import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { dialog, startSamples, taskSample, toolbar } from './startSamples.ts';

describe('sample: connect by form, a task in a dialog of the older style', () => {
  const title = 'Connect by form';
  const { open, start, started } = taskSample(title);

  it('starts the task with what the form says, shows its progress and its end', async () => {
    const system = createFakeSystem();
    const { select, problems } = await startSamples({ system: system.client });
    await open();
    await expect.element(start()).toBeDisabled();
    await select('pole/1');
    await expect.element(dialog(title).getByLabelText('Pole')).toHaveValue('P-1');
    await userEvent.fill(dialog(title).getByLabelText('Addresses'), '0');
    await userEvent.click(start());
    await expect.element(dialog(title).getByText('Enter a whole number from 1.')).toBeVisible();
    await userEvent.fill(dialog(title).getByLabelText('Addresses'), '50');
    await userEvent.click(start());
    await expect
      .poll(() => system.calls[0]?.args.slice(0, 2))
      .toEqual([
        'customer_connection_task',
        { design: 'design/Mill Road', pole_id: 1, count: 50, selection: 'nearest' },
      ]);
    await expect.poll(() => system.openStreams).toBe(1);
    await expect.element(start()).toBeDisabled();
    system.task.run({ percent: 42.4, message: '21 of 50 addresses' });
    await expect.element(dialog(title).getByText('42% 21 of 50 addresses')).toBeVisible();
    system.task.succeed();
    await expect.element(dialog(title).getByText('All addresses are connected.')).toBeVisible();
    await expect.element(start()).toBeEnabled();
    expect(problems).toEqual([]);
  });

  it('stops the task, goes on while it is closed, and leaves no stream when its plugin goes', async () => {
    const { app, system } = await started();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog(title)).not.toBeInTheDocument();
    system.task.run({ percent: 60, message: 'more than half' });
    await open();
    await expect.element(dialog(title).getByText('60% more than half')).toBeVisible();
    await userEvent.click(dialog(title).getByRole('button', { name: 'Stop' }));
    await expect.poll(() => system.calls.at(-1)?.method).toBe('cancelTask');
    system.task.cancelled();
    await expect.element(dialog(title).getByText('Stopped. Nothing was stored.')).toBeVisible();
    await userEvent.click(start());
    await expect.poll(() => system.openStreams).toBe(1);
    app.unregisterPlugin('connectDialog');
    await expect.element(dialog(title)).not.toBeInTheDocument();
    await expect.poll(() => system.openStreams).toBe(0);
  });
});

describe('sample: edit pole, a form with a question', () => {
  const title = 'Edit pole';
  const open = () => userEvent.click(toolbar().getByRole('button', { name: title }));

  it('asks for a pole, and stores what the user has confirmed', async () => {
    const { database, select, problems } = await startSamples();
    await open();
    await expect.element(page.getByText('Select a pole on the map first.')).toBeVisible();
    await select('pole/2');
    await open();
    const height = dialog(title).getByLabelText('Height');
    await expect.element(height).toHaveValue(9);
    await userEvent.fill(height, '-1');
    await userEvent.click(dialog(title).getByRole('button', { name: 'Save' }));
    await expect.element(dialog(title).getByText('Enter a height above 0.')).toBeVisible();
    await userEvent.fill(height, '11');
    await userEvent.click(dialog(title).getByLabelText('Inspected this year'));
    await userEvent.click(dialog(title).getByRole('button', { name: 'Save' }));
    const question = dialog('Change P-2?');
    await expect.element(question).toBeVisible();
    await userEvent.click(question.getByRole('button', { name: 'Cancel' }));
    expect((await database.getFeature('pole', 2)).properties.height).toBe(9);
    await userEvent.click(dialog(title).getByRole('button', { name: 'Save' }));
    await userEvent.click(dialog('Change P-2?').getByRole('button', { name: 'OK' }));
    await expect.element(dialog(title).getByText('The pole is stored.')).toBeVisible();
    expect((await database.getFeature('pole', 2)).properties).toMatchObject({
      height: 11,
      inspected: true,
      material: 'wood',
    });
    expect(problems).toEqual([]);
  });

  it('does not store a pole without a name', async () => {
    const { select } = await startSamples();
    await select('pole/1');
    await open();
    await userEvent.fill(dialog(title).getByLabelText('Name'), ' ');
    await expect.element(dialog(title).getByRole('button', { name: 'Save' })).toBeDisabled();
  });
});
