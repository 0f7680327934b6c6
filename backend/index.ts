export { type Backend, type BackendOptions, createBackend } from './app.ts';
export { customerConnectionTask } from './definitions/customerConnection.ts';
export { MemoryStore } from './network/MemoryStore.ts';
export {
  type DesignInfo,
  FEATURE_TABLES,
  type FeatureTable,
  type NetworkDataView,
  type NetworkRecord,
  type NetworkStore,
  type NetworkTable,
  type NetworkTransaction,
  type NewRecord,
  TABLES,
  type TableName,
} from './network/NetworkStore.ts';
export { parseLayer, parseTown, type TownData } from './network/TownData.ts';
export { defineTask, type TaskContext, type TaskDefinition, type TaskDraft } from './tasks/defineTask.ts';
export { EmbeddedEngine, type EmbeddedEngineOptions } from './tasks/EmbeddedEngine.ts';
export type { StandardSchemaIssue, StandardSchemaResult, StandardSchemaV1 } from './tasks/standardSchema.ts';
export type { Caller, EventFilter, TaskEngine, TaskQuery } from './tasks/TaskEngine.ts';
export type { TaskJournal, TaskRecord } from './tasks/TaskJournal.ts';
export { TaskRefusal } from './tasks/TaskRefusal.ts';
export type { ProgressInfo } from './tasks/TaskRun.ts';
