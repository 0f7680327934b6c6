import { Button, Input, type InputRef, Segmented, theme } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { numberFormat } from '../locales/intl.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE } from './edge.ts';
import type { FinishedCount } from './FinishedCounter.ts';
import { Icon } from './icons.tsx';
import { FilterForm } from './lazyParts.ts';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import { type MonitorFilter, narrows } from './monitorFilter.ts';

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
}: MonitorToolsProps) {
  const { token } = theme.useToken();
  const { msg, language } = useTranslator();
  const [isOpen, setIsOpen] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const { structure, hasOlder } = state;
  const count = (value: number, more = false) => (
    <span style={{ marginInlineStart: 6, color: token.colorTextSecondary }}>
      {numberFormat(language).format(value)}
      {more ? '+' : ''}
    </span>
  );
  const isReady = state.status === 'ready';
  const search = <Search filter={filter} onFilter={onFilter} isOpened={isSearching} />;
  const others = narrows({
    ...filter,
    q: undefined,
    mine: undefined,
    inView: undefined,
    bbox: undefined,
    design: undefined,
  });
  const filterButton = (
    <Button
      type="text"
      size={isNarrow ? 'middle' : 'small'}
      aria-label={msg(isNarrow ? 'filters' : 'all_filters')}
      title={msg('all_filters')}
      aria-expanded={isOpen}
      icon={<Icon name="filter" />}
      style={others || isOpen ? { color: token.colorPrimary } : {}}
      onClick={() => setIsOpen(!isOpen)}
    />
  );
  return (
    <div
      style={{
        display: 'flex',
        flex: 'none',
        flexDirection: 'column',
        gap: token.paddingXS,
        paddingBlockEnd: token.paddingXS,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: token.paddingXS }}>
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
        {isNarrow ? (
          <>
            <Button
              type="text"
              aria-label={msg('search')}
              title={msg('search')}
              aria-expanded={isSearching}
              icon={<Icon name="search" />}
              onClick={() => setIsSearching(!isSearching)}
            />
            {filterButton}
          </>
        ) : (
          search
        )}
      </div>
      {isNarrow ? isSearching && search : null}
      {isNarrow ? null : (
        <div style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
          <Chip isOn={filter.mine === true} onChange={(mine) => onFilter({ ...filter, mine })}>
            {msg('mine')}
          </Chip>
          {filter.bbox ? (
            <Chip isOn onChange={() => onFilter({ ...filter, bbox: undefined })}>
              {msg('tasks_here')}
            </Chip>
          ) : hasMap ? (
            <Chip isOn={filter.inView === true} onChange={(inView) => onFilter({ ...filter, inView })}>
              {msg('in_view')}
            </Chip>
          ) : null}
          <Chip
            isOn={Boolean(filter.design)}
            onChange={() => (filter.design ? onFilter({ ...filter, design: undefined }) : setIsOpen(true))}
          >
            {msg('design')}: {filter.design ? <bdi>{filter.design}</bdi> : msg('any')}
          </Chip>
          <span style={{ flex: 1 }} />
          {filterButton}
        </div>
      )}
      {isOpen ? (
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

interface ChipProps {
  isOn: boolean;
  onChange(isOn: boolean): void;
  children: React.ReactNode;
}

function Chip({ isOn, onChange, children }: ChipProps) {
  const { token } = theme.useToken();
  return (
    <Button
      size="small"
      shape="round"
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      style={{
        minWidth: 0,
        paddingInline: 8,
        overflow: 'hidden',
        fontSize: token.fontSizeSM,
        textOverflow: 'ellipsis',
        ...(isOn
          ? { borderColor: token.colorPrimary, background: token.colorPrimaryBg, color: token.colorPrimary }
          : { color: token.colorTextSecondary }),
      }}
    >
      {children}
    </Button>
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
