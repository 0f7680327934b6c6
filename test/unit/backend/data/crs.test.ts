import { describe, expect, it } from 'vitest';
import { projectionOf } from '../../../../backend/data/crs/Projection.ts';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

/** Computed by GDAL 3 (gdaltransform), without grids: code, x, y, longitude, latitude. */
const BY_GDAL = [
  [27700, 530047, 179951, -0.127695, 51.50354],
  [2056, 2683141, 1247887, 8.539536, 47.376573],
  [2249, 760050, 2960050, -71.115575, 42.369886],
  [31983, 333000, 7395000, -46.636074, -23.546753],
  [4647, 32690123.456, 5334567.89, 11.555538, 48.135937],
  [31370, 150000, 170000, 4.368752, 50.840411],
  [2154, 903420.1, 6498780.2, 5.60795, 45.558282],
  [5514, -740000, -1040000, 14.454432, 50.117741],
  [31468, 4468000, 5333000, 11.568635, 48.134231],
  [31287, 500000, 400000, 14.660152, 47.491836],
  [29903, 315000, 234000, -6.27406, 53.343967],
  [4267, -71.1, 42.37, -71.099463, 42.369973],
  [3003, 1700000, 4860000, 11.488555, 43.865854],
  [27582, 600000, 2428000, 2.336506, 48.850347],
  [2193, 1748735, 5427916, 174.776194, -41.286504],
  [7855, 320000, 5812000, 144.954875, -37.821673],
  [6677, -5992, -35363, 139.767135, 35.681238],
  [2180, 637000, 487000, 21.006704, 52.231977],
] as const;

const point = (at: unknown, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: at },
});
const collection = (features: unknown[], more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });
const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } });

describe('coordinate systems', () => {
  it.each(BY_GDAL)(
    'brings EPSG:%i into WGS 84 as GDAL does, to 10 m',
    async (epsg, x, y, longitude, latitude) => {
      const at = (await projectionOf(`EPSG:${epsg}`))?.convert(x, y);
      expect(at?.[0]).toBeCloseTo(longitude, 3.9);
      expect(at?.[1]).toBeCloseTo(latitude, 3.9);
    },
  );

  it.each([
    'EPSG:28992',
    'urn:ogc:def:crs:EPSG::28992',
    'urn:ogc:def:crs:EPSG:9.9:28992',
    'http://www.opengis.net/def/crs/EPSG/0/28992',
    'http://www.opengis.net/gml/srs/epsg.xml#28992',
    '28992',
    'RD_New',
    'Amersfoort / RD New',
  ])('knows the system that %s means', async (text) => {
    expect(await projectionOf(text)).toMatchObject({ epsg: 28992, name: 'Amersfoort / RD New' });
  });

  it.each(['CRS84', 'urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'WGS84', 'EPSG:4979'])(
    'takes %s for WGS 84',
    async (text) => {
      expect(await projectionOf(text)).toMatchObject({ epsg: 4326, isGeographic: true });
    },
  );

  it('reads WKT 2, and a compound system by its part in the plane', async () => {
    const utm = `PROJCRS["ETRS89 / UTM zone 32N",BASEGEOGCRS["ETRS89",DATUM["European Terrestrial Reference System 1989",ELLIPSOID["GRS 1980",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["UTM zone 32N",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",9,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]]]`;
    const compound = `COMPD_CS["with heights",${'PROJCS["NAD83 / Massachusetts Mainland (ftUS)",GEOGCS["NAD83",DATUM["North_American_Datum_1983",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["standard_parallel_1",42.68333333333333],PARAMETER["standard_parallel_2",41.71666666666667],PARAMETER["latitude_of_origin",41],PARAMETER["central_meridian",-71.5],PARAMETER["false_easting",656166.667],PARAMETER["false_northing",2460625],UNIT["US survey foot",0.3048006096012192],AUTHORITY["EPSG","2249"]]'},VERT_CS["NAVD88",VERT_DATUM["NAVD88",2005],UNIT["metre",1]]]`;
    const [a, b] = [await projectionOf(utm), await projectionOf(compound)];
    const munich = a?.convert(690123.456, 5334567.89);
    expect(munich?.[0]).toBeCloseTo(11.555538, 5);
    expect(b?.convert(760050, 2960050)?.[1]).toBeCloseTo(42.369886, 5);
  });

  it('shifts a datum that Esri names without its shift', async () => {
    const wkt =
      'PROJCS["My_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]';
    const at = (await projectionOf(wkt))?.convert(530047, 179951);
    expect(at?.[0]).toBeCloseTo(-0.127695, 4);
    expect(at?.[1]).toBeCloseTo(51.50354, 4);
  });

  it('notices swapped axes: beyond the poles, in the sea, outside of the system', async () => {
    const boston = collection([point([42.37, -71.1]), point([42.371, -71.101])]);
    const berlin = collection([point([52.52, 13.4]), point([52.521, 13.401])]);
    const dutch = collection([point([487000, 121000]), point([487010, 121010])], crs('EPSG:28992'));
    const places = [];
    for (const file of [boston, berlin, dutch]) {
      const read = await readOnly({ 'a.geojson': file });
      expect(read.layer).toMatchObject({ swapped: true, suggestion: { swapAxes: true } });
      places.push(addressesOf(read)[0]);
    }
    expect(places).toEqual(['? ? @ -71.1000,42.3700', '? ? @ 13.4000,52.5200', '? ? @ 4.8880,52.3698']);
    expect((await open({ 'a.geojson': collection([point([13.4, 52.52])]) })).layers[0]?.swapped).toBe(false);
  });

  it('takes words that several countries share for none of them', async () => {
    const rows = (at: string, street: string) =>
      `OBJECTID,X,Y,ADDRESS\n1,${at},12 ${street}\n2,${at},14 ${street}\n`;
    const { layers } = await open({ 'boston.csv': rows('760000,2960000', 'MAIN ST') });
    expect(layers[0]?.crs).toMatchObject({ from: 'guessed', epsg: 2249 });
    const alone = await open({ 'somewhere.csv': rows('545000,258000', 'Mill Road') });
    expect(alone.layers[0]?.crs).toMatchObject({ from: 'unknown', candidates: expect.anything() });
    expect(alone.layers[0]?.crs.candidates?.[0]?.epsg).toBe(27700);
  });

  it('asks for the system of a GeoJSON file with metres and no crs, and offers likely ones', async () => {
    const file = collection([point([121000, 487000]), point([121010, 487010])]);
    const { layers } = await open({ 'a.geojson': file });
    expect(layers[0]?.crs).toMatchObject({ from: 'unknown' });
    expect(layers[0]?.crs.candidates?.map(({ epsg }) => epsg)).toContain(28992);
    await expect(readOnly({ 'a.geojson': file })).rejects.toThrow(/a\.geojson: .*say its EPSG code/);
    const read = await readOnly({ 'a.geojson': file }, { crs: 'EPSG:28992' });
    expect(read.report.crs).toEqual({ name: 'Amersfoort / RD New', epsg: 28992, from: 'mapping' });
    expect(addressesOf(read)[0]).toBe('? ? @ 4.8880,52.3698');
  });

  it('takes the system near which the other files are', async () => {
    const { layers } = await open({
      'poles.geojson': collection([point([4.89, 52.37], { pole_id: 'P1' })]),
      'houses.geojson': collection([point([121000, 487000]), point([121010, 487010])]),
    });
    expect(layers[1]?.crs).toMatchObject({ from: 'guessed', epsg: 28992 });
  });

  it('reads a crs member that stands after the features', async () => {
    const file = collection([point([121000, 487000])]).replace(
      /\}$/,
      `,"crs":${JSON.stringify(crs('urn:ogc:def:crs:EPSG::28992').crs)}}`,
    );
    expect((await readOnly({ 'a.geojson': file })).layer.crs).toMatchObject({ epsg: 28992, from: 'file' });
  });

  it('brings positions beyond the 180th meridian back', async () => {
    const read = await readOnly({
      'fiji.geojson': collection([point([180.002, -16.8]), point([-180.5, -16.8]), point([179.9, -16.8])]),
    });
    expect(addressesOf(read)).toEqual([
      '? ? @ -179.9980,-16.8000',
      '? ? @ 179.5000,-16.8000',
      '? ? @ 179.9000,-16.8000',
    ]);
    expect(read.report).toMatchObject({ wrapped: 2, leftOut: { count: 0 } });
  });

  it('names a system that is not known, and one that the numbers contradict', async () => {
    const notKnown = await open({ 'a.geojson': collection([point([500000, 5000000])], crs('EPSG:99999')) });
    expect(notKnown.layers[0]?.notes.map(({ code }) => code)).toContain('crs-not-known');
    const wrong = await open({
      'a.geojson': collection([point([121000, 487000])], crs('urn:ogc:def:crs:OGC:1.3:CRS84')),
    });
    expect(wrong.layers[0]?.notes.map(({ code }) => code)).toContain('crs-contradicts');
    await expect(readOnly({ 'a.geojson': collection([point([1, 1])]) }, { crs: 'EPSG:1' })).rejects.toThrow(
      /"?EPSG:1"? is not known/,
    );
  });
});
