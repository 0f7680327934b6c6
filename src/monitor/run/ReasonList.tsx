/** Lists why items of a run failed, the most frequent reason first. A click on one filters the items below. */
import { theme } from 'antd';
import { numberFormat } from '../../locales/intl.ts';
import type { ReasonCount } from './ItemReader.ts';
import { reasonTitle } from './itemWords.ts';
import { TABULAR } from './LogTools.tsx';
import type { Reasons } from './useReasons.ts';
import { useRunWords } from './useRunWords.ts';

export interface ReasonListProps extends Reasons {
  /** The number of all failed items. */
  failed: number;
  /** The code of the reason that is the filter. */
  code: string | undefined;
  onCode(code: string | undefined): void;
}

export function ReasonList({ reasons, counted, failed, code, onCode }: ReasonListProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <div style={{ paddingBlockEnd: token.paddingXS }}>
      <ul
        aria-label={msg('items_reasons')}
        style={{ listStyle: 'none', margin: 0, padding: 0, maxHeight: 150, overflow: 'auto' }}
      >
        {reasons.map((reason) => (
          <li key={reason.code}>
            <ReasonRow
              reason={reason}
              title={reasonTitle(reason, words)}
              share={reason.count / most}
              isChosen={reason.code === code}
              onClick={() => onCode(reason.code === code ? undefined : reason.code)}
            />
          </li>
        ))}
      </ul>
      {counted < failed ? (
        <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
          {msg('items_reasons_of', { count: counted })}
        </div>
      ) : null}
    </div>
  );
}

interface ReasonRowProps {
  reason: ReasonCount;
  title: string;
  /** The length of the bar, from 0 to 1. */
  share: number;
  isChosen: boolean;
  onClick(): void;
}

function ReasonRow({ reason, title, share, isChosen, onClick }: ReasonRowProps) {
  const { token } = theme.useToken();
  const { language } = useRunWords();
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={title}
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) 96px minmax(28px, auto)',
        alignItems: 'center',
        columnGap: token.marginSM,
        width: '100%',
        minHeight: 28,
        paddingBlock: 2,
        paddingInline: token.paddingXS,
        border: 'none',
        borderRadius: token.borderRadiusSM,
        background: isChosen ? token.colorPrimaryBg : 'none',
        color: token.colorText,
        font: 'inherit',
        fontSize: token.fontSize - 1,
        textAlign: 'start',
        cursor: 'pointer',
      }}
      onClick={onClick}
    >
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        <bdi>{title}</bdi>
      </span>
      <span style={{ height: 4, borderRadius: 2, background: token.colorFillSecondary, overflow: 'hidden' }}>
        <span
          style={{
            display: 'block',
            height: '100%',
            width: `${Math.max(4, share * 100)}%`,
            borderRadius: 2,
            background: token.colorError,
          }}
        />
      </span>
      <span style={{ textAlign: 'end', ...TABULAR }}>{numberFormat(language).format(reason.count)}</span>
    </button>
  );
}
