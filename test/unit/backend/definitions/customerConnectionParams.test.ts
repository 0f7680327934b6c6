import { expect, expectTypeOf, test } from 'vitest';
import { customerConnectionTask } from '../../../../backend/definitions/customerConnection.ts';
import type { CustomerConnectionParams as ServerParams } from '../../../../backend/definitions/customerConnectionParams.ts';
import type { ParamsOf, ResultOf } from '../../../../backend/tasks/defineTask.ts';
import {
  CUSTOMER_CONNECTION_TASK,
  type CustomerConnectionParams,
  type CustomerConnectionResult,
} from '../../../../src/modal/customerConnection.ts';

// The modal and the server share no file that knows customers. This holds what both say of the task equal: the type
// check fails where one of them changes alone.

test('the modal and the server name the task, its params and its result alike', () => {
  expect(customerConnectionTask.name).toBe(CUSTOMER_CONNECTION_TASK);
  expectTypeOf<ServerParams>().toEqualTypeOf<CustomerConnectionParams>();
  expectTypeOf<ResultOf<typeof customerConnectionTask>>().toEqualTypeOf<CustomerConnectionResult>();
  expectTypeOf<ParamsOf<typeof customerConnectionTask>>().toExtend<Required<Pick<ServerParams, 'count'>>>();
});
