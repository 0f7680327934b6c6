import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { latin1, makeDbf, makeShp } from '../../../support/data/makeShapefile.ts';
import { addressesOf, readOnly } from '../../../support/data/readAll.ts';

// Files as twelve origins write them, made up here: names of columns, coordinate systems, encodings and habits are theirs.

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('files of real origins', () => {
  it('reads an OpenAddresses CSV', async () => {
    const csv = `LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH
-71.1056,42.3736,12,MAIN ST,,CAMBRIDGE,,MA,02139,1001,aaa
-71.1057,42.3737,14A,MAIN ST,2,CAMBRIDGE,,MA,02139,1002,aab`;
    const read = await readOnly({ 'cambridge.csv': csv });
    expect(addressesOf(read)).toEqual(['12 MAIN ST @ -71.1056,42.3736', '14A MAIN ST @ -71.1057,42.3737']);
    expect(read.features[1]).toMatchObject({
      properties: { unit: '2', postcode: '02139', city: 'CAMBRIDGE', ID: '1002' },
    });
  });

  it('reads OpenAddresses as a feature a line', async () => {
    const line = (number: string, lon: number) =>
      JSON.stringify({
        type: 'Feature',
        properties: {
          hash: 'a',
          number,
          street: 'Rue Haute',
          unit: '',
          city: 'Bruxelles',
          district: '',
          region: '',
          postcode: '1000',
          id: '',
        },
        geometry: { type: 'Point', coordinates: [lon, 50.84] },
      });
    const read = await readOnly({ 'source.geojson': `${line('1', 4.35)}\n${line('3bis', 4.351)}\n` });
    expect(read.layer.format).toBe('ndjson');
    expect(addressesOf(read)).toEqual(['1 Rue Haute @ 4.3500,50.8400', '3bis Rue Haute @ 4.3510,50.8400']);
  });

  it("reads the French register's CSV, with lon and lat beside x and y in Lambert 93", async () => {
    const csv = `id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat;libelle_acheminement
38001_0010_00012_bis;38001_0010;12;bis;Rue de l'Église;38490;38001;Les Abrets;903420.1;6498780.2;5.58;45.53;LES ABRETS
38001_0010_00014;38001_0010;14;;Rue de l'Église;38490;38001;Les Abrets;903430.1;6498790.2;5.5801;45.5301;LES ABRETS`;
    const read = await readOnly({ 'adresses-38.csv': csv });
    expect(addressesOf(read)).toEqual([
      "12 bis Rue de l'Église @ 5.5800,45.5300",
      "14 Rue de l'Église @ 5.5801,45.5301",
    ]);
  });

  it('reads a British CSV in eastings and northings, and says that the system is a guess', async () => {
    const csv = `UPRN,BUILDING_NUMBER,THOROUGHFARE,POST_TOWN,POSTCODE,EASTING,NORTHING
100023336956,10,DOWNING STREET,LONDON,SW1A 2AA,530047.00,179951.00
100023336957,11,DOWNING STREET,LONDON,SW1A 2AB,530040.00,179960.00`;
    const read = await readOnly({ 'abp.csv': csv });
    expect(read.layer.crs).toMatchObject({ epsg: 27700, from: 'guessed' });
    expect(read.layer.notes.map(({ code }) => code)).toContain('crs-guessed');
    expect(addressesOf(read)[0]).toBe('10 DOWNING STREET @ -0.1277,51.5035');
  });

  it('reads a Swiss Shapefile in LV95 and Latin-1, zipped, with names in upper case', async () => {
    const dbf = makeDbf(
      [
        { name: 'STRNAME', length: 30 },
        { name: 'DEINR', length: 5 },
        { name: 'PLZ4', length: 4, type: 'N' },
      ],
      [
        ['Zürichstrasse', '12a', '8600'],
        ['Rue du Théâtre', '5', '8600'],
      ],
      { encode: latin1 },
    );
    const prj =
      'PROJCS["CH1903+_LV95",GEOGCS["GCS_CH1903+",DATUM["D_CH1903+",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Hotine_Oblique_Mercator_Azimuth_Center"],PARAMETER["False_Easting",2600000.0],PARAMETER["False_Northing",1200000.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Azimuth",90.0],PARAMETER["Longitude_Of_Center",7.43958333333333],PARAMETER["Latitude_Of_Center",46.9524055555556],UNIT["Meter",1.0]]';
    const zip = zipSync({
      'GEB.SHP': makeShp([
        { type: 'point', at: [2683141, 1247887] },
        { type: 'point', at: [2683200, 1247900] },
      ]),
      'GEB.DBF': dbf,
      'GEB.PRJ': utf8(prj),
      'readme.txt': utf8('Gebäudeadressen'),
    });
    const read = await readOnly({ 'geb.zip': zip });
    expect(read.layer).toMatchObject({
      encoding: { name: 'windows-1252', from: 'detected' },
      crs: { epsg: 2056, from: 'prj' },
    });
    expect(addressesOf(read)).toEqual([
      '12a Zürichstrasse @ 8.5395,47.3766',
      '5 Rue du Théâtre @ 8.5403,47.3767',
    ]);
  });

  it("reads a county's ArcGIS export: a name in parts, and polygons in US feet", async () => {
    const prj =
      'PROJCS["NAD_1983_StatePlane_Massachusetts_Mainland_FIPS_2001_Feet",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",656166.6666666665],PARAMETER["False_Northing",2460625.0],PARAMETER["Central_Meridian",-71.5],PARAMETER["Standard_Parallel_1",41.71666666666667],PARAMETER["Standard_Parallel_2",42.68333333333333],PARAMETER["Latitude_Of_Origin",41.0],UNIT["Foot_US",0.3048006096012192]]';
    const square = [
      [760000, 2960000],
      [760000, 2960100],
      [760100, 2960100],
      [760100, 2960000],
      [760000, 2960000],
    ];
    const dbf = makeDbf(
      [
        { name: 'OBJECTID', length: 10, type: 'N' },
        { name: 'SITENUMBER', length: 6 },
        { name: 'PREDIR', length: 2 },
        { name: 'STREETNAME', length: 30 },
        { name: 'STREETTYPE', length: 6 },
      ],
      [['1', '272', 'N', 'HARVARD', 'ST']],
    );
    const zip = zipSync({
      'par/parcels.shp': makeShp([{ type: 'area', parts: [square] }]),
      'par/parcels.dbf': dbf,
      'par/parcels.prj': utf8(prj),
    });
    const read = await readOnly({ 'parcels.zip': zip });
    expect(read.layer.suggestion).toMatchObject({
      kind: 'addresses',
      columns: { number: 'SITENUMBER', street: ['PREDIR', 'STREETNAME', 'STREETTYPE'] },
    });
    expect(addressesOf(read)).toEqual(['272 N HARVARD ST @ -71.1156,42.3699']);
    expect(read.report.turnedIntoPoints).toBe(1);
  });

  it('reads streets of TIGER: FULLNAME, lines, NAD 83', async () => {
    const prj =
      'GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]';
    const dbf = makeDbf(
      [
        { name: 'LINEARID', length: 12 },
        { name: 'FULLNAME', length: 40 },
        { name: 'RTTYP', length: 1 },
        { name: 'MTFCC', length: 5 },
      ],
      [
        ['110', 'Harvard St', 'M', 'S1400'],
        ['111', 'I- 90', 'I', 'S1100'],
      ],
    );
    const line = (x: number) => ({
      type: 'line' as const,
      parts: [
        [
          [x, 42.37],
          [x + 0.001, 42.371],
        ],
        [
          [x + 0.002, 42.37],
          [x + 0.003, 42.371],
        ],
      ],
    });
    const read = await readOnly({
      'roads.zip': zipSync({
        'tl_roads.shp': makeShp([line(-71.1), line(-71.2)]),
        'tl_roads.dbf': dbf,
        'tl_roads.prj': utf8(prj),
        'tl_roads.cpg': utf8('UTF-8'),
      }),
    });
    expect(read.layer.suggestion).toMatchObject({ kind: 'streets', columns: { name: 'FULLNAME' } });
    expect(read.features).toHaveLength(4);
    expect(read.report.takenApart).toEqual({ features: 2, parts: 4 });
    expect(read.layer.crs).toMatchObject({ epsg: 4269, from: 'prj' });
  });

  it('reads OpenStreetMap from Overpass: as GeoJSON, and as its own JSON', async () => {
    const tags = {
      'addr:housenumber': '7',
      'addr:street': 'Königstraße',
      'addr:postcode': '10115',
      building: 'yes',
    };
    const ring = [
      [13.38, 52.53],
      [13.381, 52.53],
      [13.381, 52.531],
      [13.38, 52.53],
    ];
    const geojson = {
      type: 'FeatureCollection',
      generator: 'overpass-turbo',
      features: [
        {
          type: 'Feature',
          id: 'way/1',
          properties: { '@id': 'way/1', ...tags },
          geometry: { type: 'Polygon', coordinates: [ring] },
        },
        {
          type: 'Feature',
          id: 'node/2',
          properties: { '@id': 'node/2', ...tags, 'addr:housenumber': '9' },
          geometry: { type: 'Point', coordinates: [13.39, 52.53] },
        },
      ],
    };
    const json = {
      version: 0.6,
      osm3s: {},
      elements: [
        { type: 'way', id: 1, tags, geometry: ring.map(([lon, lat]) => ({ lat, lon })) },
        { type: 'node', id: 2, lat: 52.53, lon: 13.39, tags: { ...tags, 'addr:housenumber': '9' } },
        { type: 'node', id: 3, lat: 52.53, lon: 13.39 },
      ],
    };
    const one = await readOnly({ 'export.geojson': JSON.stringify(geojson) });
    const other = await readOnly({ 'interpreter.json': JSON.stringify(json) });
    expect(addressesOf(one)).toEqual(['7 Königstraße @ 13.3807,52.5303', '9 Königstraße @ 13.3900,52.5300']);
    expect(addressesOf(other)).toEqual(addressesOf(one));
    expect(other.report.leftOut.byReason).toMatchObject([{ code: 'no-tags', count: 1 }]);
  });

  it('reads poles of Google Earth: a KMZ with a table in each description', async () => {
    const placemark = (name: string, lon: number) =>
      `<Placemark><name>${name}</name><description><![CDATA[<html><table><tr><td>POLE_ID</td><td>${name}</td></tr><tr><td>HEIGHT</td><td>40 &amp; up</td></tr></table></html>]]></description><Point><altitudeMode>clampToGround</altitudeMode><coordinates> ${lon},42.37,0 </coordinates></Point></Placemark>`;
    const kml = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Poles &nbsp; of</name><Folder><name>North</name>${placemark('P-1', -71.1)}${placemark('P-2', -71.101)}</Folder></Document></kml>`;
    const read = await readOnly({
      'field work.kmz': zipSync({
        'doc.kml': utf8(kml),
        'files/icon.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      }),
    });
    expect(read.layer.suggestion.kind).toBe('poles');
    expect(addressesOf(read)).toEqual(['P-1 @ -71.1000,42.3700', 'P-2 @ -71.1010,42.3700']);
    expect(read.features[0]).toMatchObject({ properties: { HEIGHT: '40 & up', folder: 'North' } });
  });

  it('reads a Japanese CSV in Shift_JIS, with place names and house numbers in columns', async () => {
    // 都道府県名,市区町村名,大字町丁目名,街区符号・地番,緯度,経度 / 東京都,千代田区,丸の内一丁目,9,35.681,139.767
    const hex =
      '93738d7395e78ca796bc2c8e738bE692ac91ba96bc2c91e58e9a92ac929a96da96bc2c8a588be695848d8681459 26e94d42c88dc93782c8c6f93780a'.replace(
        /\s/g,
        '',
      );
    const heading = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const row =
      '938c8b9e93732c90e791e393638be62c8adb82cc93e088ea929a96da2c392c33352e3638312c3133392e3736370a';
    const bytes = Uint8Array.from([
      ...heading,
      ...(row.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
    ]);
    const read = await readOnly({ '13101.csv': bytes });
    expect(read.layer.encoding).toEqual({ name: 'shift_jis', from: 'detected' });
    expect(addressesOf(read)).toEqual(['9 丸の内一丁目 @ 139.7670,35.6810']);
  });

  it('reads a Brazilian GeoJSON in SIRGAS 2000 / UTM 23S', async () => {
    const geojson = {
      type: 'FeatureCollection',
      name: 'enderecos',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::31983' } },
      features: [
        {
          type: 'Feature',
          properties: {
            NOM_TIPO_SEGLOGR: 'RUA',
            nome_logradouro: 'São João',
            numero: '100',
            cep: '01035-000',
          },
          geometry: { type: 'MultiPoint', coordinates: [[333000, 7395000]] },
        },
      ],
    };
    const read = await readOnly({ 'sp.json': JSON.stringify(geojson) });
    expect(addressesOf(read)).toEqual(['100 RUA São João @ -46.6361,-23.5468']);
  });

  it('reads the JSON of an ArcGIS server, with its own geometry and feet', async () => {
    const json = {
      displayFieldName: 'A',
      geometryType: 'esriGeometryPoint',
      spatialReference: { wkid: 102100, latestWkid: 3857 },
      features: [
        {
          attributes: { OBJECTID: 1, FULL_ADDR: '12 Main St, Cambridge' },
          geometry: { x: -7914000, y: 5218000 },
        },
      ],
    };
    const read = await readOnly({ 'query.json': JSON.stringify(json) });
    expect(read.layer.format).toBe('esri-json');
    expect(addressesOf(read)).toEqual(['12 Main St @ -71.0927,42.3795']);
  });

  it('reads a Bavarian CSV, with UTM eastings that begin with the zone', async () => {
    const csv = `nba;oi;qua;landschl;stn;hnr;adz;ostwert;nordwert
N;DEBYv1;A;09;Münchner Straße;12;a;32690123,456;5334567,89
N;DEBYv2;A;09;Münchner Straße;14;;32690130,456;5334577,89`;
    const read = await readOnly({ 'hk.csv': latin1(csv) });
    expect(read.layer.crs).toMatchObject({ epsg: 4647, from: 'guessed' });
    expect(addressesOf(read)[0]).toBe('12a Münchner Straße @ 11.5555,48.1359');
  });

  it('reads a CSV with Arabic columns, digits and addresses', async () => {
    const csv = `العنوان,خط العرض,خط الطول\nشارع الملك فهد ١٢,24.7136,46.6753\nشارع العليا 7,24.7137,46.6754`;
    const read = await readOnly({ 'عناوين.csv': csv });
    expect(addressesOf(read)).toEqual([
      '١٢ شارع الملك فهد @ 46.6753,24.7136',
      '7 شارع العليا @ 46.6754,24.7137',
    ]);
  });
});
