import { theme } from 'antd';
import type { BoundingBox, GeoFeature } from 'lrt-plugin/host';
import { DESIGN, type Layers, pointOf } from './TownLayers.ts';

interface TownMapProps extends Layers {
  bounds: BoundingBox;
  /** URN of the selected pole. */
  selected: string | undefined;
  onSelect(urn: string): void;
}

/** A picture of the town: grey poles, those of the design in blue, closures around them, dashed while not stored. */
export function TownMap({ poles, closures, building, bounds, selected, onSelect }: TownMapProps) {
  const { token } = theme.useToken();
  const [west, south, east, north] = bounds;
  const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180)); // a degree of longitude, in degrees of latitude
  const width = 1000;
  const scale = width / ((east - west) * shrink);
  const height = (north - south) * scale;
  const place = (feature: GeoFeature) => {
    const [longitude, latitude] = pointOf(feature);
    return { cx: (longitude - west) * shrink * scale, cy: (north - latitude) * scale };
  };
  const ring = { r: 12, fill: 'none', strokeWidth: 3 };
  return (
    <svg
      preserveAspectRatio="xMinYMax" // beside the modal
      viewBox={`-20 -20 ${width + 40} ${height + 40}`}
      style={{
        flex: 1,
        minHeight: 0,
        background: token.colorBgContainer,
        borderRadius: token.borderRadiusLG,
      }}
      role="img"
      aria-label={DESIGN}
    >
      {poles.map((pole) =>
        pole.properties.design === DESIGN ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list of poles above is for the keyboard
          <circle
            key={pole.id}
            {...place(pole)}
            r={selected === pole.id ? 12 : 8}
            fill={selected === pole.id ? token.colorWarning : token.colorPrimary}
            style={{ cursor: 'pointer' }}
            onClick={() => onSelect(pole.id)}
          />
        ) : (
          <circle key={pole.id} {...place(pole)} r={4} fill={token.colorTextQuaternary} />
        ),
      )}
      {closures.map((closure) => (
        <circle key={closure.id} {...place(closure)} {...ring} stroke={token.colorSuccess} />
      ))}
      {building.map((closure) => (
        <circle
          key={closure.id}
          {...place(closure)}
          {...ring}
          stroke={token.colorPrimary}
          strokeDasharray="6 4"
        />
      ))}
    </svg>
  );
}
