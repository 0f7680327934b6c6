/** Everything that an author needs to write tasks for `lrt-server --tasks FILE`. */

export { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
export type {
  DesignInfo,
  NetworkDataView,
  NetworkRecord,
  NetworkTable,
  NetworkTransaction,
  NetworkWork,
  NewRecord,
  RecordChange,
} from '../../backend/network/NetworkStore.ts';
export {
  defineTables,
  type TableDefinition,
  type TableDraft,
  type TableName,
} from '../../backend/network/tables.ts';
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
} from '../../backend/tasks/defineTask.ts';
export type { JsonOf } from '../../backend/tasks/JsonOf.ts';
export {
  type MonitoredDecorator,
  type MonitoredDraft,
  type MonitoredTask,
  type MonitoredWork,
  monitoredTask,
  monitoredTasksOf,
} from '../../backend/tasks/monitoredTask.ts';
export type { StandardSchemaV1 } from '../../backend/tasks/standardSchema.ts';
export { blueprintOfGraph } from '../../backend/workflows/blueprint/blueprintOfGraph.ts';
export { graphOfBlueprint } from '../../backend/workflows/blueprint/graphOfBlueprint.ts';
export { defineWorkflow, type WorkflowDraft } from '../../backend/workflows/define/defineWorkflow.ts';
export type { LinkDraft, NodeDraft, ServiceParams } from '../../backend/workflows/define/linkTypes.ts';
export type { WorkflowGraphOf } from '../../backend/workflows/define/WorkflowGraphOf.ts';
export type {
  GeoFeature,
  Geometry,
  ItemFailure,
  Position,
  TaskError,
  TaskItem,
  TaskProgress,
  WorkflowGraph,
  WorkflowLink,
  WorkflowNode,
} from '../../src/contract/index.ts';
