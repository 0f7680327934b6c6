import { describe, expect, it } from 'vitest';
import { guessAddressColumns } from '../../../../backend/data/columns/guessColumns.ts';
import { mappedValues } from '../../../../backend/data/columns/mappedValues.ts';
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

  it("takes each row in the system that it says, as Austria's register has three", async () => {
    const file = `ADRCD;PLZ;HAUSNRZAHL1;RW;HW;EPSG
1;1010;5;3096,80;341089,37;31256
2;6020;7;81052,11;237259,26;31254`;
    const { features } = await readOnly({ 'ADRESSE.csv': file });
    const places = features.map((feature) =>
      'geometry' in feature && feature.geometry.type === 'Point'
        ? feature.geometry.coordinates.map((value) => value.toFixed(3)).join()
        : 'no point',
    );
    expect(places).toEqual(['16.374,48.208', '11.404,47.269']);
  });

  it('reads addresses of OpenStreetMap that GDAL put into one column', async () => {
    const tags = '"addr:housenumber"=>"12","addr:street"=>"Rue \\"A\\"","building"=>NULL';
    const feature = {
      type: 'Feature',
      properties: { osm_id: '1', other_tags: tags },
      geometry: { type: 'Point', coordinates: [4.4, 51.2] },
    };
    const { features } = await readOnly({ 'points.geojson': JSON.stringify(feature) });
    expect(features[0]).toMatchObject({ properties: { street_number: '12', street_name: 'Rue "A"' } });
  });

  it.each<[what: string, columns: Record<string, string>, number: string, street: string]>([
    [
      'Mississippi',
      { PHYNUM: '101', RD_LABEL: 'E Main St', CITYSTATEZ: 'West Point, MS' },
      '101',
      'E Main St',
    ],
    [
      'a county',
      { STRT_NUM: '12', STRT_NAME: 'OAK', STRT_SFX: 'AVE', OWNER_ADDR: '9 Elm St' },
      '12',
      'OAK AVE',
    ],
    [
      'a French operator',
      { NumeroVoieImmeuble: '12', TypeVoieImmeuble: 'RUE', NomVoieImmeuble: 'HAUTE' },
      '12',
      'RUE HAUTE',
    ],
    ['a Brazilian city', { NM_LOGRAD: 'Rua Augusta', NR_IMOVEL: '12' }, '12', 'Rua Augusta'],
    ['an Italian city', { NOME_VIA: 'VIA ROMA', NUM_CIV: '12', BARRATO: 'A' }, '12A', 'VIA ROMA'],
    ['a German city', { STRASSE: 'Am Weg', HAUSNR: '12', HAUSNR_ZUS: 'a' }, '12a', 'Am Weg'],
    [
      'Washington',
      { ADDRESS_NUMBER: '12', STREET_NAME: 'MAIN', STREET_TYPE: 'ST', QUADRANT: 'NW' },
      '12',
      'MAIN ST NW',
    ],
  ])('knows columns that no list has, of %s', (_what, row, number, street) => {
    const columns = guessAddressColumns(Object.keys(row), [row, row, row]);
    expect(mappedValues(row, columns)).toMatchObject({ number, street });
  });
});
