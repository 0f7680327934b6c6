import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

// Public reports of dialogs that open files; docs/tried.md says what came of each.

it('QGIS#52692: a dropped CSV with Cyrillic in UTF-8', async () => {
  const read = await readOnly({
    'a.csv': 'улица,дом,долгота,широта\nЛесная,2,37.6,55.7\nЛесная,4,37.61,55.7\n',
  });
  expect(read.layer.encoding?.name).toBe('utf-8');
  expect(addressesOf(read)[0]).toBe('2 Лесная @ 37.6000,55.7000');
});

it('QGIS#57480: degrees, minutes and seconds with the marks \' and "', async () => {
  const rows = ['name,lon,lat', `A,7°26'20.5"E,45°8'41.3"N`, `B,7°26'21.5"E,45°8'42.3"N`];
  const read = await readOnly({ 'a.csv': rows.join('\n') }, { kind: 'poles', columns: { name: 'name' } });
  expect(addressesOf(read)).toEqual(['A @ 7.4390,45.1448', 'B @ 7.4393,45.1451']);
});

it('QGIS#540: headings that are empty or come twice, and empty records', async () => {
  const read = await readOnly({ 'a.csv': 'street,,street,lon,lat\nA St,1,x,7,45\n,,,,\nB St,2,y,7,45\n' });
  expect(read.layer.columns.map(({ name }) => name)).toEqual([
    'street',
    'column 2',
    'street 2',
    'lon',
    'lat',
  ]);
  expect(read.report.given).toBe(2);
});

it('GeoLibre#1341, kepler.gl#1012: places in a projected system', async () => {
  const csv =
    'pincode,easting,northing\n411001,378800.1,2048200.2\n411001,378900.1,2048300.2\n411001,379000.1,2048400.2';
  const { layers } = await open({ 'a.csv': csv });
  expect(layers[0]?.crs.candidates?.map(({ epsg }) => epsg)).toContain(32643);
  const read = await readOnly({ 'a.csv': csv }, { crs: 'EPSG:32643' });
  expect(read.report.given).toBe(3);
  expect(addressesOf(read)[0]).toContain('@ 73.8');
});

it('kibana#66629: WKT in a column whose name says something else', async () => {
  const csv = 'id,lat_long\n1,POINT (-73.95704 40.79485)\n2,POINT (-73.95705 40.79486)\n';
  const read = await readOnly({ 'a.csv': csv });
  expect(addressesOf(read)[0]).toContain('@ -73.9570,40.794');
});

it('kepler.gl#818: GeoJSON in a column that is empty in most rows', async () => {
  const line = '"{""type"":""LineString"",""coordinates"":[[4.68,50.92],[4.69,50.92]]}"';
  const csv = `name,type,route\n${'andy,,\n'.repeat(30)}Auto,x,${line}\n`;
  const read = await readOnly({ 'a.csv': csv });
  expect(read.report).toMatchObject({ given: 1, leftOut: { count: 30 } });
});

it('mapbox-studio-classic#1346: both coordinates in the_geom', async () => {
  const csv = 'street,number,the_geom\nA St,1,"42.37, -71.1"\nA St,2,"42.38, -71.1"\n';
  expect(addressesOf(await readOnly({ 'a.csv': csv }))[0]).toBe('1 A St @ -71.1000,42.3700');
});

it('magda#2390, #2212: an Excel file is named, with what to do', async () => {
  const xlsx = zipSync({ 'xl/workbook.xml': new Uint8Array([60]), 'xl/a.xml': new Uint8Array([60]) });
  const { problems } = await open({ 'a.xlsx': xlsx });
  expect(problems[0]?.text).toContain('save the sheet as CSV');
});
