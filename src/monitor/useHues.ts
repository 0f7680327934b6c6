import { theme } from 'antd';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { hueOf, taskPalette } from '../host/taskPalette.ts';
import { createTaskHues, type TaskHues } from '../parts/taskHues.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

/** The colours that the tasks have on the map. The object is another one when a colour has changed. */
export function useHues(
  store: MonitorTasks,
  structure: number,
): { hues: TaskHues | undefined; colourOf(taskId: string): string | undefined } {
  const { token } = theme.useToken();
  const [hues, setHues] = useState<TaskHues>();
  useEffect(() => {
    const made = createTaskHues();
    setHues(made);
    return () => made.dispose();
  }, []);
  const read = hues?.getState ?? none;
  const known = useSyncExternalStore(hues?.subscribe ?? noSubscription, read, read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it counts the changes of the tasks' states.
  useEffect(() => {
    hues?.update([...store.tasks.values()].slice(0, 1_000));
  }, [hues, store, structure]);
  const isDark = lightness(token.colorBgContainer) < 0.5;
  return useMemo(() => {
    const palette = taskPalette[isDark ? 'dark' : 'light'];
    return {
      hues,
      colourOf(id) {
        const hue = known.get(id);
        return hue === undefined ? undefined : hueOf(palette, hue).colour;
      },
    };
  }, [hues, known, isDark]);
}

const NO_HUES: ReadonlyMap<string, number> = new Map();
const none = () => NO_HUES;
const noSubscription = () => () => undefined;

/** 0 is black, 1 is white. A colour that is not written in hexadecimal digits counts as light. */
function lightness(colour: string): number {
  const digits = /^#(\w\w)(\w\w)(\w\w)/.exec(colour)?.slice(1) ?? ['ff'];
  return digits.reduce((sum, each) => sum + Number.parseInt(each, 16), 0) / digits.length / 255;
}
