import type { Geometry, Position } from '../../contract/index.ts';
import type { HostFeature } from '../../host/contract.ts';
import type { Qwc2Api, Qwc2Feature } from './qwc2Api.ts';
import { projectionOf, WGS84 } from './qwc2State.ts';

/** The facts about a pole that the task needs. */
export interface PoleDescription {
  /** The number by which the task server knows the pole. */
  id: number;
  title?: string | undefined;
  /** 'design/NAME'; undefined where the pole is in no design. */
  design?: string | undefined;
}

/** Takes the number from the end of the feature's id ('poles.12'), and reads its attributes `design` and `name`. */
export function describePole({ id, properties, displayname }: Qwc2Feature): PoleDescription {
  const { design, name } = properties;
  const known = typeof design === 'string' && design !== '' ? design : undefined;
  return {
    id: Number(/\d+$/.exec(String(id))?.[0] ?? Number.NaN),
    title: typeof name === 'string' ? name : displayname,
    design: known === undefined || known.startsWith('design/') ? known : `design/${known}`,
  };
}

/** Makes a feature as plugins know it of a pole that QWC2 found. */
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

/** Returns null for anything but a point: poles are points. */
function pointOf(qwc2: Qwc2Api, { geometry, crs }: Qwc2Feature): Geometry | null {
  if (geometry?.type !== 'Point' || !isPosition(geometry.coordinates)) return null;
  const source = crs ?? projectionOf(qwc2.getState());
  const place = qwc2.CoordinatesUtils.reproject(geometry.coordinates, source, WGS84);
  return isPosition(place) ? { type: 'Point', coordinates: place } : null;
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite);
}
