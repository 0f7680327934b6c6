// Tests that a misspelt option of the plugin is refused where the application registers it, with the name that was meant.
import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';
import { expect, onTestFinished, test, vi } from 'vitest';

test.each([
  ['taskNam', "there is no option 'taskNam': use 'taskName'"],
  ['Count', "there is no option 'Count': use 'count'"],
  ['pageTitel', "there is no option 'pageTitel': use 'pageTitle'"],
  ['listPole', "there is no option 'listPole': use 'listPoles'"],
  [
    'colour of the button',
    "there is no option 'colour of the button': use one of system, overlay, messages, packs, language, count, taskName, listPoles, notices, pageTitle, pageIcon, desktopNotifications, openRun, openTable",
  ],
])('the option %o is refused', async (name, message) => {
  const app = createApplication();
  onTestFinished(() => app.dispose());
  const problems: unknown[] = [];
  app.on('error', (problem: never) => problems.push(problem));
  expect(() => new LrtPlugin(app, { [name]: 1 })).toThrow(new TypeError(`LrtPlugin: ${message}`));
  app.registerPlugin('lrtPlugin', LrtPlugin as never, { [name]: 1 } as never);
  expect(app.plugins).toEqual({});
  await vi.waitFor(() => expect(String(problems[0])).toContain('lrtPlugin'));
});
