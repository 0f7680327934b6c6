import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished, vi } from 'vitest';
import { createStandInQwc2, type StandInOptions } from '../../../examples/qwc2/standIn/createStandInQwc2.tsx';
import { polesOf } from '../../../examples/qwc2/standIn/polesOf.ts';
import { createMockBackend } from '../../../mocks/index.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import { type Qwc2PluginOptions, registerQwc2Plugin } from '../../../src/hosts/qwc2/index.ts';

export interface StartOptions extends Partial<StandInOptions> {
  options?: Partial<Qwc2PluginOptions>;
}

/**
 * A stand-in for QWC2 with the plugin in it, on the mock backend; gone without a trace when the test ends. The
 * stand-in is our reading of QWC2's source, not QWC2.
 */
export async function startQwc2({ options, ...given }: StartOptions = {}) {
  const backend = await createMockBackend();
  const poles = await polesOf(backend, 'design/FTTH-North');
  const complaints = vi.spyOn(console, 'error');
  const standIn = createStandInQwc2({
    plugins: [{ name: 'Lrt', cfg: { poleLayer: 'poles' } }],
    menuItems: [{ key: 'Lrt' }],
    poles: { layer: 'poles', features: poles.filter(({ properties }) => properties.design) },
    ...given,
  });
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  const system = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
  const register = () => registerQwc2Plugin({ system, count: 20, ...options });
  const unregister = register();
  onTestFinished(async () => {
    unregister();
    root.unmount();
    element.remove();
    Reflect.deleteProperty(window, 'qwc2');
    localStorage.clear();
    complaints.mockRestore();
    await backend.close();
  });
  // As in QWC2: the script of the plugin was there first, then comes the API.
  Object.assign(window, { qwc2: standIn.qwc2 });
  window.dispatchEvent(new Event('QWC2ApiReady'));
  root.render(createElement(standIn.App));
  const layers = () => standIn.store.getState().layers.flat;
  return {
    ...standIn,
    backend,
    complaints,
    register,
    unregister,
    layer: (id: string) => layers().find((layer) => layer.id === id),
    /** Of tasks, on the map. */
    drawn: () => layers().find(({ id }) => id.startsWith('lrt-') && id !== 'lrt-pole')?.features ?? [],
  };
}
