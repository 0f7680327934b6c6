// Makes the layers of a task on a MapLibre map, by the rules of src/maps/base/symbology.ts.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { GeoFeature, Position } from '../../contract/index.ts';
import type { DropBundles } from '../base/DropBundles.ts';
import {
  CASING_PIXELS,
  cableSizeOf,
  cableWidth,
  dashOf,
  dropOpacity,
  END_OPACITY,
  FAR_METRES,
  kindOf,
  NEAR_METRES,
  type OverlayLook,
  POLE_MARK_PIXELS,
  ROUTE_OPACITY,
  ROUTE_WIDTH,
  SIZES,
  type ZoomClass,
} from '../base/symbology.ts';
import { nameOf, type Sign } from './signs.ts';

/** A crowd beyond this number has the opacity of the largest one. Each one has a layer of its own. */
const MOST_CROWDS = 8;
/** Metres a pixel at zoom 0 on the equator: a tile has 512 pixels. */
export const METRES_AT_ZERO = 40_075_016.686 / 512;
/** A commit is one change, without motion. */
const AT_ONCE = { duration: 0, delay: 0 };

export const sourceOf = (taskId: string) => `lrt-${taskId}`;

/** The layers of a task depend on this. */
export interface TaskLook {
  id: string;
  look: OverlayLook;
  bundles: DropBundles;
  /** Where the task works, for the scale of the map. */
  latitude: number;
  hasCables: boolean;
}

/** Returns the zooms from which on a map is no longer far, and from which on it is near. */
export function zoomsAt(latitude: number): { middle: number; near: number } {
  const metres = METRES_AT_ZERO * Math.cos((Math.min(85, Math.abs(latitude)) * Math.PI) / 180);
  return { middle: Math.log2(metres / FAR_METRES), near: Math.log2(metres / NEAR_METRES) };
}

/** The signs of a task. The map needs their pictures before it has the layers. */
export function signsOf({ look: { colour, halo, filled } }: TaskLook): Record<Sign['shape'], Sign> {
  const hollow = filled ? undefined : halo;
  return {
    square: { shape: 'square', zoom: 'near', colour, halo: hollow },
    ring: { shape: 'ring', zoom: 'near', colour, halo: hollow },
    end: { shape: 'end', zoom: 'near', colour },
  };
}

/** Returns the layers of a task from below: its lines, and its points. */
export function layersOf(task: TaskLook): { lines: LayerSpecification[]; points: LayerSpecification[] } {
  const { id, look, bundles, latitude, hasCables } = task;
  const source = sourceOf(id);
  const { middle, near } = zoomsAt(latitude);
  const byZoom = <Value>(at: (zoom: ZoomClass) => Value): ExpressionSpecification =>
    // Its types have no tuple of so many stops.
    ['step', ['zoom'], at('far'), middle, at('middle'), near, at('near')] as ExpressionSpecification;
  const dashes = (kind: 'drop' | 'cable', meeting: number) => {
    const dashAt = (zoom: ZoomClass) =>
      dashOf(look, kind, zoom, meeting).map((length) => length / SIZES[zoom][kind]);
    if (dashAt('near').length === 0) return {};
    // MapLibre has no dashes that are none: on a far map these look solid.
    return {
      'line-dasharray': byZoom((zoom) => ['literal', dashAt(zoom).length > 0 ? dashAt(zoom) : [40, 0.1]]),
    };
  };
  const signs = signsOf(task);
  const is = (kind: string): ExpressionSpecification => ['==', ['get', 'lrtKind'], kind];
  const crowds = Math.min(bundles.size, MOST_CROWDS + 1);
  const lines: LayerSpecification[] = Array.from({ length: crowds }, (_, bundle) => {
    const isLast = bundle === MOST_CROWDS;
    const meeting = isLast
      ? Math.max(
          ...Array.from({ length: bundles.size - bundle }, (_unused, i) => bundles.meetingIn(bundle + i)),
        )
      : bundles.meetingIn(bundle);
    return {
      id: `${source}-drops-${bundle}`,
      source,
      type: 'line',
      filter: ['all', is('drop'), [isLast ? '>=' : '==', ['get', 'lrtBundle'], bundle]],
      paint: {
        'line-color': look.colour,
        'line-color-transition': AT_ONCE,
        'line-opacity-transition': AT_ONCE,
        'line-width': byZoom((zoom) => SIZES[zoom].drop),
        'line-opacity': byZoom((zoom) => dropOpacity(meeting, SIZES[zoom].drop)),
        ...dashes('drop', bundle === 0 ? 1 : Math.max(meeting, 65)),
      },
    };
  });
  lines.push({
    id: `${source}-ends`,
    source,
    type: 'symbol',
    minzoom: middle,
    filter: is('end'),
    layout: {
      ...OVER_ALL,
      'icon-image': nameOf(signs.end),
      'icon-anchor': 'bottom',
      'icon-rotate': ['get', 'lrtBearing'],
      'icon-rotation-alignment': 'map',
      'icon-pitch-alignment': 'map',
    },
    paint: { 'icon-opacity': END_OPACITY, 'icon-opacity-transition': AT_ONCE },
  });
  if (hasCables) {
    const layout = { 'line-cap': look.dashed ? 'butt' : 'round', 'line-join': 'round' } as const;
    lines.push(
      {
        id: `${source}-routes`,
        source,
        type: 'line',
        filter: is('route'),
        paint: {
          'line-color': look.colour,
          'line-color-transition': AT_ONCE,
          'line-opacity': ROUTE_OPACITY,
          'line-width': byZoom((zoom) => ROUTE_WIDTH[zoom]),
        },
      },
      {
        id: `${source}-casings`,
        source,
        type: 'line',
        filter: is('cable'),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': look.halo,
          'line-color-transition': AT_ONCE,
          'line-width': byZoom((zoom) => widthBySize(zoom, CASING_PIXELS)),
        },
      },
      {
        id: `${source}-cables`,
        source,
        type: 'line',
        filter: is('cable'),
        layout,
        paint: {
          'line-color': look.colour,
          'line-color-transition': AT_ONCE,
          'line-width': byZoom((zoom) => widthBySize(zoom)),
          ...dashes('cable', 1),
        },
      },
    );
  }
  const points: LayerSpecification[] = [
    {
      id: `${source}-dots`,
      source,
      type: 'circle',
      maxzoom: middle,
      filter: ['any', is('address'), is('pole')],
      paint: {
        'circle-color': look.colour,
        'circle-color-transition': AT_ONCE,
        // A circle with the area of the square, so that a dot is as strong.
        'circle-radius': ['case', is('pole'), SIZES.far.pole + POLE_MARK_PIXELS, SIZES.far.address * 0.56],
      },
    },
    {
      id: `${source}-signs`,
      source,
      type: 'symbol',
      minzoom: middle,
      filter: ['any', is('address'), is('pole')],
      layout: {
        ...OVER_ALL,
        'icon-image': ['case', is('pole'), nameOf(signs.ring), nameOf(signs.square)],
        'icon-size': ['step', ['zoom'], SIZES.middle.address / SIZES.near.address, near, 1],
      },
      paint: { 'icon-opacity-transition': AT_ONCE },
    },
  ];
  return { lines, points };
}

/** Returns the width of cables in the sizes that a zoom has, and so many pixels more. */
function widthBySize(zoom: ZoomClass, more = 0): ExpressionSpecification {
  const [first, second] = [cableWidth(zoom, 0), cableWidth(zoom, 1)];
  return ['+', first + more, ['*', second - first, ['get', 'lrtSize']]];
}

/** Our signs hide nobody's, and nobody hides ours. */
const OVER_ALL = { 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-padding': 0 } as const;

/** A feature as the source of a task has it. */
type SourceFeature = Omit<GeoFeature, 'properties'> & { properties: Record<string, unknown> };

/** Returns a feature for the source of its task; a drop becomes two, itself and its end. */
export function sourceFeatures(feature: GeoFeature, bundles: DropBundles): SourceFeature[] {
  const { type, id, geometry, properties } = feature;
  const kind = kindOf(feature);
  // A picture for each sort of equipment would be many layers. Here it is a square, as other points are.
  const lrtKind = kind === 'equipment' ? 'address' : kind;
  const lrtBundle = bundles.bundleOf(id);
  const lrtSize = lrtKind === 'cable' ? cableSizeOf(feature) : 0;
  const drawn: SourceFeature = {
    type,
    id,
    geometry,
    properties: { ...properties, lrtKind, lrtBundle, lrtSize },
  };
  if (lrtKind !== 'drop' || geometry.type !== 'LineString') return [drawn];
  const fromAddress = bundles.isReversed(id) ? geometry.coordinates : [...geometry.coordinates].reverse();
  const [address, next] = fromAddress;
  if (!address || !next) return [drawn];
  const end: SourceFeature = {
    type,
    id: `${id}#end`,
    geometry: { type: 'Point', coordinates: address },
    properties: { lrtKind: 'end', lrtBearing: bearing(address, next) },
  };
  return [drawn, end];
}

/** Returns degrees clockwise from north. */
function bearing([fromX, fromY]: Position, [toX, toY]: Position): number {
  return (Math.atan2((toX - fromX) * Math.cos((fromY * Math.PI) / 180), toY - fromY) * 180) / Math.PI;
}
