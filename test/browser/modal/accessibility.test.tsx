import type { ThemeConfig } from 'antd';
import axe from 'axe-core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { TaskItem } from '../../../src/contract/index.ts';
import { themes } from '../../../src/host/index.ts';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { connectionLocales } from '../../../src/locales/customerConnection/connectionLocales.ts';
import type { MessageKey } from '../../../src/locales/customerConnection/en.ts';
import { titles } from '../../../src/locales/customerConnection/titles.ts';
import { loadLocale } from '../../../src/locales/loadLocale.ts';
import { mountPlugin } from '../../support/host/mountPlugin.ts';

const ends = (animation: Animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);

/** What axe can find fault with differs by the theme and the direction, not by the words. */
const WITH_AXE: Record<string, { theme: ThemeConfig } | undefined> = {
  en: { theme: themes.light },
  de: { theme: themes.dark },
  ar: { theme: themes.light },
};

const dialog = () => page.getByRole('dialog');
const heading = () => dialog().getByRole('heading');

/** Until then the buttons of a phase that has just begun do nothing. */
const settled = () => expect.poll(() => document.querySelector('[data-settling]')).toBeNull();

async function problemsOf(element: Element): Promise<unknown[]> {
  // Colours are judged once they are there: buttons fade from one to the next.
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(ends)
      .map(({ finished }) => finished),
  );
  const { violations } = await axe.run(element, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
  }));
}

/** Walks through every phase of the modal and stops at each. */
async function walk(options: Parameters<typeof mountPlugin>[0], at: (phase: string) => Promise<void>) {
  const system = createFakeSystem();
  const { messages, english, language } = await loadLocale(options?.language ?? 'en', connectionLocales);
  const { msg } = createTranslator({ locale: { messages, english, language } });
  const press = (key: MessageKey) =>
    dialog()
      .getByRole('button', { name: msg(key), exact: true })
      .last()
      .click();
  const { app } = await mountPlugin({ system: system.client, ...options });
  const selected = app.currentFeature;
  await expect.element(dialog().getByRole('textbox')).toBeVisible();
  await at('ready');
  app.setCurrentFeature(null);
  await dialog().getByRole('textbox').fill('abc');
  await at('disabled');
  app.setCurrentFeature(selected);
  await dialog().getByRole('textbox').fill('2000');
  system.refuse('enqueueTask', {
    code: 'invalid-params',
    message: 'no',
    details: { available: 1200 },
    parameters: [
      { parameter: 'count', code: 'too-many', message: 'no' },
      { parameter: 'pole_id', code: 'not-found', message: 'no' },
    ],
  });
  await press('create');
  await expect.element(dialog().getByRole('alert')).toBeVisible();
  await at('refused');
  await press('create');
  await expect.poll(() => system.tasks[0]?.followers).toBe(1);
  await expect.element(heading()).toBeVisible();
  await at('queued');
  system.task.run({ percent: 61.7, step: 4, stepCount: 5, done: 1234, total: 2000 });
  await expect.element(dialog()).toMatchTextContent(/61/);
  await at('running');
  system.task.connection({
    state: 'reconnecting',
    attempt: 1,
    retryAt: Date.now() + 27_500,
    reason: 'reset',
  });
  system.task.restart();
  await expect.element(dialog().getByRole('alert')).toBeVisible();
  await at('reconnecting');
  system.task.connection({ state: 'live' });
  await press('cancel_task');
  await at('cancelling');
  system.task.cancelled();
  await expect.element(heading()).toHaveTextContent(msg('cancelled_heading'));
  await at('cancelled');
  await press('start_another');
  await press('create');
  await expect.poll(() => system.tasks[1]?.followers).toBe(1);
  system.task.fail({ code: 'worker-lost', message: 'Lost after 3 attempts' });
  await expect.element(heading()).toHaveTextContent(msg('failed_heading'));
  await at('failed');
  await press('retry');
  await expect.poll(() => system.tasks[2]?.followers).toBe(1);
  system.task.run();
  system.task.succeed();
  await expect.element(dialog()).toMatchTextContent(msg('result_length') ?? 'missing');
  await at('succeeded');
  await press('start_another');
  await press('create');
  await expect.poll(() => system.tasks[3]?.followers).toBe(1);
  system.task.run();
  system.task.log('warning', '"lng" is not a parameter of this task and was ignored');
  system.task.items([
    ...Array.from({ length: 1963 }, (_, index): TaskItem => ({ id: `address/${index}`, ok: true })),
    ...Array.from(
      { length: 37 },
      (_, index): TaskItem => ({
        id: `address/${2000 + index}`,
        code: 'too-far',
        message: 'No pole within 80 m: add a pole',
        geometry: { type: 'Point', coordinates: [0.1, 52.2] },
      }),
    ),
  ]);
  system.task.succeed();
  await expect.element(dialog().getByRole('region', { name: msg('failures') })).toBeVisible();
  await dialog().getByRole('button', { expanded: false }).click();
  await expect.element(dialog().getByRole('region', { name: msg('log') })).toBeVisible();
  await at('partly succeeded');
}

describe.each(Object.keys(titles))('every phase in %s', (language) => {
  const walksWithAxe = WITH_AXE[language];
  test(`has words for everything, ${walksWithAxe ? 'nothing that axe finds fault with, ' : ''}and neither React nor antd complains`, async () => {
    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
    onTestFinished(() => void vi.restoreAllMocks());
    await walk({ language, ...walksWithAxe }, async (phase) => {
      expect(complaints.flatMap(({ mock }) => mock.calls)).toEqual([]);
      const text = dialog().element().textContent ?? '';
      expect(text).not.toMatch(/[{}]|[a-z]+_[a-z]+|undefined|NaN/);
      if (!walksWithAxe) return;
      expect({ phase, problems: await problemsOf(dialog().element()) }).toEqual({ phase, problems: [] });
    });
  });
});

test('the whole job can be done with the keyboard', async () => {
  const system = createFakeSystem();
  await mountPlugin({ system: system.client, open: false });
  const tabTo = async (name: string, role: 'button' | 'textbox' = 'button') => {
    const wanted = page.getByRole(role, { name, exact: true }).last();
    for (let tabs = 0; tabs < 20 && document.activeElement !== wanted.element(); tabs += 1) {
      await userEvent.keyboard('{Tab}');
    }
    expect(document.activeElement).toBe(wanted.element());
  };
  await expect.element(page.getByRole('toolbar')).toBeVisible();
  await tabTo('Customer connections');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog()).toBeVisible();
  await tabTo('Connections', 'textbox');
  await userEvent.keyboard('{Control>}a{/Control}50');
  await tabTo('Create connections');
  await userEvent.keyboard(' ');
  await expect.poll(() => system.tasks[0]?.snapshot.params.count).toBe(50);
  // The button is gone; the focus is on what took its place.
  await expect.poll(() => document.activeElement).toBe(heading().element());
  await tabTo('Cancel task');
  await settled();
  await userEvent.keyboard('{Enter}');
  system.task.cancelled();
  await expect.element(heading()).toHaveTextContent('The task was cancelled');
  await expect.poll(() => document.activeElement).toBe(heading().element());
  await tabTo('Start another');
  await settled();
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog().getByRole('textbox')).toBeVisible();
  await expect.poll(() => dialog().element().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(() => document.activeElement?.id).toBe('lrt-button');
});

test('the end of a task takes no focus from elsewhere on the page', async () => {
  const system = createFakeSystem();
  await mountPlugin({ system: system.client });
  await dialog().getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(() => system.tasks[0]?.followers).toBe(1);
  document.querySelector<HTMLElement>('#lrt-button')?.focus();
  system.task.run();
  system.task.succeed();
  await expect.element(heading()).toHaveTextContent('2,000 addresses connected');
  expect(document.activeElement?.id).toBe('lrt-button');
});

test('progress is announced seldom, and each change of the status at once', async () => {
  const system = createFakeSystem();
  await mountPlugin({ system: system.client });
  await dialog().getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(() => system.tasks[0]?.followers).toBe(1);
  const live = dialog().getByRole('status');
  const said: string[] = [];
  const observer = new MutationObserver(() => said.push(live.element().textContent ?? ''));
  observer.observe(live.element(), { subtree: true, characterData: true, childList: true });
  system.task.run({ percent: 0, done: 0, total: 2000 });
  for (const percent of [3, 12, 14, 18, 25]) {
    system.task.progress({ percent });
    await expect.element(dialog()).toMatchTextContent(`${percent}%`);
  }
  system.task.succeed();
  await expect.poll(() => said.at(-1)).toBe('Done');
  observer.disconnect();
  expect([...new Set(said)]).toEqual([expect.stringMatching(/^Running, [03]%$/), 'Done']);
});
