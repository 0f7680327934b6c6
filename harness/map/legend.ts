import type { OverlayLegend } from '../../src/maps/base/legendOf.ts';

/** The signs of the legend besides running tasks, in their order. */
export const LEGEND_SIGNS = [
  'committed',
  'cable',
  'fiber_odf',
  'fiber_splitter',
  'fiber_terminal',
  'splice_closure',
  'handhole',
  'underground',
  'failed',
  'chosen',
  'pole',
  'designPole',
  'address',
] as const;
export type LegendSign = (typeof LEGEND_SIGNS)[number];

/** The running tasks and the signs that are in view. */
export interface MapLegend {
  tasks: OverlayLegend['tasks'];
  shown: readonly LegendSign[];
}
