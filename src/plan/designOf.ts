import type { HostFeature } from '../host/contract.ts';

/** The design of a feature, or that a feature belongs to, as 'design/NAME'. `feature`: what a host gave as one, which may lack any of it. */
export function designOf(feature: Partial<HostFeature>): string | undefined {
  if (feature.getType?.() !== 'design') return feature._myw?.delta;
  const name = feature.properties?.name ?? feature.getUrn?.().slice(7);
  return name ? `design/${name}` : undefined;
}
