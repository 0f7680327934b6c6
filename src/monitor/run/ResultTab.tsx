/** Shows the result of a run, or why it has none. */
import { theme } from 'antd';
import { useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { onDemand } from '../../parts/onDemand.tsx';
import { FieldList } from './FieldList.tsx';
import { fieldsOf } from './resultFields.ts';
import { useRunWords } from './useRunWords.ts';

const DownloadMenu = onDemand(() =>
  import('../../handover/DownloadMenu.tsx').then((module) => module.DownloadMenu),
);
const TableButton = onDemand(() =>
  import('../../handover/TableButton.tsx').then((module) => module.TableButton),
);
const RunReport = onDemand(() => import('./report/RunReport.tsx').then((module) => module.RunReport));

export interface ResultTabProps {
  system: SystemClient;
  task: TaskSnapshot;
  /** Lists what the run has built. */
  onTable: (() => void) | undefined;
}

export function ResultTab({ system, task, onTable }: ResultTabProps) {
  const [isReport, setReport] = useState(false);
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const fields = fieldsOf(task.result, 'result', words);
  const nothing = msg(isTerminal(task.status) ? 'result_none' : 'result_none_yet');
  return (
    <div style={{ padding: token.padding, paddingBlockStart: token.paddingXS }}>
      {task.status === 'succeeded' && (system.exportTask || onTable) ? (
        <div
          style={{ display: 'flex', flexWrap: 'wrap', gap: token.marginXS, paddingBlockEnd: token.paddingXS }}
        >
          {system.exportTask ? (
            <DownloadMenu system={system} taskId={task.id} onReport={() => setReport(true)} />
          ) : null}
          {onTable ? <TableButton onClick={onTable} /> : null}
        </div>
      ) : null}
      {isReport ? <RunReport system={system} taskId={task.id} onClose={() => setReport(false)} /> : null}
      {task.status === 'failed' || task.status === 'cancelled' ? (
        <Notice kind={task.status === 'failed' ? 'error' : 'info'} title={msg(`status_${task.status}`)}>
          {task.error ? <ErrorText error={task.error} /> : null}
          <div>{msg('result_nothing_stored')}</div>
        </Notice>
      ) : fields.length > 0 ? (
        <FieldList fields={fields} />
      ) : (
        <p style={{ margin: 0, color: token.colorTextSecondary }}>{nothing}</p>
      )}
    </div>
  );
}
