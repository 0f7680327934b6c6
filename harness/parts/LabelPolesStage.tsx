import { useEffect, useRef } from 'react';
import type { HostFeature } from '../../src/host/contract.ts';
import { createApplication, themes } from '../../src/host/index.ts';
import { createTaskSession } from '../../src/parts/index.ts';
import { createFakeSystem, type FakeSystem } from '../fakeSystem.ts';
import { LabelPolesModal } from './LabelPolesModal.tsx';

export interface StageArgs {
  /** The feature that is selected on the map. */
  selected: HostFeature | null;
  /** A host's client with the two required methods only. */
  minimal?: boolean;
  /** The server, before the modal opens. */
  prepare?: (server: FakeSystem) => void;
}

/** An application with nothing in it but the author's modal. */
export function LabelPolesStage(props: StageArgs & { language: string; theme: 'light' | 'dark' }) {
  const stage = useRef<HTMLDivElement>(null);
  const first = useRef(props);
  const app = useRef<ReturnType<typeof createApplication>>(null);
  useEffect(() => {
    const { selected, minimal = false, prepare } = first.current;
    // The task of an earlier story is not to be found again.
    localStorage.clear();
    const server = createFakeSystem({ minimal });
    prepare?.(server);
    const opened = createApplication({
      system: server.client,
      ...(stage.current ? { container: stage.current } : {}),
    });
    app.current = opened;
    opened.setCurrentFeature(selected);
    const session = createTaskSession({ app: opened, taskName: 'label_poles', pluginId: 'labelPoles' });
    opened.renderReactNode(null, LabelPolesModal, { app: opened, session, open: true, onClose() {} });
    void session.restore();
    return () => {
      session.dispose();
      opened.dispose();
    };
  }, []);
  useEffect(() => {
    app.current?.setLanguage(props.language);
    app.current?.setTheme(themes[props.theme]);
  }, [props.language, props.theme]);
  return <div ref={stage} style={{ height: 420 }} />;
}
