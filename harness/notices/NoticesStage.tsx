import { useEffect, useRef } from 'react';
import { createApplication, type HostMap, themes } from '../../src/host/index.ts';
import { LrtPlugin, type LrtPluginInstance } from '../../src/index.ts';
import { NoticePlace } from '../../src/maps/base/NoticePlace.ts';
import { createFakeSystem } from '../fakeSystem.ts';
import { ENDS } from './exampleEnds.ts';

interface NoticesStageProps {
  language: string;
  theme: 'light' | 'dark';
  /** The map has this width, and the dialog takes it for the page's: below 640 px it is a sheet. In CSS pixels. */
  width: number | string;
}

/** A host with a map that is empty. The dialog shows a task that runs, and two other tasks of the user end. */
export function NoticesStage({ language, theme, width }: NoticesStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const app = useRef<ReturnType<typeof createApplication>>(null);
  useEffect(() => {
    const container = stage.current;
    if (!container) return;
    // The task of an earlier story is not to be found again.
    localStorage.clear();
    const system = createFakeSystem({ watches: true });
    const { client } = system;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const others = [ENDS.partly, ENDS.failed].map(({ id, params, items }) =>
      // They have another name, because the dialog shows the newest task of its own.
      system.add({ id, name: 'plan_area_task', params, status: 'running', ...(items && { items }) }),
    );
    /** The other tasks end soon after the user's tasks are watched: those that end earlier are no news. */
    const watchTasks: typeof client.watchTasks = (...watch) => {
      timer ??= setTimeout(() => {
        const [partly, failed] = others;
        partly?.succeed();
        failed?.fail(ENDS.failed.error ?? { code: 'exception', message: 'Disk full' });
      }, 100);
      return client.watchTasks?.(...watch) ?? { close() {} };
    };
    const place = new NoticePlace(() => container);
    const map: HostMap = {
      container: () => container,
      getBounds: () => [0, 52, 1, 53],
      fitBounds() {},
      zoomTo() {},
      noticePlace: () => place.get(),
    };
    const opened = createApplication({ system: { ...client, watchTasks }, container, map });
    app.current = opened;
    const plugin = opened.registerPlugin('lrtPlugin', LrtPlugin) as LrtPluginInstance;
    system.add({ params: { design: 'design/FTTH-North' } }).run({ percent: 48, done: 958, total: 2000 });
    plugin.showModal();
    return () => {
      clearTimeout(timer);
      place.dispose();
      opened.dispose();
    };
  }, []);
  useEffect(() => {
    app.current?.setLanguage(language);
    app.current?.setTheme(themes[theme]);
  }, [language, theme]);
  return (
    <div
      ref={stage}
      data-testid="map"
      style={{ position: 'relative', width, height: 640, background: '#8883' }}
    />
  );
}
