import { declareItemsContract } from '../../contracts/items.contract.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

declareItemsContract('DistributedEngine and PostgisStore', (definitions) =>
  openDistributed({ definitions, town: smallTown }),
);
