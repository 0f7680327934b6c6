import { Button, theme } from 'antd';
import { useId, useState } from 'react';
import type { BoundingBox, Geometry, ItemFailure, ItemSummary } from '../contract/index.ts';
import type { HostMap } from '../host/contract.ts';
import { useTranslator } from './MessagesContext.ts';

export interface FailureListProps {
  items: ItemSummary;
  map: Pick<HostMap, 'fitBounds'> | undefined;
}

/** So many are shown at first, and with each click on the button below: thousands at once would hold the page up. */
const PAGE = 100;
/** Around a point, in degrees: some 50 metres, so that the map shows what is near. */
const MARGIN = 0.0005;

/** Lists what failed of a task, and shows each on the map. */
export function FailureList({ items, map }: FailureListProps) {
  const { token } = theme.useToken();
  const { msg, find } = useTranslator();
  const headingId = useId();
  const [shown, setShown] = useState(PAGE);
  const { failures, failed } = items;
  const more = Math.min(PAGE, failures.length - shown);
  const leftOut = failed - failures.length;
  return (
    <div style={{ marginBlockEnd: token.marginXS }}>
      <div id={headingId} style={{ fontWeight: 600 }}>
        {msg('failures')}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own, reached by Tab to scroll. */}
      <div
        role="region"
        aria-labelledby={headingId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
        tabIndex={0}
        style={{
          maxHeight: 200,
          overflow: 'auto',
          border: `1px solid ${token.colorBorderSecondary}`,
          borderRadius: token.borderRadius,
        }}
      >
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {failures.slice(0, shown).map((failure) => (
            <li
              key={failure.id}
              style={{
                display: 'flex',
                alignItems: 'flex-start',
                gap: token.marginXS,
                paddingBlock: token.paddingXXS,
                paddingInline: token.paddingXS,
                borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
                overflowWrap: 'anywhere',
              }}
            >
              <div style={{ flex: 1, minWidth: 0 }}>
                <bdi style={{ fontWeight: 600 }}>{failure.id}</bdi>
                <div>{find(`error_${failure.code}`) ?? <bdi>{failure.message}</bdi>}</div>
                <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
                  <bdi>{failure.code}</bdi>
                </div>
              </div>
              <ShowOnMap failure={failure} map={map} />
            </li>
          ))}
        </ul>
      </div>
      {more > 0 ? (
        <Button type="link" size="small" onClick={() => setShown(shown + PAGE)}>
          {msg('failures_more', { count: more })}
        </Button>
      ) : null}
      {leftOut > 0 ? <div>{msg('failures_left_out', { count: leftOut })}</div> : null}
    </div>
  );
}

function ShowOnMap({ failure, map }: { failure: ItemFailure } & Pick<FailureListProps, 'map'>) {
  const { msg } = useTranslator();
  const bounds = failure.geometry && boundsAround(failure.geometry);
  if (!map || !bounds) return null;
  return (
    <Button
      size="small"
      aria-label={`${msg('show_on_map')}: ${failure.id}`}
      style={{ whiteSpace: 'normal', height: 'auto', flex: 'none', maxWidth: '45%' }}
      onClick={() => map.fitBounds(bounds)}
    >
      {msg('show_on_map')}
    </Button>
  );
}

/** Undefined for a geometry without a position in it. */
function boundsAround({ coordinates }: Geometry): BoundingBox | undefined {
  const positions = positionsIn(coordinates);
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  if (positions.length === 0) return undefined;
  return [
    Math.min(...longitudes) - MARGIN,
    Math.min(...latitudes) - MARGIN,
    Math.max(...longitudes) + MARGIN,
    Math.max(...latitudes) + MARGIN,
  ];
}

/** The positions of coordinates however deep they lie: a server may send any kind of geometry. */
function positionsIn(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [longitude, latitude]: unknown[] = coordinates;
  if (typeof longitude === 'number' && typeof latitude === 'number') return [[longitude, latitude]];
  return coordinates.flatMap(positionsIn);
}
