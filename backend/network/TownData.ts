import type { Position } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { refuseDisjointLayers } from './coordinates.ts';
import { isDesignName, MAX_DESIGN_NAME, MAX_DESIGNS } from './designNames.ts';
import { ParseLocation } from './ParseLocation.ts';
import { parseLayer } from './parseLayer.ts';
import type { LayerKind, TownData, TownDesign, TownDesignPole, TownLayer } from './townTypes.ts';

export { MAX_FEATURES, parseLayer, type RefusedFeature } from './parseLayer.ts';
export type * from './townTypes.ts';

/**
 * Parses a whole town from JSON that is not to be trusted: `{ addresses, poles, streets?, designs, designPoles? }`,
 * the layers as GeoJSON text or objects. Throws a TaskRefusal 'invalid-request' that names the layer, the feature's
 * index, the property and the fix (all of them in `details` too).
 *
 * @example
 * const town = parseTown(await (await fetch('/town.json')).json());
 */
export function parseTown(input: unknown): TownData {
  const at = new ParseLocation('town');
  if (!isRecord(input)) {
    throw at.refusal('is not an object', 'give { addresses, poles, streets?, designs, designPoles? }');
  }
  const designs = parseDesigns(input.designs);
  const town: TownData = {
    addresses: parseLayer('addresses', input.addresses),
    poles: parseLayer('poles', input.poles),
    designs,
  };
  if (input.streets !== undefined) town.streets = parseLayer('streets', input.streets);
  if (input.designPoles !== undefined) {
    town.designPoles = parseLayer('designPoles', input.designPoles);
    refuseUnknownDesigns(town.designPoles, designs);
  }
  refuseDisjointLayers(pointsOfLayers(town));
  return town;
}

function parseDesigns(input: unknown): TownDesign[] {
  const at = new ParseLocation('designs');
  if (!Array.isArray(input)) throw at.refusal('is not an array', 'give a list of { name, geometry }');
  if (input.length > MAX_DESIGNS) {
    throw at.refusal(`has ${input.length} designs`, `at most ${MAX_DESIGNS} are taken`);
  }
  const names = new Set<string>();
  return input.map((design: unknown, index) => {
    const here = at.feature(index);
    if (!isRecord(design)) throw here.refusal('is not an object', 'give { name, geometry }');
    const { name } = design;
    if (!isDesignName(name)) {
      throw here
        .property('name')
        .refusal('is not a name', `give a text of 1 to ${MAX_DESIGN_NAME} characters`);
    }
    if (names.has(name)) {
      throw here
        .property('name')
        .refusal(`'${name}' is taken by an earlier design`, 'give each design a name of its own');
    }
    names.add(name);
    return { name, geometry: here.property('geometry').polygon(design.geometry) };
  });
}

function refuseUnknownDesigns(poles: TownLayer<TownDesignPole>, designs: readonly TownDesign[]): void {
  const names = new Set(designs.map(({ name }) => name));
  poles.features.forEach(({ properties }, index) => {
    if (names.has(properties.design)) return;
    throw new ParseLocation('designPoles')
      .feature(index)
      .property('properties.design')
      .refusal(
        `'${properties.design}' is not a design of this town`,
        `name one of: ${[...names].slice(0, 10).join(', ')}`,
      );
  });
}

function pointsOfLayers(town: TownData): Map<LayerKind | 'designs', Position[]> {
  return new Map<LayerKind | 'designs', Position[]>([
    ['addresses', town.addresses.features.map(({ geometry }) => geometry.coordinates)],
    ['poles', town.poles.features.map(({ geometry }) => geometry.coordinates)],
    ['streets', (town.streets?.features ?? []).flatMap(({ geometry }) => geometry.coordinates.slice(0, 1))],
    ['designs', town.designs.flatMap(({ geometry }) => geometry.coordinates[0]?.slice(0, 1) ?? [])],
    ['designPoles', (town.designPoles?.features ?? []).map(({ geometry }) => geometry.coordinates)],
  ]);
}
