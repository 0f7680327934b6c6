import { Input, type InputRef, Segmented, theme } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { numberFormat } from '../locales/intl.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { Chip } from './Chip.tsx';
import { DesignMenu } from './DesignMenu.tsx';
import { EDGE, GAP } from './edge.ts';
import type { FinishedCount } from './FinishedCounter.ts';
import { Icon } from './icons.tsx';
import { FilterForm } from './lazyParts.ts';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import type { OpenedTools } from './ToolButtons.tsx';
import { ToolButton } from './ToolButtons.tsx';

export interface MonitorToolsProps {
  filter: MonitorFilter;
  onFilter(filter: MonitorFilter): void;
  store: MonitorTasks;
  state: MonitorState;
  /** The number of tasks that the list has read. */
  counts: { active: number; finished: number };
  /** The number of tasks that have ended, as the server counts them. */
  finished: FinishedCount | undefined;
  /** Search and filters are buttons. */
  isNarrow: boolean;
  /** The list can be filtered by what the map shows. */
  hasMap: boolean;
  opened: OpenedTools;
  onOpened(opened: OpenedTools): void;
}

/** A text is searched for once the user has paused for so long. */
const PAUSE_MS = 250;

/** Chooses what the list shows: active or finished tasks, a search, the chips of common filters, and all filters. */
export function MonitorTools({
  filter,
  onFilter,
  store,
  state,
  counts,
  finished,
  isNarrow,
  hasMap,
  opened,
  onOpened,
}: MonitorToolsProps) {
  const { token } = theme.useToken();
  const { msg, language } = useTranslator();
  const { structure, hasOlder } = state;
  const count = (value: number, more = false) => (
    <span style={{ marginInlineStart: 6, color: token.colorTextSecondary }}>
      {numberFormat(language).format(value)}
      {more ? '+' : ''}
    </span>
  );
  const isReady = state.status === 'ready';
  const search = <Search filter={filter} onFilter={onFilter} isOpened={opened.isSearching} />;
  return (
    <div
      style={{
        display: 'flex',
        flex: 'none',
        flexDirection: 'column',
        gap: GAP,
        paddingBlockEnd: GAP,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: GAP }}>
        <Segmented
          value={filter.view ?? 'active'}
          onChange={(view) => onFilter({ ...filter, view: view === 'finished' ? 'finished' : 'active' })}
          block={isNarrow}
          style={isNarrow ? { flex: 1, minWidth: 0 } : { flex: 'none' }}
          options={[
            {
              value: 'active',
              label: (
                <span>
                  {msg('active')}
                  {isReady ? count(counts.active) : null}
                </span>
              ),
            },
            {
              value: 'finished',
              label: (
                <span>
                  {msg('finished')}
                  {isReady ? count(finished?.count ?? counts.finished, finished?.isCapped ?? hasOlder) : null}
                </span>
              ),
            },
          ]}
        />
        {isNarrow ? null : search}
      </div>
      {isNarrow && opened.isSearching ? search : null}
      {isNarrow ? null : (
        <div style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
          <Chip
            isOn={filter.mine === true}
            aria-pressed={filter.mine === true}
            onClick={() => onFilter({ ...filter, mine: !filter.mine })}
          >
            {msg('mine')}
          </Chip>
          {filter.bbox ? (
            <Chip isOn aria-pressed onClick={() => onFilter({ ...filter, bbox: undefined })}>
              {msg('tasks_here')}
            </Chip>
          ) : hasMap ? (
            <Chip
              isOn={filter.inView === true}
              aria-pressed={filter.inView === true}
              onClick={() => onFilter({ ...filter, inView: !filter.inView })}
            >
              {msg('in_view')}
            </Chip>
          ) : null}
          <DesignMenu
            store={store}
            design={filter.design}
            onDesign={(design) => onFilter({ ...filter, design })}
          />
          <span style={{ flex: 1 }} />
          <ToolButton kind="filters" {...{ filter, opened, onOpened }} size="small" />
        </div>
      )}
      {opened.hasFilters ? (
        <FilterForm
          filter={filter}
          onFilter={onFilter}
          tasks={store.tasks}
          structure={structure}
          withChips={isNarrow}
          hasMap={hasMap}
        />
      ) : null}
    </div>
  );
}

/** The field of the search. Its text is the filter's, a moment after the user has stopped typing. */
function Search({
  filter,
  onFilter,
  isOpened,
}: Pick<MonitorToolsProps, 'filter' | 'onFilter'> & { isOpened: boolean }) {
  const { msg } = useTranslator();
  const [typed, setTyped] = useState(filter.q ?? '');
  const input = useRef<InputRef>(null);
  const { q = '' } = filter;
  const newest = useRef({ filter, onFilter });
  newest.current = { filter, onFilter };
  // The filter was cleared, or came with an address.
  useEffect(() => setTyped((before) => (before.trim() === q ? before : q)), [q]);
  useEffect(() => {
    const text = typed.trim();
    if (text === (newest.current.filter.q ?? '')) return;
    const timer = setTimeout(() => {
      const { filter: now, onFilter: change } = newest.current;
      change({ ...now, q: text || undefined });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (isOpened) input.current?.focus();
  }, [isOpened]);
  return (
    <Input
      ref={input}
      type="search"
      data-monitor-search=""
      maxLength={200}
      aria-label={msg('search')}
      placeholder={msg('search')}
      prefix={<Icon name="search" />}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || typed === '') return;
        // The first Escape empties the field, the second closes the panel.
        event.preventDefault();
        setTyped('');
      }}
      style={{ flex: 1, minWidth: 0 }}
    />
  );
}
