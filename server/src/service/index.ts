/** Everything that an author needs to write a service with the control protocol. docs/control.md describes it. */

export type { ExecuteRequest } from '../../../backend/protocols/control/parseExecuteRequest.ts';
export type { DataReference } from '../../../backend/protocols/control/referenceOf.ts';
export { createService, type Service, type ServiceOptions } from './createService.ts';
export {
  inThread,
  type LongWork,
  longRunning,
  type QuickWork,
  quick,
  type ServiceControls,
  type ServiceMethod,
} from './methods.ts';
export { type ServeOptions, serveService } from './serveService.ts';
export { type ServiceTask, TaskManager } from './TaskManager.ts';
