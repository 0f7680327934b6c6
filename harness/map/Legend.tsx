import { useEffect, useState, useSyncExternalStore } from 'react';
import type { SystemClient } from '../../src/client/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { LegendMark } from './LegendMark.tsx';
import type { NetworkMap } from './NetworkMap.ts';

/** Two lines have so many letters, a sign counting as some. */
const TWO_LINES = 110;
const SIGN_LETTERS = 6;
const MOST_NAMES = 500;

interface LegendProps {
  map: NetworkMap;
  system: SystemClient | undefined;
  msg: HarnessMsg;
}

/**
 * Shows users what the signs mean that are in view: each running task by its name, then the rest. On a narrow screen it is folded
 * at first: the map comes first there.
 */
export function Legend({ map, system, msg }: LegendProps) {
  const [open] = useState(() => matchMedia('(min-width: 641px)').matches);
  const [all, setAll] = useState(false);
  const { tasks, shown } = useSyncExternalStore(map.onLegend, map.getLegend);
  const names = useTaskNames(
    system,
    tasks.flatMap(({ id, isPreview }) => (isPreview ? [] : [id])),
  );
  const entries = [
    ...tasks.map(({ id, colour, dotted, isPreview }) => ({
      key: id,
      sign: (
        <span
          className="map-sign map-sign-uncommitted"
          style={{ borderColor: colour }}
          data-dotted={dotted}
        />
      ),
      text: isPreview ? msg('legend_preview') : taskTitle(names.get(id), msg),
    })),
    ...shown.map((sign) => ({
      key: sign,
      sign: <LegendMark sign={sign} />,
      text: msg(`legend_${sign}`),
    })),
  ];
  let letters = 0;
  const fitting = entries.filter(({ text }) => {
    letters += text.length + SIGN_LETTERS;
    return letters <= TWO_LINES;
  });
  const visible = all ? entries : fitting;
  const hidden = entries.length - visible.length;
  if (entries.length === 0) return null;
  return (
    <details className="map-legend" open={open}>
      <summary>{msg('legend')}</summary>
      <ul aria-label={msg('legend')}>
        {visible.map(({ key, sign, text }) => (
          <li key={key}>
            <span aria-hidden="true" style={{ display: 'contents' }}>
              {sign}
            </span>
            <bdi>{text}</bdi>
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" onClick={() => setAll(true)}>
              {msg('legend_more', { count: hidden })}
            </button>
          </li>
        )}
      </ul>
    </details>
  );
}

function taskTitle(name: string | undefined, msg: HarnessMsg): string {
  if (name === undefined) return msg('legend_uncommitted');
  if (name === 'customer_connection_task') return msg('legend_connections');
  const words = name.replace(/_task$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Asks the server once for the name of each task. */
function useTaskNames(system: SystemClient | undefined, ids: string[]): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = ids.filter((id) => !names.has(id)).join(' ');
  useEffect(() => {
    const closed = new AbortController();
    for (const id of asked.split(' ').filter(Boolean)) {
      system?.getTask?.(id, { signal: closed.signal }).then(
        ({ name }) => {
          if (!closed.signal.aborted)
            setNames((before) => new Map([...before, [id, name] as const].slice(-MOST_NAMES)));
        },
        // Without its name the task is shown as being built.
        () => undefined,
      );
    }
    return () => closed.abort();
  }, [system, asked]);
  return names;
}
