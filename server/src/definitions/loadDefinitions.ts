import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRecord } from '../../../backend/common/json.ts';
import { withShippedTasks } from '../../../backend/definitions/shippedTasks.ts';
import { parseTables, type TableDefinition } from '../../../backend/network/tables.ts';
import { defineTask, type TaskDefinition, type TaskDraft } from '../../../backend/tasks/defineTask.ts';
import { describeFailure } from '../common/describeFailure.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { FROM_SOURCE, PACKAGE_FOLDER } from '../config/packageFolder.ts';
import { parseSchedules, type Schedule } from '../schedules/parseSchedules.ts';

/** The modules of `--tasks` add these to a server or worker. */
export interface LoadedDefinitions {
  /** With those that ship. */
  definitions: TaskDefinition[];
  tables: TableDefinition[];
  schedules: Schedule[];
}

/**
 * The tasks that ship, and those of the files (absolute paths of modules): each has a definition or an array of them
 * as its default export, and may export `tables` and `schedules`. A task of a file takes the place of a shipped one of the same name.
 * Call it in each thread that runs tasks. Throws a ConfigError that names the file, also where two files have a task,
 * a table or a schedule of the same name.
 */
export async function loadDefinitions(files: readonly string[]): Promise<LoadedDefinitions> {
  const definitions: TaskDefinition[] = [];
  const tables: TableDefinition[] = [];
  const schedules: Schedule[] = [];
  const origins = new Map<string, string>();
  if (files.length > 0) shareLibrary();
  for (const file of files) {
    const module = await importModule(file);
    const claim = (kind: string, name: string) => {
      const origin = origins.get(`${kind} ${name}`);
      if (origin) {
        throw new ConfigError(
          `--tasks ${file}: the ${kind} "${name}" is also one of ${origin}; rename one of them`,
        );
      }
      origins.set(`${kind} ${name}`, file);
    };
    for (const definition of readDefinitions(file, module)) {
      claim('task', definition.name);
      definitions.push(definition);
    }
    for (const table of readTables(file, module)) {
      claim('table', table.name);
      tables.push(table);
    }
    for (const schedule of readSchedules(file, module)) {
      claim('schedule', schedule.name);
      schedules.push(schedule);
    }
  }
  return { definitions: withShippedTasks(definitions), tables, schedules };
}

interface TaskModule {
  default?: unknown;
  tables?: unknown;
  schedules?: unknown;
}

async function importModule(file: string): Promise<TaskModule> {
  if (!existsSync(file)) throw new ConfigError(`--tasks ${file}: there is no such file`);
  return import(pathToFileURL(file).href).catch((error) => {
    throw new ConfigError(`--tasks ${file} cannot be loaded: ${describeFailure(error)}${fixOf(error, file)}`);
  });
}

function fixOf(error: unknown, file: string): string {
  // Node names the place of the error only to whoever runs the file.
  if (error instanceof SyntaxError) return `; "node ${file}" shows where`;
  const [, missing] = /^Cannot find package '([^']+)'/.exec(describeFailure(error)) ?? [];
  return missing === undefined ? '' : `; run "npm install ${missing}" in ${dirname(file)}`;
}

function readTables(file: string, { tables }: TaskModule): readonly TableDefinition[] {
  try {
    return tables === undefined ? [] : parseTables(tables);
  } catch (error) {
    throw new ConfigError(`--tasks ${file}: ${describeFailure(error)}`);
  }
}

function readSchedules(file: string, { schedules }: TaskModule): Schedule[] {
  try {
    return schedules === undefined ? [] : parseSchedules(schedules);
  } catch (error) {
    throw new ConfigError(`--tasks ${file}: ${describeFailure(error)}`);
  }
}

function readDefinitions(file: string, module: TaskModule): TaskDefinition[] {
  const drafts = Array.isArray(module.default) ? module.default : [module.default];
  return drafts.map((draft: unknown) => {
    if (!isRecord(draft)) {
      throw new ConfigError(
        `--tasks ${file}: the default export must be a task, "export default defineTask({ ... })", or an array of tasks`,
      );
    }
    try {
      // It completes and checks all fields, whoever made the object.
      return defineTask(draft as unknown as TaskDraft<unknown>);
    } catch (error) {
      throw new ConfigError(`--tasks ${file}: ${describeFailure(error)}`);
    }
  });
}

let shared = false;

/**
 * `import 'lrt-server'` in a task's file gives this very library, whichever copy is installed beside the file, if
 * any. The server would take a TaskRefusal of another copy for an unexpected error.
 */
function shareLibrary(): void {
  if (shared) return;
  shared = true;
  const url = new URL(FROM_SOURCE ? 'src/index.ts' : 'dist/library/index.js', PACKAGE_FOLDER).href;
  registerHooks({
    resolve: (specifier, context, next) => next(specifier === 'lrt-server' ? url : specifier, context),
  });
}
