import type { Geometry, Position } from '../../../../src/contract/index.ts';

/** A record as any store gives it. */
export interface PlanRecord {
  readonly id: number;
  readonly table: string;
  readonly urn: string;
  readonly design: string | null;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

const TABLES = [
  'pole',
  'handhole',
  'fiber_odf',
  'splice_closure',
  'fiber_splitter',
  'fiber_terminal',
  'wall_box',
  'fiber_ont',
  'oh_route',
  'ug_route',
  'fiber_cable',
  'cable_segment',
  'connection',
] as const;

interface View {
  table(name: string): { recs(): Promise<readonly PlanRecord[]> };
}

/** All records that a plan can have, read once. */
export class PlanRecords {
  readonly #tables = new Map<string, readonly PlanRecord[]>();
  readonly #byUrn = new Map<string, PlanRecord>();

  static async read(view: View): Promise<PlanRecords> {
    const records = new PlanRecords();
    for (const name of TABLES) {
      const rows = await view.table(name).recs();
      records.#tables.set(name, rows);
      for (const row of rows) records.#byUrn.set(row.urn, row);
    }
    return records;
  }

  table(name: (typeof TABLES)[number]): readonly PlanRecord[] {
    return this.#tables.get(name) ?? [];
  }

  all(): PlanRecord[] {
    return [...this.#tables.values()].flat();
  }

  get(urn: unknown): PlanRecord | undefined {
    return typeof urn === 'string' ? this.#byUrn.get(urn) : undefined;
  }
}

export function text({ properties }: PlanRecord, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

export function number({ properties }: PlanRecord, name: string): number {
  const value = properties[name];
  return typeof value === 'number' ? value : Number.NaN;
}

export function pointOf({ geometry }: PlanRecord): Position {
  return geometry?.type === 'Point' ? geometry.coordinates : [Number.NaN, Number.NaN];
}

export function lineOf({ geometry }: PlanRecord): Position[] {
  return geometry?.type === 'LineString' ? geometry.coordinates : [];
}
