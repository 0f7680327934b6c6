import { expect, test } from 'vitest';
import { isRecordGone } from '../../../../harness/identify/readFacts.ts';

const answering = (status: number) => async () => new Response('{}', { status });

test('a record is gone where the backend says so, and not where it fails to answer (nextgisweb #688, Roam #101, nunaliit #598)', async () => {
  const asked: string[] = [];
  const ask = async (url: string) => {
    asked.push(url);
    return new Response('{}', { status: 404 });
  };
  expect(await isRecordGone(ask, '/lrt', 'wall_box/3', 'design/A & B')).toBe(true);
  expect(asked).toEqual(['/lrt/features/wall_box/3?design=design%2FA%20%26%20B']);
  expect(await isRecordGone(answering(200), '', 'wall_box/3', undefined)).toBe(false);
  expect(await isRecordGone(answering(500), '', 'wall_box/3', undefined)).toBe(false);
  expect(await isRecordGone(() => Promise.reject(new Error('offline')), '', 'wall_box/3', undefined)).toBe(
    false,
  );
  // Features of other plugins are no records of the network.
  expect(await isRecordGone(answering(404), '', 'my_layer/../x', undefined)).toBe(false);
});
