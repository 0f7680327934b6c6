// The command `npm run soak`: harms everything at once for as long as an operator wants to watch, and counts.
import { parseArgs } from 'node:util';
import { startServices } from '../../scripts/services.mjs';
import { migrate } from '../../server/src/database/migrate.ts';
import { runSoak } from './support/runSoak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    clients: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const services = await startServices();
try {
  await migrate(services.databaseUrl);
  const { problems, ...counts } = await runSoak({
    ...services,
    minutes: Number(values.minutes),
    clients: Number(values.clients),
    seed: Number(values.seed),
    onMinute(soFar, problems) {
      console.log(JSON.stringify(soFar));
      for (const problem of problems) console.error(problem);
    },
  });
  console.log(JSON.stringify(counts, undefined, 2));
  console.log(`lost or doubled: ${problems.length}`);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await services.stop();
}
