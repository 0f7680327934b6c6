import { describe, expect, test } from 'vitest';
import { openData } from '../../../../backend/data/openData.ts';
import { reason } from '../../../../backend/data/reasons.ts';
import { surveyLayers } from '../../../../backend/intake/surveyLayers.ts';
import { reasonText } from '../../../../harness/data/reasonText.ts';
import { refusalOf } from '../../../../harness/data/refusalOf.ts';

// That each pack has words for every code, with the same placeholders, is in test/unit/locales/packs.test.ts.

describe('the reason why something of a file cannot be used', () => {
  test('is said in the words and the numbers of the user', () => {
    const tooMany = reason('too-many-positions', { limit: 1_000_000 });
    expect(reasonText(tooMany, 'en')).toBe('has more than 1,000,000 positions; simplify it');
    expect(reasonText(tooMany, 'de')).toBe('hat mehr als 1.000.000 Positionen; vereinfachen Sie es');
    expect(reasonText(reason('street-missing-at-first', { filled: 12, of: 1000 }), 'fr')).toBe(
      `12 des ${(1000).toLocaleString('fr')} premiers ont un nom de rue`,
    );
  });

  test('writes an EPSG code without a separator of thousands', () => {
    const guess = reason('crs-guessed', { crs: 'DHDN / 3-degree Gauss-Kruger zone 3', epsg: '31467' });
    expect(reasonText(guess, 'de')).toContain('(EPSG:31467)');
  });

  test('isolates names and places in Arabic, so that two numbers do not change places', () => {
    const outside = reason('outside-crs', { position: '[13.4, 52.5]', crs: 'Amersfoort / RD New' });
    expect(reasonText(outside, 'ar')).toContain('\u2066[13.4, 52.5]\u2069');
    expect(reasonText(outside, 'ar')).toContain('\u2068Amersfoort / RD New\u2069');
  });

  test('does not read what a file holds as a placeholder', () => {
    expect(reasonText(reason('not-json', { text: '{text} {' }), 'ja')).toContain('{text} {');
  });

  test('is in English where a newer reader gives a code without words', () => {
    expect(reasonText({ code: 'constructor', values: {}, text: 'is odd; mend it' }, 'de')).toBe(
      'is odd; mend it',
    );
  });
});

test('layers that lie apart are named in the language, with the places of both', async () => {
  const point = (x: number, y: number) => new Blob([JSON.stringify({ type: 'Point', coordinates: [x, y] })]);
  const files = [
    { name: 'addresses.geojson', blob: point(13.4, 52.5) },
    { name: 'poles.geojson', blob: point(52.5, 13.4) },
  ];
  const { layers } = await openData(files);
  const chosen = layers.map((layer, i) => ({
    layer,
    mapping: {
      ...layer.suggestion,
      kind: i === 0 ? ('addresses' as const) : ('poles' as const),
      swapAxes: false,
    },
  }));
  const refused = refusalOf(await surveyLayers(files, chosen).catch((error: unknown) => error));
  expect(refused).toMatchObject({ code: 'layers-swapped' });
  expect(typeof refused === 'string' ? refused : reasonText(refused, 'de')).toBe(
    'Masten: liegt bei [52.500, 13.400], aber Adressen bei [13.400, 52.500]; bei einem von beiden steht die Breite zuerst: Drehen Sie die Achsen jener Ebene',
  );
});
