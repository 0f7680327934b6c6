import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Ensures that no service outlives this process. guard.mjs does the work, in a process of its own. */
export class ServiceGuard {
  readonly #process: ChildProcess;

  constructor() {
    // It has a session of its own, because a Ctrl-C in the terminal is meant for us, and we stop in order.
    this.#process = spawn(process.execPath, [fileURLToPath(new URL('guard.mjs', import.meta.url))], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#process.stdin?.on('error', () => {});
    this.#process.unref();
  }

  watch(pid: number): void {
    this.#tell({ watch: pid });
  }

  forget(pid: number): void {
    this.#tell({ forget: pid });
  }

  /** The folder is deleted when the guard ends. */
  remove(folder: string): void {
    this.#tell({ remove: folder });
  }

  /** Ends the services that are still watched, and removes the folders. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.ref();
    this.#process.stdin?.end();
    await exited;
  }

  #tell(line: { watch: number } | { forget: number } | { remove: string }): void {
    this.#process.stdin?.write(`${JSON.stringify(line)}\n`);
  }
}
