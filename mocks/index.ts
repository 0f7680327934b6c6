/**
 * The mock backend for plugin authors' tests, stories and demonstrations: the real backend in this page or process,
 * network faults at a switch, and a town to build in. Beside it what a task is written with.
 */

export type { RequestRoute } from '../backend/app.ts';
export type { Json } from '../backend/common/JsonText.ts';
export type { RunOfTask, Store, StoreTransaction } from '../backend/common/Store.ts';
export { TaskRefusal } from '../backend/common/TaskRefusal.ts';
export type { EventFormat } from '../backend/http/EventFormat.ts';
export { MemoryStore } from '../backend/network/MemoryStore.ts';
export type {
  DesignInfo,
  NetworkDataView,
  NetworkRecord,
  NetworkStore,
  NetworkTable,
  NetworkTransaction,
  NetworkWork,
  NewRecord,
  RecordChange,
} from '../backend/network/NetworkStore.ts';
export { parseLayer, parseTown, type TownData } from '../backend/network/TownData.ts';
export type { TownSource } from '../backend/network/TownSource.ts';
export {
  defineTables,
  type FeatureTable,
  type TableDefinition,
  type TableDraft,
  type TableName,
} from '../backend/network/tables.ts';
export {
  defineTask,
  type ParamsOf,
  type ProgressUpdate,
  type ResultOf,
  type TaskContext,
  type TaskControls,
  type TaskDefinition,
  type TaskDraft,
  type TasksOf,
} from '../backend/tasks/defineTask.ts';
export type { AnyLoggedEvent, EventReader } from '../backend/tasks/EventReader.ts';
export type { JsonOf } from '../backend/tasks/JsonOf.ts';
export type { EventHead, LoggedEvent } from '../backend/tasks/LoggedEvent.ts';
export {
  type MonitoredDecorator,
  type MonitoredDraft,
  type MonitoredTask,
  type MonitoredWork,
  monitoredTask,
  monitoredTasksOf,
} from '../backend/tasks/monitoredTask.ts';
export type { StandardSchemaV1 } from '../backend/tasks/standardSchema.ts';
export type {
  Caller,
  CursorFilter,
  EventFilter,
  TaskEngine,
  TaskKind,
  TaskQuery,
  WatchFilter,
} from '../backend/tasks/TaskEngine.ts';
export type { LoggedWatchEvent } from '../backend/tasks/watch/LoggedWatchEvent.ts';
export { blueprintOfGraph } from '../backend/workflows/blueprint/blueprintOfGraph.ts';
export { graphOfBlueprint } from '../backend/workflows/blueprint/graphOfBlueprint.ts';
export { defineWorkflow, type WorkflowDraft } from '../backend/workflows/define/defineWorkflow.ts';
export type { LinkDraft, NodeDraft, ServiceParams } from '../backend/workflows/define/linkTypes.ts';
export type { WorkflowGraphOf } from '../backend/workflows/define/WorkflowGraphOf.ts';
export type {
  BoundingBox,
  EnqueueRequest,
  GeoFeature,
  Geometry,
  ItemFailure,
  ItemPage,
  ItemQuery,
  ItemSummary,
  Position,
  RetryRequest,
  TaskError,
  TaskEvent,
  TaskEventType,
  TaskFilter,
  TaskItem,
  TaskPage,
  TaskProgress,
  TaskSnapshot,
  TaskWaiting,
  WatchEvent,
  WorkflowGraph,
  WorkflowLink,
  WorkflowNode,
  WorkflowParams,
  WorkflowResult,
} from '../src/contract/index.ts';
export { createMockBackend, type MockBackend, type MockBackendOptions } from './createMockBackend.ts';
export { duplicates } from './scenarios/duplicates.ts';
export { failAt } from './scenarios/failAt.ts';
export { htmlInsteadOfStream } from './scenarios/htmlInsteadOfStream.ts';
export { type ScenarioName, scenarios } from './scenarios/index.ts';
export { latency } from './scenarios/latency.ts';
export { lostCursor } from './scenarios/lostCursor.ts';
export { outOfOrder } from './scenarios/outOfOrder.ts';
export { rateLimited } from './scenarios/rateLimited.ts';
export {
  type BackendFetch,
  combine,
  type ProgressInfo,
  type Scenario,
  type ScenarioContext,
  type ScenarioHooks,
} from './scenarios/Scenario.ts';
export { serverErrorOnEnqueue } from './scenarios/serverErrorOnEnqueue.ts';
export { stall } from './scenarios/stall.ts';
export { streamCut } from './scenarios/streamCut.ts';
export { timesOut } from './scenarios/timesOut.ts';
export { REFRESHED_TOKEN, unauthorizedThenRefresh } from './scenarios/unauthorizedThenRefresh.ts';
export { generateTown, type TownOptions } from './town/generateTown.ts';
export {
  type ConnectAreaOptions,
  connectAreaTasks,
  connectAreaWorkflow,
} from './workflows/connectAreaWorkflow.ts';
