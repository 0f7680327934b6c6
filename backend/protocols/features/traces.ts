import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { parseText } from '../../http/fields.ts';
import { readQuery } from '../../http/query.ts';
import type { NetworkRecord, NetworkStore } from '../../network/NetworkStore.ts';
import { relateFeature } from '../../network/tracing/relateFeature.ts';
import { traceFeature } from '../../network/tracing/traceFeature.ts';
import type { Handler, ProtocolCall } from '../Protocol.ts';

type TraceRoute = 'GET /features/:table/:id/trace' | 'GET /features/:table/:id/related';

/** Answers where the fibres of a feature go, and what it is connected to: maps ask it to explain a feature. */
export function traceHandlers(store: NetworkStore): Record<TraceRoute, Handler> {
  const answer =
    <T>(ask: (store: NetworkStore, record: NetworkRecord, design: string | null) => Promise<T>): Handler =>
    async (call) => {
      const { record, design } = await recordOf(call, store);
      return Response.json(await ask(store, record, design), { headers: { 'Cache-Control': 'no-store' } });
    };
  return {
    'GET /features/:table/:id/trace': answer(traceFeature),
    'GET /features/:table/:id/related': answer(relateFeature),
  };
}

/** The record of the path in the design of the query. Throws 'unknown-table', 'design-not-found' and 'record-not-found'. */
async function recordOf(
  { request, param }: ProtocolCall,
  store: NetworkStore,
): Promise<{ record: NetworkRecord; design: string | null }> {
  const { design: text } = readQuery(request, ['design']);
  const design = parseText(text, 'design', 200) ?? null;
  const { name: table } = store.tables.get(param('table'), { streets: design === null });
  const id = param('id');
  const values = /^[1-9]\d{0,15}$/.test(id) ? [Number(id)] : [];
  const [record] = await store.records({ table, design, where: { property: 'id', values }, limit: 1 });
  if (record) return { record, design };
  throw new TaskRefusal({
    code: 'record-not-found',
    message: `There is no ${table}/${id.slice(0, 50)} in ${design ?? 'master'}`,
    details: { design },
  });
}
