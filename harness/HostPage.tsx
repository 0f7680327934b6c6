import './harness.css';
import { Alert, Button } from 'antd';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Position } from '../src/contract/index.ts';
import { FeatureDetails, HostProvider, Palette, Toolbar } from '../src/host/index.ts';
import { FeatureSearch } from './FeatureSearch.tsx';
import { FileDrop } from './FileDrop.tsx';
import { type HostBackend, type HostedPlugins, HostSession } from './HostSession.ts';
import { FeatureChooser } from './identify/FeatureChooser.tsx';
import { NetworkFacts } from './identify/NetworkFacts.tsx';
import { Legend } from './map/Legend.tsx';
import { MapView } from './map/MapView.tsx';
import type { MapTheme } from './map/palette.ts';
import { type HarnessMsg, harnessMsg } from './messages/messages.ts';
import { MonitorColumn } from './monitor/MonitorColumn.tsx';
import { RunPlace } from './run/RunPlace.tsx';
import { useRunAddress } from './run/runAddress.ts';
import { closeDialogsBut } from './startPlugins.ts';
import { HostTable } from './table/HostTable.tsx';
import { openTable, useTableAddress } from './table/tableAddress.ts';

/** The monitor is a column beside the map in a window of this kind: see harness.css. */
const BESIDE_THE_MAP = '(min-width: 1025px)';

const IntakeDialog = lazy(async () => ({ default: (await import('./data/IntakeDialog.tsx')).IntakeDialog }));

export interface HostPageProps {
  /** The same object as long as it is the same backend. */
  backend: HostBackend;
  /** BCP 47. */
  language: string;
  theme: MapTheme;
  /** Name of a scenario of a mock backend; any other: none. */
  scenario: string;
  /** Default: our own. Read once. */
  plugins?: (() => HostedPlugins) | undefined;
}

/** The host application, filling the window: toolbar, palette, feature details and the map. */
export function HostPage({ backend, language, theme, scenario, plugins }: HostPageProps) {
  const [session, setSession] = useState<HostSession>();
  const initial = useRef({ language, theme, plugins });
  useEffect(() => {
    const opened = new HostSession(backend, initial.current, initial.current.plugins?.());
    setSession(opened);
    return () => opened.dispose();
  }, [backend]);
  useEffect(() => session?.setLanguage(language), [session, language]);
  useEffect(() => session?.setTheme(theme), [session, theme]);
  useEffect(() => void session?.setScenario(scenario), [session, scenario]);
  const msg = useMemo(() => harnessMsg(language), [language]);
  if (!session) return null;
  return (
    <HostProvider app={session.app}>
      <Frame session={session} language={language} msg={msg} />
    </HostProvider>
  );
}

function Frame({ session, language, msg }: { session: HostSession; language: string; msg: HarnessMsg }) {
  // On a phone the map comes first.
  const [panelOpen, setPanelOpen] = useState(() => window.innerWidth >= 640);
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const open = useCallback((files: File[]) => session.openFiles(files), [session]);
  const closeFiles = useCallback(() => session.closeFiles(), [session]);
  const run = useRunAddress();
  const { follow } = session.identify;
  const here = useSyncExternalStore(session.identify.subscribe, session.identify.getHere);
  const trace = useCallback((path: readonly Position[][]) => session.map.path.show(path), [session]);
  const selected = useSelectedUrn(session);
  const listed = useTableAddress();
  return (
    <div className="host-page">
      <header
        className="host-bar"
        onClickCapture={({ target }) => {
          // Where the monitor lies over the map, the plugin's dialog takes its place.
          const dialogs = target instanceof Element ? target.closest('#lrt-button, #lrt-plan-button') : null;
          if (dialogs) closeDialogsBut(dialogs.id, session.app.plugins);
          if (dialogs && !matchMedia(BESIDE_THE_MAP).matches)
            session.monitorPlace.hide(session.app.plugins.monitor);
        }}
      >
        <h1>{msg('title')}</h1>
        <Toolbar />
        <span className="host-bar-space" />
        {session.canOpenFiles && <OpenFiles msg={msg} onFiles={open} />}
        <Button
          aria-label={msg(panelOpen ? 'hidePanel' : 'showPanel')}
          title={msg(panelOpen ? 'hidePanel' : 'showPanel')}
          aria-expanded={panelOpen}
          icon={<PanelIcon />}
          onClick={() => setPanelOpen(!panelOpen)}
        />
      </header>
      {run && <RunPlace session={session} address={run} msg={msg} />}
      {/* It stays as it is below a run's page, so that Back finds its filter and its scroll again. */}
      <main className={run ? 'host-body host-body-below' : 'host-body'} inert={run !== undefined}>
        {panelOpen && (
          <aside className="host-panel" aria-label={msg('panel')}>
            <SelectedFeatureSearch session={session} msg={msg} />
            <Palette />
            <FeatureChooser here={here} selected={selected} onChoose={session.identify.show} msg={msg} />
            <FeatureDetails onFollow={follow}>
              {(feature) => (
                <NetworkFacts
                  // Another feature begins at the top of its own lists.
                  key={feature.getUrn()}
                  feature={feature}
                  read={session.identify.read}
                  version={state.counts}
                  onTrace={trace}
                  onFollow={follow}
                  msg={msg}
                />
              )}
            </FeatureDetails>
          </aside>
        )}
        <div className="host-map">
          <MapView
            map={session.map}
            msg={msg}
            onTasksHere={session.showTasksHere}
            table={{
              isOpen: listed !== undefined,
              onToggle: () => openTable(listed ? undefined : { kind: 'view' }),
            }}
          >
            {state.problem && (
              <Alert
                className="host-alert"
                type="error"
                showIcon
                closable={{ 'aria-label': msg('dismiss'), onClose: () => session.dismissProblem() }}
                // The reason may be the backend's own English, in whatever direction the page is.
                title={<div dir="auto">{msg(state.problem.key, state.problem.values)}</div>}
              />
            )}
            <Legend map={session.map} system={session.app.system} msg={msg} />
            <FileDrop label={msg('dropHere')} onFiles={session.canOpenFiles ? open : undefined} />
          </MapView>
          {listed && !run && (
            <HostTable
              session={session}
              map={session.map}
              listed={listed}
              onListed={openTable}
              content={state}
              selected={selected}
              onSelect={session.identify.choose}
              onClose={() => openTable(undefined)}
              msg={msg}
            />
          )}
        </div>
        <MonitorColumn place={session.monitorPlace} />
      </main>
      {state.intake && (
        <Suspense>
          <IntakeDialog session={state.intake} language={language} here={session.here} onClose={closeFiles} />
        </Suspense>
      )}
      <footer className="host-status" data-loaded={state.loading ? undefined : ''}>
        <span role="status">{msg(state.loading ? 'loading' : 'loaded', state.counts)}</span>
      </footer>
    </div>
  );
}

function SelectedFeatureSearch({ session, msg }: { session: HostSession; msg: HarnessMsg }) {
  const { designs, poles } = useSyncExternalStore(session.subscribe, session.getState);
  const selected = useSelectedUrn(session);
  return (
    <FeatureSearch
      designs={designs}
      poles={poles}
      selected={selected}
      onSelect={(feature) => session.select(feature)}
      msg={msg}
    />
  );
}

function useSelectedUrn({ app }: HostSession): string | undefined {
  const subscribe = useCallback(
    (changed: () => void) => {
      app.on('currentFeature-changed', changed);
      return () => app.off('currentFeature-changed', changed);
    },
    [app],
  );
  return useSyncExternalStore(subscribe, () => app.currentFeature?.getUrn());
}

function OpenFiles({ msg, onFiles }: { msg: HarnessMsg; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        className="open-files"
        aria-label={msg('openFiles')}
        title={msg('openFilesHint')}
        icon={<FolderIcon />}
        onClick={() => input.current?.click()}
      >
        <span>{msg('openFiles')}</span>
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same files again are a change again.
          event.target.value = '';
        }}
      />
    </>
  );
}

function FolderIcon() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M2 12.5v-9h4l1.5 2H14v7z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function PanelIcon() {
  return (
    <svg className="panel-icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M2 3h12v10H2zM6.5 3v10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}
