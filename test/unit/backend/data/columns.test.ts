import { describe, expect, it } from 'vitest';
import { guessAddressColumns } from '../../../../backend/data/columns/guessColumns.ts';
import { parseNumber } from '../../../../backend/data/columns/parseNumber.ts';
import { splitAddress } from '../../../../backend/data/columns/splitAddress.ts';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

describe('full addresses', () => {
  it.each([
    ['12 Main St', '12', 'Main St'],
    ['12A Main St, Springfield, IL 62701', '12A', 'Main St'],
    ['12-14 Main St', '12-14', 'Main St'],
    ['101 1/2 Elm St', '101 1/2', 'Elm St'],
    ['10 5th Ave', '10', '5th Ave'],
    ['Hauptstr. 12a', '12a', 'Hauptstr.'],
    ['Hauptstr. 12 a, 12345 Berlin', '12 a', 'Hauptstr.'],
    ['Straße des 17. Juni 135', '135', 'Straße des 17. Juni'],
    ['Calle Mayor 5', '5', 'Calle Mayor'],
    ['Calle Mayor, 5, 28013 Madrid', '5', 'Calle Mayor'],
    ['Calle Mayor nº 5', '5', 'Calle Mayor'],
    ['12 bis, rue de la Paix, 75002 Paris', '12 bis', 'rue de la Paix'],
    ['12, rue de la Paix', '12', 'rue de la Paix'],
    ['12 E Main St', '12', 'E Main St'],
    ['12 rue Ste Anne', '12', 'rue Ste Anne'],
    ['1051 Budapest, Fő utca 5.', '5', 'Fő utca'],
    ['Av. Paulista, 1578 - Bela Vista, São Paulo - SP', '1578', 'Av. Paulista'],
    ['Rose Cottage, The Mill, 14 Mill Lane, York', '14', 'Mill Lane'],
    ['Dorpsstraat 12-2', '12-2', 'Dorpsstraat'],
    ['Via Roma 12/B', '12/B', 'Via Roma'],
    ['東京都千代田区丸の内1丁目9番1号', '1丁目9番1号', '東京都千代田区丸の内'],
    ['丸の内1-9-1', '1-9-1', '丸の内'],
    ['شارع الملك فهد 12', '12', 'شارع الملك فهد'],
    ['١٢ شارع الملك فهد', '١٢', 'شارع الملك فهد'],
  ])('takes %s apart', (address, number, street) => {
    expect(splitAddress(address)).toEqual({ number, street });
  });

  it.each([
    ['Flat 2, 5 High Street, Petersfield, GU31 4AA', '5', 'High Street', '2'],
    ['Unit 5 12 Smith St', '12', 'Smith St', '5'],
    ['12 Main St Apt 2B', '12', 'Main St', '2B'],
    ['12 Main St #2', '12', 'Main St', '2'],
    ['ul. Długa 5/7 m. 3', '5/7', 'ul. Długa', '3'],
    ['ул. Ленина, д. 5, кв. 3', '5', 'ул. Ленина', '3'],
    ['Mannerheimintie 5 A 3', '5 A', 'Mannerheimintie', '3'],
  ])('takes %s apart, and its unit', (address, number, street, unit) => {
    expect(splitAddress(address)).toEqual({ number, street, unit });
  });

  it.each([
    'Main St',
    '',
    'Rose Cottage',
    '12345',
    'Am Markt, 10115 Berlin',
    'Flat 3',
    'High Street, VIC 3199',
  ])('does not take %s apart', (address) => {
    expect(splitAddress(address)).toBeUndefined();
  });
});

describe('names alone', () => {
  const kml = (names: readonly string[]) =>
    `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${names
      .map(
        (name, i) =>
          `<Placemark><name>${name}</name><Point><coordinates>${i / 1000},42</coordinates></Point></Placemark>`,
      )
      .join('')}</Document></kml>`;

  it.each([
    ['poles', ['Pole 1', 'Pole 2', 'Pole 3']],
    ['poles', ['EP 44512', 'EP 44513', 'EP 44514']],
    ['poles', ['N-1001', 'N-1002', 'N-1003']],
    ['addresses', ['12 Main St']],
    ['addresses', ['Hauptstraße 5', 'Hauptstraße 7', 'Hauptstraße 9a']],
    ['addresses', ['12 Broadway', '14 Broadway', '16 Broadway']],
  ])('of %s are known: %j', async (kind, names) => {
    const { layers } = await open({ 'map.kml': kml(names) });
    expect(layers[0]?.suggestion.kind).toBe(kind);
  });
});

describe('columns', () => {
  it.each<[columns: Record<string, unknown>, expected: object]>([
    [
      { 'addr:street': 'A St', 'addr:housenumber': '1', 'addr:postcode': '1' },
      { street: 'addr:street', number: 'addr:housenumber', postcode: 'addr:postcode' },
    ],
    [
      { STREETNAME: 'A St', SITENUMBER: 12 },
      { street: 'STREETNAME', number: 'SITENUMBER' },
    ],
    [
      { HOUSE_NO: '1', ROAD_NAME: 'A St' },
      { street: 'ROAD_NAME', number: 'HOUSE_NO' },
    ],
    [
      { Straße: 'Am Weg', Hausnummer: 3, PLZ: 10115, Ort: 'Berlin' },
      { street: 'Straße', number: 'Hausnummer', postcode: 'PLZ', city: 'Ort' },
    ],
    [
      { Calle: 'Mayor', Número: 5, 'Código postal': 28013 },
      { street: 'Calle', number: 'Número', postcode: 'Código postal' },
    ],
    [
      { rue: 'de la Paix', numéro: 5, 'code postal': 75002 },
      { street: 'rue', number: 'numéro', postcode: 'code postal' },
    ],
    [
      { 町名: '丸の内', 番地: '9', 郵便番号: '100' },
      { street: '町名', number: '番地', postcode: '郵便番号' },
    ],
    [
      { 'اسم الشارع': 'العليا', رقم: '7' },
      { street: 'اسم الشارع', number: 'رقم' },
    ],
    [
      { FULLADDR: '12 Main St', OBJECTID: 1 },
      { address: 'FULLADDR', id: 'OBJECTID' },
    ],
    [{ Street: '12 Main St' }, { address: 'Street' }],
    [{ locaddress: '12 Main St', postal: 'Y' }, { address: 'locaddress' }],
    [
      { ADDRESS: '12 Main St', STREET_NAME: 'Main St', ST_NUM: '12' },
      { street: 'STREET_NAME', number: 'ST_NUM' },
    ],
    [
      { tipo_via: 'CALLE', nombre_via: 'MAYOR', numero: '5' },
      { street: ['tipo_via', 'nombre_via'], number: 'numero' },
    ],
    [
      { Add_Number: 12, St_PreDir: 'N', St_Name: 'Main', St_PosTyp: 'St', Unit: '2' },
      { street: ['St_PreDir', 'St_Name', 'St_PosTyp'], number: 'Add_Number', unit: 'Unit' },
    ],
    [
      { Full_Addr: '12 Main St', StNm: '12', StName: 'Main St' },
      { street: 'StName', number: 'StNm' },
    ],
    [
      { adressenavn: 'Storgata', nummer: 5, bokstav: 'B' },
      { street: 'adressenavn', number: ['nummer', 'bokstav'] },
    ],
    [
      {
        NumeroVoieImmeuble: 12,
        ComplementNumeroVoieImmeuble: 'B',
        TypeVoieImmeuble: 'RUE',
        NomVoieImmeuble: 'DE LA PAIX',
      },
      {
        street: ['TypeVoieImmeuble', 'NomVoieImmeuble'],
        number: ['NumeroVoieImmeuble', 'ComplementNumeroVoieImmeuble'],
      },
    ],
    [{ height: 3, kind: 'x' }, {}],
  ])('guesses those of %j', (row, expected) => {
    expect(guessAddressColumns(Object.keys(row), [row])).toEqual(expected);
  });

  it.each([
    ['52,3702', 52.3702],
    ['5.334.567,89', 5334567.89],
    ['5,334,567.89', 5334567.89],
    ["2'683'141.5", 2683141.5],
    ['155 000', 155000],
    ['52°22\'12"N', 52.37],
    ['4.9 W', -4.9],
    ['٢٤.٧١٣٦', 24.7136],
    ['−71.1', -71.1],
    ['12 Main St', undefined],
    ['', undefined],
    ['1e999', undefined],
  ])('reads the number %s', (text, number) => {
    const read = parseNumber(text);
    if (number === undefined) expect(read).toBeUndefined();
    else expect(read).toBeCloseTo(number, 6);
  });

  it.each([
    ['semicolons and decimal commas', 'Name;Breite;Länge\nM1;52,52;13,40\nM2;52,53;13,41'],
    ['tabs', 'Name\tlatitude\tlongitude\nM1\t52.52\t13.40\nM2\t52.53\t13.41'],
    ['bars', 'Name|緯度|経度\nM1|52.52|13.40\nM2|52.53|13.41'],
    ['one column for both', 'Name,geo_point_2d\nM1,"52.52, 13.40"\nM2,"52.53, 13.41"'],
    ['WKT and a title', 'Export of today\nName,WKT\nM1,POINT(13.40 52.52)\nM2,POINT(13.41 52.53)'],
    [
      'GeoJSON in a column',
      'Name;Geo Shape\nM1;"{""type"":""Point"",""coordinates"":[13.40,52.52]}"\nM2;"{""type"":""Point"",""coordinates"":[13.41,52.53]}"',
    ],
    [
      'binary of PostGIS',
      'name,geom\nM1,0101000020E6100000CDCCCCCCCCCC2A40C3F5285C8F424A40\nM2,0101000020E610000052B81E85EBD12A40A4703D0AD7434A40',
    ],
    ['the line of Excel', 'sep=;\nName;lat;lng\nM1;52.52;13.40\nM2;52.53;13.41'],
    ['old line ends of the Mac', 'Name,lat,lng\rM1,52.52,13.40\rM2,52.53,13.41\r'],
  ])('reads a CSV with %s', async (_, csv) => {
    const read = await readOnly(
      { 'masten.csv': csv },
      { kind: 'poles', columns: { name: csv.includes('name,geom') ? 'name' : 'Name' } },
    );
    expect(addressesOf(read)).toEqual(['M1 @ 13.4000,52.5200', 'M2 @ 13.4100,52.5300']);
  });

  it('reads a CSV whose places the user has to show, and says so', async () => {
    const csv = 'Street,Number,Rechts,Wert\nA,1,13.4,52.5\nB,2,13.5,52.6\n';
    const { layers } = await open({
      'a.csv': csv.replace('Rechts', 'p').replace('Wert', 'q').replaceAll('.', '.0'),
    });
    expect(layers[0]?.notes.map(({ code }) => code)).toContain('no-place');
    expect(layers[0]?.rows[0]?.mapped).toMatchObject({ street: 'A', number: '1' });
    const read = await readOnly({ 'a.csv': csv }, { place: { type: 'xy', x: 'Rechts', y: 'Wert' } });
    expect(addressesOf(read)).toEqual(['1 A @ 13.4000,52.5000', '2 B @ 13.5000,52.6000']);
  });

  it('gives files of the same program the same shape', async () => {
    const { layers } = await open({
      'a.csv': 'lon,lat,street\n1,47,A\n2,47,B',
      'b.csv': 'street,lon,lat\nC,3,47\nD,3,47',
      'c.csv': 'lon,lat,road\n1,47,A\n2,47,B',
    });
    expect(layers[0]?.shape).toBe(layers[1]?.shape);
    expect(layers[0]?.shape).not.toBe(layers[2]?.shape);
  });
});
