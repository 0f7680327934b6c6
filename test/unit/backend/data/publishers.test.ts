import { describe, expect, it } from 'vitest';
import { EAST_EUROPEAN_FILES } from '../../../support/data/publishers/east.ts';
import { WEST_EUROPEAN_FILES } from '../../../support/data/publishers/europe.ts';
import { PROGRAM_FILES } from '../../../support/data/publishers/habits.ts';
import { WORLD_FILES } from '../../../support/data/publishers/world.ts';
import { readOnly } from '../../../support/data/readAll.ts';

describe('files of publishers, without a word from the user', () => {
  it.each([...WEST_EUROPEAN_FILES, ...EAST_EUROPEAN_FILES, ...WORLD_FILES, ...PROGRAM_FILES])(
    'reads %s',
    async (_publisher, file, first, epsg = 4326) => {
      const { layer, features } = await readOnly({ 'file.csv': file });
      expect(layer.crs.epsg).toBe(epsg);
      const [feature] = features;
      if (!feature || !('properties' in feature) || feature.geometry.type !== 'Point') {
        expect.unreachable('the first feature is no point');
        return;
      }
      const { street_number: number, street_name: street, postcode, name } = feature.properties;
      const words =
        layer.suggestion.kind === 'poles'
          ? name
          : `${number ?? '?'} ${street ?? '?'}${postcode ? `, ${postcode}` : ''}`;
      const at = feature.geometry.coordinates.map((value) => value.toFixed(3)).join();
      expect(`${words} @ ${at}`).toBe(first);
    },
  );
});
