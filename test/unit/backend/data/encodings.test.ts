import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openData } from '../../../../backend/data/openData.ts';
import { decodeBytes, decodeText } from '../../../../backend/data/text/decodeText.ts';
import { detectEncoding } from '../../../../backend/data/text/detectEncoding.ts';
import { encodingOfLabel } from '../../../../backend/data/text/encodingLabel.ts';
import { latin1, makeDbf, makeShp } from '../../../support/data/makeShapefile.ts';
import { addressesOf, type FileContent, readOnly } from '../../../support/data/readAll.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const csv = 'lon,lat,number,street\n13.4,52.5,1,Große Straße\n13.4,52.6,2,Café-Weg\n';
const streets = ['1 Große Straße @ 13.4000,52.5000', '2 Café-Weg @ 13.4000,52.6000'];

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array<ArrayBuffer> {
  const whole = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(whole.length * 2));
  for (let i = 0; i < whole.length; i++) view.setUint16(2 * i, whole.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

const shapefile = (dbf: Uint8Array<ArrayBuffer>, cpg?: string) =>
  zipSync({
    'a.shp': makeShp([{ type: 'point', at: [13.4, 52.5] }]),
    'a.dbf': dbf,
    ...(cpg && { 'a.cpg': utf8(cpg) }),
  });
const columns = [
  { name: 'STREET', length: 20 },
  { name: 'NUMBER', length: 4 },
];

describe('encodings', () => {
  it.each<[name: string, from: string, content: FileContent]>([
    ['utf-8', 'detected', csv],
    ['utf-8', 'bom', `\ufeff${csv}`],
    ['utf-16le', 'bom', utf16(csv, true, true)],
    ['utf-16be', 'bom', utf16(csv, false, true)],
    ['utf-16le', 'detected', utf16(csv, true, false)],
    ['utf-16be', 'detected', utf16(csv, false, false)],
    ['windows-1252', 'detected', latin1(csv)],
  ])('reads a CSV in %s (%s)', async (name, from, content) => {
    const read = await readOnly({ 'a.csv': content });
    expect(read.layer.encoding).toEqual({ name, from });
    expect(addressesOf(read)).toEqual(streets);
  });

  it('finds an accent that comes late in a file', async () => {
    const long = `lon,lat,number,street\n${'13.4,52.5,1,Plain\n'.repeat(5_000)}13.4,52.6,2,Caf`;
    const read = await readOnly({ 'a.csv': Uint8Array.from([...latin1(long), 0xe9, 10]) });
    expect(read.layer.encoding?.name).toBe('windows-1252');
    expect(addressesOf(read).at(-1)).toContain('Café');
  });

  it('reads what the user says, and names a label that is not known', async () => {
    const polish = Uint8Array.from([
      ...latin1('lon,lat,number,street\n21,52,1,'),
      0xa3,
      0xf3,
      0x64,
      0x9f,
      10,
    ]);
    expect(addressesOf(await readOnly({ 'a.csv': polish }, { encoding: 'windows-1250' }))).toEqual([
      '1 Łódź @ 21.0000,52.0000',
    ]);
    await expect(readOnly({ 'a.csv': csv }, { encoding: 'klingon' })).rejects.toThrow(
      /a\.csv: the encoding klingon is not known/,
    );
  });

  it.each([
    ['ANSI 1252', 'windows-1252'],
    ['1252', 'windows-1252'],
    ['88591', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['ISO 8859-2', 'iso-8859-2'],
    ['UTF-8', 'utf-8'],
    ['65001', 'utf-8'],
    ['OEM 850', 'ibm850'],
    ['SJIS', 'shift_jis'],
    ['CP932', 'shift_jis'],
    ['nonsense', undefined],
  ])('rgeo-shapefile#39: knows the label %s of a .cpg file', (label, encoding) => {
    expect(encodingOfLabel(label)).toBe(encoding);
  });

  it('reads a table by its .cpg file, by its mark, and by its bytes where the .cpg is wrong', async () => {
    const inUtf8 = makeDbf(columns, [['Große Straße', '1']]);
    const inLatin = makeDbf(columns, [['Große Straße', '1']], { encode: latin1 });
    // 'Große' in the code page 850 of DOS.
    const inDos = makeDbf(columns, [[Uint8Array.of(0x47, 0x72, 0x6f, 0xe1, 0x65), '1']], { driver: 0x02 });
    const names = [];
    for (const zip of [
      shapefile(inUtf8, 'UTF-8'),
      shapefile(inUtf8),
      shapefile(inUtf8, 'ISO-8859-1'),
      shapefile(inLatin, '1252'),
      shapefile(inLatin, 'UTF-8'),
      shapefile(inDos),
    ]) {
      const read = await readOnly({ 'a.zip': zip });
      names.push([
        read.layer.encoding?.name,
        read.features.map((one) => 'properties' in one && one.properties.street_name).join(),
      ]);
    }
    expect(names).toEqual([
      ['utf-8', 'Große Straße'],
      ['utf-8', 'Große Straße'],
      ['utf-8', 'Große Straße'],
      ['windows-1252', 'Große Straße'],
      ['windows-1252', 'Große Straße'],
      ['ibm850', 'Große'],
    ]);
  });

  it('reads the names of columns anew in the encoding that the user chooses, and guesses by them', async () => {
    const bytes = Uint8Array.from([
      ...latin1('Kap'),
      0xfd,
      ...latin1(' No;Sokak;Enlem;Boylam\n1;Lale Sokak;41.0;28.9\n2;Lale Sokak;41.1;28.9\n'),
    ]);
    const file = { name: 'a.csv', blob: new Blob([bytes]) };
    const names = [];
    for (const encoding of ['windows-1252', 'windows-1254']) {
      const { layers } = await openData([file], { encodings: { 'a.csv': encoding } });
      names.push([layers[0]?.columns[0]?.name, layers[0]?.suggestion.columns.number, layers[0]?.encoding]);
    }
    expect(names).toEqual([
      ['Kapý No', 'Kapý No', { name: 'windows-1252', from: 'mapping' }],
      ['Kapı No', 'Kapı No', { name: 'windows-1254', from: 'mapping' }],
    ]);
  });

  it.each([
    ['windows-1250', 'cs', [0x8a, 0x74, 0xec, 0x70, 0xe1, 0x6e, 0x73, 0x6b, 0xe1, 0x20, 0xe8, 0xf8]],
    ['windows-1251', 'ru', [0xd2, 0xe2, 0xe5, 0xf0, 0xf1, 0xea, 0xe0, 0xff]],
    [
      'windows-1253',
      'el',
      [0xcb, 0xe5, 0xf9, 0xf6, 0xfc, 0xf1, 0xef, 0xf2, 0x20, 0xca, 0xe1, 0xf4, 0xe5, 0xf7, 0xdc, 0xea, 0xe7],
    ],
    ['windows-1255', 'he', [0xf8, 0xe7, 0xe5, 0xe1, 0x20, 0xe4, 0xf8, 0xf6, 0xec]],
    ['windows-1256', 'ar', [0xd4, 0xc7, 0xd1, 0xda, 0x20, 0xc7, 0xe1, 0xe3, 0xe1, 0xdf]],
    ['gbk', 'zh', [0xb3, 0xa4, 0xb0, 0xb2, 0xbd, 0xd6, 0xc2, 0xb7, 0xba, 0xc5]],
    ['euc-kr', 'ko', [0xbc, 0xbc, 0xc1, 0xbe, 0xb4, 0xeb, 0xb7, 0xce]],
    ['macintosh', 'de', [0x53, 0x63, 0x68, 0x9a, 0x6e, 0x73, 0x74, 0x72, 0x61, 0xa7, 0x65, 0x20, 0x8a]],
  ])('knows %s by the letters of the language (%s)', (name, _language, bytes) => {
    expect(detectEncoding(Uint8Array.from(bytes)).name).toBe(name);
  });

  it('never stores U+FFFD, NUL or half a surrogate pair', async () => {
    const bad = JSON.stringify({ type: 'Point', coordinates: [13.4, 52.5] });
    const text = `{"type":"Feature","properties":{"street":"A\\u0000b\\ud800c\ufffdd","k\\u0000ey":"\\udfff"},"geometry":${bad}}`;
    const read = await readOnly({ 'a.geojson': text });
    expect(read.features[0]).toMatchObject({ properties: { street_name: 'Abc?d', key: '' } });
    expect(read.report.notes).toMatchObject([{ code: 'texts-mended', values: { count: 2 } }]);
    // A file that two programs wrote.
    const mixed = Uint8Array.from([
      ...utf8('lon,lat,number,street\n13.4,52.5,1,Große Straße und Allee\n13.4,52.6,2,Fu'),
      0xdf,
      ...utf8('weg ß\n'),
    ]);
    const other = await readOnly({ 'a.csv': mixed }, { encoding: 'utf-8' });
    expect(addressesOf(other)).toEqual([
      '1 Große Straße und Allee @ 13.4000,52.5000',
      '2 Fußweg ß @ 13.4000,52.6000',
    ]);
  });

  it('decodes any text in any pieces as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 0x1ffff }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (codes, size) => {
          const plain = String.fromCodePoint(...codes).replace(/[\ufeff\p{Surrogate}]/gu, '');
          const bytes = utf8(plain);
          async function* pieces() {
            for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
          }
          let read = '';
          for await (const piece of decodeText(pieces(), 'utf-8')) read += piece;
          expect(read).toBe(plain);
          expect(decodeBytes(bytes, 'utf-8')).toBe(plain.replace(/^\ufeff/, ''));
        },
      ),
      { seed: 14, numRuns: 25 },
    );
  });

  it('gives no U+FFFD for any bytes that it takes for text of one byte a character or UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
        const bytes = Uint8Array.from(input);
        const text = decodeBytes(bytes, 'utf-8');
        const isThere =
          new TextDecoder('utf-8', { fatal: false }).decode(bytes).includes('\ufffd') &&
          input.join(',').includes('239,191,189');
        expect(text.includes('\ufffd') && !isThere).toBe(false);
        expect(detectEncoding(bytes).name).toBeTypeOf('string');
      }),
      { seed: 14, numRuns: 150 },
    );
  });
});
