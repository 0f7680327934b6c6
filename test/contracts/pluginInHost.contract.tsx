import type { ComponentType } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem, type FakeSystem } from '../../harness/fakeSystem.ts';
import { bindMyWorld, type MyWorldEntry } from '../../src/hosts/myworld/bindMyWorld.tsx';
import type { MyWorldModules } from '../../src/hosts/myworld/hostModules.ts';
import { POLE } from '../support/host/mountPlugin.ts';

/** A host of the platform's kind, with its two modules. */
export interface PlatformUnderTest {
  modules: MyWorldModules;
  /** Of the running application. */
  app: object;
  select(feature: unknown): void;
  /** As the application definition does: plugins by id, and a toolbar. */
  start(definition: { plugins: Record<string, unknown>; toolbar: string[] }): void;
  pressInPalette(id: string, button: string): void;
  render(component: ComponentType<{ open?: boolean }>, props: { open?: boolean }): void;
  /** How many handlers are on the application's events. */
  listening(): number;
  dispose(): void;
}

export interface PlatformSetup {
  system?: unknown;
  messages?: Record<string, Record<string, string>>;
  /** What the application has besides, or `undefined` for what it lacks. */
  app?: Record<string, unknown>;
}

type Stream = Record<'onProgress' | 'onSuccess' | 'onFailure' | 'onEnd', (told?: unknown) => void>;

const dialog = () => page.getByRole('dialog', { name: 'Customer connections' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const toolbarButton = () => page.getByRole('toolbar').getByRole('button', { name: /^Customer connections/ });
const heading = () => dialog().getByRole('heading');

/** How the plugin does in a host, as its users see it. `create` gives a host in English. */
export function declarePluginInHost(name: string, create: (setup: PlatformSetup) => PlatformUnderTest): void {
  describe(`the plugin in ${name}`, () => {
    const cleanUps: (() => unknown)[] = [];
    const uncaught: unknown[] = [];

    afterEach(() => {
      for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
      localStorage.clear();
      expect(uncaught.splice(0).map(String)).toEqual([]);
    });

    /** Takes what is reported, as the page's error trackers would; `expected` gives the messages so far. */
    function watchErrors(): () => string[] {
      const taken: string[] = [];
      const onError = (event: ErrorEvent | PromiseRejectionEvent) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        taken.push(String('reason' in event ? event.reason : event.error));
      };
      window.addEventListener('error', onError, true);
      window.addEventListener('unhandledrejection', onError, true);
      cleanUps.push(() => {
        window.removeEventListener('error', onError, true);
        window.removeEventListener('unhandledrejection', onError, true);
      });
      return () => taken;
    }

    function start(setup: PlatformSetup & { options?: unknown; selected?: unknown } = {}) {
      const { options, selected = POLE, ...rest } = setup;
      const host = create(rest);
      cleanUps.push(() => host.dispose());
      const entry: MyWorldEntry = bindMyWorld(host.modules);
      const entryOrBoth = options === undefined ? entry.LrtPlugin : [entry.LrtPlugin, options];
      host.start({ plugins: { lrtPlugin: entryOrBoth }, toolbar: ['lrtPlugin.dialog'] });
      host.select(selected);
      return { host, entry };
    }

    /** A host's client with the two methods, told by the test what to say. */
    function quietSystem(more: Record<string, unknown> = {}) {
      const streams: Stream[] = [];
      const close = vi.fn();
      const system = {
        settings: {},
        enqueueTask: vi.fn(async () => ({ id: 7 })) as (...args: unknown[]) => unknown,
        streamTaskProgress(_id: unknown, handlers: Stream): unknown {
          streams.push(handlers);
          return { close };
        },
        ...more,
      };
      return { system, streams, close };
    }

    async function begin(fake: FakeSystem) {
      await toolbarButton().click();
      await button('Create connections').click();
      await expect.poll(() => fake.openStreams).toBe(1);
    }

    async function beginQuiet(streams: Stream[]): Promise<Stream> {
      await toolbarButton().click();
      await button('Create connections').click();
      await expect.poll(() => streams.length).toBe(1);
      const [stream] = streams;
      if (!stream) throw new Error('No stream was opened');
      return stream;
    }

    it('starts a task with what the server needs, shows its progress and its success', async () => {
      const fake = createFakeSystem({ minimal: true });
      start({ system: fake.client });
      await begin(fake);
      expect(fake.calls[0]?.args.slice(0, 2)).toEqual([
        'customer_connection_task',
        { design: 'design/Mill Road', pole_id: 12, count: 2000 },
      ]);
      fake.task.run({ percent: 40.25, step: 4, message: '805 / 2000 addresses connected' });
      await expect.element(dialog()).toMatchTextContent('805 / 2000 addresses connected');
      await expect.element(dialog()).toMatchTextContent('40');
      await expect.element(dialog()).toMatchTextContent('Live');
      fake.task.succeed('Operation completed successfully');
      await expect.element(heading()).toHaveTextContent('Done');
      await expect.element(dialog()).toMatchTextContent('Operation completed successfully');
    });

    it('shows why a task failed', async () => {
      const { system, streams } = quietSystem();
      start({ system });
      const stream = await beginQuiet(streams);
      stream.onFailure('No more addresses');
      await expect.element(heading()).toHaveTextContent('The task failed');
      await expect.element(dialog()).toMatchTextContent('No more addresses');
    });

    it('closes and opens again, comes to the front on another click, and runs on meanwhile', async () => {
      const fake = createFakeSystem({ minimal: true });
      start({ system: fake.client });
      await begin(fake);
      await button('Close').last().click();
      await expect.element(dialog()).not.toBeInTheDocument();
      fake.task.run({ percent: 50, message: 'half' });
      await toolbarButton().click();
      await expect.element(dialog()).toMatchTextContent('half');
      await toolbarButton().click();
      expect(dialog().all()).toHaveLength(1);
      await expect.poll(() => dialog().element().contains(document.activeElement)).toBe(true);
    });

    it('opens from a palette, which gives it nothing but its owner', async () => {
      const { host } = start({ system: createFakeSystem({ minimal: true }).client });
      host.pressInPalette('lrtPlugin', 'dialog');
      await expect.element(dialog()).toBeVisible();
    });

    it('offers Cancel only where the host can', async () => {
      const able = createFakeSystem();
      const first = start({ system: able.client });
      await begin(able);
      able.task.run({ percent: 1 });
      await button('Cancel task').click();
      await expect.poll(() => able.calls.map(({ method }) => method)).toContain('cancelTask');
      first.host.dispose();
      cleanUps.length = 0;
      localStorage.clear();
      const { system, streams } = quietSystem({ cancelTask: null, listTasks: 'no' });
      start({ system });
      const stream = await beginQuiet(streams);
      stream.onProgress({ percent: 1, message: 'one', status: 'started' });
      await expect.element(dialog()).toMatchTextContent('one');
      expect(dialog().getByRole('button', { name: 'Cancel task' }).elements()).toEqual([]);
    });

    it('listens to the selection only while it is shown', async () => {
      const { host } = start({ system: createFakeSystem({ minimal: true }).client });
      const before = host.listening();
      await toolbarButton().click();
      await expect.element(dialog()).toBeVisible();
      await expect.poll(() => host.listening()).toBeGreaterThan(before);
      await button('Close').last().click();
      await expect.poll(() => host.listening()).toBe(before);
    });

    it('leaves nothing when it is removed', async () => {
      const { system, streams, close } = quietSystem();
      const { host, entry } = start({ system });
      const before = host.listening();
      const plugin = new entry.LrtPlugin(host.app);
      plugin.showModal();
      await button('Create connections').click();
      await expect.poll(() => streams.length).toBe(1);
      plugin.remove();
      await expect.element(dialog()).not.toBeInTheDocument();
      expect(close).toHaveBeenCalledOnce();
      expect(host.listening()).toBe(before);
      plugin.showModal();
      streams[0]?.onProgress({ percent: 5, message: 'after' });
      expect(dialog().elements()).toEqual([]);
    });

    it('words of the host go before ours', async () => {
      start({ messages: { LRT: { create: 'Build it' } }, system: quietSystem().system });
      await toolbarButton().click();
      await expect.element(button('Build it')).toBeVisible();
    });

    describe('a system that', () => {
      it('never calls back: the modal claims nothing', async () => {
        const { system, streams } = quietSystem();
        start({ system });
        await beginQuiet(streams);
        await expect.element(dialog()).toMatchTextContent('Connecting…');
        expect(dialog().element().textContent).not.toMatch(/Running|Live|%|free worker/);
      });

      it('gives progress without percent', async () => {
        const { system, streams } = quietSystem();
        start({ system });
        const stream = await beginQuiet(streams);
        stream.onProgress({ message: 'Reading addresses' });
        await expect.element(heading()).toHaveTextContent('Running');
        await expect.element(dialog()).toMatchTextContent('Reading addresses');
        expect(dialog().element().textContent).not.toMatch(/%/);
        stream.onProgress({ percent: Number.NaN, message: null, status: 4 });
        stream.onProgress(undefined);
        stream.onProgress({ percent: '12.5' });
        await expect.element(dialog()).toMatchTextContent(/1[23](\.5)? ?%/);
        await expect.element(dialog()).toMatchTextContent('Reading addresses');
      });

      it('says that it ended before it says how', async () => {
        const { system, streams } = quietSystem();
        start({ system });
        const stream = await beginQuiet(streams);
        stream.onEnd();
        await expect.element(heading()).toHaveTextContent('The task is out of sight');
        stream.onSuccess('done after all');
        await expect.element(dialog()).toMatchTextContent('done after all');
      });

      it('ends without saying how: Look again follows it again', async () => {
        const { system, streams } = quietSystem();
        start({ system });
        const stream = await beginQuiet(streams);
        stream.onEnd();
        await expect.element(heading()).toHaveTextContent('The task is out of sight');
        expect(dialog().element().textContent).not.toMatch(/Nothing was stored/);
        await button('Look again').click();
        await expect.poll(() => streams.length).toBe(2);
        streams[1]?.onProgress({ percent: 60, message: 'still there' });
        await expect.element(dialog()).toMatchTextContent('still there');
      });

      it('succeeds without an end, and goes on talking', async () => {
        const { system, streams } = quietSystem();
        start({ system });
        const stream = await beginQuiet(streams);
        stream.onSuccess(undefined);
        await expect.element(heading()).toHaveTextContent('Done');
        stream.onProgress({ percent: 3, message: 'late' });
        stream.onFailure(new Error('late'));
        await button('Start another').click();
        stream.onProgress({ percent: 3, message: 'late' });
        await expect.element(button('Create connections')).toBeVisible();
        expect(dialog().element().textContent).not.toMatch(/late/);
      });

      it.each([
        [
          'throws at once',
          () => {
            throw new Error('queue is down');
          },
          'queue is down',
        ],
        ['rejects with nothing', () => Promise.reject(undefined), 'The host gave no reason'],
        [
          'rejects with an answer',
          () => Promise.reject({ status: 500, responseText: 'worker missing' }),
          'worker missing',
        ],
        ['resolves with undefined', () => Promise.resolve(undefined), 'without the id of a task'],
      ])('%s when a task is started: says so, and can be tried again', async (_, enqueueTask, reason) => {
        const errors = watchErrors();
        const { system, streams } = quietSystem({ enqueueTask });
        start({ system });
        await toolbarButton().click();
        await button('Create connections').click();
        await expect.element(dialog()).toMatchTextContent('The task was not started');
        await expect.element(dialog()).toMatchTextContent(reason);
        system.enqueueTask = async () => ({ id: 'x' });
        await button('Create connections').click();
        await expect.poll(() => streams.length).toBe(1);
        expect(errors()).toEqual([]);
      });

      it.each([
        [
          'throws',
          () => {
            throw new Error('no stream');
          },
        ],
        ['rejects', () => Promise.reject(new Error('no stream'))],
      ])(
        '%s when the task is followed: the task is out of sight, not failed',
        async (_, streamTaskProgress) => {
          const errors = watchErrors();
          const { system } = quietSystem({ streamTaskProgress });
          start({ system });
          await toolbarButton().click();
          await button('Create connections').click();
          await expect.element(heading()).toHaveTextContent('The task is out of sight');
          expect(dialog().element().textContent).not.toMatch(/Nothing was stored/);
          expect(errors()).toEqual([]);
        },
      );

      it.each([
        ['nothing', () => undefined],
        ['an object without close', () => ({})],
        [
          'a close that throws',
          () => ({
            close() {
              throw new Error('closed');
            },
          }),
        ],
      ])('returns %s as its stream', async (_, opened) => {
        const errors = watchErrors();
        const heard: Stream[] = [];
        const { system } = quietSystem({
          streamTaskProgress(_id: unknown, handlers: Stream) {
            heard.push(handlers);
            return opened();
          },
        });
        const { host, entry } = start({ system });
        const plugin = new entry.LrtPlugin(host.app);
        plugin.showModal();
        await button('Create connections').click();
        await expect.poll(() => heard.length).toBe(1);
        heard[0]?.onProgress({ percent: 10, message: 'on the way' });
        await expect.element(dialog()).toMatchTextContent('on the way');
        plugin.remove();
        heard[0]?.onProgress({ percent: 11 });
        heard[0]?.onEnd();
        expect(errors()).toEqual([]);
      });

      it('gives its stream as a promise: closed when it comes too late', async () => {
        const close = vi.fn();
        let give = (_stream: unknown) => {};
        const opened = new Promise((resolve) => {
          give = resolve;
        });
        const { system } = quietSystem({ streamTaskProgress: () => opened });
        const { host, entry } = start({ system });
        const plugin = new entry.LrtPlugin(host.app);
        plugin.showModal();
        await button('Create connections').click();
        await expect.element(heading()).toBeVisible();
        plugin.remove();
        give({ close });
        await expect.poll(() => close.mock.calls.length).toBe(1);
      });

      it('lists tasks of other kinds, or in another shape: none of them is ours', async () => {
        const listTasks = vi.fn(async () => [
          { id: 1, status: 'running', name: 'nightly_export' },
          null,
          'x',
        ]);
        const { system, streams } = quietSystem({ listTasks });
        start({ system });
        await toolbarButton().click();
        await expect.poll(() => listTasks.mock.calls.length).toBeGreaterThan(0);
        await expect.element(button('Create connections')).toBeVisible();
        expect(streams).toEqual([]);
      });

      it.each([
        ['is missing', undefined],
        ['is null', null],
        ['has settings only', { settings: { a: 1 } }],
        ['is text', 'x'],
      ])('%s: the modal says that there is no task server', async (_, system) => {
        const errors = watchErrors();
        start({ app: { system } });
        await toolbarButton().click();
        await expect.element(dialog()).toMatchTextContent('not connected to a task server');
        await expect.element(button('Create connections')).toBeDisabled();
        expect(errors()).toEqual([]);
      });
    });

    describe('a selection that', () => {
      const bare = { getType: () => 'pole', id: 5 };
      it.each([
        ['lacks _myw, geometry, properties and titles', bare, 'not part of a design'],
        ['is a design without a name', { getType: () => 'design' }, 'Select the pole'],
        [
          'throws when asked',
          {
            getType() {
              throw new Error('detached');
            },
          },
          'not a pole',
        ],
        ['is not a feature', 'pole/12', 'Select a pole of a design on the map'],
        ['has nulls', { ...bare, _myw: null, properties: null, geometry: null }, 'not part of a design'],
      ])('%s', async (_, selected, text) => {
        const errors = watchErrors();
        const { host } = start({ system: quietSystem().system, selected: null });
        await toolbarButton().click();
        await expect.element(dialog()).toBeVisible();
        host.select(selected);
        await expect.element(dialog()).toMatchTextContent(text);
        host.select(POLE);
        await expect.element(button('Create connections')).toBeEnabled();
        expect(errors()).toEqual([]);
      });
    });

    describe('options that are wrong', () => {
      it.each([
        [{ count: '5' }, "option 'count' must be a whole number"],
        [{ system: {} }, "option 'system' must be an object with the methods"],
        [{ language: 7 }, "option 'language' must be a language tag"],
        [5, 'its options must be an object, and are 5'],
      ])('%o: reported and shown, and the host starts', async (options, message) => {
        const errors = watchErrors();
        const { system, streams } = quietSystem();
        const { host } = start({ system, options });
        expect(errors().join()).toContain(message);
        await toolbarButton().click();
        await expect.element(dialog()).toMatchTextContent(message);
        expect(dialog().getByRole('button', { name: 'Create connections' }).elements()).toEqual([]);
        await button('Close').last().click();
        await expect.element(dialog()).not.toBeInTheDocument();
        host.pressInPalette('lrtPlugin', 'dialog');
        await expect.element(dialog()).toMatchTextContent(message);
        expect(streams).toEqual([]);
      });
    });

    it('an error in the modal stays in it, and the host goes on', async () => {
      vi.spyOn(console, 'error').mockImplementation(() => {});
      cleanUps.push(() => vi.restoreAllMocks());
      const host = create({ system: quietSystem().system });
      cleanUps.push(() => host.dispose());
      let broken = true;
      const { DraggableModal } = host.modules.react as Record<string, ComponentType<{ open: boolean }>>;
      const Fragile: ComponentType<{ open: boolean }> = (props) => {
        if (broken) throw new Error('this modal is broken');
        return DraggableModal ? <DraggableModal {...props} /> : null;
      };
      const react = { ...(host.modules.react as object), DraggableModal: Fragile };
      const { LrtPlugin } = bindMyWorld({ client: host.modules.client, react });
      host.start({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] });
      host.select(POLE);
      await toolbarButton().click();
      host.select(null);
      broken = false;
      await toolbarButton().click();
      await expect.element(dialog()).toMatchTextContent('Select a pole');
    });

    it('two plugins under one id do not break each other', async () => {
      const errors = watchErrors();
      const { host, entry } = start({ system: quietSystem().system });
      const second = new entry.LrtPlugin(host.app);
      second.showModal();
      await expect.element(dialog()).toBeVisible();
      second.remove();
      await toolbarButton().click();
      await expect.element(button('Create connections')).toBeEnabled();
      expect(errors()).toEqual([]);
    });

    describe('LrtModal on its own', () => {
      it('with only `open` takes the application, runs a task, closes itself and opens again', async () => {
        const { system, streams } = quietSystem();
        const host = create({ system });
        cleanUps.push(() => host.dispose());
        const { LrtModal } = bindMyWorld(host.modules);
        host.start({ plugins: {}, toolbar: [] });
        host.select(POLE);
        host.render(LrtModal, { open: true });
        await button('Create connections').click();
        await expect.poll(() => streams.length).toBe(1);
        await button('Close').last().click();
        await expect.element(dialog()).not.toBeInTheDocument();
        host.render(LrtModal, { open: true });
        await expect.element(dialog()).toBeVisible();
        // A host may mount it anew: then it follows its task by another stream.
        await expect
          .poll(() => {
            streams.at(-1)?.onProgress({ percent: 30, message: 'still running' });
            return dialog().element().textContent;
          })
          .toContain('still running');
        host.render(LrtModal, { open: false });
        await expect.element(dialog()).not.toBeInTheDocument();
      });
    });

    it('a host without a module that it needs is told so, and starts', async () => {
      const errors = watchErrors();
      const host = create({ system: quietSystem().system });
      cleanUps.push(() => host.dispose());
      const { Plugin, PluginButton } = host.modules.client as Record<string, unknown>;
      const { LrtPlugin } = bindMyWorld({ client: { Plugin, PluginButton }, react: {} });
      host.start({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] });
      await userEvent.click(toolbarButton());
      expect(errors().join()).toContain('renderReactNode');
    });
  });
}
