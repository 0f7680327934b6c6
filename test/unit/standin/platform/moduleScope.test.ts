// A main file is imported before the application starts: its modules call the platform at their top.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import myw, {
  createApplicationDefinition,
  Database,
  Plugin,
  PluginButton,
  startApplication,
} from '../../../../standin/platform/index.ts';
import { useLocale } from '../../../../standin/platform/react.ts';

// As a module of a plugin has it at its top; React says, rightly, that this is no way to use a hook.
vi.spyOn(console, 'error').mockImplementation(() => {});
const locale = Reflect.apply(useLocale, undefined, ['drops']);
const { msg } = locale;
const { config } = myw;

const messages = {
  en: { drops: { title: 'Drops', count: '{n} drops' } },
  ar: { drops: { title: 'كابلات' } },
};

function start(options: Parameters<typeof startApplication>[0] = {}) {
  const app = startApplication({ definition: createApplicationDefinition(), messages, ...options });
  onTestFinished(() => app.dispose());
  return app;
}

describe('what a module takes from the platform before the application starts', () => {
  it('useLocale: its messages are there once the application has started, in its language', () => {
    expect([msg('title'), locale.language, locale.direction]).toEqual(['title', 'en', 'ltr']);
    const app = start();
    expect([msg('title'), msg('count', { n: 3 })]).toEqual(['Drops', '3 drops']);
    app.setLanguage('ar');
    expect([msg('title'), locale.language, locale.direction]).toEqual(['كابلات', 'ar', 'rtl']);
    app.dispose();
    expect(msg('title')).toBe('title');
  });

  it('myw.config: it has the settings of the application that started', () => {
    expect(config['drops.limit']).toBeUndefined();
    start({ settings: { 'drops.limit': 20 } });
    expect(config['drops.limit']).toBe(20);
    expect({ ...config }).toEqual({ 'drops.limit': 20 });
    expect('drops.limit' in config).toBe(true);
  });

  it('myw.app: there is none, so that a module can ask for it', () => {
    expect(myw.app).toBeUndefined();
  });

  it('Plugin.extend: the older way to write a class', () => {
    const initialized: unknown[] = [];
    const Base = Plugin.extend(
      {
        messageGroup: 'drops',
        options: { radius: 50, unit: 'm' },
        initialize(...args: unknown[]) {
          initialized.push(args.length);
        },
        title(this: { msg(key: string): string }) {
          return this.msg('title');
        },
      },
      { kind: 'drops' },
    );
    class Near extends Base {}
    const app = start();
    app.registerPlugin('near', Near as never, { radius: 20 });
    const near = Object(app.plugins.near);
    expect(near.title()).toBe('Drops');
    expect(near.options).toEqual({ radius: 20, unit: 'm' });
    expect(initialized).toEqual([2]);
    expect(near).toBeInstanceOf(Plugin);
    expect(Reflect.get(Near, 'kind')).toBe('drops');
  });

  it('PluginButton.extend: initialize is called once, though the base class calls it too', () => {
    const initialize = vi.fn();
    const Button = PluginButton.extend({ initialize });
    Reflect.construct(Button, [{}]);
    expect(initialize).toHaveBeenCalledTimes(1);
  });

  it('a class of the platform that the stand-in does not have may be extended the older way too', () => {
    const { TreeView } = myw;
    const Tree = Reflect.get(Object(TreeView), 'extend').call(TreeView, { messageGroup: 'drops' });
    expect(() => Reflect.construct(Tree, [])).toThrow('not in the stand-in host: TreeView');
  });
});

describe('members of the platform that the stand-in does not have', () => {
  const app = () => start({ database: new Database() });
  const member = (object: unknown, path: string) =>
    path.split('.').reduce((at, name) => Reflect.get(Object(at), name), object);

  it.each([
    ['map', 'layerManager.getLayer'],
    ['map', 'setInteractionMode'],
    ['system', 'getLoggedInUser'],
    ['database', 'runQuery'],
  ])('%s.%s says so when it is called', (owner, name) => {
    const method = member(member(app(), owner), name);
    expect(() => Reflect.apply(Object(method), undefined, ['x'])).toThrow(
      `not in the stand-in host: ${owner}.${name}`,
    );
  });

  it('app.userLocation.init says so, and so does a use of it as a number or a text', () => {
    const location = member(app(), 'userLocation');
    expect(() => Reflect.apply(Object(member(location, 'init')), undefined, [])).toThrow(
      'not in the stand-in host: app.userLocation.init',
    );
    expect(() => Number(location)).toThrow('not in the stand-in host: app.userLocation');
    expect(() => `${location}`).toThrow('not in the stand-in host: app.userLocation');
  });

  it('other names stay undefined, so that a plugin can ask whether its platform has them', () => {
    const { map, system, database } = app();
    expect([map, system, database, app()].map((each) => member(each, 'somethingNewer'))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect('somethingNewer' in system).toBe(false);
  });

  it("a client's or a map's own member goes before them", () => {
    const { map, system } = start({
      system: Object.assign(
        { enqueueTask: async () => ({ id: 1 }), streamTaskProgress: () => ({ close() {} }) },
        { getLoggedInUser: () => 'ada' },
      ),
      map: Object.assign(
        { getBounds: () => [0, 0, 1, 1] as [number, number, number, number], fitBounds() {}, zoomTo() {} },
        { getZoom: () => 17, layerManager: { getLayer: (name: string) => name } },
      ),
    });
    expect(Reflect.get(system, 'getLoggedInUser')()).toBe('ada');
    expect(Reflect.get(Object(map), 'getZoom')()).toBe(17);
    expect(Reflect.get(Object(map), 'layerManager').getLayer('poles')).toBe('poles');
  });

  it('they do not get in the way of a promise, of JSON, or of printing', async () => {
    const started = app();
    expect(await Promise.resolve(started)).toBe(started);
    expect(Object.keys(started)).not.toContain('userLocation');
    expect(await Promise.resolve(member(started, 'userLocation'))).toBeTypeOf('function');
    expect(JSON.stringify({ location: member(started, 'userLocation') })).toBe('{}');
  });
});

describe('members of the platform that the stand-in has', () => {
  it('a plugin by its id, the permissions, the address of the page, and the view of the database', async () => {
    const app = start({ permissions: ['view'] });
    const plugin = app.registerPlugin('drops', Plugin);
    expect(app.getPluginById('drops')).toBe(plugin);
    expect(await app.system.userHasPermission('edit')).toBe(false);
    expect(await app.system.userHasPermission('view')).toBe(true);
    expect(app.getUrlParam('lang')).toBeUndefined();
    expect(app.getDelta()).toBe('');
    expect([app.isHandheld, app.isNativeApp]).toEqual([false, false]);
  });

  it('centre and zoom of the map, which go together', () => {
    const { map } = start();
    const view = Object(map);
    view.setView({ lat: 52.2, lng: 0.12 }, 17);
    expect(view.getZoom()).toBeCloseTo(17);
    expect(view.getCenter().lat).toBeCloseTo(52.2);
    view.setZoom(12);
    expect(view.getZoom()).toBeCloseTo(12);
    view.panTo({ lat: 48, lng: 9 });
    expect(view.getCenter().lng).toBeCloseTo(9);
    expect(view.getZoom()).toBeCloseTo(12);
  });

  it("'task-refused' names the task that the server has refused, and the plugin gets the error as ever", async () => {
    const refusal = new Error('no addresses');
    const app = start({
      system: {
        enqueueTask: () => Promise.reject(refusal),
        streamTaskProgress: () => ({ close() {} }),
      },
    });
    const refused = vi.fn();
    app.on('task-refused', refused);
    await expect(app.system.enqueueTask('lrt_task', {})).rejects.toBe(refusal);
    expect(refused).toHaveBeenCalledExactlyOnceWith({ name: 'lrt_task', problem: refusal });
  });
});
