import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPython } from '../../../scripts/services/findServices.mjs';

/** Starts one of the services in this folder. Resolves with what it printed first, a line of JSON, and how to end it. */
export async function startPython(file: string, ...libraries: Parameters<typeof findPython>) {
  const python = findPython(...libraries) ?? 'python3';
  const child = spawn(python, [join(import.meta.dirname, file)], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The service has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  const printed: Record<string, number> = JSON.parse(line);
  return {
    printed,
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
