import type { TownSource } from '../backend/network/TownSource.ts';
import { createTaskClient } from '../src/client/index.ts';
import type { GeoFeature, Position } from '../src/contract/index.ts';
import { type Application, type ApplicationOptions, hostFeature, themes } from '../src/host/index.ts';
import { type IntakeMode, IntakeSession } from './data/IntakeSession.ts';
import { HostProblem } from './HostProblem.ts';
import { Identify } from './identify/Identify.ts';
import { loadSurvey } from './map/loadContent.ts';
import type { MapContent } from './map/MapData.ts';
import { NetworkMap } from './map/NetworkMap.ts';
import { NetworkReader } from './map/NetworkReader.ts';
import type { MapTheme } from './map/palette.ts';
import { MonitorPlace } from './monitor/MonitorPlace.ts';
import type { SignedIn } from './signedIn.ts';
import { startPlugins } from './startPlugins.ts';

/** The backend below the host application. */
export interface HostBackend {
  /** Where it answers, of the page's own origin: '/lrt', or '' at its root. */
  baseUrl: string;
  user: SignedIn;
  /** The task that connects customers, where it is not the plugin's default. */
  taskName?: string | undefined;
  /** The abilities that only a backend in this page has. */
  mock?: {
    /** Replaces the whole network. */
    replaceTown(town: TownSource): Promise<void>;
    /** Adds to the network that is there, and deletes nothing. */
    addTown(town: TownSource): Promise<void>;
    /** Name of what goes wrong from now on; any other name: nothing. */
    setScenario(name: string): void;
  };
}

/** Other plugins than ours in the host application. */
export interface HostedPlugins {
  /** Makes the application with its plugins. */
  start(options: ApplicationOptions, session: HostSession): Application;
  /** The map shows these features, whenever they were read. */
  loaded(features: GeoFeature[]): void;
}

/** The frame shows this besides the map. */
export interface SessionState {
  loading: boolean;
  designs: GeoFeature[];
  poles: GeoFeature[];
  counts: { addresses: number; poles: number; streets: number; designs: number };
  /** Why the map could not be loaded. */
  problem?: HostProblem;
  /** The files that the user opens right now. */
  intake?: IntakeSession | undefined;
}

/** The host application with its map, on a backend. */
export class HostSession {
  readonly app: Application;
  readonly map: NetworkMap;
  /** The column at the inline end, which the plugin of the monitor fills. */
  readonly monitorPlace = new MonitorPlace();
  readonly backend: HostBackend;
  /** It asks the network about the selected feature. */
  readonly identify: Identify;
  readonly #plugins: HostedPlugins | undefined;
  readonly #closed = new AbortController();
  /** The maps of pages beside the host's own. */
  readonly #otherMaps = new Set<NetworkMap>();
  #theme: MapTheme;
  #content: Partial<MapContent> = {};
  readonly #network: NetworkReader;
  #loaded: Promise<void>;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = {
    loading: true,
    designs: [],
    poles: [],
    counts: { addresses: 0, poles: 0, streets: 0, designs: 0 },
  };

  /** `plugins`: what runs in the application; default: our own. */
  constructor(
    backend: HostBackend,
    { language, theme }: { language: string; theme: MapTheme },
    plugins?: HostedPlugins,
  ) {
    this.backend = backend;
    this.#plugins = plugins;
    this.#theme = theme;
    this.#network = new NetworkReader(this.#ask, backend.baseUrl);
    this.map = new NetworkMap(theme, (taskId) => this.#reloadNetwork(taskId));
    const options: ApplicationOptions = {
      system: createTaskClient({ baseUrl: backend.baseUrl, token: backend.user.token }),
      map: this.map,
      language,
      theme: themes[theme],
    };
    this.app =
      plugins?.start(options, this) ??
      startPlugins(options, {
        taskName: backend.taskName,
        monitorPlace: this.monitorPlace,
        listPoles: this.#listPoles,
      });
    this.identify = new Identify({
      app: this.app,
      map: this.map,
      ask: this.#ask,
      baseUrl: backend.baseUrl,
      onProblem: (error) => this.#closed.signal.aborted || this.#set({ problem: mapFailed(error) }),
    });
    this.map.onSelect = this.identify.select;
    // While the monitor is open, it takes the click itself and chooses the task's row.
    this.map.taskOverlay.onPick(({ at }) => at && !this.monitorPlace.getState() && this.showTasksAt(at));
    this.app.on('currentFeature-changed', () => this.map.highlight(this.app.currentFeature));
    this.#loaded = this.#load();
  }

  /** Shows in the monitor what runs at a place, or else what ran there. Absent without a monitor. */
  get showTasksHere(): ((at: Position) => void) | undefined {
    return 'monitor' in this.app.plugins ? this.showTasksAt : undefined;
  }

  showTasksAt = (at: Position): void => {
    const { system, plugins } = this.app;
    void this.monitorPlace.showTasksAt(plugins.monitor, system, this.map.clicks.boxAround(at));
  };

  getState = (): SessionState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  setLanguage(language: string): void {
    this.app.setLanguage(language);
  }

  /** The backend of this page plays this fault scenario from now on; before the map is loaded, from then on. */
  async setScenario(name: string): Promise<void> {
    await this.#loaded;
    this.backend.mock?.setScenario(name);
  }

  setTheme(theme: MapTheme): void {
    this.app.setTheme(themes[theme]);
    this.#theme = theme;
    for (const map of [this.map, ...this.#otherMaps]) map.setTheme(theme);
  }

  select(feature: GeoFeature | null): void {
    this.app.setCurrentFeature(feature && hostFeature(feature), { zoomTo: true });
  }

  /** Opens another map of the same network, for a page of its own. The function it returns closes the map. */
  openMap(): { map: NetworkMap; close(): void } {
    const map = new NetworkMap(this.#theme, (taskId) => this.#reloadNetwork(taskId));
    this.#otherMaps.add(map);
    void map.show(this.#content).then(() => this.#otherMaps.has(map) && map.showAll());
    return {
      map,
      close: () => {
        this.#otherMaps.delete(map);
        map.dispose();
      },
    };
  }

  /** Reads the stored network again, and shows the error if that fails. */
  async reload(): Promise<void> {
    await this.#reloadNetwork().catch(() => undefined);
  }

  /** Shows a pole as a plugin has stored it. */
  showPole(pole: GeoFeature): void {
    const poles = this.#state.poles.map((each) => (each.id === pole.id ? pole : each));
    void this.map.show({ pole: poles });
    this.#set({ poles });
  }

  /** True if the user may replace the town. A server's network is not the page's to throw away. */
  get canOpenFiles(): boolean {
    return this.backend.mock !== undefined;
  }

  /** Shows what is in the files, for the user to take over. */
  openFiles(files: File[]): void {
    const { mock } = this.backend;
    if (!mock) return;
    this.closeFiles();
    this.dismissProblem();
    this.#set({ intake: new IntakeSession(files, (town, mode) => this.#takeOver(mock, town, mode)) });
  }

  closeFiles(): void {
    this.#state.intake?.close();
    if (this.#state.intake) this.#set({ intake: undefined });
  }

  /** A place in the town that is there. */
  get here(): Position | undefined {
    const geometry = this.#content.address?.[0]?.geometry;
    return geometry?.type === 'Point' ? geometry.coordinates : undefined;
  }

  dismissProblem(): void {
    const { problem: _problem, ...state } = this.#state;
    this.#replace(state);
  }

  dispose(): void {
    this.#closed.abort();
    this.#state.intake?.close();
    this.app.dispose();
    this.map.dispose();
  }

  async #takeOver(mock: NonNullable<HostBackend['mock']>, town: TownSource, mode: IntakeMode): Promise<void> {
    if (mode === 'add') {
      await mock.addTown(town);
    } else {
      await mock.replaceTown(town);
      this.app.setCurrentFeature(null);
      this.map.taskOverlay.clear();
    }
    this.#set({ loading: true });
    this.#loaded = this.#load();
    await this.#loaded;
  }

  async #load(): Promise<void> {
    const { signal } = this.#closed;
    try {
      const survey = await loadSurvey(this.#ask, this.backend.baseUrl);
      const network = await this.#network.readAll(idsOf(survey.design));
      await this.#show({ ...survey, ...network });
      if (signal.aborted) return;
      this.#plugins?.loaded([...Object.values(survey).flat(), ...Object.values(network).flat()]);
      for (const map of [this.map, ...this.#otherMaps]) map.showAll();
      this.#set({
        loading: false,
        designs: survey.design,
        poles: network.pole,
        counts: {
          addresses: survey.address.length,
          poles: network.pole.length,
          streets: survey.street.length,
          designs: survey.design.length,
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#set({ loading: false, problem: mapFailed(error) });
    }
  }

  /** Shows it on all maps, and keeps it for those that are opened later. */
  async #show(content: Partial<MapContent>): Promise<void> {
    this.#content = { ...this.#content, ...content };
    await Promise.all([this.map, ...this.#otherMaps].map((map) => map.show(content)));
  }

  /** `taskId`: a task that has ended writes to its design only, so the rest need not be read. */
  async #reloadNetwork(taskId?: string): Promise<void> {
    await this.#loaded;
    const { signal } = this.#closed;
    const { designs } = this.#state;
    try {
      const names = idsOf(designs);
      const network = await (taskId === undefined
        ? this.#network.readAll(names)
        : this.#network.readAfter(taskId, names, this.app.system));
      // Another town was opened meanwhile.
      if (designs !== this.#state.designs) return;
      const urn = this.app.currentFeature?.getUrn();
      const wasShown = this.#hasRecord(urn);
      await this.#show(network);
      if (!wasShown) void this.identify.lookAgain();
      else if (!this.#hasRecord(urn) && this.app.currentFeature?.getUrn() === urn) this.identify.select([]);
      this.#plugins?.loaded(Object.values(network).flat());
      this.#set({ poles: network.pole, counts: { ...this.#state.counts, poles: network.pole.length } });
    } catch (error) {
      if (!signal.aborted) this.#set({ problem: mapFailed(error) });
      throw error;
    }
  }

  #hasRecord(urn: string | undefined): boolean {
    return Object.values(this.#content).some((features) => features.some(({ id }) => id === urn));
  }

  #ask = (url: string) => this.backend.user.fetch(url, this.#closed.signal);

  #listPoles = async (design: string) =>
    this.#state.poles
      .filter(({ properties }) => properties.design === design)
      .map((pole) => hostFeature(pole))
      .map((pole) => ({ id: Number(pole.id), title: pole.getTitle() }));

  #set(change: Partial<SessionState>): void {
    this.#replace({ ...this.#state, ...change });
  }

  #replace(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function mapFailed(error: unknown): HostProblem {
  return new HostProblem('mapFailed', { reason: error instanceof Error ? error.message : String(error) });
}

const idsOf = (features: readonly GeoFeature[]) => features.map(({ id }) => id);
