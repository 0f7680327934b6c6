import type { Store } from '../common/Store.ts';
import type { NetworkWork } from '../network/NetworkStore.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import type { TaskObserver } from '../tasks/TaskObserver.ts';
import type { ProgressInfo } from '../tasks/TaskRun.ts';
import type { TaskJournal } from './TaskJournal.ts';

export interface EmbeddedEngineOptions<Work extends object = NetworkWork> {
  definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[];
  /** Gives each task its unit of work. */
  store: Store<Work>;
  /** Each queue that a definition names runs 2 tasks at a time unless it is told otherwise here. */
  queues?: Record<string, { concurrency: number }>;
  /**
   * How many tasks of one owner run or stand in line, in all queues together; default 10. Those above it join the end
   * of the line as earlier ones end, so that one owner's hundred tasks do not keep everyone else waiting.
   */
  tasksPerOwner?: number;
  /** Keeps the tasks over a restart; without one they live as long as the engine. */
  journal?: TaskJournal<NoInfer<Work>>;
  /** At most one progress event in this time. Default 50. */
  progressIntervalMs?: number;
  /** Default 200 finished tasks, 5,000 events of each task. */
  retention?: { finishedTasks?: number; eventsPerTask?: number };
  observer?: TaskObserver | undefined;
  /** For mocks: pacing and faults. */
  hooks?: {
    timeoutSeconds?(definition: { name: string; timeoutSeconds: number }): number;
    /** Awaited by the task's progress(); what it throws fails the task. */
    onProgress?(info: ProgressInfo): Promise<void> | void;
  };
}
