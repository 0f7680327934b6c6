import { readFile } from 'node:fs/promises';
import { isTaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { readParams } from '../../../backend/tasks/readParams.ts';
import { validateParams } from '../../../backend/tasks/validateParams.ts';
import { describeFailure } from '../common/describeFailure.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { parseSchedules, type Schedule } from './parseSchedules.ts';

/**
 * Adds the schedules of an operator's file to those of the tasks' modules. Rejects with a ConfigError that names the
 * schedule and the fix where a name is given twice, a task does not exist, or its parameters are wrong: a mistake shows at
 * the start, and not at night.
 */
export async function readSchedules(
  file: string | undefined,
  { definitions, schedules: own }: { definitions: readonly TaskDefinition[]; schedules: readonly Schedule[] },
): Promise<Schedule[]> {
  const schedules = [...own, ...(file === undefined ? [] : await fromFile(file))];
  const names = new Set<string>();
  for (const { name, task, params } of schedules) {
    const refuse = (what: string) => new ConfigError(`the schedule "${name}": ${what}`);
    if (names.has(name)) throw refuse('another schedule has this name; rename one of them');
    names.add(name);
    const definition = definitions.find((each) => each.name === task);
    if (!definition) {
      const known = definitions.map((each) => each.name).sort();
      throw refuse(`there is no task "${task}"; there are ${known.join(', ')}`);
    }
    try {
      await validateParams(definition, (await readParams(definition, params)).params);
    } catch (error) {
      throw isTaskRefusal(error) ? refuse(error.error.message) : error;
    }
  }
  return schedules;
}

async function fromFile(file: string): Promise<Schedule[]> {
  try {
    return parseSchedules(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new ConfigError(`--schedules ${file}: ${describeFailure(error)}`);
  }
}
