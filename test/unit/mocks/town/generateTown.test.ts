import { describe, expect, it } from 'vitest';
import { parseTown } from '../../../../backend/network/TownData.ts';
import { generateTown } from '../../../../mocks/town/generateTown.ts';
import { hash, TOWN_HASH } from '../../../support/network/townHash.ts';

function isInside(ring: readonly (readonly number[])[], [x = 0, y = 0]: readonly number[]): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = [ring[i - 1], ring[i]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The distance of each point to the nearest other one, in metres. */
function nearestGaps(points: readonly (readonly number[])[]): number[] {
  const scale = Math.cos((48.847 * Math.PI) / 180);
  const byLon = [...points].sort(([a = 0], [b = 0]) => a - b);
  return byLon.map(([lon = 0, lat = 0], i) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const [otherLon = 0, otherLat = 0] of byLon.slice(i + 1)) {
      if ((otherLon - lon) * scale * 111_195 > 20) break;
      nearest = Math.min(nearest, Math.hypot((otherLon - lon) * scale, otherLat - lat) * 111_195);
    }
    return nearest;
  });
}

describe('generateTown', () => {
  const town = generateTown();

  it('makes the same town of the same seed, and another one of another', async () => {
    expect(await hash(generateTown({ seed: 1 }))).toBe(await hash(town));
    expect(await hash(generateTown({ seed: 2 }))).not.toBe(await hash(town));
  });

  it('is the town that pictures and stories show', async () => {
    expect(await hash(town)).toBe(TOWN_HASH);
  });

  it('has 4,000 addresses with a street and a number, none of them twice and none on another', () => {
    const { features } = town.addresses;
    expect(features).toHaveLength(4000);
    const names = features.map(({ properties: p }) => `${p.street_name} ${p.street_number}`);
    expect(new Set(names).size).toBe(4000);
    expect(names.every((name) => /^[A-Z][a-z]+ [A-Z][a-z]+ \d+$/.test(name))).toBe(true);
    expect(Math.min(...nearestGaps(features.map(({ geometry }) => geometry.coordinates)))).toBeGreaterThan(
      6.8,
    );
  });

  it('puts every address on a street of the town', () => {
    const streets = new Set(town.streets?.features.map(({ properties }) => properties.name));
    expect(town.addresses.features.every(({ properties }) => streets.has(properties.street_name))).toBe(true);
  });

  it('has named poles, none of them twice', () => {
    const names = town.poles.features.map(({ properties }) => properties.name);
    expect(names.length).toBeGreaterThan(400);
    expect(names[0]).toBe('P-0001');
    expect(new Set(names).size).toBe(names.length);
  });

  it('has designs with three to six named poles, all inside their polygon', () => {
    expect(town.designs.map(({ name }) => name)).toEqual([
      'FTTH-North',
      'FTTH-East',
      'FTTH-South',
      'FTTH-West',
    ]);
    for (const design of town.designs) {
      const [ring = []] = design.geometry.coordinates;
      expect(ring.at(0)).toEqual(ring.at(-1));
      const poles =
        town.designPoles?.features.filter(({ properties }) => properties.design === design.name) ?? [];
      expect(poles.length).toBeGreaterThanOrEqual(3);
      expect(poles.length).toBeLessThanOrEqual(6);
      expect(poles.every(({ geometry }) => isInside(ring, geometry.coordinates))).toBe(true);
      expect(poles.every(({ properties }) => /^[NESW]-\d{4}$/.test(properties.name ?? ''))).toBe(true);
    }
  });

  it('passes the checks that a town of the user has to pass', () => {
    expect(parseTown(JSON.parse(JSON.stringify(town)))).toEqual(town);
  });

  it.each([1, 30, 500, 10_000])('lays out a town of %i addresses', (count) => {
    const small = generateTown({ addresses: count, seed: 7 });
    expect(small.addresses.features).toHaveLength(count);
    for (const { name } of small.designs) {
      const poles = small.designPoles?.features.filter(({ properties }) => properties.design === name) ?? [];
      expect(poles.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('lies where it is asked to lie', () => {
    const there = generateTown({ addresses: 200, centre: [-71.1, 42.37] });
    for (const { geometry } of there.addresses.features) {
      expect(Math.abs(geometry.coordinates[0] + 71.1)).toBeLessThan(0.01);
      expect(Math.abs(geometry.coordinates[1] - 42.37)).toBeLessThan(0.01);
    }
  });

  it.each([
    [{ addresses: 0 }, 'addresses'],
    [{ addresses: 1.5 }, 'addresses'],
    [{ seed: 0.5 }, 'seed'],
    [{ centre: [48.8, 95] as [number, number] }, 'centre'],
  ])('refuses %o and names the option', (options, name) => {
    expect(() => generateTown(options)).toThrow(name);
  });
});
