import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { projectionOf } from '../../../../backend/data/crs/Projection.ts';
import { latin1, makeDbf, makeShp } from '../../../support/data/makeShapefile.ts';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const shp = makeShp([{ type: 'point', at: [-6.1, 39.5] }]);
const names = [
  { name: 'CALLE', length: 20 },
  { name: 'NUMERO', length: 4 },
];
const placemark = (inner: string, prefix = '') =>
  `<${prefix}Placemark><${prefix}name>A</${prefix}name>${inner}</${prefix}Placemark>`;

describe('public reports', () => {
  it('portolan-cli#783: a table without .cpg, and one whose .cpg is wrong', async () => {
    const without = zipSync({
      'a.shp': shp,
      'a.dbf': makeDbf(names, [['Embalse de Tentudía', '1']], { encode: latin1 }),
    });
    const lying = zipSync({
      'a.shp': shp,
      'a.dbf': makeDbf(names, [['Valle del Árrago', '1']]),
      'a.cpg': utf8('1252'),
    });
    expect(addressesOf(await readOnly({ 'a.zip': without }))[0]).toContain('Embalse de Tentudía');
    const read = await readOnly({ 'a.zip': lying });
    expect(addressesOf(read)[0]).toContain('Valle del Árrago');
    expect(read.layer.notes.map(({ text }) => text)).toContain(
      'the .cpg file says windows-1252, but the names are utf-8',
    );
  });

  it('shapefile-js#30, tilemill#210: parts in mixed case, in folders, beside the files of a Mac', async () => {
    const dbf = makeDbf(names, [['Mayor', '5']]);
    const zip = zipSync({
      'Biz_pdx/BIZ.shp': shp,
      'Biz_pdx/biz.DBF': dbf,
      'Biz_pdx/Biz.Prj': utf8(
        'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]',
      ),
      '__MACOSX/Biz_pdx/._BIZ.shp': utf8('Mac OS X'),
      'Biz_pdx/.DS_Store': new Uint8Array([0, 0, 0, 1]),
      'Biz_pdx/BIZ.shp.xml': utf8('<metadata/>'),
    });
    const { layers, problems } = await open({ 'a.zip': zip });
    expect(problems).toEqual([]);
    expect(layers).toMatchObject([
      { crs: { epsg: 4326, from: 'prj' }, suggestion: { columns: { street: 'CALLE', number: 'NUMERO' } } },
    ]);
  });

  it('openlayers#1703, gc-scripts-hub#148: one null geometry, and the whole file is refused', async () => {
    const file =
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null},{"type":"Feature","properties":{"street":"A","number":"1"},"geometry":{"type":"Point","coordinates":[1,47]}}]}';
    const read = await readOnly({ 'a.geojson': file });
    expect(read.numbers).toEqual([2]);
    expect(read.report.leftOut.first).toMatchObject([{ number: 1, code: 'no-geometry' }]);
  });

  it('PapaParse#112, #432: marks of inches join rows, and the wrong row is named', async () => {
    const csv =
      'street;lon;lat;height\nA 1;1.0;47.1;6\'5"\nB 2;1.0;47.2;2\'8"\nC 3;1.0;47.3;"4"7"\nD 4;1.0;47.4;8\'11"\n';
    const read = await readOnly({ 'a.csv': csv });
    expect(read.numbers).toEqual([2, 3, 4, 5]);
    expect(addressesOf(read)).toHaveLength(4);
  });

  it('PapaParse#528: a space before each quote', async () => {
    const csv =
      'name, lon, lat, text\n1, 1.5, 47.1, "Wrench set, 18 pieces"\n2, 1.5, 47.2, "M and M, 42 oz"\n';
    const read = await readOnly({ 'a.csv': csv }, { kind: 'poles', columns: { name: 'name' } });
    expect(read.features).toMatchObject([
      { properties: { text: 'Wrench set, 18 pieces' } },
      { properties: { text: 'M and M, 42 oz' } },
    ]);
  });

  it('umap#1556, csv2geojson#16, webtrees#3690: coordinates with a comma, in one field, with a hemisphere', async () => {
    const files = [
      'name;lat;lon\nA;44,567;5,25\nB;44,568;5,26',
      'name,place\nA,44.567:5.25\nB,44.568:5.26',
      'name,latitude,longitude\nA,N44.567,5.25E\nB,44.568N,E5.26',
    ];
    for (const csv of files) {
      const read = await readOnly({ 'a.csv': csv }, { kind: 'poles', columns: { name: 'name' } });
      expect(addressesOf(read)).toEqual(['A @ 5.2500,44.5670', 'B @ 5.2600,44.5680']);
    }
  });

  it('mapstory-meta#731: empty rows at the end', async () => {
    const read = await readOnly(
      { 'a.csv': 'name,latitude,longitude\nA,44.567,5.25\nB; or C,44.568,5.26\n,,\n,,\n\n\n' },
      { kind: 'poles', columns: { name: 'name' } },
    );
    expect(read.report).toMatchObject({
      given: 2,
      read: 4,
      leftOut: { byReason: [{ code: 'no-geometry', count: 2 }] },
    });
  });

  it('togeojson#41, placemark/togeojson#45, mf-geoadmin3#5310: prefixes that nobody declares, tracks, prefixed tags', async () => {
    const point = '<Point><coordinates>1,47</coordinates></Point>';
    const files = [
      `<kml><Document xsi:schemaLocation="x">${placemark(point)}</Document></kml>`,
      `<kml:kml xmlns:kml="http://www.opengis.net/kml/2.2"><kml:Document>${placemark('<kml:Point><kml:coordinates>1,47</kml:coordinates></kml:Point>', 'kml:')}</kml:Document></kml:kml>`,
    ];
    for (const kml of files)
      expect(
        addressesOf(await readOnly({ 'a.kml': kml }, { kind: 'poles', columns: { name: 'name' } })),
      ).toEqual(['A @ 1.0000,47.0000']);
    const track =
      '<gx:MultiTrack><gx:Track><when>2010</when><gx:coord>1 47 5</gx:coord><gx:coord>1.1 47 6</gx:coord></gx:Track></gx:MultiTrack>';
    const read = await readOnly({ 'a.kml': `<kml><Folder>${placemark(track)}</Folder></kml>` });
    expect(read.features).toMatchObject([
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 47],
            [1.1, 47],
          ],
        },
      },
    ]);
  });

  it('proj4js#292, #222, mapshaper#664: a .prj whose datum has no shift', async () => {
    const gk4 =
      'PROJCS["DHDN_3_Degree_Gauss_Zone_4_x",GEOGCS["GCS_Deutsches_Hauptdreiecksnetz",DATUM["D_Deutsches_Hauptdreiecksnetz",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",4500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",12.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
    const lambert =
      'PROJCS["Belge_Lambert_1972_x",GEOGCS["GCS_Belge 1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388,297]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["standard_parallel_1",51.16666723333333],PARAMETER["standard_parallel_2",49.8333339],PARAMETER["latitude_of_origin",90],PARAMETER["central_meridian",4.367486666666666],PARAMETER["false_easting",150000.013],PARAMETER["false_northing",5400088.438],UNIT["Meter",1]]';
    const munich = (await projectionOf(gk4))?.convert(4468000, 5333000);
    const brussels = (await projectionOf(lambert))?.convert(150000, 170000);
    expect(munich?.[0]).toBeCloseTo(11.568635, 4);
    expect(brussels?.[0]).toBeCloseTo(4.368752, 4);
    expect(brussels?.[1]).toBeCloseTo(50.840411, 4);
  });
});
