import type { DataFile, DataLayer, DataMapping, DataProblem } from '../../backend/data/dataTypes.ts';
import type { ChosenLayer } from '../../backend/intake/ChosenLayer.ts';
import type { TownSource } from '../../backend/network/TownSource.ts';
import { FileReading } from './FileReading.ts';
import { type ChosenKind, keepMapping, keptMapping } from './keptMappings.ts';
import type { LayerChoice } from './LayerChoice.ts';
import type { Refusal } from './messages.ts';
import { readAnew } from './readAnew.ts';
import { refusalOf } from './refusalOf.ts';

/** A user types and chooses faster than large files are read. */
const SURVEY_AFTER_MS = 250;
/** The design that is laid round addresses where the files bring none. */
const DESIGN = 'FTTH';

export type IntakeMode = 'replace' | 'add';

export interface IntakeState {
  phase: 'opening' | 'choosing' | 'storing';
  choices: readonly LayerChoice[];
  problems: readonly DataProblem[];
  mode: IntakeMode;
  /** From 0 to 1, of what is read right now; undefined while nothing is. */
  progress?: number | undefined;
  /** So many features were handed over. */
  stored: number;
  /** Why the layers cannot be taken as they are chosen. */
  refusal?: Refusal | undefined;
}

/** The files that a user opens, from the first look to the town, for the dialog to show. */
export class IntakeSession {
  readonly #reading = new FileReading();
  readonly #files: DataFile[];
  /** Counts the times that the files were looked at. */
  #opened = 0;
  readonly #take: (town: TownSource, mode: IntakeMode) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  #survey: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #state: IntakeState = { phase: 'opening', choices: [], problems: [], mode: 'replace', stored: 0 };

  /** `take` stores the town; where it rejects, nothing has changed. */
  constructor(files: readonly File[], take: (town: TownSource, mode: IntakeMode) => Promise<void>) {
    this.#take = take;
    this.#files = files.map((file) => ({ name: file.name, blob: file }));
    void this.#open();
  }

  getState = (): IntakeState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  setKind(id: string, kind: ChosenKind): void {
    this.#change(id, (choice) => ({
      ...choice,
      kind,
      mapping: kind === 'none' ? choice.mapping : { ...choice.mapping, kind },
    }));
    this.#set({ mode: this.#modeThatFits() });
  }

  setMapping(id: string, change: Partial<DataMapping>): void {
    this.#change(id, (choice) => ({ ...choice, mapping: { ...choice.mapping, ...change } }));
    if (change.encoding !== undefined) void this.#reopen();
  }

  setMode(mode: IntakeMode): void {
    this.#set({ mode });
  }

  /** True where all is known and good. */
  get isReady(): boolean {
    const { phase, choices, mode, refusal } = this.#state;
    const chosen = choices.filter(({ kind }) => kind !== 'none');
    const taken = (kind?: ChosenKind) =>
      chosen.some(
        (choice) => (kind ?? choice.kind) === choice.kind && (choice.surveyed?.report.given ?? 0) > 0,
      );
    return (
      phase === 'choosing' &&
      refusal === undefined &&
      chosen.every(({ surveyed }) => surveyed) &&
      taken(mode === 'replace' ? 'addresses' : undefined)
    );
  }

  /** Resolves with true when the town was stored. */
  async take(): Promise<boolean> {
    if (!this.isReady) return false;
    const { mode, choices } = this.#state;
    this.#set({ phase: 'storing', stored: 0 });
    try {
      const intake = { chosen: chosenOf(choices), design: mode === 'replace' ? DESIGN : null };
      const town = await this.#reading.town(intake, (count) =>
        this.#set({ stored: this.#state.stored + count }),
      );
      await this.#take(town, mode);
      for (const { layer, kind, mapping } of choices) keepMapping(layer, kind, mapping);
      return true;
    } catch (error) {
      this.#set({ phase: 'choosing', refusal: refusalOf(error) });
      return false;
    }
  }

  /** Ends the worker. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#survey?.abort();
    this.#reading.close();
    this.#listeners.clear();
  }

  async #open(): Promise<void> {
    try {
      const { layers, problems } = await this.#reading.open(this.#files, {}, ({ done, total }) =>
        this.#set({ progress: done / Math.max(total, 1) }),
      );
      this.#set({ phase: 'choosing', choices: layers.map(firstChoice), problems, progress: undefined });
      this.#set({ mode: this.#modeThatFits() });
      if (this.#state.choices.some(({ mapping }) => mapping.encoding !== undefined)) await this.#reopen();
      else await this.#look();
    } catch (error) {
      this.#set({ phase: 'choosing', refusal: refusalOf(error), progress: undefined });
    }
  }

  /** An encoding changes the names of columns and what is in them, so the files are looked at again. */
  async #reopen(): Promise<void> {
    this.#opened += 1;
    const opened = this.#opened;
    const encodings = this.#state.choices.flatMap(({ layer, mapping }) =>
      mapping.encoding === undefined ? [] : [[layer.id, mapping.encoding] as const],
    );
    try {
      const { layers } = await this.#reading.open(this.#files, Object.fromEntries(encodings));
      if (opened !== this.#opened) return;
      for (const layer of layers) {
        const known = this.#state.choices.find((choice) => choice.layer.id === layer.id);
        if (known?.mapping.encoding !== undefined)
          this.#change(layer.id, (choice) => ({ ...choice, ...readAnew(choice, layer) }));
      }
    } catch (error) {
      this.#set({ refusal: refusalOf(error) });
    }
  }

  /** A town needs addresses: without them, files can only be added to one. */
  #modeThatFits(): IntakeMode {
    return this.#state.choices.some(({ kind }) => kind === 'addresses') ? 'replace' : 'add';
  }

  #change(id: string, change: (choice: LayerChoice) => LayerChoice): void {
    const choices = this.#state.choices.map((choice) =>
      choice.layer.id === id ? { ...change(choice), remembered: false, surveyed: undefined } : choice,
    );
    this.#set({ choices, refusal: undefined });
    this.#survey?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), SURVEY_AFTER_MS);
  }

  /** Reads all of the layers as they are chosen now, and says what they come to. */
  async #look(): Promise<void> {
    const asked = chosenOf(this.#state.choices);
    if (asked.length === 0) return this.#set({ progress: undefined });
    const stop = new AbortController();
    this.#survey = stop;
    this.#set({ progress: 0 });
    try {
      const { layers, refusal } = await this.#reading.survey(asked, {
        signal: stop.signal,
        onProgress: ({ done, total }) =>
          !stop.signal.aborted && this.#set({ progress: done / Math.max(total, 1) }),
      });
      if (stop.signal.aborted) return;
      const choices = this.#state.choices.map((choice) => {
        const at = asked.findIndex(({ layer }) => layer.id === choice.layer.id);
        return at < 0 ? choice : { ...choice, surveyed: layers[at] };
      });
      this.#set({ choices, refusal, progress: undefined });
    } catch (error) {
      if (!stop.signal.aborted) this.#set({ refusal: refusalOf(error), progress: undefined });
    }
  }

  #set(change: Partial<IntakeState>): void {
    if (this.#closed) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** True where the layer cannot be read before its coordinate system is known. */
export function needsCrs({ layer, mapping }: Pick<LayerChoice, 'layer' | 'mapping'>): boolean {
  return layer.crs.from === 'unknown' && mapping.crs === undefined;
}

function firstChoice(layer: DataLayer): LayerChoice {
  const kept = keptMapping(layer);
  if (kept) return { layer, ...kept, remembered: true };
  return { layer, kind: layer.suggestion.kind, mapping: layer.suggestion, remembered: false };
}

function chosenOf(choices: readonly LayerChoice[]): ChosenLayer[] {
  return choices.flatMap(({ layer, mapping, kind }) =>
    kind === 'none' || needsCrs({ layer, mapping }) ? [] : [{ layer, mapping }],
  );
}
