import { DataError } from '../../backend/data/DataError.ts';
import type { DataFile, DataOptions } from '../../backend/data/dataTypes.ts';
import { openData } from '../../backend/data/openData.ts';
import type { ChosenLayer } from '../../backend/intake/ChosenLayer.ts';
import { designAround } from '../../backend/intake/designAround.ts';
import { Extent } from '../../backend/intake/Extent.ts';
import { firstPositions, type LayerSurvey, surveyLayers } from '../../backend/intake/surveyLayers.ts';
import { townOfLayers } from '../../backend/intake/townOfLayers.ts';
import { sourceOfTown, type TownSource } from '../../backend/network/TownSource.ts';
import type { TownFeature, TownPole } from '../../backend/network/townTypes.ts';
import { designsAround } from '../town/designsAround.ts';
import type { Answer, Ask, Intake, Surveyed, SurveyedLayer } from './messages.ts';
import { refusalOf } from './refusalOf.ts';

/** A preview shows so many rows. */
const ROWS = 10;

interface Found {
  extent: Extent;
  rows: SurveyedLayer['rows'];
}

type Say = (answer: Answer, transfer?: Transferable[]) => void;

/** Reads a user's files for a page, in a worker, so that the page goes on. It answers each ask by `say`. */
export class IntakeWorker {
  readonly #say: Say;
  #files: DataFile[] = [];
  #town: TownSource | undefined;
  /** The last survey, and what it was of: what a user takes over is what they looked at, and large files take seconds to read. */
  #surveyed: { of: string; survey: LayerSurvey } | undefined;
  /** By id, how to stop what is under way. */
  readonly #running = new Map<number, AbortController>();
  /** Called when the page has taken the last batch. */
  readonly #wanted = new Map<number, () => void>();

  constructor(say: Say) {
    this.#say = say;
  }

  async hear(ask: Ask): Promise<void> {
    const { id } = ask;
    if (ask.type === 'more') return this.#wanted.get(id)?.();
    if (ask.type === 'stop') {
      this.#running.get(id)?.abort();
      return this.#wanted.get(id)?.();
    }
    const stop = new AbortController();
    this.#running.set(id, stop);
    try {
      await this.#answer(ask, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) this.#say({ type: 'failed', id, refusal: refusalOf(error) });
    } finally {
      this.#running.delete(id);
      this.#wanted.delete(id);
    }
  }

  async #answer(ask: Exclude<Ask, { type: 'more' | 'stop' }>, signal: AbortSignal): Promise<void> {
    const { id } = ask;
    const options: DataOptions = {
      signal,
      onProgress: (progress) => this.#say({ type: 'progress', id, progress }),
    };
    switch (ask.type) {
      case 'open': {
        this.#files = ask.files;
        this.#surveyed = undefined;
        const opened = await openData(ask.files, { ...options, encodings: ask.encodings });
        return this.#say({ type: 'opened', id, opened });
      }
      case 'survey': {
        const surveyed = await this.#survey(ask.chosen, options);
        const transfer = surveyed.layers.map(({ points }) => points.buffer);
        return this.#say({ type: 'surveyed', id, surveyed }, transfer);
      }
      case 'plan': {
        this.#town = await this.#plan(ask.intake, options);
        return this.#say({ type: 'planned', id, designs: [...this.#town.designs] });
      }
      case 'read': {
        for await (const features of this.#town?.read(ask.layer) ?? []) {
          if (signal.aborted) return;
          const taken = new Promise<void>((resolve) => this.#wanted.set(id, resolve));
          this.#say({ type: 'batch', id, features: [...features] });
          await taken;
        }
        return this.#say({ type: 'end', id });
      }
    }
  }

  async #survey(chosen: ChosenLayer[], options: DataOptions): Promise<Surveyed> {
    const found = chosen.map((): Found => ({ extent: new Extent(), rows: [] }));
    const layers: SurveyedLayer[] = [];
    try {
      const survey = await surveyLayers(this.#files, chosen, {
        ...options,
        onBatch(i, batch) {
          const layer = found[i];
          if (!layer) return;
          for (const position of firstPositions(batch)) layer.extent.add(position);
          for (const [at, one] of batch.features.entries()) {
            if (layer.rows.length >= ROWS) break;
            const properties = 'properties' in one ? one.properties : { name: one.name };
            layer.rows.push({ number: batch.numbers[at] ?? 0, geometry: one.geometry, properties });
          }
        },
        onReport(report) {
          const { extent, rows } = found[layers.length] ?? { extent: new Extent(), rows: [] };
          const points = Float64Array.from(
            extent.sample.flatMap(([longitude, latitude]) => [longitude, latitude]),
          );
          layers.push({ report, rows, points, ...(extent.box && { box: extent.box }) });
        },
      });
      this.#surveyed = { of: JSON.stringify(chosen), survey };
      return { layers };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return { layers, refusal: error.problem };
    }
  }

  /** A town with designs: those of the files, or some round the poles, or one round the addresses. */
  async #plan({ chosen, design }: Intake, options: DataOptions): Promise<TownSource> {
    const survey =
      this.#surveyed?.of === JSON.stringify(chosen)
        ? this.#surveyed.survey
        : await surveyLayers(this.#files, chosen, options);
    if (design === null || survey.designs.length > 0) {
      return townOfLayers(this.#files, chosen, { designs: survey.designs }, options);
    }
    const plain = townOfLayers(this.#files, chosen, { designs: [] }, options);
    const poles: TownPole[] = [];
    for await (const batch of plain.read('poles')) for (const pole of batch) poles.push(asPole(pole));
    if (poles.length > 0) {
      const planned = designsAround(poles);
      const kept = sourceOfTown({ addresses: { type: 'FeatureCollection', features: [] }, ...planned });
      const isPole = (layer: string) => layer === 'poles' || layer === 'designPoles';
      return { designs: planned.designs, read: (layer) => (isPole(layer) ? kept : plain).read(layer) };
    }
    const around = designAround(survey.extents.addresses, design);
    return townOfLayers(
      this.#files,
      chosen,
      around ? { designs: [around.design], designPoles: [around.pole] } : { designs: [] },
      options,
    );
  }
}

function asPole({ geometry, properties }: TownFeature): TownPole {
  if (geometry.type !== 'Point') throw new TypeError('a pole is no point');
  return { type: 'Feature', geometry, properties };
}
