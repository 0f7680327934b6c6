/** When the task of a node was queued, began and ended, and how long it waited and ran. */
import { theme } from 'antd';
import type { TaskSnapshot } from '../../contract/index.ts';
import { formatDuration } from '../../locales/intl.ts';
import { TABULAR } from '../run/LogTools.tsx';
import { utcTime, wholeTime } from '../run/runTimes.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';

export function TimeTab({ task }: { task: TaskSnapshot }) {
  const { token } = theme.useToken();
  const { msg, language } = useWorkflowWords();
  const { createdAt, startedAt, finishedAt } = task;
  const between = (from: string | undefined, to: string | undefined) => {
    const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
    return Number.isNaN(seconds) ? '–' : formatDuration(seconds, language);
  };
  const rows: { name: string; text: string; title?: string }[] = [
    { name: msg('wf_created'), text: wholeTime(createdAt, language), title: utcTime(createdAt) },
    { name: msg('wf_started'), text: wholeTime(startedAt, language), title: startedAt && utcTime(startedAt) },
    {
      name: msg('wf_ended'),
      text: wholeTime(finishedAt, language),
      title: finishedAt && utcTime(finishedAt),
    },
    { name: msg('wf_waited'), text: between(createdAt, startedAt) },
    { name: msg('wf_duration'), text: between(startedAt, finishedAt) },
  ].map(({ title, ...row }) => ({ ...row, ...(title && { title }) }));
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'auto 1fr',
        gap: '4px 16px',
        margin: 0,
        padding: '8px 16px',
        ...TABULAR,
      }}
    >
      {rows.flatMap(({ name, text, title }) => [
        <dt key={`${name} name`} style={{ color: token.colorTextSecondary }}>
          {name}
        </dt>,
        <dd key={name} title={title} style={{ margin: 0 }}>
          <bdi>{text}</bdi>
        </dd>,
      ])}
    </dl>
  );
}
