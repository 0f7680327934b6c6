// Tests that what the host's own client can do beside starting and following tasks reaches the plugin.
import { describe, expect, test, vi } from 'vitest';
import type { TaskSnapshot } from '../../../../src/contract/index.ts';
import { hostSystem } from '../../../../src/hosts/myworld/hostSystem.ts';

const required = { enqueueTask: () => ({ id: 1 }), streamTaskProgress: () => ({ close() {} }) };
const task: TaskSnapshot = {
  id: 't-1',
  name: 'pole_report_task',
  queue: 'default',
  status: 'running',
  progress: { percent: null, step: null, message: '' },
  params: {},
  owner: 'mara',
  tags: [],
  createdAt: '2026-03-01T08:00:00Z',
  attempt: 1,
  seq: 1,
};
const byStatus = { queued: 1, running: 2, succeeded: 3, failed: 4, cancelled: 5 };

/** What the host is asked, what it answers, and an answer that is none. */
const CALLS = {
  getTask: { args: ['t-1', {}], answer: task, wrong: { status: 'running' } },
  waitingTasks: {
    args: [['t-1']],
    answer: { 't-1': { reason: 'no-worker', queue: 'default' } },
    wrong: ['t-1'],
  },
  listItems: { args: ['t-1', { ok: false }], answer: { items: [] }, wrong: [] },
  listLog: { args: ['t-1', { limit: 5 }], answer: { lines: [], cursor: '', hasMore: false }, wrong: 'none' },
  countTasks: {
    args: [{ owner: 'me' }],
    answer: { byStatus, others: 0 },
    wrong: { byStatus: {}, others: 0 },
  },
  exportTask: {
    args: ['t-1', { format: 'gpkg' }],
    answer: { name: 'a.gpkg', blob: new Blob() },
    wrong: { name: 'a.gpkg' },
  },
  previewTask: {
    args: ['label_poles', { design: 'design/North' }],
    answer: { counts: [], features: [], featureTotal: 0, remarks: [] },
    wrong: { counts: 3 },
  },
  bulkTasks: { args: [{ action: 'clear', ids: ['t-1'] }], answer: { id: 'bulk-1' }, wrong: {} },
} as const;
type Method = keyof typeof CALLS;

/** Calls a method of the plugin's client, whatever its parameters are. */
const call = (host: object, method: string, args: readonly unknown[]): Promise<unknown> => {
  const client = hostSystem(host);
  const found: unknown = client && Reflect.get(client, method);
  if (typeof found !== 'function') throw new Error(`The client has no ${method}`);
  return Reflect.apply(found, client, [...args]);
};

describe.each(Object.keys(CALLS) as Method[])('%s', (method) => {
  const { args, answer, wrong } = CALLS[method];

  test('is passed on with its arguments, and with the host as `this`', async () => {
    const host = {
      ...required,
      seen: [] as unknown[],
      [method](this: { seen: unknown[] }, ...given: unknown[]) {
        this.seen.push(given);
        return answer;
      },
    };
    expect(await call(host, method, args)).toEqual(answer);
    expect(host.seen).toEqual([args]);
  });

  test('is absent where the host has none, and there once it has', () => {
    const host: Record<string, unknown> = { ...required };
    const client = hostSystem(host);
    expect(client?.[method]).toBeUndefined();
    host[method] = () => answer;
    expect(client?.[method]).toBeTypeOf('function');
  });

  test('that answers something else is an error that names it', async () => {
    await expect(call({ ...required, [method]: () => wrong }, method, args)).rejects.toThrow(method);
  });

  test('that the host refuses is refused with its reason and code', async () => {
    const refuse = () => Promise.reject({ code: 'forbidden', message: 'Not yours' });
    await expect(call({ ...required, [method]: refuse }, method, args)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Not yours',
    });
  });
});

test('a task is cleared by the host, whatever it answers', async () => {
  const clearTask = vi.fn(() => 'gone');
  expect(hostSystem({ ...required })?.clearTask).toBeUndefined();
  expect(await hostSystem({ ...required, clearTask })?.clearTask?.('t-1')).toBeUndefined();
  expect(clearTask).toHaveBeenCalledWith('t-1');
});
