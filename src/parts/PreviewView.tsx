import { theme } from 'antd';
import { useRef } from 'react';
import type { PreviewBillLine, PreviewCount, TaskPreview } from '../contract/index.ts';
import type { HostApplication } from '../host/contract.ts';
import { formatLength, numberFormat } from '../locales/intl.ts';
import { ErrorText } from './ErrorText.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { Notice } from './Notice.tsx';
import { type PreviewWords, WithPreviewWords } from './PreviewWords.tsx';
import type { PreviewState } from './previewState.ts';
import { intervalText, roundInterval } from './remaining.ts';
import { useBroughtIntoView } from './useBroughtIntoView.ts';

export interface PreviewViewProps {
  app: Pick<HostApplication, 'localisation'>;
  shown: PreviewState;
}

/** Says in words what a task would do. */
export function PreviewView({ app, shown }: PreviewViewProps) {
  return (
    <WithPreviewWords app={app}>{(words) => <PreviewSection words={words} shown={shown} />}</WithPreviewWords>
  );
}

function PreviewSection({ words, shown }: { words: PreviewWords; shown: PreviewState }) {
  const { token } = theme.useToken();
  const section = useRef<HTMLElement>(null);
  useBroughtIntoView(section, shown);
  return (
    <section
      ref={section}
      aria-label={words.msg('preview')}
      style={{
        marginBlockStart: token.marginSM,
        paddingBlock: token.paddingXS,
        borderBlockStart: `1px solid ${token.colorSplit}`,
      }}
    >
      <div role="status">
        {shown.state === 'working' ? words.msg('preview_working') : null}
        {shown.state === 'ready' && !shown.preview.refusal ? (
          <strong>{words.msg('preview_heading')}</strong>
        ) : null}
      </div>
      {shown.state === 'failed' ? (
        <Notice kind="warning" title={words.msg('preview_failed')}>
          <ErrorText error={shown.error} />
        </Notice>
      ) : null}
      {shown.state === 'ready' ? <PreviewContent words={words} preview={shown.preview} /> : null}
    </section>
  );
}

/** The preview itself, also for an undo. */
export function PreviewContent({ words, preview }: { words: PreviewWords; preview: TaskPreview }) {
  const { token } = theme.useToken();
  const { msg } = words;
  if (preview.refusal) {
    return (
      <Notice kind="error" title={msg('preview_refused')}>
        <ErrorText error={preview.refusal} />
      </Notice>
    );
  }
  const { counts, bill = [], currency, duration, features, featureTotal, remarks } = preview;
  const facts: Fact[] = counts.map((line) => [nameOf(words, 'kind', line.kind), countText(words, line)]);
  facts.push([
    msg('preview_time'),
    duration
      ? `${intervalText(words, roundInterval(duration.lowSeconds, duration.highSeconds))} (${msg(
          'preview_time_note',
          { count: duration.runs },
        )})`
      : msg('preview_no_time'),
  ]);
  return (
    <>
      <Facts facts={facts} />
      {bill.length > 0 ? (
        <details style={{ marginBlockStart: token.marginXS }}>
          <summary style={{ cursor: 'pointer' }}>{msg('preview_bill')}</summary>
          <Facts
            facts={bill.map((line) => [
              nameOf(words, 'bill', line.item),
              quantityText(words, line, currency),
            ])}
          />
        </details>
      ) : null}
      {remarks.map((remark) => (
        <div key={remark.code}>
          {words.find(`remark_${remark.code}`, remark.details) ??
            (remark.code === 'undo-kept' ? msg('undo_kept', remark.details) : <bdi>{remark.message}</bdi>)}
        </div>
      ))}
      {features.length < featureTotal ? (
        <div style={{ color: token.colorTextSecondary }}>
          {msg('preview_part', { shown: features.length, total: featureTotal })}
        </div>
      ) : null}
    </>
  );
}

/** 'cable-12' is a cable with 12: the item has words, and its size stands behind them. A kind without words is shown as it is. */
function nameOf({ find }: PreviewWords, group: 'kind' | 'bill', name: string): string {
  const whole = find(`${group}_${name}`);
  if (whole !== undefined) return whole;
  const [, item, size] = /^(.*)-(\d+)$/.exec(name) ?? [];
  const words = item === undefined ? undefined : find(`${group}_${item}`);
  return words === undefined ? name : `${words} ${size}`;
}

function countText({ msg }: PreviewWords, { change, count }: PreviewCount): string {
  return msg(`preview_${change}`, { count });
}

function quantityText(
  { language }: PreviewWords,
  { unit, quantity, cost }: PreviewBillLine,
  currency = '',
): string {
  const amount =
    unit === 'metre' ? formatLength(quantity, language) : numberFormat(language).format(quantity);
  if (cost === undefined) return amount;
  const sum = numberFormat(language, { maximumFractionDigits: 2 }).format(cost);
  return `${amount} · ${sum}\u00a0${currency}`.trimEnd();
}
