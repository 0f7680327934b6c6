import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { parseTown } from '../../../../backend/network/TownData.ts';
import { ownRecords, runTask } from '../../../support/tasks/runTask.ts';

const folder = new URL('../../../../../shared/data/cambridge/', import.meta.url);
const isThere = existsSync(folder);

describe(`the Cambridge job${isThere ? '' : ' (not run: ../shared/data/cambridge is not there)'}`, () => {
  it('names the folder it needs', () => {
    expect(folder.pathname).toMatch(/shared\/data\/cambridge\/$/);
  });
  if (!isThere) return;

  const read = (name: string) => readFileSync(new URL(`${name}.geojson`, folder), 'utf8');
  const corner = [-71.12, 42.36];
  const ring = [corner, [-71.09, 42.36], [-71.09, 42.38], [-71.12, 42.38], corner];
  const town = parseTown({
    addresses: read('addresses'),
    poles: read('poles'),
    streets: read('streets'),
    designs: [{ name: 'Cambridge', geometry: { type: 'Polygon', coordinates: [ring] } }],
    designPoles: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [-71.11, 42.373] },
          properties: { design: 'Cambridge', name: 'CAM-D-0001' },
        },
      ],
    },
  });

  it.each([{}, { selection: 'nearest' }, { selection: 'within', radius_metres: 1_500 }])(
    'connects 2,000 of 13,852 addresses: %j',
    async (selection) => {
      const store = new MemoryStore({ town });
      const master = await store.begin().view();
      expect(await master.table('address').count()).toBe(13_852);
      expect(await master.table('pole').count()).toBe(2_457);
      const design = 'design/Cambridge';
      const { result } = await runTask(store, { design, pole_id: 2_458, seed: 1, ...selection });
      expect(result).toMatchObject({ connections: 2_000, cables: 2_000, poles: 31 });
      const boxes = await ownRecords(store, design, 'wall_box');
      expect(new Set(boxes.map(({ properties }) => properties.address)).size).toBe(2_000);
      expect(await ownRecords(store, design, 'connection')).toHaveLength(4_000);
      const [west, south, east, north] = result.bbox;
      expect(west < -71.11 && east > -71.11 && south < 42.373 && north > 42.373).toBe(true);
    },
  );
});
