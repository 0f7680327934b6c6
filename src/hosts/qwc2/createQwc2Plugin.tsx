import { ConfigProvider, type ThemeConfig } from 'antd';
import { type ComponentType, useEffect, useState } from 'react';
import { type Application, createApplication } from '../../host/Application.ts';
import { DraggableModal } from '../../host/DraggableModal.tsx';
import { themes } from '../../host/defaultTheme.ts';
import { HostProvider } from '../../host/HostProvider.tsx';
import { useLocale } from '../../host/useLocale.ts';
import { canonicalLanguage } from '../../locales/language.ts';
import type { OverlayColours } from '../../maps/base/overlayColours.ts';
import { createLrtModal } from '../../modal/createLrtModal.tsx';
import { MESSAGE_GROUP } from '../../modal/messageGroup.ts';
import { createTaskSession } from '../../parts/createTaskSession.ts';
import type { TaskControls } from '../../parts/TaskSession.ts';
import { useSession } from '../../parts/useSession.ts';
import { type LrtPluginOptions, parseOptions, type ResolvedOptions } from '../../plugin/options.ts';
import { Contained } from './Contained.tsx';
import { describePole, type PoleDescription, poleFeature } from './poleFeature.ts';
import type { Qwc2Api, Qwc2Feature, Qwc2PluginConfig } from './qwc2Api.ts';
import { Qwc2Map } from './qwc2Map.ts';
import { Qwc2Overlay } from './qwc2Overlay.ts';
import { clickedFeature, parseFeature, type Qwc2View, viewOf, WGS84, wordsOf } from './qwc2State.ts';

export const DEFAULT_TASK = 'Lrt';
const POLE_LAYER = 'lrt-pole';

export type Qwc2PluginOptions = Pick<
  LrtPluginOptions,
  'messages' | 'packs' | 'count' | 'taskName' | 'listPoles'
> & {
  /** Runs the tasks. */
  system: NonNullable<LrtPluginOptions['system']>;
  /** QWC2's name for the tool, without 'Plugin'; default 'Lrt'. */
  task?: string;
  /** The layer that poles are picked from: a WMS layer of the theme, or a vector layer. `cfg` in config.json goes first. */
  poleLayer?: string;
  /** Says which pole a feature of that layer is. Default: number at the end of its id, attributes `design` and `name`. */
  describePole?: (feature: Qwc2Feature) => PoleDescription;
  /** antd's theme for a colour scheme of QWC2; default: dark where its name says so, else light. */
  theme?: (colorScheme: string) => ThemeConfig;
  /**
   * The colours on the map for a colour scheme of QWC2, such as `overlayColours.dark` of `lrt-plugin/openlayers` where the site has
   * a dark background map. Default: the colours for light maps, because QWC2's background maps do not follow its colour scheme.
   */
  mapColours?: (colorScheme: string) => OverlayColours;
};

const LrtModal = /* @__PURE__ */ createLrtModal({ useLocale, DraggableModal });

/**
 * Makes the component for `window.qwc2.addPlugin`. It shows the modal while its task is QWC2's current one.
 *
 * @example
 * window.qwc2.addPlugin('LrtPlugin', createQwc2Plugin(window.qwc2, { system, poleLayer: 'poles' }));
 */
export function createQwc2Plugin(qwc2: Qwc2Api, options: Qwc2PluginOptions): ComponentType<Qwc2PluginConfig> {
  const parsed = parseOptions({ ...options }, ['task', 'poleLayer', 'describePole', 'theme', 'mapColours']);
  if (!parsed.system)
    throw new TypeError("createQwc2Plugin: option 'system' is missing: the client that runs tasks");
  const { task = DEFAULT_TASK, theme = themeFor, mapColours } = options;
  const settings = { ...parsed, describePole: options.describePole ?? describePole };

  function Inside({ poleLayer = options.poleLayer, ...view }: Qwc2PluginConfig & Qwc2View) {
    const [host, setHost] = useState<Qwc2Host>();
    useEffect(() => {
      const opened = openHost(qwc2, task, settings);
      setHost(opened);
      return opened.dispose;
    }, []);
    const { language, words, colorScheme } = view;
    useEffect(() => {
      if (!host) return;
      const tag = canonicalLanguage(language);
      host.app.localisation.loadMessages(tag, { [MESSAGE_GROUP]: wordsOf(words, 'lrt.') });
      host.app.setLanguage(tag);
    }, [host, language, words]);
    useEffect(() => host?.app.setTheme(theme(colorScheme)), [host, colorScheme]);
    useEffect(() => {
      if (host && mapColours) host.map.taskOverlay.setColours(mapColours(colorScheme));
    }, [host, colorScheme]);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the map reads its bounds itself.
    useEffect(() => host?.map.moved(), [host, view.bbox]);
    if (!host) return null;
    return (
      <Tool {...{ qwc2, host, poleLayer, settings }} open={view.currentTask === task} click={view.click} />
    );
  }

  function LrtForQwc2(props: Qwc2PluginConfig & Qwc2View) {
    return (
      <Contained attempt={props.currentTask}>
        <Inside {...props} />
      </Contained>
    );
  }

  return qwc2.libs.connect(viewOf)<Qwc2PluginConfig>(LrtForQwc2);
}

interface ToolProps {
  qwc2: Qwc2Api;
  host: Qwc2Host;
  settings: ResolvedOptions;
  open: boolean;
  click: unknown;
  poleLayer: string | undefined;
}

function Tool({ qwc2, host, settings, open, click, poleLayer }: ToolProps) {
  const { PickFeature } = qwc2.components;
  const picking = useSession(host.session).task === undefined;
  useEffect(() => host.map.clicked(click), [host, click]);
  useEffect(() => {
    if (poleLayer !== undefined) host.select(clickedFeature(click, poleLayer));
  }, [host, click, poleLayer]);
  useEffect(() => (open ? host.showPole() : undefined), [host, open]);
  return (
    <>
      {open && picking && PickFeature && poleLayer !== undefined ? (
        <PickFeature
          layer={poleLayer}
          featurePicked={(_layer, feature) => host.select(parseFeature(feature))}
        />
      ) : null}
      <HostProvider app={host.app}>
        {/* antd draws a wave in a root of its own, and QWC2 does not share what makes roots. */}
        <ConfigProvider wave={{ disabled: true }}>
          <LrtModal
            open={open}
            onClose={() => qwc2.setCurrentTask(null)}
            session={host.session}
            defaultCount={settings.count}
            app={host.app}
            messages={settings.messages}
            packs={settings.packs}
            listPoles={settings.listPoles}
          />
        </ConfigProvider>
      </HostProvider>
    </>
  );
}

/** The application behind the plugin. It lives as long as QWC2 has the plugin, whether its modal is open or not. */
interface Qwc2Host {
  app: Application;
  map: Qwc2Map;
  session: TaskControls;
  /** Makes a feature the application's current one. Nothing happens without one. */
  select(feature: Qwc2Feature | undefined): void;
  /** Marks the current feature on the map, and each that follows, until the returned function is called. */
  showPole(): () => void;
  dispose(): void;
}

function openHost(
  qwc2: Qwc2Api,
  task: string,
  settings: ResolvedOptions & { describePole: (feature: Qwc2Feature) => PoleDescription },
): Qwc2Host {
  const overlay = new Qwc2Overlay(qwc2);
  const map = new Qwc2Map(qwc2, overlay);
  const app = createApplication({
    map,
    ...(settings.system ? { system: settings.system } : {}),
  });
  const session = createTaskSession({ app, taskName: settings.taskName, pluginId: `qwc2-${task}` });
  void session.restore();

  function markPole() {
    const geometry = app.currentFeature?.geometry;
    if (!geometry) return;
    qwc2.addLayerFeatures(
      { id: POLE_LAYER, role: qwc2.LayerRole.SELECTION },
      [{ id: POLE_LAYER, type: 'Feature', geometry, properties: {}, crs: WGS84, styleName: 'default' }],
      true,
    );
  }

  return {
    app,
    map,
    session,
    select(feature) {
      if (!feature) return;
      // `describePole` is the application author's, and a layer may hold anything: an error of it is reported, and no more.
      app.run(() => app.setCurrentFeature(poleFeature(qwc2, feature, settings.describePole(feature))));
    },
    showPole() {
      markPole();
      app.on('currentFeature-changed', markPole);
      return () => {
        app.off('currentFeature-changed', markPole);
        qwc2.removeLayer(POLE_LAYER);
      };
    },
    dispose() {
      session.dispose();
      map.sketches.dispose();
      overlay.dispose();
      app.dispose();
    },
  };
}

function themeFor(colorScheme: string): ThemeConfig {
  return /dark/i.test(colorScheme) ? themes.dark : themes.light;
}
