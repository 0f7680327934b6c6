import { theme } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { hueOf, taskPalette } from '../host/taskPalette.ts';
import { createTaskHues, type TaskHues } from './taskHues.ts';

let shared: TaskHues | undefined;

/** The hues of all tasks, for all dialogs on this page. */
function sharedHues(): TaskHues {
  shared ??= createTaskHues();
  return shared;
}

export interface HueChipProps {
  task: Pick<TaskState, 'id' | 'status'>;
  /** Draws what the task builds, and gets its hue. */
  overlay: Pick<TaskOverlay, 'hue'>;
}

/** Shows the colour in which the map draws what a running task builds. Nothing is shown until all tabs agree on it. */
export function HueChip({ task: { id, status }, overlay }: HueChipProps) {
  const { token } = theme.useToken();
  const [hues] = useState(sharedHues);
  useEffect(() => hues.update([{ id, status }]), [hues, id, status]);
  const hue = useSyncExternalStore(hues.subscribe, () => hues.hueOf(id));
  useEffect(() => {
    if (hue !== undefined) overlay.hue?.(id, hue);
  }, [overlay, id, hue]);
  if (hue === undefined) return null;
  const { colour, dotted } = hueOf(taskPalette[isDark(token.colorBgContainer) ? 'dark' : 'light'], hue);
  return (
    <span
      aria-hidden="true"
      data-hue={hue}
      style={{
        boxSizing: 'border-box',
        width: 10,
        height: 10,
        borderRadius: 3,
        border: dotted ? `2px dotted ${colour}` : undefined,
        background: dotted ? undefined : colour,
      }}
    />
  );
}

/** antd does not say which of its themes is in use; the ground of its containers does. */
function isDark(colour: string): boolean {
  const [red = 255] = colour.startsWith('#')
    ? [Number.parseInt(colour.length > 4 ? colour.slice(1, 3) : colour.slice(1, 2).repeat(2), 16)]
    : (colour.match(/\d+/g)?.map(Number) ?? []);
  return red < 128;
}
