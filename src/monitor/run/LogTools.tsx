/** The bar above a log: its length, the search with its hits, the level filter, Follow and the download. */
import { Button, Input, type InputRef, Select, theme } from 'antd';
import type { KeyboardEvent, Ref } from 'react';
import { Icon } from './icons.tsx';
import type { LogLevel } from './LogSearch.ts';
import { useRunWords } from './useRunWords.ts';

export interface LogToolsProps {
  /** The number of lines of the whole log. */
  count: number;
  level: LogLevel;
  onLevel(level: LogLevel): void;
  text: string;
  onText(text: string): void;
  /** The number of hits, and the place of the one that is shown, from 0. */
  hits: number;
  hitAt: number | undefined;
  onHit(step: 1 | -1): void;
  /** Absent where the task has ended. */
  following: boolean | undefined;
  onFollow(following: boolean): void;
  onDownload(): void;
  searchBox: Ref<InputRef>;
  narrow: boolean;
}

const LEVELS = ['info', 'warning', 'error'] as const satisfies readonly LogLevel[];

export function LogTools({ count, level, text, hits, hitAt, following, ...tools }: LogToolsProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();

  function onKeyDown(event: KeyboardEvent) {
    // An input method uses Enter to take what it offers.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') tools.onHit(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      tools.onText('');
    } else return;
    event.preventDefault();
  }

  return (
    <div
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: token.marginXS,
        minHeight: 44,
        paddingBlock: token.paddingXXS,
        paddingInline: tools.narrow ? token.paddingXS : token.padding,
        borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      <strong style={{ fontWeight: 600 }}>{msg('tab_log')}</strong>
      <span style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM, ...TABULAR }}>
        {msg('log_lines', { count })}
      </span>
      <span style={{ flex: 1 }} />
      {following === undefined ? null : (
        <Button
          size="small"
          type={following ? 'default' : 'text'}
          aria-pressed={following}
          onClick={() => tools.onFollow(!following)}
        >
          {msg('log_follow')}
        </Button>
      )}
      {text === '' ? null : (
        <span style={{ display: 'flex', alignItems: 'center' }}>
          <span role="status" style={{ fontSize: token.fontSizeSM, ...TABULAR }}>
            {hits === 0
              ? msg('log_no_hits')
              : hitAt === undefined
                ? msg('log_hit_count', { count: hits })
                : msg('log_hits', { at: hitAt + 1, count: hits })}
          </span>
          {([-1, 1] as const).map((step) => (
            <Button
              key={step}
              type="text"
              size="small"
              disabled={hits === 0}
              aria-label={msg(step < 0 ? 'log_previous_hit' : 'log_next_hit')}
              title={msg(step < 0 ? 'log_previous_hit' : 'log_next_hit')}
              icon={<Icon name={step < 0 ? 'up' : 'down'} />}
              onClick={() => tools.onHit(step)}
            />
          ))}
        </span>
      )}
      <Input
        ref={tools.searchBox}
        size="small"
        aria-label={msg('log_search')}
        placeholder={msg('log_search')}
        prefix={<Icon name="search" />}
        value={text}
        allowClear
        style={{ width: tools.narrow ? '100%' : 200, order: tools.narrow ? 1 : undefined }}
        onChange={(event) => tools.onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Select
        size="small"
        aria-label={msg('log_level')}
        value={level}
        popupMatchSelectWidth={false}
        options={LEVELS.map((value) => ({ value, label: msg(`log_level_${value}`) }))}
        onChange={tools.onLevel}
      />
      <Button
        type="text"
        size="small"
        disabled={count === 0}
        aria-label={msg('log_download')}
        title={msg('log_download')}
        icon={<Icon name="download" />}
        onClick={tools.onDownload}
      />
    </div>
  );
}

export const TABULAR = { fontVariantNumeric: 'tabular-nums' } as const;
