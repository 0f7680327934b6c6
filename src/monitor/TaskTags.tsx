import { theme } from 'antd';
import type { ReactNode } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import { useMonitor } from './MonitorContext.ts';
import { zonedTime } from './times.ts';

/** Says beside the name of a task that it is not the first attempt, and that its design is not what the task worked on. */
export function TaskTags({ task }: { task: TaskSnapshot }) {
  const { words } = useMonitor();
  const { msg, language } = words;
  const { attempt, designChangedAt, designDeletedAt } = task;
  const designAt = designDeletedAt ?? designChangedAt;
  return (
    <>
      {attempt > 1 ? <Tag>{msg('attempt', { attempt })}</Tag> : null}
      {designAt === undefined ? null : (
        <Tag isWarning title={zonedTime(designAt, language)}>
          {msg(designDeletedAt === undefined ? 'design_changed' : 'design_deleted')}
        </Tag>
      )}
    </>
  );
}

function Tag({ isWarning, title, children }: { isWarning?: boolean; title?: string; children: ReactNode }) {
  const { token } = theme.useToken();
  return (
    <span
      title={title}
      style={{
        flex: 'none',
        paddingInline: 6,
        border: `1px solid ${isWarning ? token.colorWarning : token.colorBorder}`,
        borderRadius: token.borderRadiusSM,
        color: isWarning ? token.colorWarningText : token.colorTextSecondary,
        fontSize: token.fontSizeSM,
        lineHeight: '16px',
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </span>
  );
}
