/**
 * Client and server share this model of tasks, their events and their errors. It imports no other room, and it knows no
 * task by name.
 *
 * Times are ISO 8601 strings in UTC. Coordinates are WGS 84 longitude, latitude in degrees (RFC 7946).
 */

export { type BuiltSummary, MAX_BUILT_TABLES } from './built.ts';
export {
  BULK_ACTIONS,
  BULK_TASK,
  type BulkAction,
  type BulkRequest,
  type BulkResult,
  MAX_BULK_IDS,
  MAX_COUNTED,
  type TaskCounts,
} from './bulk.ts';
export { DESIGN_CHANGES, type DesignChange, type DesignChangeKind, type DesignFacts } from './designs.ts';
export {
  ERROR_CODES,
  type ParameterProblem,
  PROBLEM_TYPE_PREFIX,
  type Problem,
  type TaskError,
} from './errors.ts';
export {
  type BoundingBox,
  boundsOf,
  type GeoFeature,
  type Geometry,
  type Position,
  positionsOf,
} from './geometry.ts';
export {
  CSV_SEPARATORS,
  type CsvSeparator,
  HANDOVER_FORMATS,
  HANDOVER_REPORTS,
  type HandoverFormat,
  type HandoverReport,
  type HandoverRequest,
} from './handover.ts';
export { isNodeTask } from './isNodeTask.ts';
export { isRecord } from './isRecord.ts';
export {
  addItems,
  type ItemFailure,
  type ItemPage,
  type ItemQuery,
  type ItemSummary,
  MAX_ITEM_FAILURES,
  type RetryRequest,
  type TaskItem,
} from './items.ts';
export {
  LOG_LEVELS,
  type LogLevel,
  type LogLine,
  type LogPage,
  type LogQuery,
  MAX_LOG_LINES,
} from './log.ts';
export {
  type DurationEstimate,
  MAX_PREVIEW_FEATURES,
  MAX_PREVIEW_LINES,
  PREVIEW_CHANGES,
  type PreviewBillLine,
  type PreviewChange,
  type PreviewCount,
  type PreviewRemark,
  type PreviewRequest,
  type TaskPreview,
} from './preview.ts';
export type { TaskProgress } from './progress.ts';
export {
  type EnqueueRequest,
  isTerminal,
  TASK_EVENT_TYPES,
  TASK_STATUSES,
  type TaskEvent,
  type TaskEventType,
  type TaskPage,
  type TaskSnapshot,
  type TaskStatus,
  TERMINAL_STATUSES,
  type TerminalStatus,
} from './task.ts';
export type {
  CableDetails,
  CableUse,
  FibreUse,
  NetworkPlace,
  NetworkRelations,
  NetworkTrace,
  PortPeer,
  PortUse,
  TraceCable,
  TraceEnd,
  TraceEquipment,
  TraceJoint,
  TraceLine,
  TracePin,
  TraceStep,
} from './trace.ts';
export { UNDO_TASK, undoTag } from './undo.ts';
export { type TaskWaiting, WAITING_REASONS, type WaitingReason } from './waiting.ts';
export {
  fitsStatus,
  TASK_FILTER_STATUSES,
  type TaskFilter,
  WATCH_EVENT_TYPES,
  type WatchEvent,
} from './watch.ts';
export {
  MAX_WORKFLOW_LINKS,
  MAX_WORKFLOW_NODES,
  NODE_TAG,
  type NodesToRetry,
  RUN_TAG,
  SERVICE_TASK,
  WORKFLOW_TASK,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
  type WorkflowParams,
  type WorkflowResult,
} from './workflow.ts';
