import { onTestFinished } from 'vitest';
import { createStandInQwc2 } from '../../../examples/qwc2/standIn/createStandInQwc2.tsx';
import { parseQwc2Api } from '../../../src/hosts/qwc2/index.ts';
import { Qwc2Overlay, qwc2Styles } from '../../../src/hosts/qwc2/qwc2Overlay.ts';
import { describeOverlay, type Shown } from '../../contracts/overlay.contract.ts';

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
  /** By the style of their layers. */
  const shown = () => {
    const features: Shown = { growing: 0, settled: 0, kept: 0 };
    for (const layer of store.getState().layers.flat) {
      for (const state of ['growing', 'settled', 'kept'] as const) {
        if (layer.styleOptions === qwc2Styles[state]) features[state] += layer.features.length;
      }
    }
    return features;
  };
  return { overlay, shown };
});
