export type { ConnectionState, ListQuery, SystemClient } from '../client/SystemClient.ts';
export type { Failure, TaskLogEntry, TaskState } from '../client/taskStore.ts';
export type {
  ItemFailure,
  ItemSummary,
  ParameterProblem,
  RetryRequest,
  TaskError,
  TaskProgress,
  TaskSnapshot,
  TaskStatus,
} from '../contract/index.ts';
export type {
  ButtonStatus,
  ButtonStatusSource,
  HostApplication,
  HostFeature,
  TaskOverlay,
} from '../host/contract.ts';
export type { MessageValues } from '../locales/createTranslator.ts';
export type { PackSource, Packs, Words } from '../locales/types.ts';
export { Actions, type ActionsProps } from './Actions.tsx';
export { ConnectionStateView, type ConnectionStateViewProps } from './ConnectionStateView.tsx';
export {
  type ButtonStatusControl,
  type ButtonStatusOptions,
  createButtonStatus,
} from './createButtonStatus.ts';
export {
  createTaskSession,
  type NeedsParser,
  type SessionHost,
  type TaskSessionOptions,
} from './createTaskSession.ts';
export { ErrorText } from './ErrorText.tsx';
export { type Fact, Facts } from './Facts.tsx';
export {
  type AuthorMessages,
  MessagesProvider,
  type MessagesProviderProps,
  useMessages,
} from './MessagesProvider.tsx';
export { Notice, type NoticeProps } from './Notice.tsx';
export { TaskAnnouncer } from './TaskAnnouncer.tsx';
export { TaskCancelled, type TaskCancelledProps } from './TaskCancelled.tsx';
export { TaskErrorBoundary } from './TaskErrorBoundary.tsx';
export { TaskFailure, type TaskFailureProps } from './TaskFailure.tsx';
export { TaskLog, type TaskLogProps } from './TaskLog.tsx';
export { TaskPanel, type TaskPanelProps } from './TaskPanel.tsx';
export { TaskProgressView, type TaskProgressViewProps } from './TaskProgressView.tsx';
export type { AnyParams, TaskControls, TaskSession, TaskSessionState } from './TaskSession.ts';
export { TaskSetup, type TaskSetupProps } from './TaskSetup.tsx';
export { TaskSummary, type TaskSummaryProps } from './TaskSummary.tsx';
export { type EnqueueTask, useEnqueueTask } from './useEnqueueTask.ts';
export { useSelectedFeature } from './useSelectedFeature.ts';
export { useTask } from './useTask.ts';
export { type TaskList, useTaskList } from './useTaskList.ts';
export type { HostTexts } from './useTranslation.ts';
