import type { Position } from '../../src/contract/index.ts';
import {
  DATA_KINDS,
  type DataBatch,
  type DataFile,
  type DataKind,
  type DataOptions,
  type DataReport,
} from '../data/dataTypes.ts';
import { readLayer } from '../data/readLayer.ts';
import { refusal } from '../data/reasons.ts';
import { normalLongitude } from '../network/coordinates.ts';
import { isDesignName, MAX_DESIGNS } from '../network/designNames.ts';
import type { TownDesign } from '../network/townTypes.ts';
import type { ChosenLayer } from './ChosenLayer.ts';
import { Extent } from './Extent.ts';
import { refuseLayersApart } from './refuseLayersApart.ts';

/** It says what is in the layers that a user chose. */
export interface LayerSurvey {
  /** In the order of the layers. */
  reports: DataReport[];
  extents: Record<DataKind, Extent>;
  /** The designs that the files bring. */
  designs: TownDesign[];
}

export interface SurveyOptions extends DataOptions {
  /** Hears of each batch of the layer at this place of those that were chosen. */
  onBatch?: (layer: number, batch: DataBatch) => void;
  /** Hears of each layer at its end. */
  onReport?: (report: DataReport) => void;
}

/**
 * Reads the layers once, so that a user hears what is in them before anything is stored. Rejects with a DataError where a
 * layer cannot be read, and where the layers do not belong together.
 */
export async function surveyLayers(
  files: readonly DataFile[],
  chosen: readonly ChosenLayer[],
  { onBatch = () => {}, onReport = () => {}, ...options }: SurveyOptions = {},
): Promise<LayerSurvey> {
  const extents = newExtents();
  const reports: DataReport[] = [];
  const designs = new Map<string, TownDesign>();
  for (const [i, { layer, mapping }] of chosen.entries()) {
    const reading = readLayer(files, layer, mapping, options);
    for await (const batch of reading) {
      for (const position of firstPositions(batch)) extents[batch.kind].add(position);
      if (batch.kind === 'designs') for (const one of batch.features) addDesign(designs, one, layer.file);
      onBatch(i, batch);
    }
    reports.push(reading.report);
    onReport(reading.report);
  }
  refuseLayersApart(
    new Map(
      DATA_KINDS.map((kind) => [
        kind,
        extents[kind].sample.map(([longitude, latitude]): Position => [normalLongitude(longitude), latitude]),
      ]),
    ),
  );
  return { reports, extents, designs: [...designs.values()] };
}

function newExtents(): Record<DataKind, Extent> {
  return {
    addresses: new Extent(),
    poles: new Extent(),
    streets: new Extent(),
    designs: new Extent(),
    designPoles: new Extent(),
  };
}

/** A position of each feature; of a design, all of them. */
export function firstPositions(batch: DataBatch): Position[] {
  if (batch.kind === 'designs') return batch.features.flatMap(({ geometry }) => geometry.coordinates.flat());
  if (batch.kind === 'streets') {
    return batch.features.flatMap(({ geometry }) => geometry.coordinates.slice(0, 1));
  }
  return batch.features.map(({ geometry }) => geometry.coordinates);
}

function addDesign(designs: Map<string, TownDesign>, design: TownDesign, file: string): void {
  if (!isDesignName(design.name)) {
    throw refusal([file], 'unnamed-design');
  }
  // Parts of one area have one name: each becomes a design of its own.
  let { name } = design;
  for (let part = 2; designs.has(name); part += 1) name = `${design.name} ${part}`;
  if (designs.size >= MAX_DESIGNS) {
    throw refusal([file], 'too-many-designs', { limit: MAX_DESIGNS });
  }
  designs.set(name, { ...design, name });
}
