import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../../server/bin/lrt-server.mjs');

/** A running `lrt-server <args>`. */
export interface Command {
  child: ChildProcess;
  /** Its standard output so far, and its standard error, which has its log. */
  printed(): string;
  stderr(): string;
  /** Resolves when it prints this. Rejects with its standard error if it ends without. */
  says(pattern: RegExp): Promise<void>;
  /** Resolves once it has ended and all that it said is there. */
  ended: Promise<number | null>;
}

/** Commands that tests start, to be ended by `endAll` after each. */
export class Commands {
  readonly #running = new Set<Command>();

  /** Of our environment it gets where programs are and where Node keeps compiled code. The rest of its own is `env`. */
  start(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Command {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const ended = once(child, 'close').then(([code]): number | null => code);
    const says = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => pattern.test(printed) && resolve();
        look();
        child.stdout.on('data', look);
        ended.then((code) =>
          reject(new Error(`lrt-server ${args.join(' ')} ended with ${code}:\n${stderr}`)),
        );
      });
    const command = { child, printed: () => printed, stderr: () => stderr, says, ended };
    this.#running.add(command);
    ended.finally(() => this.#running.delete(command));
    return command;
  }

  /** Runs one to its end. */
  async run(
    args: readonly string[],
    options: { cwd?: string; env?: Record<string, string> } = {},
  ): Promise<{ code: number | null; printed: string; stderr: string }> {
    const { ended, printed, stderr } = this.start(args, options);
    const code = await ended;
    return { code, printed: printed(), stderr: stderr() };
  }

  async endAll(): Promise<void> {
    const running = [...this.#running];
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
  }
}
