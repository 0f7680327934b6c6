import type { Geometry, Position } from '../../contract/index.ts';
import type { HostFeature } from '../../host/contract.ts';
import type { Qwc2Api, Qwc2Feature } from './qwc2Api.ts';
import { projectionOf, WGS84 } from './qwc2State.ts';

/** What the task needs to know of a pole. */
export interface PoleDescription {
  /** The number that the task server knows it by. */
  id: number;
  title?: string | undefined;
  /** 'design/NAME'; undefined: it is in no design. */
  design?: string | undefined;
}

/** The number at the end of the feature's id ('poles.12'), its attribute `design`, and the name that QWC2 shows. */
export function describePole({ id, properties, displayname }: Qwc2Feature): PoleDescription {
  const { design, name } = properties;
  const known = typeof design === 'string' && design !== '' ? design : undefined;
  return {
    id: Number(/\d+$/.exec(String(id))?.[0] ?? Number.NaN),
    title: typeof name === 'string' ? name : displayname,
    design: known === undefined || known.startsWith('design/') ? known : `design/${known}`,
  };
}

/** The pole as plugins know features. */
export function poleFeature(qwc2: Qwc2Api, feature: Qwc2Feature, pole: PoleDescription): HostFeature {
  const title = pole.title ?? `pole/${pole.id}`;
  return {
    id: pole.id,
    getType: () => 'pole',
    getUrn: () => `pole/${pole.id}`,
    getTitle: () => title,
    properties: { ...feature.properties },
    geometry: pointOf(qwc2, feature),
    _myw: { title, ...(pole.design === undefined ? {} : { delta: pole.design }) },
  };
}

/** Poles are points; anything else has no place that could be shown as one. */
function pointOf(qwc2: Qwc2Api, { geometry, crs }: Qwc2Feature): Geometry | null {
  if (geometry?.type !== 'Point' || !isPosition(geometry.coordinates)) return null;
  const source = crs ?? projectionOf(qwc2.getState());
  const place = qwc2.CoordinatesUtils.reproject(geometry.coordinates, source, WGS84);
  return isPosition(place) ? { type: 'Point', coordinates: place } : null;
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite);
}
