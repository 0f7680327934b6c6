/** Draws the links that lead on from one node: their lines, and the counts on them. */
import type { GlobalToken } from 'antd';
import { memo, type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { taskPalette } from '../../host/taskPalette.ts';
import { numberFormat } from '../../locales/intl.ts';
import { isDark } from '../run/isDark.ts';
import type { GraphSource } from './GraphSource.ts';
import type { IndexedLink } from './graphIndex.ts';
import type { LinkPath } from './linkPath.ts';
import type { LinkStatus } from './linkStates.ts';

export interface GraphLinksProps {
  source: GraphSource;
  nodeKey: string;
  links: readonly IndexedLink[];
  paths: ReadonlyMap<number, LinkPath>;
  /** The link that is shown on the map, if it is one of these. */
  chosen: number | undefined;
  /** The graph is seen from far away: a line is too thin to be clicked. */
  isSmall: boolean;
  token: GlobalToken;
}

const DASHES: Partial<Record<LinkStatus, string>> = { flowing: '6 4', nothing: '1.5 4' };

function colourOf(status: LinkStatus, token: GlobalToken): string {
  if (status === 'flowing') return token.colorPrimary;
  return status === 'delivered' ? token.colorTextSecondary : token.colorTextTertiary;
}

export const chosenColour = (token: GlobalToken): string =>
  taskPalette[isDark(token.colorBgContainer) ? 'dark' : 'light'].chosen;

/** The lines, in an SVG. A wide one below each takes the clicks. */
export const LinkLines = memo(function LinkLines({
  source,
  nodeKey,
  links,
  paths,
  chosen,
  isSmall,
  token,
}: GraphLinksProps) {
  useLinks(source, nodeKey, links);
  return links.map((link): ReactNode => {
    const path = paths.get(link.id);
    if (!path) return null;
    const status = source.link(link.id)?.status ?? 'idle';
    const isChosen = link.id === chosen;
    const colour = isChosen ? chosenColour(token) : colourOf(status, token);
    return (
      <g key={link.id} data-link={link.id} data-status={status} style={{ cursor: 'pointer' }}>
        {isSmall ? null : (
          <path d={path.d} stroke="transparent" strokeWidth={14} fill="none" pointerEvents="stroke" />
        )}
        <path
          d={path.d}
          stroke={colour}
          strokeWidth={isChosen ? 2.5 : 1.5}
          strokeDasharray={isChosen ? undefined : DASHES[status]}
          strokeLinecap={status === 'nothing' ? 'round' : undefined}
          fill="none"
          pointerEvents="none"
        />
        <path d={path.arrow} fill={colour} pointerEvents="none" />
      </g>
    );
  });
});

/** The counts, each in a pill on its link. The keyboard reaches a link by the node that it leads on from. */
export const LinkPills = memo(function LinkPills({
  language,
  ...props
}: GraphLinksProps & { language: string }) {
  const { source, nodeKey, links, paths, chosen, token } = props;
  useLinks(source, nodeKey, links);
  return links.map((link): ReactNode => {
    const path = paths.get(link.id);
    const { status, count } = source.link(link.id) ?? {};
    if (!path || count === undefined) return null;
    const isChosen = link.id === chosen;
    const colour = status === 'flowing' ? token.colorPrimary : token.colorTextSecondary;
    return (
      <span
        key={link.id}
        aria-hidden="true"
        data-link={link.id}
        style={{
          position: 'absolute',
          left: path.pill.x,
          top: path.pill.y,
          transform: 'translate(-50%, -50%)',
          paddingInline: 5,
          border: `1px solid ${isChosen ? chosenColour(token) : status === 'flowing' ? colour : token.colorBorder}`,
          borderRadius: 9,
          background: isChosen ? chosenColour(token) : token.colorBgElevated,
          color: isChosen ? token.colorBgContainer : colour,
          fontSize: token.fontSizeSM - 1,
          fontWeight: isChosen ? 600 : 400,
          lineHeight: '16px',
          whiteSpace: 'nowrap',
          cursor: 'pointer',
        }}
      >
        {numberFormat(language).format(count)}
      </span>
    );
  });
});

/** Draws again when one of these links has changed. */
function useLinks(source: GraphSource, nodeKey: string, links: readonly IndexedLink[]): void {
  const said = () =>
    links.map(({ id }) => `${source.link(id)?.status} ${source.link(id)?.count ?? ''}`).join();
  useSyncExternalStore(
    useCallback((listener) => source.subscribeNode(nodeKey, listener), [source, nodeKey]),
    said,
  );
}
