import type { FeatureLike } from 'ol/Feature.js';
import { LineString, Point } from 'ol/geom.js';
import { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';
import { geoOf } from './geoOf.ts';
import type { MapPalette } from './palette.ts';
import { isJoined, straightened } from './straightened.ts';

type StyleFunction = (feature: FeatureLike, resolution: number) => Style | Style[] | undefined;

/** The style of each layer. Style objects are shared between features. */
export interface MapStyles {
  street: StyleFunction;
  streetLabel: StyleFunction;
  addressLabel: StyleFunction;
  poleLabel: StyleFunction;
  design: StyleFunction;
  designLabel: StyleFunction;
  selection: StyleFunction;
}

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif';

function streetWidth(resolution: number, major: boolean): number {
  const metres = major ? 15 : 9;
  return Math.min(Math.max(metres / resolution, major ? 2 : 1), 26);
}

/** Makes each style once, however many features ask for it. */
function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

const propertyOf = (feature: FeatureLike, property: string): unknown => geoOf(feature)?.properties[property];
const text = (feature: FeatureLike, property: string) => String(propertyOf(feature, property) ?? '');

function topOf(extent: number[] | undefined): Point | undefined {
  if (!extent) return undefined;
  const [west = 0, , east = 0, north = 0] = extent;
  return new Point([(west + east) / 2, north]);
}

export function createStyles(palette: MapPalette): MapStyles {
  const edge = cached(
    (width: number) =>
      new Style({
        zIndex: 0,
        stroke: new Stroke({ color: palette.streetEdge, width: width + 2, lineCap: 'round' }),
      }),
  );
  const surface = cached(
    (width: number) =>
      new Style({ zIndex: 1, stroke: new Stroke({ color: palette.street, width, lineCap: 'round' }) }),
  );
  const design = new Style({
    fill: new Fill({ color: palette.designFill }),
    stroke: new Stroke({ color: palette.design, width: 1.25 }),
  });
  const label = (size: number, weight: number, color: string, options: object) =>
    new Text({
      font: `${weight} ${size}px ${FONT}`,
      fill: new Fill({ color }),
      stroke: new Stroke({ color: palette.ground, width: 3 }),
      ...options,
    });
  const streetName = new Style({
    text: label(11, 400, palette.labelQuiet, { placement: 'line', maxAngle: Math.PI / 6 }),
    geometry: (feature) => {
      const geometry = feature.getGeometry();
      const straight = geometry instanceof LineString && isJoined(text(feature, 'name'));
      return straight ? straightened(geometry) : geometry;
    },
  });
  const houseNumber = new Style({ text: label(10, 400, palette.labelQuiet, { offsetY: -9 }) });
  const poleName = new Style({ text: label(11, 600, palette.design, { offsetY: -13 }) });
  const designName = new Style({
    text: label(12, 600, palette.design, { offsetY: -9 }),
    geometry: (feature) => topOf(feature.getGeometry()?.getExtent()),
  });

  const named = (style: Style, content: string) => {
    style.getText()?.setText(content);
    return style;
  };
  const highlight = [
    new Style({
      fill: new Fill({ color: 'rgba(0, 0, 0, 0)' }),
      // A casing under a line, which itself stands out in full.
      stroke: new Stroke({ color: `${palette.selection}3d`, width: 6 }),
      image: new Circle({ radius: 10, stroke: new Stroke({ color: palette.halo, width: 6 }) }),
    }),
    new Style({
      stroke: new Stroke({ color: palette.selection, width: 1.25 }),
      image: new Circle({ radius: 10, stroke: new Stroke({ color: palette.selection, width: 2.5 }) }),
    }),
    new Style({
      image: new Circle({
        radius: 4.5,
        fill: new Fill({ color: palette.selection }),
        stroke: new Stroke({ color: palette.halo, width: 1.5 }),
      }),
    }),
  ];

  return {
    street: (feature, resolution) => {
      const width = streetWidth(resolution, Number(propertyOf(feature, 'major') ?? 0) > 0);
      return resolution > 12 ? surface(width) : [edge(width), surface(width)];
    },
    streetLabel: (feature) => named(streetName, text(feature, 'name')),
    addressLabel: (feature) => named(houseNumber, text(feature, 'street_number')),
    poleLabel: (feature) =>
      propertyOf(feature, 'design') ? named(poleName, text(feature, 'name')) : undefined,
    design: () => design,
    designLabel: (feature) => named(designName, text(feature, 'name')),
    selection: () => highlight,
  };
}
