import { afterEach, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type { Store, StoreTransaction } from '../../../../backend/common/Store.ts';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { customerConnectionTask } from '../../../../backend/definitions/customerConnection.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';

// An engine on a store that has no fibre network: its unit of work is a shelf of orders.

interface OrderWork {
  orders: { place(order: string): void; all(): string[] };
}

class OrderStore implements Store<OrderWork> {
  placed: string[] = [];

  begin(): StoreTransaction<OrderWork> {
    const own: string[] = [];
    return {
      work: { orders: { place: (order) => own.push(order), all: () => [...this.placed, ...own] } },
      commit: async () => {
        this.placed.push(...own);
      },
      rollback: () => {
        own.length = 0;
      },
    };
  }
}

const orderTask = defineTask<{ order: string; fail?: boolean }, { orders: number }, OrderWork>({
  name: 'place_order',
  params: z.strictObject({ order: z.string(), fail: z.boolean().optional() }),
  async check({ order }, { orders }) {
    if (!orders.all().includes(order)) return;
    throw new TaskRefusal({ code: 'invalid-params', message: `"${order}" was ordered already` });
  },
  async execute({ order, fail }, { orders, progress }) {
    await progress({ percent: 50, message: 'Placing' });
    orders.place(order);
    if (fail) throw new Error('The shop is closed');
    return { orders: orders.all().length };
  },
});

const CALLER = { owner: 'anna' };
let engine: EmbeddedEngine<OrderWork> | undefined;

afterEach(() => engine?.close());

async function endOf(running: EmbeddedEngine<OrderWork>, id: string) {
  let last: unknown;
  for await (const event of running.events({ cursors: { [id]: null } }, { caller: CALLER })) last = event;
  return last;
}

test('a task works on the unit of work of its own store, which the engine commits or drops', async () => {
  const store = new OrderStore();
  const running = new EmbeddedEngine({ definitions: [orderTask], store });
  engine = running;
  const first = await running.enqueue({ name: 'place_order', params: { order: 'cable' } }, CALLER);
  expect(await endOf(running, first.task.id)).toMatchObject({ type: 'succeeded', result: { orders: 1 } });
  const failing = await running.enqueue(
    { name: 'place_order', params: { order: 'drum', fail: true } },
    CALLER,
  );
  expect(await endOf(running, failing.task.id)).toMatchObject({
    type: 'failed',
    error: { message: 'The shop is closed' },
  });
  expect(store.placed).toEqual(['cable']);
  const again = running.enqueue({ name: 'place_order', params: { order: 'cable' } }, CALLER);
  await expect(again).rejects.toThrow('"cable" was ordered already');
});

test('the compiler refuses a definition that needs work which the store does not give', () => {
  const make = () =>
    new EmbeddedEngine({
      // @ts-expect-error the shipped task needs a network
      definitions: [customerConnectionTask],
      store: new OrderStore(),
    });
  expectTypeOf(make).toBeFunction();
});
