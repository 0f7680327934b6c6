import { Cron } from 'croner';
import * as z from 'zod';
import type { TaskSchedule } from '../../../backend/tasks/ScheduleList.ts';

/** A schedule as an operator or an author wrote it, checked. */
export interface Schedule extends Omit<TaskSchedule, 'nextAt' | 'lastTaskId' | 'lastError'> {
  tags: string[];
  /** The first time after a moment; undefined where there is none. */
  nextAfter(moment: Date): Date | undefined;
}

const NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,79}$/;

const schema = z.array(
  z.strictObject({
    name: z
      .string()
      .regex(NAME, 'letters, digits, "_", "-", "." or ":", starting with a letter, 1 to 80 of them'),
    task: z.string().min(1),
    params: z.record(z.string(), z.unknown()).default({}),
    cron: z.string(),
    timeZone: z.string().default('UTC'),
    owner: z.string().min(1).max(200).default('schedule'),
    tags: z.array(z.string().min(1).max(100)).max(10).default([]),
  }),
);

/**
 * Parses a list of schedules. Throws an Error that names the entry, the field and what is right: a misspelt field, a
 * pattern that is none or never comes, a time zone that does not exist.
 *
 * @example
 * const [nightly] = parseSchedules([{ name: 'nightly', task: 'survey', cron: '30 3 * * *', timeZone: 'Europe/Berlin' }]);
 */
export function parseSchedules(value: unknown): Schedule[] {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message } = { path: [], message: 'it is no list of schedules' }] = parsed.error.issues;
    throw new Error(`schedules${path.map((part) => `[${JSON.stringify(part)}]`).join('')}: ${message}`);
  }
  return parsed.data.map((given) => {
    const refuse = (what: string) => new Error(`the schedule "${given.name}": ${what}`);
    const nextAfter = timesOf(given.cron, given.timeZone, refuse);
    if (!nextAfter(new Date())) throw refuse(`cron "${given.cron}" never comes`);
    return { ...given, nextAfter };
  });
}

function timesOf(
  cron: string,
  timezone: string,
  refuse: (what: string) => Error,
): (moment: Date) => Date | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw refuse(`timeZone "${timezone}" is no time zone; "Europe/Berlin" is one`);
  }
  const fail = (reason: string) =>
    refuse(`cron "${cron}" must be five fields, such as "30 3 * * 1-5" (${reason})`);
  // Croner takes a date as well. No server would start any more once that date is over.
  if (!/^\s*(@\w+|\S+(\s+\S+){4})\s*$/.test(cron)) throw fail('there are more or fewer');
  try {
    // Five fields: a task of minutes is not started every second.
    const pattern = new Cron(cron, { timezone, paused: true, mode: '5-part' });
    return (moment) => pattern.nextRun(moment) ?? undefined;
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error));
  }
}
