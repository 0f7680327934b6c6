// Calls of the LRT protocol's client that few pages need. They load together, on demand.
import type { ItemPage, ItemQuery } from '../../../contract/index.ts';
import { type Connection, callJson } from '../../http.ts';
import type { CallOptions, SystemClient } from '../../SystemClient.ts';
import { anything, listOf, object, optional, type Shape, text } from '../../shapes.ts';
import { waitFor } from '../../waitFor.ts';
import { item } from './eventShapes.ts';

const itemPage = object<ItemPage>({ items: listOf(item), nextAfter: optional(text) });

/** The calls, for a connection. `urlOf` gives the address of a task, and of what follows it there. */
export function moreCalls(connection: Connection, urlOf: (taskId: string | number, rest: string) => string) {
  const get = <T>(shape: Shape<T>, url: string, query: object, options?: CallOptions) =>
    // JSON leaves out the fields that are undefined.
    callJson(
      connection,
      shape,
      'GET',
      `${url}?${new URLSearchParams(JSON.parse(JSON.stringify(query)))}`,
      options,
    );
  return {
    listItems: (taskId: string | number, query: ItemQuery = {}, options?: CallOptions) =>
      get(itemPage, urlOf(taskId, '/items'), query, options),
    /** It may be repeated, so it is tried twice. */
    async clearTask(taskId: string | number, options?: CallOptions): Promise<void> {
      const url = urlOf(taskId, '/clear');
      await callJson(connection, anything, 'POST', url, { ...options, body: {}, again: true });
    },
    waitFor,
  } satisfies Partial<SystemClient> & { waitFor: unknown };
}
