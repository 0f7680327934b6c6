// Tests how the plugin for QWC2 registers itself, and what it says to whoever configured it wrongly.
import { expect, onTestFinished, test, vi } from 'vitest';
import { createStandInQwc2 } from '../../../examples/qwc2/standIn/createStandInQwc2.tsx';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import {
  createQwc2Plugin,
  parseQwc2Api,
  qwc2Translations,
  registerQwc2Plugin,
} from '../../../src/hosts/qwc2/index.ts';

function standIn() {
  const pole = {
    type: 'Feature',
    id: 'poles.1',
    geometry: { type: 'Point', coordinates: [10, 48] },
    properties: {},
  } as const;
  return createStandInQwc2({
    plugins: [],
    menuItems: [],
    poles: { layer: 'poles', features: [{ ...pole, geometry: { type: 'Point', coordinates: [10, 48] } }] },
  }).qwc2;
}

function onWindow(qwc2: object) {
  Object.assign(window, { qwc2 });
  onTestFinished(() => void Reflect.deleteProperty(window, 'qwc2'));
}

test('registers at once where the API is there, under the name that config.json looks for', () => {
  const qwc2 = standIn();
  const addPlugin = vi.spyOn(qwc2, 'addPlugin');
  onWindow(qwc2);
  registerQwc2Plugin({ system: createFakeSystem().client, task: 'Fibre' })();
  expect(addPlugin).toHaveBeenCalledWith(
    'FibrePlugin',
    expect.anything(),
    expect.objectContaining({ 'de-DE': { appmenu: { items: { Fibre: 'Kundenanschlüsse' } } } }),
  );
});

test('taken back before the API is ready, it never registers', () => {
  const qwc2 = standIn();
  const addPlugin = vi.spyOn(qwc2, 'addPlugin');
  registerQwc2Plugin({ system: createFakeSystem().client })();
  onWindow(qwc2);
  window.dispatchEvent(new Event('QWC2ApiReady'));
  expect(addPlugin).not.toHaveBeenCalled();
});

test('says what of window.qwc2 is missing, and which option is wrong', () => {
  const { libs: _libs, refreshLayer: _refreshLayer, ...older } = standIn();
  expect(() => parseQwc2Api(older)).toThrow(
    'window.qwc2 has no refreshLayer, libs.connect: enable the plugin "API" in config.json, and use QWC2 2025-lts or newer',
  );
  expect(() => parseQwc2Api(undefined)).toThrow(TypeError);
  const qwc2 = parseQwc2Api(standIn());
  const { client: system } = createFakeSystem();
  expect(() => createQwc2Plugin(qwc2, { system, count: 0 })).toThrow(/option 'count'/);
  expect(() => createQwc2Plugin(qwc2, { system: undefined as never })).toThrow(/option 'system' is missing/);
});

test('the translations have the language that QWC2 runs in under exactly its code', () => {
  expect(Object.keys(qwc2Translations('Lrt', 'fr-CH'))).toEqual([
    'en-US',
    'de-DE',
    'fr-FR',
    'es-ES',
    'ja-JP',
    'ar-EG',
    'fr-CH',
  ]);
  expect(qwc2Translations('Lrt', 'fr-CH')['fr-CH']).toEqual({
    appmenu: { items: { Lrt: 'Raccordement des abonnés' } },
  });
});
