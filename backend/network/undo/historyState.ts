import type { Geometry } from '../../../src/contract/index.ts';
import { isRecord } from '../../common/json.ts';
import { createRecord } from '../layers.ts';
import type { ChangeSet, LayerState } from './undoTypes.ts';

// Writes the history of a design into a NetworkState, and reads it again.

/** Without properties there was no record; the last field is the version of master that it hid. */
export type StateImage = [
  id: number,
  geometry: Geometry | null,
  properties: Readonly<Record<string, unknown>> | null,
  hidden: number | null,
];

export interface StateChangeSet {
  from: number;
  version: number;
  taskId?: string;
  undoes?: string;
  designs: string[];
  inserted: [table: string, firstId: number, lastId: number][];
  images: Record<string, StateImage[]>;
}

export function writeHistory(sets: readonly ChangeSet[]): StateChangeSet[] {
  return sets.map(({ from, version, taskId, undoes, designs, inserted, images }) => ({
    from,
    version,
    ...(taskId !== undefined && { taskId }),
    ...(undoes !== undefined && { undoes }),
    designs: [...designs],
    inserted: inserted.map(({ table, firstId, lastId }) => [table, firstId, lastId]),
    images: Object.fromEntries(
      Array.from(images, ([table, ids]) => [table, Array.from(ids, ([id, state]) => imageOf(id, state))]),
    ),
  }));
}

export function imageOf(id: number, { record, hidden }: LayerState): StateImage {
  return [id, record?.geometry ?? null, record?.properties ?? null, hidden ?? null];
}

/** `design`: 'design/NAME'. */
export function readHistory(sets: readonly StateChangeSet[], design: string): ChangeSet[] {
  return sets.map(({ inserted, images, ...set }) => ({
    ...set,
    inserted: inserted.map(([table, firstId, lastId]) => ({ table, firstId, lastId })),
    images: new Map(
      Object.entries(images).map(([table, ids]) => [
        table,
        new Map(ids.map((image) => [image[0], stateOf(table, design, image)])),
      ]),
    ),
  }));
}

/** `design`: 'design/NAME'. */
export function stateOf(
  table: string,
  design: string,
  [id, geometry, properties, hidden]: StateImage,
): LayerState {
  return {
    ...(properties && { record: createRecord(table, id, design, geometry, properties) }),
    ...(hidden !== null && { hidden }),
  };
}

export function isHistory(value: unknown): value is StateChangeSet[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every(isSet));
}

function isSet(value: unknown): boolean {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value.from) &&
    Number.isSafeInteger(value.version) &&
    isTextOrAbsent(value.taskId) &&
    isTextOrAbsent(value.undoes) &&
    Array.isArray(value.designs) &&
    value.designs.every((name) => typeof name === 'string') &&
    Array.isArray(value.inserted) &&
    value.inserted.every(isRange) &&
    isRecord(value.images) &&
    Object.values(value.images).every((images) => Array.isArray(images) && images.every(isImage))
  );
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [table, firstId, lastId]: unknown[] = value;
  return typeof table === 'string' && Number.isSafeInteger(firstId) && Number.isSafeInteger(lastId);
}

function isImage(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [id, geometry, properties, hidden]: unknown[] = value;
  return (
    Number.isSafeInteger(id) &&
    (geometry === null || isRecord(geometry)) &&
    (properties === null || isRecord(properties)) &&
    (hidden === null || Number.isSafeInteger(hidden))
  );
}
