import type { Position } from '../contract/index.ts';
import type { HostFeature } from '../host/contract.ts';

/** The map's selection, as a start for the task. `title` is the host's name of the feature. */
export type Selection =
  | { kind: 'none' }
  | { kind: 'wrong-type'; title: string }
  | { kind: 'pole-in-master'; title: string }
  /** `design`: 'design/NAME'. A pole of it is still to be chosen. */
  | { kind: 'design'; design: string; title: string }
  | { kind: 'pole'; design: string; poleId: number; title: string; at?: Position };

/** `feature`: what a host gave as one, which may lack any of it. */
export function selectionOf(feature: Partial<HostFeature> | null): Selection {
  if (!feature) return { kind: 'none' };
  const type = feature.getType?.();
  const title = feature._myw?.title ?? feature.getTitle?.() ?? type ?? '';
  if (type === 'design') {
    const name = feature.properties?.name ?? feature.getUrn?.().slice(7);
    return name ? { kind: 'design', design: `design/${name}`, title } : { kind: 'wrong-type', title };
  }
  const poleId = Number(feature.id);
  if (type !== 'pole' || !Number.isSafeInteger(poleId)) return { kind: 'wrong-type', title };
  const design = feature._myw?.delta;
  if (!design) return { kind: 'pole-in-master', title };
  const { geometry } = feature;
  return {
    kind: 'pole',
    design,
    poleId,
    title,
    ...(geometry?.type === 'Point' && { at: geometry.coordinates }),
  };
}
