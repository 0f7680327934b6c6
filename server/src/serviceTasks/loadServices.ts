import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { isRecord } from '../../../src/contract/index.ts';
import { describeFailure } from '../common/describeFailure.ts';
import type { ServiceConfig } from '../config/Config.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { allowedFetch } from '../outgoing/allowedFetch.ts';
import { HostList } from '../outgoing/HostList.ts';
import { serviceOperation } from './serviceOperation.ts';
import { type ServiceOperation, serviceTasks } from './serviceTasks.ts';

const ANSWER_SECONDS = 10;
const MOST_OPERATIONS = 500;
/** The rest of a task's name is the service's, see parseService. */
const OPERATION = /^[A-Za-z0-9_.-]{1,50}$/;

/**
 * The tasks of the services that the operator named, as definitions, and the one that asks a service of a blueprint. A service whose operations the operator did not name is asked
 * for them, so it must run. Rejects with a ConfigError that names the service and the fix.
 */
export async function loadServices(
  services: readonly ServiceConfig[],
  allowedHosts: readonly string[],
): Promise<TaskDefinition[]> {
  const hosts = new HostList(allowedHosts);
  const fetch = allowedFetch(hosts);
  const loaded = services.map(async ({ name, url, operations }) => {
    const listed: ServiceOperation[] =
      operations.length > 0
        ? operations.map((operation) => ({ name: operation, canCancel: false }))
        : await listOperations(name, url, fetch);
    return serviceTasks({ service: name, url, operations: listed, fetch });
  });
  return [serviceOperation(hosts, fetch), ...(await Promise.all(loaded)).flat()];
}

async function listOperations(service: string, url: string, call: typeof fetch): Promise<ServiceOperation[]> {
  const address = `${url}/control/operations`;
  const fail = (why: string) =>
    new ConfigError(
      `--service ${service}=${url}: ${address} ${why}. Start the service first, or name its operations: --service ${service}=${url}#First+Second`,
    );
  let body: unknown;
  try {
    const response = await call(address, { signal: AbortSignal.timeout(ANSWER_SECONDS * 1_000) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    body = await response.json();
  } catch (error) {
    throw fail(`does not list its operations (${describeFailure(error)})`);
  }
  const operations = isRecord(body) && Array.isArray(body.operations) ? body.operations : [];
  const known = operations.slice(0, MOST_OPERATIONS).flatMap((operation) => readOperation(operation));
  if (known.length === 0) throw fail('lists no operation');
  return known;
}

function readOperation(value: unknown): ServiceOperation[] {
  if (!isRecord(value)) return [];
  const { operation_name: name, cancellable, timeout_seconds: timeoutSeconds } = value;
  if (typeof name !== 'string' || !OPERATION.test(name)) return [];
  const isTimeout =
    typeof timeoutSeconds === 'number' && timeoutSeconds > 0 && Number.isFinite(timeoutSeconds);
  return [{ name, canCancel: cancellable === true, ...(isTimeout && { timeoutSeconds }) }];
}
