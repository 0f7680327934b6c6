import type { FeatureLike } from 'ol/Feature.js';
import { LineString, Point } from 'ol/geom.js';
import { Circle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style.js';
import type { MapPalette } from './palette.ts';
import { isJoined, straightened } from './straightened.ts';

type StyleFunction = (feature: FeatureLike, resolution: number) => Style | Style[] | undefined;

/** The style of each layer. Style objects are shared between features: 14,000 addresses use four of them. */
export interface MapStyles {
  street: StyleFunction;
  streetLabel: StyleFunction;
  address: StyleFunction;
  addressLabel: StyleFunction;
  pole: StyleFunction;
  poleLabel: StyleFunction;
  route: StyleFunction;
  wallBox: StyleFunction;
  design: StyleFunction;
  designLabel: StyleFunction;
  selection: StyleFunction;
}

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif';

/** Size of a point in pixels: small over a town, full in a street. `resolution` is metres per pixel. */
export function pointSize(resolution: number, full: number): number {
  if (resolution > 6) return full * 0.35;
  if (resolution > 3) return full * 0.5;
  if (resolution > 1.2) return full * 0.75;
  return full;
}

/** Colour of a route, fainter the more of them lie side by side. `color` is '#rrggbb'. */
export function lineColor(color: string, resolution: number): string {
  if (resolution > 3) return `${color}40`;
  return resolution > 1.2 ? `${color}60` : `${color}a0`;
}

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

const text = (feature: FeatureLike, property: string) => String(feature.get(property) ?? '');

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
  const address = cached(
    (radius: number) =>
      new Style({ image: new Circle({ radius, fill: new Fill({ color: palette.address }) }) }),
  );
  const pole = cached((radius: number) => {
    // A ring has no room in a dot this small.
    if (radius < 2)
      return new Style({ image: new Circle({ radius, fill: new Fill({ color: palette.pole }) }) });
    const stroke = new Stroke({ color: palette.pole, width: radius * 0.45 });
    return new Style({ image: new Circle({ radius, fill: new Fill({ color: palette.halo }), stroke }) });
  });
  const designPole = cached(
    (radius: number) =>
      new Style({
        zIndex: 1,
        image: new Circle({
          radius: radius + 1.5,
          fill: new Fill({ color: palette.design }),
          stroke: new Stroke({ color: palette.halo, width: 1.5 }),
        }),
      }),
  );
  const route = cached((color: string) => new Style({ stroke: new Stroke({ color, width: 1 }) }));
  const wallBox = cached(
    (radius: number) =>
      new Style({
        image: new RegularShape({
          points: 4,
          angle: Math.PI / 4,
          radius: radius * 1.3,
          fill: new Fill({ color: palette.committed }),
        }),
      }),
  );
  const design = new Style({
    fill: new Fill({ color: palette.designFill }),
    stroke: new Stroke({ color: palette.design, width: 1.5 }),
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
      stroke: new Stroke({ color: palette.selection, width: 3 }),
      image: new Circle({ radius: 10, stroke: new Stroke({ color: palette.halo, width: 5 }) }),
    }),
    new Style({
      image: new Circle({ radius: 10, stroke: new Stroke({ color: palette.selection, width: 2.5 }) }),
    }),
    new Style({ image: new Circle({ radius: 4, fill: new Fill({ color: palette.selection }) }) }),
  ];

  return {
    street: (feature, resolution) => {
      const width = streetWidth(resolution, Number(feature.get('major') ?? 0) > 0);
      return resolution > 12 ? surface(width) : [edge(width), surface(width)];
    },
    streetLabel: (feature) => named(streetName, text(feature, 'name')),
    address: (_feature, resolution) => address(pointSize(resolution, 2.6)),
    addressLabel: (feature) => named(houseNumber, text(feature, 'street_number')),
    pole: (feature, resolution) =>
      feature.get('design') ? designPole(pointSize(resolution, 5)) : pole(pointSize(resolution, 3.2)),
    poleLabel: (feature) => (feature.get('design') ? named(poleName, text(feature, 'name')) : undefined),
    route: (_feature, resolution) => route(lineColor(palette.committed, resolution)),
    wallBox: (_feature, resolution) => wallBox(pointSize(resolution, 3.4)),
    design: () => design,
    designLabel: (feature) => named(designName, text(feature, 'name')),
    selection: () => highlight,
  };
}
