import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findOgrinfo } from '../../../../scripts/services/findServices.mjs';
import { geoPackageOf, STRANGE, storeWith } from '../../../support/handover/handedOn.ts';

// QGIS reads files by GDAL, and ogrinfo is GDAL's own reader. scripts/leftOut.ts says so where it is not installed.

function ogrinfo(...args: string[]): string {
  const program = findOgrinfo();
  if (!program) throw new Error('scripts/leftOut.ts leaves this file out without ogrinfo');
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
  // GDAL ends well where it only warns, and a warning is what a user of QGIS would see.
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

describe("QGIS's own reader", () => {
  it('opens a GeoPackage: layers, types, WGS 84, altitudes, names and values', async () => {
    const line = (...coordinates: [number, number, number?][]) => ({
      type: 'LineString' as const,
      coordinates: coordinates.map(([x, y, z]): [number, number, ...number[]] =>
        z === undefined ? [x, y] : [x, y, z],
      ),
    });
    const store = await storeWith(
      {
        fiber_ont: [{ geometry: { type: 'Point', coordinates: [10.5, 48.5] }, properties: STRANGE }],
        oh_route: [
          { geometry: line([179.9, 1, 5], [-179.9, 1, 6]), properties: { length: 12.5 } },
          { geometry: null, properties: { length: null } },
        ],
        connection: [{ properties: { in_low: 1 } }],
        parcel: [
          {
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [0, 0],
                  [1, 0],
                  [1, 1],
                  [0, 0],
                ],
                [
                  [0.5, 0.2],
                  [0.6, 0.2],
                  [0.6, 0.3],
                  [0.5, 0.2],
                ],
              ],
            },
            properties: {},
          },
        ],
      },
      [{ name: 'parcel', geometry: 'Polygon' }],
    );
    using file = await geoPackageOf(store);
    const summary = ogrinfo('-so', '-al', file.path);
    expect(summary).toContain("using driver `GPKG' successful");
    const layers = [...summary.matchAll(/^Layer name: (\w+)\nGeometry: ([\w ]+)\nFeature Count: (\d+)/gm)];
    expect(layers.map(([, ...parts]) => parts.join(' '))).toEqual(
      [
        'pole Point 1',
        'fiber_ont Point 1',
        'oh_route 3D Line String 2',
        'parcel Polygon 1',
        'connection None 1',
      ].sort((a, b) => order(a) - order(b)),
    );
    expect(summary.match(/ID\["EPSG",4326\]/g)).toHaveLength(4);
    expect(summary).toMatch(/^yes: Integer\(Boolean\)/m);
    expect(summary).toMatch(/^large: Integer64/m);
    expect(summary).toMatch(/^part: Real/m);

    // The spatial index leads to it, and away from it.
    expect(ogrinfo('-so', '-spat', '10', '48', '11', '49', file.path, 'fiber_ont')).toContain(
      'Feature Count: 1',
    );
    expect(ogrinfo('-so', '-spat', '11', '48', '12', '49', file.path, 'fiber_ont')).toContain(
      'Feature Count: 0',
    );
    const all = ogrinfo('-al', file.path);
    for (const text of [
      `Straße (String) = ${STRANGE.Straße}`,
      `شارع (String) = ${STRANGE.شارع}`,
      `通り (String) = ${STRANGE.通り}`,
      `O'Brien "Bob" (String) = ${STRANGE['O\'Brien "Bob"']}`,
      `large (Integer64) = ${STRANGE.large}`,
      'leading (String) = 007',
      'LINESTRING Z (179.9 1.0 5,-179.9 1.0 6)',
      'POLYGON ((0 0,1 0,1 1,0 0),(0.5 0.2,0.6 0.2,0.6 0.3,0.5 0.2))',
    ]) {
      expect(all).toContain(text);
    }
  });
});

/** ogrinfo lists tables of attributes last. */
function order(layer: string): number {
  return ['pole', 'fiber_ont', 'oh_route', 'parcel', 'connection'].indexOf(layer.split(' ')[0] ?? '');
}
