export type {
  BuiltSummary,
  BulkAction,
  BulkRequest,
  BulkResult,
  GeoFeature,
  ItemFailure,
  ItemPage,
  ItemQuery,
  ItemSummary,
  LogLevel,
  LogLine,
  LogPage,
  LogQuery,
  NodesToRetry,
  ParameterProblem,
  RetryRequest,
  TaskCounts,
  TaskError,
  TaskEvent,
  TaskFilter,
  TaskItem,
  TaskPage,
  TaskProgress,
  TaskSnapshot,
  TaskStatus,
  TaskWaiting,
  WaitingReason,
  WorkflowGraph,
  WorkflowLink,
  WorkflowNode,
  WorkflowParams,
  WorkflowResult,
} from '../contract/index.ts';
export { BULK_TASK } from '../contract/index.ts';
export {
  type EventStream,
  type EventStreamHandlers,
  type EventStreamOptions,
  openEventStream,
  type StreamEvent,
} from './eventStream.ts';
export type { Connection, Source } from './http.ts';
export type { StateWords } from './known/snapshotOf.ts';
export {
  type ControlClient,
  type ControlClientOptions,
  createControlClient,
} from './protocols/control/createControlClient.ts';
export { createTaskClient, type TaskClientOptions } from './protocols/lrt/createTaskClient.ts';
export {
  createReflexClient,
  type ReflexClient,
  type ReflexClientOptions,
  type ReflexCommands,
} from './protocols/reflex/createReflexClient.ts';
export type { WebSocketClass, WebSocketLike } from './protocols/reflex/prepareSocket.ts';
export type {
  CallOptions,
  ConnectionState,
  EnqueueOptions,
  ExportedFile,
  ListQuery,
  SystemClient,
  TaskHandlers,
  TaskRef,
  TaskStream,
  WatchHandlers,
  WatchOptions,
} from './SystemClient.ts';
export type { AnyTasks, StartedTask, TaskClient, TaskId, TaskType } from './TaskClient.ts';
export { isTaskClientError, TaskClientError } from './TaskClientError.ts';
export { waitingOf } from './waitingOf.ts';
