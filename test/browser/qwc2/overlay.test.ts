import { expect, onTestFinished, test } from 'vitest';
import { createStandInQwc2 } from '../../../examples/qwc2/standIn/createStandInQwc2.tsx';
import { parseQwc2Api } from '../../../src/hosts/qwc2/index.ts';
import { Qwc2Overlay } from '../../../src/hosts/qwc2/qwc2Overlay.ts';
import { Qwc2Sketches } from '../../../src/hosts/qwc2/qwc2Sketches.ts';
import { rgb } from '../../../src/hosts/qwc2/qwc2Styles.ts';
import { overlayColours } from '../../../src/maps/base/overlayColours.ts';
import { describeOverlay, NOTHING, type Shown } from '../../contracts/overlay.contract.ts';

describeOverlay('QWC2', async ({ onSettled, ...options }) => {
  const { qwc2, store } = createStandInQwc2({
    plugins: [],
    menuItems: [],
    poles: { layer: 'poles', features: [] },
  });
  // QWC2 itself always draws its theme anew. Here it may be told that nobody loads what is stored.
  const never = () => new Promise(() => undefined);
  const overlay = new Qwc2Overlay(parseQwc2Api(qwc2), { ...options, onSettled: onSettled ?? never });
  onTestFinished(() => overlay.dispose());
  /** By the colours of the features. */
  const shown = () => {
    const features: Shown = { ...NOTHING };
    const { light } = overlayColours;
    for (const layer of store.getState().layers.flat) {
      for (const { styleOptions: { strokeColor, fillColor } = {} } of layer.features) {
        const [colour, fill] = [strokeColor, fillColor].map((value) => String(value).split(',', 3).join());
        // A mark is large, and a contract that counts pixels wants some.
        const one = layer.id === 'lrt-marks' ? 30 : 1;
        const is = (wanted: string) => rgb(wanted).join() === colour;
        if (rgb(light.failed).join() === fill) features.failed += one;
        else if (is(light.chosen)) features.chosen += one;
        else if (is(light.settled)) features.settled += one;
        else if (is(light.kept))
          features[fill === colour && !layer.id.includes('only-a') ? 'kept' : 'second'] += one;
        else if (is(light.pending)) features.growing += one;
      }
    }
    return features;
  };
  return { overlay, shown };
});

test('a sketch is a layer of QWC2 as long as it is shown', () => {
  const { qwc2, store } = createStandInQwc2({
    plugins: [],
    menuItems: [],
    poles: { layer: 'poles', features: [] },
  });
  const sketches = new Qwc2Sketches(parseQwc2Api(qwc2), () => ({ line: '#d5006d' }));
  const layers = () => store.getState().layers.flat.filter(({ id }) => id.startsWith('lrt-sketch'));
  sketches.show('within', [{ kind: 'circle', centre: [8.5, 47.4], radiusMetres: 250 }]);
  sketches.show('within', [{ kind: 'circle', centre: [8.5, 47.4], radiusMetres: 300 }]);
  expect(layers().map(({ features }) => features.length)).toEqual([1]);
  sketches.show('within', []);
  expect(layers()).toEqual([]);
  sketches.show('within', [{ kind: 'point', at: [8.5, 47.4] }]);
  sketches.dispose();
  expect(layers()).toEqual([]);
});
