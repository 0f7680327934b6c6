import type { TaskError } from '../../src/contract/index.ts';
import type { Caller } from './TaskEngine.ts';

/** A task that the server starts by itself at times. */
export interface TaskSchedule {
  /** Unique on the server. Tasks that the schedule started have the tag 'schedule:NAME'. */
  name: string;
  /** The name of the task's definition. */
  task: string;
  params: Record<string, unknown>;
  /** Five fields, minute to day of the week: '30 3 * * 1-5'. */
  cron: string;
  /** The IANA time zone that the fields are meant in: 'Europe/Berlin'. */
  timeZone: string;
  /** The owner of the tasks. */
  owner: string;
  /** When it starts a task next, in ISO 8601; absent where that never comes. */
  nextAt?: string;
  /** The task that it started last, as far as this server knows. */
  lastTaskId?: string;
  /** Why it could not start its last task. */
  lastError?: TaskError;
}

/** Lists the schedules for a protocol. */
export interface ScheduleList {
  /** In order of name: the caller's own, and for an admin all of them. */
  schedules(caller: Caller): TaskSchedule[];
}
