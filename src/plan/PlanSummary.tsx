import { Button, theme } from 'antd';
import type { TaskState } from '../client/taskStore.ts';
import type { HostApplication, HostMap } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatLength, numberFormat } from '../locales/intl.ts';
import { type Fact, Facts } from '../parts/Facts.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { onDemand } from '../parts/onDemand.tsx';
import { TaskSummary, type TaskSummaryProps } from '../parts/TaskSummary.tsx';
import { BillTable } from './BillTable.tsx';
import { parsePlanResult, type ShownPlan } from './parsePlanResult.ts';

export interface PlanSummaryProps extends Pick<TaskSummaryProps, 'session'> {
  task: TaskState;
  map: HostMap | undefined;
  app: HostApplication;
  openTable: ((taskId: string) => void) | undefined;
}

const DownloadMenu = onDemand(() =>
  import('../handover/DownloadMenu.tsx').then((module) => module.DownloadMenu),
);

/** Few undo what they have just built. */
const UndoRun = onDemand(() => import('../parts/UndoRun.tsx').then((module) => module.UndoRun));
const TableButton = onDemand(() =>
  import('../handover/TableButton.tsx').then((module) => module.TableButton),
);

/** Shows the user what was planned: figures, bill, remarks, and the addresses that are not served. */
export function PlanSummary({ map, session, task, app, openTable }: PlanSummaryProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { system } = app;
  const { msg, find, language } = translator;
  const plan = parsePlanResult(task.result);
  const { served, bbox, bill, remarks } = plan;
  const reasons = reasonsOf(task, translator);
  return (
    <TaskSummary
      {...{ session, task, map }}
      heading={served === undefined ? undefined : msg('planned_served', { count: served })}
      actions={
        <>
          {system?.exportTask ? <DownloadMenu system={system} taskId={task.id} /> : null}
          {map && bbox ? (
            <Button type="primary" onClick={() => map.fitBounds(bbox)}>
              {msg('planned_zoom')}
            </Button>
          ) : null}
        </>
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: 16 }}>
        {openTable ? <TableButton isLink onClick={() => openTable(task.id)} /> : null}
        <UndoRun app={app} taskId={task.id} />
      </div>
      <Facts facts={figuresOf(plan, translator)} />
      {reasons.length > 0 ? (
        <div style={{ marginBlockStart: token.marginSM }}>
          <div style={{ fontWeight: 600 }}>{msg('unserved_reasons')}</div>
          <Facts facts={reasons} />
        </div>
      ) : null}
      <BillTable bill={bill} />
      {remarks.length > 0 ? (
        <div style={{ marginBlock: token.marginSM }}>
          <div style={{ fontWeight: 600 }}>{msg('remarks')}</div>
          <ul style={{ margin: 0, paddingInlineStart: token.marginMD }}>
            {remarks.map(({ code, message, count }) => (
              <li key={`${code} ${message}`}>
                {find(`remark_${code}`, { count }) ?? (
                  <bdi>{`${numberFormat(language).format(count)} ${message}`}</bdi>
                )}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </TaskSummary>
  );
}

function figuresOf({ served, unserved, figures }: ShownPlan, { msg, language }: Translator): Fact[] {
  const facts: Fact[] = [];
  const add = (label: string, value: number | undefined, format: (value: number) => string) => {
    if (value !== undefined) facts.push([label, format(value)]);
  };
  const number = (value: number) => numberFormat(language).format(value);
  const length = (metres: number) => formatLength(metres, language);
  add(msg('planned_unserved'), unserved, number);
  add(msg('planned_reused'), figures.reused === 0 ? undefined : figures.reused, number);
  add(msg('planned_terminals'), figures.terminals, number);
  add(msg('planned_splitters'), figures.splitters, number);
  add(msg('planned_per_address'), figures.metresPerAddress, length);
  add(msg('planned_drop'), figures.medianDropMetres, length);
  add(
    msg('planned_loss'),
    figures.largestLossDb,
    (loss) => `${numberFormat(language, { maximumFractionDigits: 1 }).format(loss)}\u00a0dB`,
  );
  add(msg('planned_budget'), served === undefined ? undefined : figures.withinBudget, (part) =>
    msg('planned_of', { part, whole: served }),
  );
  return facts;
}

/** Counts the addresses that each reason leaves unserved, of those that the server has listed. */
function reasonsOf({ items }: TaskState, { find, language }: Translator): Fact[] {
  const counts = new Map<string, number>();
  for (const { code } of items?.failures ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => [
    find(`unserved_${code}`) ?? code,
    numberFormat(language).format(count),
  ]);
}
