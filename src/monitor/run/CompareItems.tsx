/** Lists what differs between two runs: items that failed in one of them, and features that only one of them built. */
import { Button, theme } from 'antd';
import { useState } from 'react';
import type { GeoFeature } from '../../contract/index.ts';
import type { HostMap, RunComparison } from '../../host/contract.ts';
import { boundsAround } from './boundsAround.ts';
import { type CompareColours, Sign } from './ChooseRun.tsx';
import { Icon } from './icons.tsx';
import { readable, reasonText } from './itemWords.ts';
import type { ComparedItem } from './useComparison.ts';
import { useRunWords } from './useRunWords.ts';

export interface CompareItemsProps {
  items: readonly ComparedItem[];
  compared: RunComparison | undefined;
  colours: CompareColours;
  map: Pick<HostMap, 'fitBounds'> | undefined;
}

/** So many rows are shown at first, and with each click on the button below. */
const PAGE = 200;

interface Row {
  key: string;
  side: 'a' | 'b';
  name: string;
  detail: string;
  geometry: GeoFeature['geometry'] | undefined;
}

export function CompareItems({ items, compared, colours, map }: CompareItemsProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const [shown, setShown] = useState(PAGE);
  const rows: Row[] = [
    ...items.flatMap(({ id, a, b }) =>
      (
        [
          ['a', a],
          ['b', b],
        ] as const
      ).flatMap(([side, item]): Row[] =>
        item
          ? [
              {
                key: `item ${side} ${id}`,
                side,
                name: id,
                detail: `${msg('compare_failed_items')}: ${reasonText(item, words)}`,
                geometry: item.geometry,
              },
            ]
          : [],
      ),
    ),
    ...featureRows('a', compared?.onlyA),
    ...featureRows('b', compared?.onlyB),
  ];
  if (rows.length === 0) {
    return <p style={{ margin: 0, padding: token.padding }}>{msg('compare_same')}</p>;
  }
  const more = Math.min(PAGE, rows.length - shown);
  return (
    <>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, fontSize: token.fontSize - 1 }}>
        {rows.slice(0, shown).map(({ key, side, name, detail, geometry }) => {
          const bounds = boundsAround([geometry]);
          return (
            <li
              key={key}
              style={{
                display: 'flex',
                alignItems: 'center',
                gap: 10,
                minHeight: 32,
                paddingInline: token.padding,
                borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
                overflowWrap: 'anywhere',
              }}
            >
              <Sign colour={side === 'a' ? colours.a : colours.b} hollow={side === 'b'} />
              <span style={{ flex: 1, minWidth: 0 }}>
                <bdi>{name}</bdi>{' '}
                <span style={{ color: token.colorTextSecondary }}>
                  {msg(side === 'a' ? 'compare_only_a' : 'compare_only_b')} · <bdi>{detail}</bdi>
                </span>
              </span>
              {map && bounds ? (
                <Button
                  type="text"
                  size="small"
                  aria-label={msg('items_zoom', { item: name })}
                  title={msg('items_zoom', { item: name })}
                  icon={<Icon name="zoom" />}
                  onClick={() => map.fitBounds(bounds)}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      {more > 0 ? (
        <Button type="link" onClick={() => setShown(shown + PAGE)}>
          {msg('failures_more', { count: more })}
        </Button>
      ) : null}
    </>
  );
}

function featureRows(side: 'a' | 'b', features: readonly GeoFeature[] = []): Row[] {
  return features.map(({ id, geometry, properties }) => ({
    key: `feature ${side} ${id}`,
    side,
    name: properties.name || id,
    detail: readable(properties.table),
    geometry,
  }));
}
