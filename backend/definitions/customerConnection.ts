import { defineTask } from '../tasks/defineTask.ts';
import { connectCustomers } from './connectCustomers.ts';
import { findSite, refuseTooMany } from './connectionSite.ts';
import { connectionParams } from './customerConnectionParams.ts';
import { previewConnection } from './previewConnection.ts';

/**
 * Connects addresses to a pole of a design: for each a wall box with an ONT, a route from the pole, and a cable whose
 * first fibre joins a port of the pole's splitter to the ONT. When the splitter is full, a new pole is put beside the
 * pole. Params: CustomerConnectionParams; result: CustomerConnectionResult.
 */
export const customerConnectionTask = defineTask({
  name: 'customer_connection_task',
  queue: 'high_priority',
  timeoutSeconds: 600,
  params: connectionParams,
  // The platform's public sample sends the position of the pole, too.
  unknownParams: 'ignore',
  async check(params, { network }) {
    await refuseTooMany(params, network, await findSite(params, network));
  },
  exclusive: ({ design }) => design,
  preview: previewConnection,
  execute: (params, context) => connectCustomers(params, context),
});
