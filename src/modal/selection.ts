import type { HostApplication, HostFeature } from '../host/types.ts';

/** What of the map's selection the task can start from. `title` is what the host calls the feature. */
export type Selection =
  | { kind: 'none' }
  | { kind: 'wrong-type'; title: string }
  | { kind: 'pole-in-master'; title: string }
  /** `design`: 'design/NAME'. A pole of it is still to be chosen. */
  | { kind: 'design'; design: string; title: string }
  | { kind: 'pole'; design: string; poleId: number; title: string };

export function selectionOf(app: Pick<HostApplication, 'currentFeature' | 'currentFeatureSet'>): Selection {
  const items = app.currentFeatureSet?.items;
  const feature = app.currentFeature ?? (items?.length === 1 ? items[0] : undefined);
  if (!feature) return { kind: 'none' };
  const title = titleOf(feature);
  const type = feature.getType();
  if (type === 'design') {
    const { name } = feature.properties;
    return { kind: 'design', design: typeof name === 'string' ? `design/${name}` : feature.getUrn(), title };
  }
  const poleId = Number(feature.id);
  if (type !== 'pole' || !Number.isSafeInteger(poleId)) return { kind: 'wrong-type', title };
  const design = feature._myw?.delta;
  return design ? { kind: 'pole', design, poleId, title } : { kind: 'pole-in-master', title };
}

function titleOf(feature: HostFeature): string {
  return feature._myw?.title ?? feature.getTitle();
}
