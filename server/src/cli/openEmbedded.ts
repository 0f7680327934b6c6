import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import type { TableDefinition } from '../../../backend/network/tables.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { builtInTown } from '../builtInTown.ts';
import type { EngineConfig } from '../config/Config.ts';
import type { TaskCount } from '../observe/createMetrics.ts';
import { SqliteStore } from '../sqlite/SqliteStore.ts';
import type { EngineParts } from './EngineParts.ts';
import { readTown } from './import/readTown.ts';

export interface EmbeddedParts extends EngineParts {
  /** The token that the file keeps, if the operator configured no other authentication. */
  token: string;
  /** True when the operator named a town, but the file already had one. */
  townIgnored: boolean;
}

/**
 * Opens the engine in this process on one file. Rejects with a message for the operator when the file or the town
 * cannot be used.
 */
export async function openEmbedded(options: {
  config: Extract<EngineConfig, { kind: 'embedded' }>;
  definitions: readonly TaskDefinition[];
  tables: readonly TableDefinition[];
  tasksPerOwner: number;
  /** So many tasks that ended are kept. Undefined: the engine's default. */
  keepTasks: number | undefined;
  observer: TaskObserver;
}): Promise<EmbeddedParts> {
  const { config, definitions, tables, tasksPerOwner, keepTasks, observer } = options;
  let townRead = false;
  const sqlite = await SqliteStore.open({
    file: config.file,
    tables,
    town: async () => {
      townRead = true;
      if (config.town === undefined) return builtInTown();
      return readTown(config.town).catch((cause) => {
        throw new Error(`--town ${config.town} cannot be read`, { cause });
      });
    },
  });
  const { store, journal } = sqlite;
  const engine = await EmbeddedEngine.open({
    definitions,
    store,
    journal,
    tasksPerOwner,
    observer,
    ...(keepTasks !== undefined && { retention: { finishedTasks: keepTasks } }),
  });
  return {
    engine,
    store,
    token: sqlite.secret('access-token'),
    townIgnored: config.town !== undefined && !townRead,
    ready: async () => ({}),
    countTasks: () => countTasks(engine),
    async close() {
      await engine.close();
      await sqlite.close();
    },
  };
}

async function countTasks(engine: TaskEngine): Promise<TaskCount[]> {
  const counts = new Map<string, TaskCount>();
  let cursor: string | undefined;
  do {
    const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = await engine.list(query, { owner: 'local', admin: true });
    for (const { status, name } of page.tasks) {
      const key = `${status} ${name}`;
      const count = counts.get(key) ?? { status, name, count: 0 };
      count.count += 1;
      counts.set(key, count);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return [...counts.values()];
}
