import type { TaskFilter } from '../../contract/index.ts';
import type { TaskStream, WatchHandlers } from '../SystemClient.ts';
import { safely } from '../safely.ts';
import type { KnownTasks, TaskChange } from './KnownTasks.ts';
import { matches } from './listPage.ts';
import type { TaskSource } from './TaskSource.ts';

/** Watches, for the client of a protocol that cannot filter, the tasks that a filter selects. See `SystemClient.watchTasks`. */
export function watchKnownTasks(
  known: KnownTasks,
  source: TaskSource,
  filter: TaskFilter,
  handlers: WatchHandlers,
  after: string | undefined,
): TaskStream {
  let isOver = false;
  const call = (work: () => void) => {
    if (!isOver) safely(work);
  };
  const report = (changes: TaskChange[]) => {
    for (const { id, task, before } of changes) {
      if (task && matches(filter, task)) call(() => handlers.onTask(task));
      else if (before === 'forgotten' || (before && matches(filter, before)))
        call(() => handlers.onGone(id, task));
    }
    call(() => handlers.onCursor?.(known.cursor));
  };
  let unwatch = () => {};
  let release = () => {};
  const close = () => {
    isOver = true;
    unwatch();
    release();
  };

  /** From here on changes are reported. */
  const begin = () => {
    unwatch = known.watch(report);
  };
  let hasBegun = false;

  queueMicrotask(() => {
    if (isOver) return;
    const missed = after === undefined ? undefined : known.changesSince(after);
    if (missed) {
      hasBegun = true;
      begin();
      report(missed);
    }
    release = source.use(undefined, {
      onState() {
        if (hasBegun) return;
        hasBegun = true;
        begin();
        call(() => handlers.onCursor?.(known.cursor));
        // The cursor is of another page, or too old.
        if (after !== undefined) call(() => handlers.onReset?.());
      },
      onConnection: (state) => call(() => handlers.onConnection?.(state)),
      onRefused(error) {
        call(() => handlers.onError?.(error));
        call(() => handlers.onConnection?.({ state: 'closed' }));
        close();
      },
    });
  });
  return { close };
}
