import { z } from 'zod';
import { defineTask, type TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { SERVICE_TASK } from '../../../src/contract/index.ts';
import type { HostList } from '../outgoing/HostList.ts';
import { hostNotAllowed } from './hostNotAllowed.ts';
import { runOperation } from './runOperation.ts';

const TIMEOUT_SECONDS = 24 * 3_600;

const PARAMS = z.strictObject({
  service: z.string().min(1).max(100),
  /** The address of the service: 'http://localhost:8080'. */
  url: z
    .string()
    .max(500)
    .refine(isAddress, 'must be http://HOST:PORT or https://HOST:PORT, without credentials'),
  operation: z.string().min(1).max(200),
  inputs: z.array(z.unknown()).max(1_000).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
});

/**
 * The task that asks a service, which the caller names by its address, to do something: the nodes of a blueprint run it. It calls
 * the hosts that the operator allows. An address that is not allowed is refused before anything is queued; a name is looked up
 * when it is called.
 */
export function serviceOperation(hosts: HostList, call: typeof fetch): TaskDefinition {
  return defineTask({
    name: SERVICE_TASK,
    timeoutSeconds: TIMEOUT_SECONDS,
    params: PARAMS,
    async check({ service, url }) {
      const reason = hosts.refusalOfUrl(url);
      if (!reason) return;
      throw hostNotAllowed(service, reason, [{ parameter: 'url', code: 'not-allowed', message: reason }]);
    },
    execute({ service, url, operation, inputs = [], parameters = {} }, context) {
      const asked = { service, url: url.replace(/\/+$/, ''), operation, canCancel: true, fetch: call };
      return runOperation(
        asked,
        { ...parameters, inputs: inputs.filter((input) => input !== null) },
        context,
      );
    },
  });
}

function isAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
