import { Button } from 'antd';
import type { TaskState } from '../client/taskStore.ts';
import type { HostApplication, HostMap } from '../host/contract.ts';
import { formatLength, numberFormat } from '../locales/intl.ts';
import { designFact } from '../parts/designFact.tsx';
import type { Fact } from '../parts/Facts.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { onDemand } from '../parts/onDemand.tsx';
import { TaskSummary, type TaskSummaryProps } from '../parts/TaskSummary.tsx';
import { parseResult } from './parseResult.ts';

/** Few undo what they have just built. */
const UndoRun = onDemand(() => import('../parts/UndoRun.tsx').then((module) => module.UndoRun));
const TableButton = onDemand(() =>
  import('../handover/TableButton.tsx').then((module) => module.TableButton),
);

export interface ResultSummaryProps extends Pick<TaskSummaryProps, 'session'> {
  task: TaskState;
  map: HostMap | undefined;
  app: HostApplication;
  openTable: ((taskId: string) => void) | undefined;
}

const DownloadMenu = onDemand(() =>
  import('../handover/DownloadMenu.tsx').then((module) => module.DownloadMenu),
);

/** Shows the user what the task built. */
export function ResultSummary({ app, map, openTable, ...props }: ResultSummaryProps) {
  const { system } = app;
  const { task } = props;
  const translator = useTranslator();
  const { msg, language } = translator;
  const { connections, poles, cables, cableLengthMetres, bbox } = parseResult(task.result);
  const facts = designFact(task, translator.msg('label_design'));
  const add = (label: string, value: number | undefined, format: (value: number) => string) => {
    if (value !== undefined) facts.push([label, format(value)] satisfies Fact);
  };
  const number = (value: number) => numberFormat(language).format(value);
  add(msg('result_poles'), poles, number);
  add(msg('result_cables'), cables, number);
  add(msg('result_length'), cableLengthMetres, (metres) => formatLength(metres, language));
  return (
    <TaskSummary
      {...props}
      heading={connections === undefined ? undefined : msg('result_heading', { count: connections })}
      facts={facts}
      map={map}
      actions={
        <>
          {system?.exportTask ? <DownloadMenu system={system} taskId={task.id} /> : null}
          {map && bbox ? (
            <Button type="primary" onClick={() => map.fitBounds(bbox)}>
              {msg('zoom_to_result')}
            </Button>
          ) : null}
        </>
      }
    >
      {typeof task.result === 'string' ? <bdi>{task.result}</bdi> : null}
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: 16 }}>
        {openTable ? <TableButton isLink onClick={() => openTable(task.id)} /> : null}
        <UndoRun app={app} taskId={task.id} />
      </div>
    </TaskSummary>
  );
}
