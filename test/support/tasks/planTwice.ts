import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { PlanAreaParams } from '../../../src/contract/planArea.ts';
import { PlanRecords } from '../planning/records/PlanRecords.ts';
import { verifyLines } from '../planning/records/verifyLines.ts';
import { runPlan } from './runPlan.ts';

const DESIGN = 'design/FTTH-East';

/** Plans all addresses but each so-many-th one, and then the rest, and checks the lines of both plans. */
export async function planTwice(store: NetworkStore, eachOf: number, rules: PlanAreaParams['rules'] = {}) {
  const addresses = await (await store.begin().view(DESIGN)).table('address').recs();
  const first = addresses.filter((_, i) => i % eachOf !== 0).map(({ urn }) => urn);
  const params = { design: DESIGN, area: 'all' as const, rules };
  await runPlan(store, params, { items: first });
  const before = await PlanRecords.read(await store.begin().view(DESIGN));
  const { result } = await runPlan(store, params);
  const records = await PlanRecords.read(await store.begin().view(DESIGN));
  const problems = verifyLines(records);
  for (const record of before.all()) {
    if (JSON.stringify(records.get(record.urn)) !== JSON.stringify(record))
      problems.push(`${record.urn} was changed`);
  }
  const splices = records.table('connection').filter(({ urn, properties }) => {
    const isSplice = [properties.in_object, properties.out_object].every((urn) =>
      String(urn).startsWith('cable_segment/'),
    );
    return isSplice && before.get(urn) === undefined;
  });
  const joined = splices.reduce(
    (sum, { properties }) => sum + Number(properties.in_high) - Number(properties.in_low) + 1,
    0,
  );
  const billed = result.bill.lines.find(({ item }) => item === 'splice')?.quantity ?? 0;
  if (joined !== billed) problems.push(`the bill has ${billed} splices, and there are ${joined}`);
  return { result, problems };
}
