import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { TaskServices } from '../../../server/src/distributed/TaskServices.ts';
import { declareDesignsContract } from '../../contracts/designs.contract.ts';
import { declareWatchContract } from '../../contracts/watch.contract.ts';
import { openDistributed } from '../support/distributed.ts';

let parts: Awaited<ReturnType<typeof openDistributed>>;

declareWatchContract(
  'DistributedEngine',
  async (setup) => {
    parts = await openDistributed(setup);
    const { engine, pool, redisUrl, prefix } = parts;
    return {
      engine,
      async remove(id) {
        await pool.query(`UPDATE lrt.task SET finished_at = finished_at - interval '40 days' WHERE id = $1`, [
          id,
        ]);
        const services = new TaskServices({ redisUrl, pool, prefix });
        // As the sweeper does.
        const gone = await services.overdue.forget(services.retention);
        await services.changes.announce(gone);
        await services.close();
      },
    };
  },
  async () => {
    const { pool, store, redisUrl, prefix, definitions } = parts;
    return new DistributedEngine({ redisUrl, pool, store, prefix, definitions });
  },
);

declareDesignsContract('DistributedEngine', openDistributed);
