import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { parseLayer, parseTown, type TownData } from '../../backend/network/TownData.ts';
import type { HarnessPack } from '../messages/pack.ts';
import { designsAround } from './designsAround.ts';

export type TownKind = 'addresses' | 'poles' | 'streets';

/** Why files were refused: a message of the harness and what it names. */
export class TownProblem extends Error {
  readonly key: keyof HarnessPack;
  readonly values: Record<string, string>;

  constructor(key: keyof HarnessPack, values: Record<string, string>) {
    super(`${key}: ${Object.values(values).join(', ')}`);
    this.name = 'TownProblem';
    this.key = key;
    this.values = values;
  }
}

/**
 * A town from GeoJSON files in WGS 84: addresses and poles, streets where there are some, and designs laid round
 * poles of theirs. All files are good, or none is taken: throws a TownProblem.
 */
export function readTown(files: { name: string; text: string }[]): TownData {
  const layers = new Map<TownKind, { file: string; text: string }>();
  for (const { name, text } of files) {
    const kind = kindOf(name, text);
    const other = layers.get(kind);
    if (other) throw new TownProblem('sameKind', { file: name, other: other.file });
    layers.set(kind, { file: name, text });
  }
  const read = <K extends TownKind>(kind: K) => {
    const layer = layers.get(kind);
    if (!layer) return undefined;
    return explain(layer.file, () => parseLayer(kind, layer.text));
  };
  const [addresses, poles, streets] = [read('addresses'), read('poles'), read('streets')];
  if (!addresses?.features.length) throw new TownProblem('needsAddresses', {});
  if (!poles?.features.length) throw new TownProblem('needsPoles', {});
  const planned = designsAround(poles.features);
  const town = { addresses, ...planned, ...(streets ? { streets } : {}) };
  return explain([...layers.values()].map(({ file }) => file).join(', '), () => parseTown(town));
}

/** By the file's name; where that says nothing, by what its first feature looks like. */
function kindOf(file: string, text: string): TownKind {
  if (/address/i.test(file)) return 'addresses';
  if (/pole/i.test(file)) return 'poles';
  if (/street|road/i.test(file)) return 'streets';
  // The beginning is enough to recognise the layer, even if the rest is wrong.
  const start = text.slice(0, 4000);
  if (/"street_(name|number)"/.test(start)) return 'addresses';
  if (/"(Multi)?LineString"/.test(start)) return 'streets';
  if (/"Point"/.test(start) && /"name"/.test(start)) return 'poles';
  throw new TownProblem('unrecognised', { file });
}

function explain<Result>(file: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TaskRefusal) throw new TownProblem('badFile', { file, reason: error.message });
    throw error;
  }
}
