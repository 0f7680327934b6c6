import { describe, expect, test } from 'vitest';
import { checkLog, checkProgress } from '../../../../backend/tasks/checkSaid.ts';

// Everything that a task's context takes, with ten kinds of values that are wrong there: each is refused with a TypeError
// that names the call and the field, and none is let through.

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const KINDS: [string, unknown][] = [
  ['text', 'a lot'],
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a boolean', true],
  ['a bigint', 7n],
  ['an object', { value: 1 }],
  ['an array', [1]],
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['a date', new Date(0)],
];

const feature = (change: object) => ({
  type: 'Feature',
  id: 'pole/1',
  geometry: { type: 'Point', coordinates: [10, 50] },
  properties: { table: 'pole' },
  ...change,
});
const point = (coordinates: unknown) => ({ type: 'Point', coordinates });

/** By field: the update with the value in that place, and which kinds are right there. */
const FIELDS: [field: string, update: (value: unknown) => unknown, right: string[]][] = [
  ['its argument', (value) => value, ['an object', 'a date']],
  ['"percent"', (percent) => ({ percent }), []],
  ['"step"', (step) => ({ step }), []],
  ['"stepCount"', (stepCount) => ({ stepCount }), []],
  ['"done"', (done) => ({ done }), []],
  ['"total"', (total) => ({ total }), []],
  ['"message"', (message) => ({ message }), ['text']],
  ['"features"', (features) => ({ features }), ['an array']],
  ['"features[0]"', (value) => ({ features: [value] }), []],
  ['"features[0].id"', (id) => ({ features: [feature({ id })] }), ['text']],
  ['"features[0].geometry"', (geometry) => ({ features: [feature({ geometry })] }), []],
  ['"features[0].geometry"', (value) => ({ features: [feature({ geometry: point(value) })] }), []],
  ['"features[0].geometry"', (value) => ({ features: [feature({ geometry: point([value, 50]) })] }), []],
  [
    '"features[0].properties"',
    (properties) => ({ features: [feature({ properties })] }),
    ['an object', 'a date'],
  ],
  [
    '"features[0].properties.table"',
    (table) => ({ features: [feature({ properties: { table } })] }),
    ['text'],
  ],
  ['"items"', (items) => ({ items }), ['an array']],
  ['"items[0]"', (value) => ({ items: [value] }), ['an object', 'a date']],
  ['"items[0].id"', (id) => ({ items: [{ id, ok: true }] }), ['text']],
  ['"items[0].ok"', (ok) => ({ items: [{ id: 'a', ok }] }), ['a boolean']],
  ['"items[0].code"', (code) => ({ items: [{ id: 'a', code, message: 'm' }] }), ['text']],
  ['"items[0].message"', (message) => ({ items: [{ id: 'a', code: 'c', message }] }), ['text']],
  ['"items[0].geometry"', (geometry) => ({ items: [{ id: 'a', code: 'c', message: 'm', geometry }] }), []],
];

describe('progress()', () => {
  for (const [field, update, right] of FIELDS) {
    test.each(KINDS.filter(([kind]) => !right.includes(kind)))(`refuses as ${field}: %s`, (_, value) => {
      const said = () => checkProgress(update(value));
      expect(said).toThrow(TypeError);
      expect(said).toThrow(`progress(): ${field} must be `);
    });
  }

  test('refuses features that are no JSON, and names them', () => {
    for (const value of [7n, cyclic]) {
      const said = () => checkProgress({ features: [feature({ properties: { table: 'pole', value } })] });
      expect(said).toThrow(/progress\(\): "features\[0\]" must be JSON/);
    }
  });

  test('refuses ids and codes that are empty or too long', () => {
    for (const id of ['', 'x'.repeat(201)]) {
      expect(() => checkProgress({ items: [{ id, ok: true }] })).toThrow(
        '"items[0].id" must be text of 1 to 200',
      );
    }
    const long = { id: 'a', code: 'x'.repeat(101), message: 'm' };
    expect(() => checkProgress({ items: [long] })).toThrow('"items[0].code" must be text of 1 to 100');
  });

  test('takes what is right, cuts long messages of items, and keeps no more of an item than it is', () => {
    const update = {
      percent: 50.5,
      step: null,
      stepCount: 3,
      message: 'half',
      done: 1,
      total: 2,
      features: [feature({ geometry: { type: 'MultiPoint', coordinates: [[1, 2, 3]] } })],
      items: [
        { id: 'a', ok: true, secret: 1 },
        { id: 'b', ok: false, code: 'c', message: 'm'.repeat(600), geometry: point([1, 2]) },
      ],
    };
    const checked = checkProgress(update);
    expect(checked).toMatchObject({
      ...update,
      features: update.features.map((each) => ({ feature: each, text: JSON.stringify(each) })),
      items: [
        { id: 'a', ok: true },
        { id: 'b', code: 'c' },
      ],
    });
    expect(checked.items?.[0]).toEqual({ id: 'a', ok: true });
    expect(checked.items?.[1]).toMatchObject({ message: `${'m'.repeat(499)}…`, geometry: point([1, 2]) });
    expect(checkProgress({ percent: undefined })).toEqual({});
  });
});

describe('log()', () => {
  test.each([...KINDS, ['nothing', undefined]])('refuses as level: %s', (_, level) => {
    expect(() => checkLog(level, 'message')).toThrow(
      /^log\(\): "level" must be 'info' or 'warning' or 'error'/,
    );
  });

  test.each([...KINDS.slice(1), ['nothing', undefined], ['null', null]])(
    'refuses as message: %s',
    (_, message) => {
      expect(() => checkLog('info', message)).toThrow(/^log\(\): "message" must be text, not /);
    },
  );

  test('takes its three levels', () => {
    for (const level of ['info', 'warning', 'error']) expect(() => checkLog(level, 'message')).not.toThrow();
  });
});
