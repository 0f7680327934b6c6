import type { Converter } from 'proj4';
import { epsgOfName, epsgSystem, shiftOfDatum } from './epsg.ts';
import { horizontalWkt, isWkt, wktDatum, wktEpsg, wktName } from './wktText.ts';

/** A coordinate system from which positions are brought into WGS 84. */
export interface Projection {
  name: string;
  epsg?: number;
  /** Its numbers are degrees. */
  isGeographic: boolean;
  area?: [number, number, number, number];
  /** Metres of its unit, for heights. */
  unit: number;
  /** Longitude and latitude of a position. Undefined where it has none. */
  convert(x: number, y: number): [number, number] | undefined;
}

export const WGS_84: Projection = {
  name: 'WGS 84',
  epsg: 4326,
  isGeographic: true,
  unit: 1,
  convert: (x, y) => [x, y],
};

/**
 * Finds the system that a text names: 'EPSG:28992', a URN or URL of OGC, WKT of any kind, PROJ text, or a name. Undefined
 * where nothing is known of it, or it cannot be computed.
 */
export async function projectionOf(text: string): Promise<Projection | undefined> {
  const given = text.trim();
  if (given === '') return undefined;
  if (/CRS:?84h?$/i.test(given) || /^(urn:.*:)?wgs ?_?84$/i.test(given)) return WGS_84;
  if (/^\+?(proj|init)=/.test(given)) return fromDefinition(given, { name: given.slice(0, 100) });
  if (isWkt(given)) return fromWkt(horizontalWkt(given));
  const code = codeOf(given) ?? (await epsgOfName(given));
  return code === undefined ? undefined : fromEpsg(code);
}

function codeOf(text: string): number | undefined {
  const found =
    /^\d{3,6}$/.exec(text)?.[0] ??
    /\b(?:EPSG|ESRI)\b[:/]+(?:[\d.]*[:/]+)?(\d{3,6})$/i.exec(text)?.[1] ??
    /epsg\.xml#(\d{3,6})$/i.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

async function fromEpsg(code: number): Promise<Projection | undefined> {
  if (code === 4326 || code === 4979) return WGS_84;
  const system = await epsgSystem(code);
  if (!system) return undefined;
  const { epsg, name, area, definition } = system;
  const projection = await fromDefinition(definition, { name, epsg, ...(area && { area }) });
  // The Czech and Slovak registers count to the west and the south, which their definition does not say.
  return projection && code === 5513
    ? { ...projection, convert: (x, y) => projection.convert(-Math.abs(x), -Math.abs(y)) }
    : projection;
}

async function fromWkt(wkt: string): Promise<Projection | undefined> {
  const name = wktName(wkt);
  const code = wktEpsg(wkt) ?? (await epsgOfName(name));
  const known = code === undefined ? undefined : await fromEpsg(code);
  if (known) return known;
  return fromDefinition(wkt, { name: name.replaceAll('_', ' ') }, await shiftOfDatum(wktDatum(wkt)));
}

async function fromDefinition(
  definition: string,
  known: Pick<Projection, 'name' | 'epsg' | 'area'>,
  shift?: number[],
): Promise<Projection | undefined> {
  const { default: proj4 } = await import('proj4');
  let converter: Converter;
  let unit = 1;
  let isGeographic = false;
  try {
    const key = `lrt:${definition.length}:${definition}`;
    if (proj4.defs(key) === undefined) proj4.defs(key, definition);
    const defined = proj4.defs(key);
    if (!defined || Array.isArray(defined)) return undefined;
    if (shift && !defined.datum_params && !defined.nadgrids) defined.datum_params = [...shift];
    isGeographic = defined.projName === 'longlat' || defined.projName === 'identity';
    unit = isGeographic ? 1 : (defined.to_meter ?? 1);
    converter = proj4(key, 'WGS84');
    // A definition with a mistake shows only when it is used.
    converter.forward(isGeographic ? [0, 0] : [defined.x0 ?? 0, defined.y0 ?? 0]);
  } catch {
    return undefined;
  }
  return {
    ...known,
    isGeographic,
    unit,
    convert(x, y) {
      try {
        const [longitude, latitude] = converter.forward([x, y]);
        if (longitude === undefined || latitude === undefined) return undefined;
        if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return undefined;
        // A tenth of a millimetre.
        return [Math.round(longitude * 1e9) / 1e9, Math.round(latitude * 1e9) / 1e9];
      } catch {
        return undefined;
      }
    },
  };
}
