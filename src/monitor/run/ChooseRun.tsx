/** The two runs of a comparison: A is this one, and B is chosen from the ended runs of the same task. */
import { Select, theme } from 'antd';
import { type ReactNode, useId } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { designOf, outcomeText } from '../../parts/taskWords.ts';
import { useTaskList } from '../../parts/useTaskList.ts';
import { shortTime } from './runTimes.ts';
import { useRunWords } from './useRunWords.ts';

export interface ChooseRunProps {
  system: SystemClient;
  a: TaskSnapshot;
  /** The id of the other run, where it is chosen. */
  withId: string | undefined;
  b: TaskSnapshot | undefined;
  user: string | undefined;
  colours: CompareColours;
  onChoose(taskId: string): void;
}

/** The colours of what only A has, only B has and both have; the map has the same. */
export interface CompareColours {
  a: string;
  b: string;
  both: string;
}

export function ChooseRun({ system, a, withId, b, user, colours, onChoose }: ChooseRunProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg, language } = words;
  const id = useId();
  const { tasks, status } = useTaskList(system, { name: a.name, status: 'finished', limit: 50 });
  const others = tasks.filter((task) => task.id !== a.id && isTerminal(task.status));
  if (b && !others.some((task) => task.id === b.id)) others.unshift(b);
  const describe = (task: TaskSnapshot) =>
    [
      shortTime(task.startedAt ?? task.createdAt, language),
      designOf(task),
      outcomeText(task, words, { user }),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
        gap: token.marginXS,
        padding: token.padding,
        paddingBlock: token.paddingSM,
      }}
    >
      <Side sign={<Sign colour={colours.a} />}>
        <div>{msg('compare_a')}</div>
        <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
          <bdi>{shortTime(a.startedAt ?? a.createdAt, language)}</bdi>
        </div>
      </Side>
      <Side sign={<Sign colour={colours.b} hollow />}>
        <label htmlFor={id} style={{ display: 'block' }}>
          {msg('compare_b')}
        </label>
        <Select
          id={id}
          size="small"
          value={withId || undefined}
          placeholder={msg('compare_choose')}
          loading={status === 'loading'}
          notFoundContent={status === 'loading' ? msg('run_loading') : msg('compare_no_runs')}
          popupMatchSelectWidth={false}
          options={others.map((task) => ({ value: task.id, label: describe(task) }))}
          style={{ width: '100%' }}
          onChange={onChoose}
        />
      </Side>
    </div>
  );
}

function Side({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  const { token } = theme.useToken();
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 10,
        minWidth: 0,
        minHeight: 52,
        paddingInline: token.paddingSM,
        border: `1px solid ${token.colorBorder}`,
        borderRadius: token.borderRadius,
      }}
    >
      {sign}
      <div style={{ flex: 1, minWidth: 0 }}>{children}</div>
    </div>
  );
}

/** The square that stands for one of the three kinds: filled or hollow, as on the map. */
export function Sign({ colour, hollow = false }: { colour: string; hollow?: boolean }) {
  return (
    <span
      aria-hidden="true"
      style={{
        flex: 'none',
        boxSizing: 'border-box',
        width: 10,
        height: 10,
        borderRadius: 2,
        border: `2px solid ${colour}`,
        background: hollow ? 'none' : colour,
      }}
    />
  );
}
