import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import type { PlanRecord } from './PlanRecords.ts';

interface View {
  table(name: string): { recs(): Promise<readonly PlanRecord[]> };
}

/** The addresses, poles and streets that a view has, as a plan of all of them wants them. */
export async function inputOfView(view: View): Promise<PlanInput> {
  const points = async (table: string) =>
    (await view.table(table).recs()).flatMap(({ urn, geometry }) =>
      geometry?.type === 'Point' ? [{ id: urn, position: geometry.coordinates }] : [],
    );
  const streets = (await view.table('street').recs()).flatMap(({ urn, geometry }) =>
    geometry?.type === 'LineString' ? [{ id: urn, coordinates: geometry.coordinates }] : [],
  );
  return { addresses: await points('address'), poles: await points('pole'), streets };
}
