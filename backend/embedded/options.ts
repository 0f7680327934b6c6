import type { Store } from '../common/Store.ts';
import type { NetworkWork } from '../network/NetworkStore.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import type { TaskObserver } from '../tasks/TaskObserver.ts';
import type { ProgressInfo } from '../tasks/TaskRun.ts';
import type { TaskJournal } from './TaskJournal.ts';

/** The options of an EmbeddedEngine. */
export interface EmbeddedEngineOptions<Work extends object = NetworkWork> {
  definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[];
  /** Gives each task its unit of work. */
  store: Store<Work>;
  /** Each queue that a definition names runs 2 tasks at a time, unless this option names another number. */
  queues?: Record<string, { concurrency: number }>;
  /**
   * The number of tasks of one owner that are queued or run, in all queues together. Default 10. Further tasks join the
   * end of their queue as earlier ones end, so that one owner's hundred tasks do not keep everyone else waiting.
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
