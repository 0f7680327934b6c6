// Calls of the LRT protocol's client that few pages need. They load together, on demand.
import {
  type BoundingBox,
  type BulkRequest,
  type DurationEstimate,
  type GeoFeature,
  type HandoverRequest,
  type ItemPage,
  type ItemQuery,
  isRecord,
  LOG_LEVELS,
  type LogLine,
  type LogPage,
  type LogQuery,
  PREVIEW_CHANGES,
  type PreviewBillLine,
  type PreviewCount,
  type PreviewRemark,
  type TaskCounts,
  type TaskFilter,
  type TaskPreview,
  type TaskWaiting,
} from '../../../contract/index.ts';
import { type Connection, callJson } from '../../http.ts';
import type { CallOptions, SystemClient } from '../../SystemClient.ts';
import {
  anything,
  geometry,
  listOf,
  number,
  object,
  oneOf,
  optional,
  type Shape,
  taskError,
  taskSnapshot,
  text,
} from '../../shapes.ts';
import { waitFor } from '../../waitFor.ts';
import { item } from './eventShapes.ts';
import { exportFile } from './exportFile.ts';

const itemPage = object<ItemPage>({ items: listOf(item), nextAfter: optional(text) });

const logPage = object<LogPage>({
  lines: listOf(object<LogLine>({ at: text, level: oneOf(...LOG_LEVELS), message: text, attempt: number })),
  cursor: text,
  hasMore: oneOf(true, false),
});
/** Nobody but `waitingOf` reads a place, and it checks all of it. */
const isPlaces: Shape<Record<string, TaskWaiting>> = (value): value is Record<string, TaskWaiting> =>
  isRecord(value) && Object.values(value).every(isRecord);
const places = object<{ waiting: Record<string, TaskWaiting> }>({ waiting: isPlaces });
const byStatus = object<TaskCounts['byStatus']>({
  queued: number,
  running: number,
  succeeded: number,
  failed: number,
  cancelled: number,
});
const counts = object<TaskCounts>({ byStatus, others: number, isCapped: optional(oneOf<true>(true)) });

/** The map knows which kinds of geometry there are, as with features that a task sends. */
const feature: Shape<GeoFeature> = (value): value is GeoFeature =>
  isRecord(value) && text(value.id) && isRecord(value.properties) && geometry(value.geometry);
const box: Shape<BoundingBox> = (value): value is BoundingBox => listOf(number)(value) && value.length === 4;
const preview = object<TaskPreview>({
  refusal: optional(taskError),
  counts: listOf(object<PreviewCount>({ kind: text, change: oneOf(...PREVIEW_CHANGES), count: number })),
  bbox: optional(box),
  features: listOf(feature),
  featureTotal: number,
  bill: optional(
    listOf(
      object<PreviewBillLine>({
        item: text,
        unit: oneOf('piece', 'metre'),
        quantity: number,
        price: optional(number),
        cost: optional(number),
      }),
    ),
  ),
  currency: optional(text),
  remarks: listOf(object<PreviewRemark>({ code: text, message: text, details: optional(isRecord) })),
  duration: optional(object<DurationEstimate>({ lowSeconds: number, highSeconds: number, runs: number })),
  exactParams: optional(isRecord),
});

/** JSON leaves out the fields that are undefined. */
const searchOf = (query: object) => new URLSearchParams(JSON.parse(JSON.stringify(query)));

/** The calls, for a connection. `urlOf` gives the address of a task, and of what follows it there. */
export function moreCalls(
  connection: Connection,
  urlOf: (taskId: string | number, rest?: string) => string,
  client: Pick<SystemClient, 'streamTaskProgress'>,
) {
  const get = <T>(shape: Shape<T>, url: string, query: object, options?: CallOptions) =>
    callJson(connection, shape, 'GET', `${url}?${searchOf(query)}`, options);
  return {
    /** It changes nothing, so it may be repeated. */
    previewTask: (name: string, params: object, options?: CallOptions) =>
      callJson(connection, preview, 'POST', urlOf('preview'), {
        ...options,
        body: { name, params },
        again: true,
      }),
    exportTask: (taskId: string | number, request: HandoverRequest, options?: CallOptions) =>
      exportFile(connection, `${urlOf(taskId, '/export')}?${searchOf(request)}`, options),
    listItems: (taskId: string | number, query: ItemQuery = {}, options?: CallOptions) =>
      get(itemPage, urlOf(taskId, '/items'), query, options),
    listLog: (taskId: string | number, query: LogQuery = {}, options?: CallOptions) =>
      get(logPage, urlOf(taskId, '/log'), query, options),
    /** It may be repeated, so it is tried twice. */
    async clearTask(taskId: string | number, options?: CallOptions): Promise<void> {
      const url = urlOf(taskId, '/clear');
      await callJson(connection, anything, 'POST', url, { ...options, body: {}, again: true });
    },
    countTasks: (filter: TaskFilter = {}, options?: CallOptions) =>
      get(counts, urlOf('count'), filter, options),
    /** The key makes a second attempt safe where the first one may have arrived. */
    bulkTasks: (request: BulkRequest, options?: CallOptions) =>
      callJson(connection, taskSnapshot, 'POST', urlOf('bulk'), {
        ...options,
        body: { idempotencyKey: `${Math.random()}${Math.random()}`, ...request },
        again: true,
      }),
    waitingTasks: async (ids: readonly string[], options?: CallOptions) =>
      (await callJson(connection, places, 'POST', urlOf('waiting'), { ...options, body: { ids } })).waiting,
    waitFor: (taskId: string | number, options?: CallOptions) => waitFor(client, taskId, options),
  } satisfies Partial<SystemClient> & { waitFor: unknown };
}
