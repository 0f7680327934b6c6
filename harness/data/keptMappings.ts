import { z } from 'zod';
import { COLUMN_ROLES, DATA_KINDS, type DataLayer, type DataMapping } from '../../backend/data/dataTypes.ts';

const KEY = 'lrt-file-mappings';
/** The shapes that were used last. */
const MOST = 30;
/** A file may have thousands of columns, and the browser keeps a few megabytes. */
const LONGEST = 4_000;

const names = z.union([z.string(), z.array(z.string())]);
const place = z.discriminatedUnion('type', [
  z.object({ type: z.literal('xy'), x: z.string(), y: z.string() }),
  z.object({ type: z.literal('pair'), column: z.string() }),
  z.object({ type: z.literal('geometry'), column: z.string() }),
]);
const kept = z.object({
  shape: z.string(),
  kind: z.enum([...DATA_KINDS, 'none']),
  columns: z.partialRecord(z.enum(COLUMN_ROLES), names),
  place: place.optional(),
  crs: z.string().optional(),
  swapAxes: z.boolean().optional(),
  encoding: z.string().optional(),
  duplicates: z.enum(['keep', 'leave-out']).optional(),
});
type Kept = z.infer<typeof kept>;

export type ChosenKind = Kept['kind'];

/** Returns how a user read the last file of the same shape; undefined where there was none. */
export function keptMapping({
  shape,
  suggestion,
}: DataLayer): { kind: ChosenKind; mapping: DataMapping } | undefined {
  const found = readAll().find((one) => one.shape === shape);
  if (!found) return undefined;
  const { kind, columns, place, crs, swapAxes, encoding, duplicates } = found;
  const named: DataMapping['columns'] = {};
  for (const role of COLUMN_ROLES) {
    const names = columns[role];
    if (names !== undefined) named[role] = names;
  }
  const mapping: DataMapping = {
    kind: kind === 'none' ? suggestion.kind : kind,
    columns: named,
    ...(place && { place }),
    ...(crs !== undefined && { crs }),
    ...(swapAxes !== undefined && { swapAxes }),
    ...(encoding !== undefined && { encoding }),
    ...(duplicates && { duplicates }),
  };
  return { kind, mapping };
}

/** Keeps how the layer was read, for the next file of the same shape. */
export function keepMapping({ shape }: DataLayer, kind: ChosenKind, mapping: DataMapping): void {
  if (shape.length > LONGEST) return;
  const { columns, place, crs, swapAxes, encoding, duplicates } = mapping;
  const one = { shape, kind, columns, place, crs, swapAxes, encoding, duplicates };
  const others = readAll().filter((other) => other.shape !== shape);
  try {
    localStorage.setItem(KEY, JSON.stringify([one, ...others].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing, or is full: the next file is guessed again.
  }
}

function readAll(): Kept[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(all)
      ? all.flatMap((one) => {
          const parsed = kept.safeParse(one);
          return parsed.success ? [parsed.data] : [];
        })
      : [];
  } catch {
    return [];
  }
}
