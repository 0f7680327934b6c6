import { z } from 'zod';
import { defineTask, type TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { runOperation } from './runOperation.ts';

/** An operation of a service, as its tasks need it. */
export interface ServiceOperation {
  name: string;
  /** True where the service offers to cancel it. */
  canCancel: boolean;
  /** Default 3,600. */
  timeoutSeconds?: number;
}

export interface ServiceTaskOptions {
  /** The service's name at this server: 'grid' for tasks 'grid:Simulate'. */
  service: string;
  /** '/control' follows it. */
  url: string;
  operations: readonly ServiceOperation[];
  /** Calls allowed hosts only, see allowedFetch. */
  fetch: typeof fetch;
}

const TIMEOUT_SECONDS = 3_600;

/**
 * Makes a task of each operation of a service: so a program in Python, R or any other language is a worker. The task has the
 * service's progress, and its output as result; an output that is GeoJSON is drawn on the map. A task that goes on after the death
 * of its worker finds the work that the service has begun, and does not begin it again.
 *
 * @example
 * serviceTasks({ service: 'grid', url: 'http://127.0.0.1:8080', operations: [{ name: 'Simulate', canCancel: false }], fetch });
 * // one definition, 'grid:Simulate'
 */
export function serviceTasks(options: ServiceTaskOptions): TaskDefinition[] {
  return options.operations.map((operation) => operationTask(options, operation));
}

function operationTask(
  { service, url, fetch }: ServiceTaskOptions,
  operation: ServiceOperation,
): TaskDefinition {
  const { name, canCancel, timeoutSeconds = TIMEOUT_SECONDS } = operation;
  return defineTask({
    name: `${service}:${name}`,
    timeoutSeconds,
    params: z.looseObject({ inputs: z.array(z.record(z.string(), z.unknown())).max(1_000).optional() }),
    execute: (params, context) =>
      runOperation({ service, url, fetch, operation: name, canCancel }, params, context),
  });
}
