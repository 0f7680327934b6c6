/** The items of a run: why some failed, and each of them, page by page, as rows that are shown on the map. */
import { Button, Input, Segmented, theme } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { TaskItem, TaskSnapshot } from '../../contract/index.ts';
import type { HostMap } from '../../host/contract.ts';
import { numberFormat } from '../../locales/intl.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { hostCall } from '../../parts/hostCall.ts';
import { Notice } from '../../parts/Notice.tsx';
import { boundsAround } from './boundsAround.ts';
import { DownloadItems } from './DownloadItems.tsx';
import type { ItemFilter, ListItems } from './ItemReader.ts';
import { ItemRows } from './ItemRows.tsx';
import { Icon } from './icons.tsx';
import { reasonText } from './itemWords.ts';
import { TABULAR } from './LogTools.tsx';
import { ReasonList } from './ReasonList.tsx';
import { useItems } from './useItems.ts';
import { useReasons } from './useReasons.ts';
import { useRunWords } from './useRunWords.ts';

export interface ItemsTabProps {
  system: SystemClient;
  task: TaskSnapshot;
  map: Pick<HostMap, 'fitBounds'> | undefined;
  chosen: string | undefined;
  onChoose(item: TaskItem): void;
  /** Narrower than this the rows are cards. */
  asCards: boolean;
  isOver: boolean;
}

export function ItemsTab({ task, isOver, ...props }: ItemsTabProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const { items } = task;
  if (!items || items.ok + items.failed === 0) {
    return (
      <p style={{ margin: 0, padding: token.padding, color: token.colorTextSecondary }}>
        {msg(isOver ? 'items_none' : 'items_none_yet')}
      </p>
    );
  }
  return <Items {...props} task={task} items={items} />;
}

function Items({
  system,
  task,
  items,
  map,
  chosen,
  onChoose,
  asCards,
}: Omit<ItemsTabProps, 'isOver'> & { items: NonNullable<TaskSnapshot['items']> }) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg, language } = words;
  const number = numberFormat(language);
  const { failed, ok, failures } = items;
  const [which, setWhich] = useState<'all' | 'failed'>();
  const [code, setCode] = useState<string>();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const onlyFailed = code !== undefined || (which ?? (failed > 0 ? 'failed' : 'all')) === 'failed';
  const filter = useMemo<ItemFilter>(
    () => ({ failed: onlyFailed, code, text: wanted.trim() || undefined }),
    [onlyFailed, code, wanted],
  );
  // A client that cannot page has the failures of the summary all the same.
  const list = useMemo<ListItems>(
    () =>
      system.listItems
        ? (...call) => hostCall(() => system.listItems?.(...call) ?? { items: [] })
        : async () => ({ items: failures }),
    [system, failures],
  );
  const reasonOf = useMemo(() => (item: TaskItem) => reasonText(item, words), [words]);
  const reasons = useReasons(system.listItems && list, task.id, items);
  const page = useItems({ list, taskId: task.id, filter, known: ok + failed, reasonOf });
  const isFiltered = code !== undefined || filter.text !== undefined;
  const total =
    filter.text === undefined
      ? code === undefined
        ? onlyFailed
          ? failed
          : ok + failed
        : reasons.counted === failed
          ? reasons.reasons.find((reason) => reason.code === code)?.count
          : undefined
      : undefined;
  const to = page.from + page.items.length - 1;

  /** The failures that the filter leaves: those of the summary, which are the first thousand. */
  const zoomBounds =
    map &&
    boundsAround(
      failures
        .filter((item) => (code === undefined || item.code === code) && matches(item, filter.text, reasonOf))
        .map(({ geometry }) => geometry),
    );

  function clearFilter() {
    setCode(undefined);
    setText('');
  }

  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}>
      <div style={{ flex: 'none', paddingInline: token.padding, paddingBlock: token.paddingSM }}>
        {failed > 0 ? <ReasonList {...reasons} failed={failed} code={code} onCode={setCode} /> : null}
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: token.marginXS, alignItems: 'center' }}>
          {failed > 0 && system.listItems ? (
            <Segmented<'all' | 'failed'>
              aria-label={msg('items_state')}
              value={onlyFailed ? 'failed' : 'all'}
              options={[
                { value: 'all', label: <Count word={msg('items_all')} count={number.format(ok + failed)} /> },
                {
                  value: 'failed',
                  label: <Count word={msg('items_failed')} count={number.format(failed)} />,
                },
              ]}
              onChange={(value) => {
                setWhich(value);
                if (value === 'all') setCode(undefined);
              }}
            />
          ) : null}
          <Input
            allowClear
            aria-label={msg('items_search')}
            placeholder={msg('items_search')}
            prefix={<Icon name="search" />}
            value={text}
            style={{ flex: '1 1 140px', minWidth: 0 }}
            onChange={(event) => setText(event.target.value)}
          />
          <DownloadItems {...{ list, filter, reasonOf }} taskId={task.id} />
        </div>
      </div>
      <div
        // Keeps its place while the next page is on its way.
        aria-busy={page.loading}
        style={{ flex: 1, minHeight: 120, overflow: 'auto', position: 'relative' }}
      >
        {page.error ? (
          <div style={{ paddingInline: token.padding }}>
            <Notice kind="error" urgent>
              <ErrorText error={page.error} />
              <Button size="small" onClick={page.retry}>
                {msg('run_try_again')}
              </Button>
            </Notice>
          </div>
        ) : null}
        {page.items.length > 0 ? (
          <ItemRows
            items={page.items}
            chosen={chosen}
            onChoose={onChoose}
            onZoom={
              map &&
              ((item) => {
                const bounds = item.ok ? undefined : boundsAround([item.geometry]);
                if (bounds) map.fitBounds(bounds);
              })
            }
            asCards={asCards}
          />
        ) : null}
        {!page.loading && !page.error && page.items.length === 0 ? (
          <div style={{ padding: token.padding, color: token.colorTextSecondary }}>
            <div role="status">
              {page.isPaused
                ? msg('items_no_match_yet', { count: page.read })
                : msg(isFiltered ? 'items_no_match' : 'items_gone')}
            </div>
            {isFiltered ? (
              <Button size="small" style={{ marginBlockStart: token.marginXS }} onClick={clearFilter}>
                {msg('items_clear_filter')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      <div
        style={{
          display: 'flex',
          flex: 'none',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: token.marginXS,
          minHeight: 40,
          paddingInline: token.padding,
          borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
          color: token.colorTextSecondary,
          fontSize: token.fontSizeSM,
          ...TABULAR,
        }}
      >
        <span>
          {page.items.length === 0
            ? null
            : total === undefined
              ? msg('items_range_open', { from: page.from, to })
              : msg('items_range', { from: page.from, to, total: Math.max(total, to) })}
        </span>
        {page.previous || page.next ? (
          <>
            <PageButton way="previous" onClick={page.previous} />
            <PageButton way="next" onClick={page.next} />
          </>
        ) : null}
        {page.isPaused && page.next ? (
          <Button size="small" onClick={page.next}>
            {msg('items_search_on')}
          </Button>
        ) : null}
        <span style={{ flex: 1 }} />
        {map && zoomBounds && failed > 0 ? (
          <Button size="small" onClick={() => map.fitBounds(zoomBounds)}>
            {msg('items_zoom_all')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function matches(item: TaskItem, text: string | undefined, reasonOf: (item: TaskItem) => string): boolean {
  const wanted = text?.toLowerCase();
  return (
    wanted === undefined ||
    item.id.toLowerCase().includes(wanted) ||
    reasonOf(item).toLowerCase().includes(wanted)
  );
}

function Count({ word, count }: { word: string; count: string }) {
  const { token } = theme.useToken();
  return (
    <span style={TABULAR}>
      {word} <span style={{ color: token.colorTextSecondary }}>{count}</span>
    </span>
  );
}

function PageButton({ way, onClick }: { way: 'previous' | 'next'; onClick: (() => void) | undefined }) {
  const { msg, direction } = useRunWords();
  const label = msg(way === 'next' ? 'items_next' : 'items_previous');
  return (
    <Button
      type="text"
      size="small"
      disabled={!onClick}
      aria-label={label}
      title={label}
      icon={<Icon name={way === 'next' ? 'next' : 'back'} direction={direction} />}
      onClick={onClick}
    />
  );
}
