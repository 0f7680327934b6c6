import { expect, test } from 'vitest';
import { readResult } from '../../../../harness/table/readResult.ts';
import { TaskClientError } from '../../../../src/client/TaskClientError.ts';

const { signal } = new AbortController();
const box = (id: number) => ({
  type: 'Feature',
  id: `wall_box/${id}`,
  geometry: { type: 'Point', coordinates: [10.1, 48.8] },
  properties: { table: 'wall_box', name: null },
});
const page = (ids: number[], next?: string) => {
  const body = { features: ids.map(box), links: next === undefined ? [] : [{ rel: 'next', href: next }] };
  const response = Response.json(body);
  Object.defineProperty(response, 'url', { value: 'http://host/features' });
  return response;
};
const csv = (text: string) => ({
  exportTask: async () => ({ name: 'a.csv', blob: new Blob([text]) }),
});
const HEAD =
  'address_urn,address,longitude_deg,latitude_deg,served,structure,splitter,splitter_port,drop_m,loss_db';

test('all pages of a run are listed (lizmap-web-client #494), after the addresses with their splitter and drop', async () => {
  const ask = async (url: string) => (url.includes('after') ? page([2]) : page([1], '/features?after=1'));
  const system = csv(
    `\ufeff${HEAD}\r\naddress/7,"Mill Lane 1, rear",10.2,48.9,true,P-1,SP1,4,14.4,19.9\r\naddress/8,,10.2,48.9,false,,,,,\r\naddress/9,,,,,,,,,\r\n`,
  );
  const { features, isCut } = await readResult(ask, '', system, 'task 1', signal);
  expect(isCut).toBe(false);
  expect(features.map(({ id }) => id)).toEqual(['address/7', 'address/8', 'wall_box/1', 'wall_box/2']);
  expect(features[0]?.properties).toEqual({
    table: 'address',
    name: 'Mill Lane 1, rear',
    root_housing: 'P-1',
    splitter: 'SP1 · 4',
    drop_metres: 14.4,
    loss_db: 19.9,
  });
  expect(features[1]?.properties).toEqual({ table: 'address', served: false });
});

test('a run that has stored nothing is an empty list, one without addresses lists the rest, an unknown one is refused, and a lost connection is no list', async () => {
  expect(await readResult(async () => page([]), '', csv(HEAD), '1', signal)).toEqual({
    features: [],
    isCut: false,
  });
  const failing = (status?: number) => ({
    exportTask: () =>
      Promise.reject(new TaskClientError({ code: 'x', message: 'x', ...(status && { status }) })),
  });
  const refused = failing(409);
  expect((await readResult(async () => page([1]), '', refused, '1', signal)).features).toHaveLength(1);
  for (const status of [undefined, 429, 503])
    await expect(readResult(async () => page([1]), '', failing(status), '1', signal)).rejects.toThrow('x');
  const gone = async () => new Response('{}', { status: 404 });
  await expect(readResult(gone, '', undefined, '1', signal)).rejects.toThrow('404');
});
