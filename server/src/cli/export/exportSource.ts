import type pg from 'pg';
import type { NetworkStore } from '../../../../backend/network/NetworkStore.ts';
import {
  type ItemPage,
  type ItemQuery,
  isRecord,
  type TaskItem,
  type TaskStatus,
} from '../../../../src/contract/index.ts';
import { pendingMigrations } from '../../database/migrate.ts';
import { openPool } from '../../database/openPool.ts';
import { PostgisStore } from '../../postgis/PostgisStore.ts';
import { SqliteStore } from '../../sqlite/SqliteStore.ts';
import type { ExportOptions } from './exportOptions.ts';

/** The facts of a task that a file needs. */
export interface ExportedTask {
  id: string;
  name: string;
  status: TaskStatus;
  params: Record<string, unknown>;
  items(query: ItemQuery): Promise<ItemPage>;
}

/** A network, and the tasks beside it. */
export interface ExportSource {
  store: NetworkStore;
  task(id: string): Promise<ExportedTask | undefined>;
  close(): Promise<void>;
}

/** Opens the database, or the file. Rejects with a message for the operator. */
export async function openExportSource(from: ExportOptions['from']): Promise<ExportSource> {
  return 'databaseUrl' in from ? openDatabase(from.databaseUrl) : openFile(from.file);
}

async function openDatabase(databaseUrl: string): Promise<ExportSource> {
  const pending = await pendingMigrations(databaseUrl);
  if (pending.length > 0) {
    throw new Error(`the database lacks ${pending.join(', ')}: run "lrt-server migrate" first`);
  }
  const pool = openPool(databaseUrl, { max: 2 });
  return {
    store: new PostgisStore({ pool }),
    task: (id) => taskInDatabase(pool, id),
    close: () => pool.end(),
  };
}

async function taskInDatabase(pool: pg.Pool, id: string): Promise<ExportedTask | undefined> {
  const { rows } = await pool.query<{ name: string; status: TaskStatus; params: unknown; attempt: number }>(
    'SELECT name, status, params, attempt FROM lrt.task WHERE id = $1',
    [id],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    id,
    name: row.name,
    status: row.status,
    params: isRecord(row.params) ? row.params : {},
    async items({ after = '0', limit = 100 }) {
      const found = await pool.query<{ id: string; number: string; failure: Omit<TaskItem, 'id' | 'ok'> }>(
        `SELECT id, number, failure FROM lrt.task_item
         WHERE task_id = $1 AND attempt = $2 AND (failure IS NULL) = false AND number > $3 ORDER BY number LIMIT $4`,
        [id, row.attempt, after, limit],
      );
      const last = found.rows.at(-1);
      return {
        items: found.rows.map((item) => ({ code: '', message: '', ...item.failure, id: item.id })),
        ...(last && found.rows.length === limit && { nextAfter: last.number }),
      };
    },
  };
}

async function openFile(file: string): Promise<ExportSource> {
  const sqlite = await SqliteStore.open({ file });
  return {
    store: sqlite.store,
    async task(id) {
      const task = (await sqlite.journal.load()).find((record) => record.task.id === id)?.task;
      return (
        task && {
          id: task.id,
          name: task.name,
          status: task.status,
          params: task.params,
          items: async () => ({ items: task.items?.failures ?? [] }),
        }
      );
    },
    close: async () => sqlite.close(),
  };
}
