import type {
  DataBatch,
  DataLayer,
  DataMapping,
  DataReport,
  OpenedData,
} from '../../../backend/data/dataTypes.ts';
import { openData } from '../../../backend/data/openData.ts';
import { readLayer } from '../../../backend/data/readLayer.ts';

export type FileContent = string | Uint8Array<ArrayBuffer>;
type Feature = DataBatch['features'][number];

export interface ReadLayer {
  layer: DataLayer;
  features: Feature[];
  numbers: number[];
  report: DataReport;
}

export function fileOf(name: string, ...content: FileContent[]) {
  return { name, blob: new Blob(content) };
}

export function open(files: Record<string, FileContent>): Promise<OpenedData> {
  return openData(Object.entries(files).map(([name, content]) => fileOf(name, content)));
}

/** Opens files and reads the only layer in them, as it is suggested or with changes to that. */
export async function readOnly(
  files: Record<string, FileContent>,
  changes: Partial<DataMapping> = {},
): Promise<ReadLayer> {
  const given = Object.entries(files).map(([name, content]) => fileOf(name, content));
  const { layers, problems } = await openData(given);
  const [layer] = layers;
  if (!layer || layers.length > 1) {
    throw new Error(
      `${layers.length} layers; ${problems.map(({ file, text }) => `${file}: ${text}`).join('; ')}`,
    );
  }
  const reading = readLayer(given, layer, { ...layer.suggestion, ...changes });
  const features: Feature[] = [];
  const numbers: number[] = [];
  for await (const batch of reading) {
    features.push(...batch.features);
    numbers.push(...batch.numbers);
  }
  return { layer, features, numbers, report: reading.report };
}

/** '12 Main St @ -71.1,42.37' for each address, with five decimals. */
export function addressesOf({ features }: ReadLayer): string[] {
  return features.map((feature) => {
    if (!('properties' in feature)) return feature.name;
    const { street_name: street, street_number: number, name } = feature.properties;
    const [longitude, latitude] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : [];
    return `${name ?? `${number ?? '?'} ${street ?? '?'}`} @ ${longitude?.toFixed(4)},${latitude?.toFixed(4)}`;
  });
}
