import { pause } from '../../../backend/common/pause.ts';
import { isTaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { ScheduleList, TaskSchedule } from '../../../backend/tasks/ScheduleList.ts';
import type { Caller, TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import type { TaskError } from '../../../src/contract/index.ts';
import { isTemporary } from '../common/errorKind.ts';
import type { Schedule } from './parseSchedules.ts';

/** setTimeout takes 31 bits of milliseconds, and the clock may be set meanwhile: the server looks again so often. */
const LOOK_MS = 60_000;
/** A server that starts so late after the time still starts the task, if no other has. */
const GRACE_MS = 60_000;
/** While the services are away, the server tries again so often. */
const RETRY_MS = 5_000;

export interface SchedulesOptions {
  engine: Pick<TaskEngine, 'enqueue'>;
  /** Receives each task that could not be started: for the log. */
  onProblem(message: string, error: unknown): void;
}

/**
 * Starts tasks at times, once, however many servers run the same schedules: each server enqueues with an idempotency key
 * of the schedule's name and the time, and the first one starts the task. A time that all servers missed by more than a
 * minute is left out. Where the services are away at the time, the server tries until the next time.
 */
export class Schedules implements ScheduleList {
  readonly #plans: readonly Plan[];
  readonly #options: SchedulesOptions;
  readonly #closing = new AbortController();

  constructor(schedules: readonly Schedule[], options: SchedulesOptions) {
    this.#options = options;
    this.#plans = [...schedules]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((schedule) => ({ schedule, due: schedule.nextAfter(new Date(Date.now() - GRACE_MS)) }));
    for (const plan of this.#plans) this.#wait(plan);
  }

  schedules({ owner, admin }: Caller): TaskSchedule[] {
    const seen = this.#plans.filter(({ schedule }) => admin || schedule.owner === owner);
    return seen.map(
      ({ schedule: { name, task, params, cron, timeZone, owner }, due, lastTaskId, lastError }) => ({
        name,
        task,
        params,
        cron,
        timeZone,
        owner,
        ...(due && { nextAt: due.toISOString() }),
        ...(lastTaskId !== undefined && { lastTaskId }),
        ...(lastError && { lastError }),
      }),
    );
  }

  /** Starts no further task. */
  close(): void {
    this.#closing.abort();
    for (const { timer } of this.#plans) clearTimeout(timer);
  }

  #wait(plan: Plan): void {
    if (this.#closing.signal.aborted || !plan.due) return;
    const left = plan.due.getTime() - Date.now();
    plan.timer = setTimeout(() => this.#look(plan), Math.min(Math.max(left, 0), LOOK_MS));
  }

  #look(plan: Plan): void {
    const { due, schedule } = plan;
    if (due && due.getTime() <= Date.now()) {
      // A machine that slept starts the task once, and not once for each time that it slept through.
      plan.due = schedule.nextAfter(new Date(Math.max(due.getTime(), Date.now())));
      void this.#start(plan, due);
    }
    this.#wait(plan);
  }

  async #start(plan: Plan, due: Date): Promise<void> {
    const { name, task, params, owner, tags } = plan.schedule;
    const request = {
      name: task,
      params,
      tags: [`schedule:${name}`, ...tags],
      idempotencyKey: `schedule:${name}:${due.toISOString()}`,
    };
    for (;;) {
      try {
        const started = await this.#options.engine.enqueue(request, { owner, admin: true });
        plan.lastTaskId = started.task.id;
        plan.lastError = undefined;
        return;
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        const isOver = !plan.due || plan.due.getTime() <= Date.now() + RETRY_MS;
        if (!isTemporary(error) || isOver) {
          plan.lastError = describe(error);
          this.#options.onProblem(`The schedule "${name}" could not start the task "${task}"`, error);
          return;
        }
        await pause(RETRY_MS, this.#closing.signal);
      }
    }
  }
}

interface Plan {
  schedule: Schedule;
  /** The time that comes next. */
  due: Date | undefined;
  timer?: ReturnType<typeof setTimeout>;
  lastTaskId?: string;
  lastError?: TaskError | undefined;
}

function describe(error: unknown): TaskError {
  if (isTaskRefusal(error)) return error.error;
  return { code: 'internal', message: 'The task could not be started; the log of the server says why' };
}
