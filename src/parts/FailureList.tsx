import { Button, theme } from 'antd';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
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

/** Each key moves the focus so far in the list of buttons. */
const KEYS: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -5,
  PageDown: 5,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * Lists what failed of a task, and shows each on the map. The buttons of the list are one stop of the Tab key, however
 * many there are: the arrow keys go from one to the next.
 */
export function FailureList({ items, map }: FailureListProps) {
  const { token } = theme.useToken();
  const { msg, find } = useTranslator();
  const headingId = useId();
  const [shown, setShown] = useState(PAGE);
  const [current, setCurrent] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const { failures, failed } = items;
  const more = Math.min(PAGE, failures.length - shown);
  const leftOut = failed - failures.length;
  const first = failures.findIndex(({ geometry }) => map && geometry && boundsAround(geometry));
  const stop = current ?? failures[first]?.id;

  // The first row that the user has just asked for comes into view. Only the list scrolls, never the dialog around it.
  useLayoutEffect(() => {
    const row = list.current?.children[shown - PAGE];
    const box = list.current?.parentElement;
    if (shown === PAGE || !row || !box) return;
    box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }, [shown]);

  function showMore() {
    setShown(shown + PAGE);
    // The button goes with the last page. The focus then goes to the list, where the page has begun.
    if (failures.length <= shown + PAGE) list.current?.parentElement?.focus({ preventScroll: true });
  }

  function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
    const step = KEYS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    if (at < 0) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(at + step, buttons.length - 1))]?.focus();
  }

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
        <ul ref={list} style={{ listStyle: 'none', margin: 0, padding: 0 }} onKeyDown={moveFocus}>
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
                <div>{find(`item_${failure.code}`) ?? <bdi>{failure.message}</bdi>}</div>
                <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
                  <bdi>{failure.code}</bdi>
                </div>
              </div>
              <ShowOnMap
                failure={failure}
                map={map}
                tabIndex={failure.id === stop ? 0 : -1}
                onFocus={() => setCurrent(failure.id)}
              />
            </li>
          ))}
        </ul>
      </div>
      {failures.length > PAGE ? (
        // The row stays when its button goes, so that the buttons of the dialog keep their place.
        <div style={{ minHeight: 24 }}>
          {more > 0 ? (
            <Button type="link" size="small" style={{ minHeight: 24 }} onClick={showMore}>
              {msg('failures_more', { count: more })}
            </Button>
          ) : null}
        </div>
      ) : null}
      {leftOut > 0 ? <div>{msg('failures_left_out', { count: leftOut })}</div> : null}
    </div>
  );
}

interface ShowOnMapProps extends Pick<FailureListProps, 'map'> {
  failure: ItemFailure;
  tabIndex: number;
  onFocus(): void;
}

function ShowOnMap({ failure, map, ...focus }: ShowOnMapProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const bounds = failure.geometry && boundsAround(failure.geometry);
  if (!map || !bounds) return null;
  return (
    <Button
      size="small"
      {...focus}
      aria-label={`${msg('show_on_map')}: ${failure.id}`}
      style={{
        whiteSpace: 'normal',
        height: 'auto',
        minHeight: 24,
        lineHeight: token.lineHeight,
        flex: 'none',
        maxWidth: '45%',
      }}
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
