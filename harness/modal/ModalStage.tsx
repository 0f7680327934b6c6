import { useEffect, useRef } from 'react';
import type { HostFeature } from '../../src/host/contract.ts';
import { createApplication, themes } from '../../src/host/index.ts';
import { LrtPlugin, type LrtPluginInstance, type LrtPluginOptions } from '../../src/index.ts';
import { createFakeSystem, type FakeSystem, type FakeTask } from '../fakeSystem.ts';
import { PlanPlugin } from '../planPlugin.ts';

/** The differences between one story and the others. */
export interface StoryArgs {
  /** The feature that is selected on the map. */
  selected: HostFeature | null;
  options?: LrtPluginOptions;
  /** The plugin whose modal it is; default: that of customer connections. */
  plugin?: 'connections' | 'plan';
  /** False: the application has no task server. */
  connected?: boolean;
  /** Before the modal opens: tasks that are there already, calls that will be refused. */
  prepare?: (server: FakeSystem) => void;
  /** The server reports this as soon as the modal follows the task. */
  told?: (task: FakeTask) => void;
}

interface ModalStageProps extends StoryArgs {
  language: string;
  theme: 'light' | 'dark';
}

/** An application with nothing in it but the plugin, its modal open. */
export function ModalStage(props: ModalStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const first = useRef(props);
  const app = useRef<ReturnType<typeof createApplication>>(null);
  useEffect(() => {
    const { selected, options, connected = true, prepare, told, plugin = 'connections' } = first.current;
    // The task of an earlier story is not to be found again.
    localStorage.clear();
    const server = createFakeSystem();
    prepare?.(server);
    const opened = createApplication({
      ...(connected ? { system: server.client } : {}),
      ...(stage.current ? { container: stage.current } : {}),
      map: { getBounds: () => [0, 52, 1, 53], fitBounds() {}, zoomTo() {} },
    });
    app.current = opened;
    opened.setCurrentFeature(selected);
    const registered =
      plugin === 'plan'
        ? opened.registerPlugin('planPlugin', PlanPlugin)
        : opened.registerPlugin('lrtPlugin', LrtPlugin, options);
    (registered as LrtPluginInstance).showModal();
    const closed = new AbortController();
    if (told) void followed(server, closed.signal).then(told);
    return () => {
      closed.abort();
      opened.dispose();
    };
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = props.theme;
    app.current?.setLanguage(props.language);
    app.current?.setTheme(themes[props.theme]);
  }, [props.language, props.theme]);
  return <div ref={stage} style={{ height: 520 }} />;
}

/** The newest task, once it is followed and its snapshot was delivered. Never, where the signal aborts before. */
function followed(server: FakeSystem, signal: AbortSignal): Promise<FakeTask> {
  return new Promise((resolve) => {
    const look = () => {
      if (signal.aborted) return;
      if (server.openStreams > 0) queueMicrotask(() => resolve(server.task));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
