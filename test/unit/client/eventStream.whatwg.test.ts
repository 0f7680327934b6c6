import { describe, expect, it, vi } from 'vitest';
import { openEventStream } from '../../../src/client/index.ts';
import { bytesOf, dispatched, streamOf } from '../../support/client/streamOf.ts';

/**
 * The parsing rules of https://html.spec.whatwg.org/multipage/server-sent-events.html, as openEventStream keeps them.
 * What is expected is written as [event, data, id].
 */
type Expected = [event: string, data: string, id: string];

const corpus: [name: string, text: string, expected: Expected[], lastEventId?: string][] = [
  ['one event', 'data: a\n\n', [['message', 'a', '']]],
  [
    'several events',
    'data: a\n\ndata: b\n\n',
    [
      ['message', 'a', ''],
      ['message', 'b', ''],
    ],
  ],
  ['lines ended by CR', 'data: a\r\r', [['message', 'a', '']]],
  ['lines ended by CRLF', 'data: a\r\n\r\n', [['message', 'a', '']]],
  [
    'mixed line ends',
    'data: a\rdata: b\r\ndata: c\n\rdata: d\n\n',
    [
      ['message', 'a\nb\nc', ''],
      ['message', 'd', ''],
    ],
  ],
  ['several data lines are joined', 'data: a\ndata: b\n\n', [['message', 'a\nb', '']]],
  ['one space after the colon is dropped, no more', 'data:a\ndata:  b\n\n', [['message', 'a\n b', '']]],
  ['a tab is no space', 'data:\ta\n\n', [['message', '\ta', '']]],
  ['an empty data line', 'data\n\n', [['message', '', '']]],
  ['two empty data lines', 'data\ndata:\n\n', [['message', '\n', '']]],
  ['data with colons', 'data: {"a":"b:c"}\n\n', [['message', '{"a":"b:c"}', '']]],
  ['a name', 'event: progress\ndata: a\n\n', [['progress', 'a', '']]],
  ['an empty name is message', 'event:\ndata: a\n\n', [['message', 'a', '']]],
  ['the last name counts', 'event: a\nevent: b\ndata: x\n\n', [['b', 'x', '']]],
  [
    'a name is good for one event only',
    'event: a\ndata: x\n\ndata: y\n\n',
    [
      ['a', 'x', ''],
      ['message', 'y', ''],
    ],
  ],
  ['a name without data is nothing', 'event: a\n\ndata: x\n\n', [['message', 'x', '']]],
  ['comments', ': hello\n:\ndata: a\n: more\n\n:\n\n', [['message', 'a', '']]],
  ['unknown fields', 'foo: bar\nDATA: x\n data: y\ndata: a\n\n', [['message', 'a', '']]],
  ['blank lines alone', '\n\n\ndata: a\n\n\n\n', [['message', 'a', '']]],
  ['an id', 'id: 7\ndata: a\n\n', [['message', 'a', '7']], '7'],
  [
    'an id stays for the events after it',
    'id: 7\ndata: a\n\ndata: b\n\n',
    [
      ['message', 'a', '7'],
      ['message', 'b', '7'],
    ],
    '7',
  ],
  [
    'an empty id resets',
    'id: 7\ndata: a\n\nid\ndata: b\n\n',
    [
      ['message', 'a', '7'],
      ['message', 'b', ''],
    ],
    '',
  ],
  ['an id with NULL is ignored', 'id: 7\n\nid: 8\u00009\ndata: a\n\n', [['message', 'a', '7']], '7'],
  ['an id without data is kept', 'id: 7\n\n', [], '7'],
  ['an id that is not text of numbers', 'id: ünï 🎯\ndata: a\n\n', [['message', 'a', 'ünï 🎯']], 'ünï 🎯'],
  ['what the end cuts off is dropped', 'id: 7\ndata: a\n\nid: 8\ndata: b\n', [['message', 'a', '7']], '7'],
  ['what the end cuts off within a line is dropped', 'data: a\n\ndata: b', [['message', 'a', '']]],
  ['one byte order mark is stripped', '\uFEFFdata: a\n\n', [['message', 'a', '']]],
  [
    'a second byte order mark belongs to the field name',
    '\uFEFF\uFEFFdata: a\n\ndata: b\n\n',
    [['message', 'b', '']],
  ],
  ['a byte order mark later on is data', 'data: \uFEFFa\n\n', [['message', '\uFEFFa', '']]],
  ['characters of two, three and four bytes', 'data: ñ€🎯\n\n', [['message', 'ñ€🎯', '']]],
  [
    'names of Object.prototype are names like others',
    'event: __proto__\ndata: a\n\n',
    [['__proto__', 'a', '']],
  ],
];

function asExpected({ events }: Awaited<ReturnType<typeof dispatched>>): Expected[] {
  return events.map(({ event, data, id }) => [event, data, id]);
}

describe.each(corpus)('%s', (_name, text, expected, lastEventId = '') => {
  it('in one chunk', async () => {
    const result = await dispatched(text);
    expect(asExpected(result)).toEqual(expected);
    expect(result.lastEventId).toBe(lastEventId);
  });

  it('byte by byte', async () => {
    const bytes = bytesOf(text);
    const result = await dispatched(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(asExpected(result)).toEqual(expected);
    expect(result.lastEventId).toBe(lastEventId);
  });

  it('cut in two at every byte', async () => {
    const bytes = bytesOf(text);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const result = await dispatched(bytes.slice(0, cut), bytes.slice(cut));
      expect(asExpected(result), `cut after ${cut} bytes`).toEqual(expected);
    }
  });
});

it('takes bytes that are no UTF-8 as replacement characters', async () => {
  const { events } = await dispatched('data: a', Uint8Array.of(0xff), 'b\n\n');
  expect(events).toEqual([{ event: 'message', data: 'a\uFFFDb', id: '' }]);
});

describe('retry:', () => {
  it.each([
    ['retry: 3000\n\n', 3000],
    ['retry:3000\n', 3000],
    ['retry: 3000ms\n\n', undefined],
    ['retry: -1\n\n', undefined],
    ['retry: 3.5\n\n', undefined],
    ['retry\n\n', undefined],
  ])('%j', async (text, floor) => {
    vi.useFakeTimers();
    try {
      const delays: number[] = [];
      const stream = openEventStream('http://stream.test/', {
        fetch: async () => streamOf(text),
        onEvent() {},
        onConnection(state) {
          if (state.state === 'reconnecting') delays.push(state.retryAt - Date.now());
        },
      });
      await vi.waitFor(() => expect(delays).toHaveLength(1));
      stream.close();
      if (floor === undefined) expect(delays[0]).toBeLessThanOrEqual(100);
      else {
        expect(delays[0]).toBeGreaterThanOrEqual(floor);
        expect(delays[0]).toBeLessThanOrEqual(floor * 1.5);
      }
    } finally {
      vi.useRealTimers();
    }
  });
});
