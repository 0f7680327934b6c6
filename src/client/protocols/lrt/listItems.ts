// Reads the items of a task, for the client of the LRT protocol. Few pages need it, so it loads on demand.
import type { ItemPage, ItemQuery } from '../../../contract/index.ts';
import { type Connection, callJson } from '../../http.ts';
import type { CallOptions } from '../../SystemClient.ts';
import { listOf, object, optional, text } from '../../shapes.ts';
import { item } from './eventShapes.ts';

const itemPage = object<ItemPage>({ items: listOf(item), nextAfter: optional(text) });

/** A page of the items at this address. See `SystemClient.listItems`. */
export function listItems(
  connection: Connection,
  url: string,
  query: ItemQuery = {},
  options?: CallOptions,
): Promise<ItemPage> {
  // JSON leaves out the fields that are undefined.
  const search = new URLSearchParams(JSON.parse(JSON.stringify(query)));
  return callJson(connection, itemPage, 'GET', `${url}?${search}`, options);
}
