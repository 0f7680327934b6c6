import type { NetworkDataView } from '../../network/NetworkStore.ts';

/**
 * From here on the task commits nothing where somebody else commits to the design. A unit of work notices that from its first
 * write on, and a plan reads for seconds before it writes: what it read must still be so when it is stored.
 */
export async function claimDesign(view: NetworkDataView): Promise<void> {
  const table = view.table('handhole');
  const { id } = await table.insert({ properties: {} });
  await table.delete(id);
}
