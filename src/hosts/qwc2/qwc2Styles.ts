// Makes the styles of QWC2 for what tasks build, by the rules of src/maps/base/symbology.ts.
import type { GeoFeature } from '../../contract/index.ts';
import type { DrawnTask } from '../../maps/base/DrawnTask.ts';
import {
  cableSizeOf,
  cableWidth,
  dashOf,
  dropOpacity,
  kindOf,
  type OverlayLook,
  ROUTE_OPACITY,
  ROUTE_WIDTH,
  SIZES,
  type ZoomClass,
} from '../../maps/base/symbology.ts';

/** The options of QWC2's style 'default', as far as this package uses them. Colours are red, green, blue, alpha. */
export interface Qwc2Style {
  strokeColor: readonly number[];
  strokeWidth: number;
  strokeDash: readonly number[];
  fillColor: readonly number[];
  circleRadius: number;
}

/** QWC2 draws circles and no squares: a circle is as large as the square, with its line. */
const ADDRESS_RADIUS = 0.75;
const POLE_MORE = 2;
/** QWC2 draws no end of a drop apart, so a drop is never fainter than this. */
const FAINTEST = 0.12;

export function styleOf(
  feature: GeoFeature,
  { bundles }: DrawnTask,
  look: OverlayLook,
  zoom: ZoomClass,
): Qwc2Style {
  const size = SIZES[zoom];
  const kind = kindOf(feature);
  const colour = rgb(look.colour);
  const style: Qwc2Style = {
    strokeColor: [...colour, 1],
    strokeWidth: zoom === 'far' ? 0.5 : 1.5,
    strokeDash: [],
    fillColor: [...(look.filled ? colour : rgb(look.halo)), 1],
    circleRadius: kind === 'pole' ? size.pole + POLE_MORE : size.address * ADDRESS_RADIUS,
  };
  if (kind === 'cable') {
    const isArea = feature.geometry.type === 'Polygon';
    const strokeDash = dashOf(look, 'cable', zoom);
    return {
      ...style,
      strokeWidth: cableWidth(zoom, cableSizeOf(feature)),
      strokeDash,
      ...(isArea && { fillColor: [...colour, 0.1] }),
    };
  }
  if (kind === 'route')
    return { ...style, strokeColor: [...colour, ROUTE_OPACITY], strokeWidth: ROUTE_WIDTH[zoom] };
  if (kind !== 'drop') return style;
  const bundle = bundles.bundleOf(feature.id);
  const meeting = bundles.meetingIn(bundle);
  return {
    ...style,
    strokeWidth: size.drop,
    strokeColor: [...colour, Math.max(FAINTEST, dropOpacity(meeting, size.drop))],
    strokeDash: dashOf(look, 'drop', zoom, bundle === 0 ? 1 : meeting),
  };
}

/** Returns red, green and blue of a colour of the form '#rrggbb'; black for any other. */
export function rgb(colour: string): [red: number, green: number, blue: number] {
  const [, red = '0', green = '0', blue = '0'] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}
