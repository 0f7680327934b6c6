import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { LabelPolesModal } from '../../../harness/parts/LabelPolesModal.tsx';
import { createApplication, HostProvider } from '../../../src/host/index.ts';
import {
  createTaskSession,
  type HostFeature,
  MessagesProvider,
  TaskPanel,
  useMessages,
  useSelectedFeature,
} from '../../../src/parts/index.ts';
import { feature, POLE } from '../../support/host/mountPlugin.ts';
import { render } from './render.tsx';

interface Options {
  minimal?: boolean;
  language?: string;
  messages?: Record<string, Record<string, Record<string, string>>>;
  selected?: HostFeature | null;
}

/** The author's modal of the harness, rendered strictly in the standalone host. */
function open({ minimal = false, selected = POLE, ...options }: Options = {}) {
  const system = createFakeSystem({ minimal });
  const app = createApplication({ system: system.client, ...options });
  app.setCurrentFeature(selected);
  const session = createTaskSession({ app, taskName: 'label_poles', pluginId: 'labelPoles' });
  const unmount = render(
    <HostProvider app={app}>
      <LabelPolesModal app={app} session={session} open onClose={() => {}} />
    </HostProvider>,
  );
  onTestFinished(() => {
    session.dispose();
    app.dispose();
    localStorage.clear();
  });
  return { app, system, session, unmount };
}

const dialog = () => page.getByRole('dialog');
const heading = () => dialog().getByRole('heading');
const button = (name: string) => dialog().getByRole('button', { name, exact: true });

async function started(options?: Options) {
  const opened = open(options);
  await button('Label poles').click();
  await expect.poll(() => opened.system.openStreams).toBe(1);
  return opened;
}

describe('a modal built from the parts', () => {
  test('starts with what the author gives, once, also by Enter', async () => {
    const { system } = open();
    await dialog().getByRole('textbox', { name: 'Prefix' }).fill('N-');
    await userEvent.keyboard('{Enter}{Enter}');
    await expect.poll(() => system.openStreams).toBe(1);
    expect(system.calls.filter(({ method }) => method === 'enqueueTask').map(({ args }) => args[1])).toEqual([
      { design: 'design/Mill Road', prefix: 'N-' },
    ]);
  });

  test('says nothing of poles and addresses to connect', async () => {
    const { system } = await started();
    system.task.run({ percent: 10, step: 3, stepCount: 5, message: 'halfway there' });
    await expect.element(dialog()).toMatchTextContent('Step 3 of 5');
    await expect.element(dialog()).toMatchTextContent('halfway there');
    await expect.element(dialog()).not.toMatchTextContent(/Preparing the pole|address|Customer/);
    system.task.fail({
      code: 'invalid-params',
      message: 'no',
      parameters: [{ parameter: 'count', code: 'missing', message: 'no' }],
    });
    await expect.element(dialog()).toMatchTextContent('count: required, but not given.');
  });

  test('an error in the setup stays inside, and can be tried again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const session = createTaskSession({ app: {}, taskName: 'x', pluginId: 'x' });
    let broken = true;
    const Setup = () => {
      if (broken) throw new Error('no such field');
      return <p>ready</p>;
    };
    render(<TaskPanel session={session} setup={<Setup />} />);
    await expect.element(page.getByRole('alert')).toMatchTextContent('no such field');
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByText('ready')).toBeVisible();
  });

  test('leaves no listener and no element behind', async () => {
    const { app, unmount, session, system } = await started();
    system.task.run({ percent: 10 });
    session.dispose();
    unmount();
    expect(app.listenerCount('currentFeature-changed')).toBe(0);
    expect(system.openStreams).toBe(0);
    await expect.poll(() => document.querySelector('[role="dialog"]')).toBeNull();
  });
});

describe('a host that tells little', () => {
  test('nothing is made up of a task that nobody has told about', async () => {
    await started({ minimal: true });
    await expect.element(heading()).toHaveTextContent('Starting…');
    await expect.element(dialog()).not.toMatchTextContent(/%|about|free worker/);
  });

  test('progress without a percentage has no figure and no estimate', async () => {
    const { system } = await started({ minimal: true });
    system.task.run({ percent: null, message: 'at work' });
    await expect.element(heading()).toHaveTextContent('Running');
    const bar = dialog().getByRole('progressbar');
    await expect.element(bar).not.toHaveAttribute('aria-valuenow');
    await expect.element(dialog()).not.toMatchTextContent(/%|about|Connecting/);
    system.task.progress({ percent: 25 });
    await expect.element(bar).toHaveAttribute('aria-valuenow', '25');
    await expect.element(dialog()).toMatchTextContent('25%');
  });

  test('an end that does not say how is told as such, and looked at again', async () => {
    const system = createFakeSystem({ minimal: true });
    let end = () => {};
    const session = createTaskSession({
      app: {
        system: {
          ...system.client,
          streamTaskProgress(_id, { onEnd }) {
            end = () => onEnd?.();
            return { close() {} };
          },
        },
      },
      taskName: 'x',
      pluginId: 'x',
    });
    onTestFinished(() => {
      session.dispose();
      localStorage.clear();
    });
    render(<TaskPanel session={session} setup={<p>ready</p>} />);
    await session.start({});
    end();
    await expect.element(page.getByRole('heading')).toHaveTextContent('The task is out of sight');
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.element(page.getByRole('heading')).toHaveTextContent('Starting…');
  });
});

describe('the words', () => {
  test('of the author go over the parts’ own, the host’s over both', async () => {
    const { system } = open({
      language: 'de',
      messages: { de: { LABEL_POLES: { start: 'Los', cancel_task: 'Stopp' } } },
    });
    await button('Los').click();
    await expect.poll(() => system.openStreams).toBe(1);
    system.task.run({ percent: 50, step: 2, stepCount: 2, done: 1, total: 2 });
    await expect.element(dialog()).toMatchTextContent('Schritt 2 von 2 · Namen werden vergeben');
    await expect.element(dialog()).toMatchTextContent('1 / 2 Masten');
    await expect.element(heading()).toHaveTextContent('Läuft');
    await expect.element(button('Stopp')).toBeVisible();
  });

  test('follow the language of the host', async () => {
    const { app } = open();
    await expect.element(button('Label poles')).toBeVisible();
    app.setLanguage('ar');
    await expect.element(button('تسمية الأعمدة')).toBeVisible();
    await expect
      .poll(() => dialog().getByRole('textbox').element().closest('[dir]')?.getAttribute('dir'))
      .toBe('rtl');
  });

  test('an option goes before all, a pack is fetched, and an unknown key is shown', async () => {
    const fetched = vi.fn(async () => ({ default: { greeting: 'Bonjour {name}', other: 'Autre' } }));
    function Greeting() {
      const { msg, language } = useMessages();
      return <p>{[msg('greeting', { name: 'Ada' }), msg('other'), msg('nobody'), language].join(', ')}</p>;
    }
    render(
      <MessagesProvider
        app={{}}
        group="X"
        packs={{ en: { greeting: 'Hello {name}' }, fr: fetched }}
        language="fr"
        messages={{ other: 'Option' }}
      >
        <Greeting />
      </MessagesProvider>,
    );
    await expect.element(page.getByText('Bonjour Ada, Option, nobody, fr')).toBeVisible();
  });
});

test('useSelectedFeature follows the selection, also a feature that changed in place', async () => {
  const app = createApplication();
  onTestFinished(() => app.dispose());
  function Selected() {
    const selected = useSelectedFeature(app);
    return <p>selected: {selected ? String(selected.properties.name) : 'nothing'}</p>;
  }
  const unmount = render(<Selected />);
  await expect.element(page.getByText('selected: nothing')).toBeVisible();
  const pole = feature({ type: 'pole', name: 'P-1' });
  app.setCurrentFeature(pole);
  await expect.element(page.getByText('selected: P-1')).toBeVisible();
  pole.properties.name = 'P-2';
  app.fire('currentFeature-changed');
  await expect.element(page.getByText('selected: P-2')).toBeVisible();
  unmount();
  expect(app.listenerCount('currentFeature-changed')).toBe(0);
});
