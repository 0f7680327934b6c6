import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import { SqliteStore } from '../../../server/src/sqlite/SqliteStore.ts';
import { smallTown } from '../tasks/definitions.ts';
import { build } from './buildTask.ts';

// A server run by SqliteStore.faults.test.ts: `node mortalServer.ts FILE TASKS POLES [DIES_AT]`. It starts those of so many
// tasks that the file does not know yet, says a line for each thing that happens, and ends when they have ended.

const [file = '', tasks = '1', poles = '1', diesAt] = process.argv.slice(2);
const ann = { owner: 'ann' };

/** Says it, and dies where that is its fate: no handler, no flush, no close. */
function say(what: string): void {
  process.stdout.write(`${what}\n`);
  if (what === diesAt) process.kill(process.pid, 'SIGKILL');
}

const { store, journal } = await SqliteStore.open({ file, town: async () => smallTown });
const engine = await EmbeddedEngine.open({
  definitions: [build],
  store,
  journal: {
    load: () => journal.load(),
    remove: (id) => journal.remove(id),
    async save(record) {
      say(`saving ${record.task.status}`);
      await journal.save(record);
      say(`saved ${record.task.status}`);
    },
    async commit(transaction, record) {
      say('committing');
      await journal.commit?.(transaction, record);
      say('committed');
    },
  },
  progressIntervalMs: 0,
  hooks: { onProgress: ({ progress }) => say(progress.message) },
});

const known = (await engine.list({}, ann)).tasks.length;
for (let i = known + 1; i <= Number(tasks); i++) {
  await engine.enqueue({ name: 'build', params: { name: `task ${i}`, poles: Number(poles) } }, ann);
}
const cursors: Record<string, null> = {};
for (const { id } of (await engine.list({}, ann)).tasks) cursors[id] = null;
const { signal } = new AbortController();
for await (const event of engine.events({ cursors }, { caller: ann, signal })) say(`published ${event.type}`);
say('over');
await engine.close();
