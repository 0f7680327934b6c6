import type { Geometry, Position } from '../../../src/contract/index.ts';
import type { DataKind, DataReason } from '../dataTypes.ts';
import type { Shapes } from '../geometry/normaliseGeometry.ts';
import { pointOnSurface } from '../geometry/pointOnSurface.ts';
import { squareMetres } from '../geometry/squareMetres.ts';
import { reason } from '../reasons.ts';

export interface Fitting {
  geometries: Geometry[];
  /** The heights of each geometry's positions; undefined where it has none. */
  heights: (number[] | undefined)[];
  /** An area became a point. */
  fromArea: boolean;
}

/**
 * The geometries that a feature of this kind has: points of addresses and poles, lines of streets, areas of designs. Several
 * points or lines are taken apart. An area with several parts, such as a parcel, is one address still: on its largest part.
 */
export function geometryForKind(kind: DataKind, shapes: Shapes): Fitting | { problem: DataReason } {
  switch (kind) {
    case 'addresses':
    case 'poles':
    case 'designPoles':
      return points(kind, shapes);
    case 'streets':
      return lines(shapes);
    case 'designs':
      return areas(shapes);
  }
}

function points(kind: DataKind, shapes: Shapes): Fitting | { problem: DataReason } {
  if (shapes.points.length > 0) return fitting(shapes.points.map(pointAt), false);
  const [largest] = [...shapes.areas].sort((a, b) => squareMetres(b) - squareMetres(a));
  if (largest) {
    const at = pointOnSurface(withoutSpan(largest));
    const [longitude, latitude] = at ?? [];
    if (longitude !== undefined && latitude !== undefined) {
      const heights = largest[0]?.map(([, , z]) => z).filter((z) => z !== undefined) ?? [];
      const height = heights.length > 0 ? [Math.min(...heights.slice(0, 10_000))] : [];
      return fitting([pointAt([wrap(longitude), latitude, ...height])], true);
    }
  }
  return { problem: reason(kind === 'addresses' ? 'line-for-address' : 'line-for-pole') };
}

function lines(shapes: Shapes): Fitting | { problem: DataReason } {
  if (shapes.lines.length > 0) {
    return fitting(
      shapes.lines.map((line) => ({ type: 'LineString', coordinates: line })),
      false,
    );
  }
  return { problem: reason(shapes.points.length > 0 ? 'point-for-street' : 'area-for-street') };
}

function areas(shapes: Shapes): Fitting | { problem: DataReason } {
  if (shapes.areas.length > 0) {
    return fitting(
      shapes.areas.map((rings) => ({ type: 'Polygon', coordinates: rings })),
      false,
    );
  }
  return { problem: reason(shapes.points.length > 0 ? 'point-for-design' : 'line-for-design') };
}

function pointAt(coordinates: Position): Geometry {
  return { type: 'Point', coordinates };
}

/** Stores hold two dimensions. */
function fitting(geometries: Geometry[], fromArea: boolean): Fitting {
  return {
    geometries: geometries.map(flat),
    heights: geometries.map(heightsOf),
    fromArea,
  };
}

function flat(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: onPlane(geometry.coordinates) };
    case 'LineString':
      return { type: 'LineString', coordinates: geometry.coordinates.map(onPlane) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(onPlane)) };
  }
}

function onPlane([longitude, latitude]: Position): Position {
  return [longitude, latitude];
}

/** Many programs write 0 for a height that they do not have. */
function heightsOf(geometry: Geometry): number[] | undefined {
  if (geometry.type === 'Polygon') return undefined;
  const positions = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates;
  const heights = positions.map(([, , z]) => (z === undefined ? Number.NaN : Math.round(z * 1_000) / 1_000));
  return heights.some(Number.isNaN) || heights.every((height) => height === 0) ? undefined : heights;
}

/** An area over the 180th meridian has positions at both ends of the world, which are next to each other. */
function withoutSpan(rings: Position[][]): number[][][] {
  const longitudes = rings[0]?.map(([longitude]) => longitude) ?? [];
  const spans = Math.max(...longitudes.slice(0, 10_000)) - Math.min(...longitudes.slice(0, 10_000)) > 180;
  if (!spans) return rings;
  return rings.map((ring) =>
    ring.map(([longitude, latitude]) => [longitude < 0 ? longitude + 360 : longitude, latitude]),
  );
}

function wrap(longitude: number): number {
  return longitude > 180 ? longitude - 360 : longitude;
}
