import type { ReactNode } from 'react';
import type { TaskMonitorProps } from '../../src/monitor/index.ts';
import { exampleTasks } from './exampleTasks.ts';
import { MonitorStage } from './MonitorStage.tsx';
import { createMonitorSystem, type MonitorSystem } from './monitorSystem.ts';

interface GalleryProps {
  language: string;
  theme: 'light' | 'dark';
}

const CASES: { name: string; make(): MonitorSystem; props?: Partial<TaskMonitorProps> }[] = [
  {
    name: 'Reconnecting: rows keep what they last said',
    make() {
      const system = exampleTasks();
      system.lose(4_000);
      return system;
    },
  },
  {
    name: 'Loading',
    make: () => createMonitorSystem({ isSilent: true }),
  },
  { name: 'Empty', make: () => createMonitorSystem() },
  { name: 'The filter finds nothing', make: exampleTasks, props: { filter: { q: 'cherry' } } },
  {
    name: 'Error: no list',
    make() {
      const system = createMonitorSystem();
      for (let at = 0; at < 4; at += 1) {
        system.refuse('listTasks', { code: 'unauthorized', message: 'Sign in' });
      }
      return system;
    },
    props: { user: 'mara' },
  },
  { name: 'No list at all', make: () => createMonitorSystem({ without: ['listTasks', 'watchTasks'] }) },
];

/** The states of the monitor beside each other. */
export function StateGallery({ language, theme }: GalleryProps): ReactNode {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16 }}>
      {CASES.map(({ name, make, props }) => (
        <section key={name} aria-label={name}>
          <MonitorStage
            {...{ make, language, theme, ...props }}
            height={260}
            // There are several monitors in one page, and none may take the focus.
            onClose={undefined}
          />
        </section>
      ))}
    </div>
  );
}
