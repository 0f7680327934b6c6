import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceGuard } from './ServiceGuard.ts';
import type { SystemUser } from './systemUser.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

export interface ServiceOptions {
  /** The name for messages: 'Redis'. */
  name: string;
  command: string;
  args: readonly string[];
  /**
   * The service's own folder, as an absolute path; it exists already. The log and the process id are kept beside it:
   * `<folder>.log`, `<folder>.pid`.
   */
  folder: string;
  env?: NodeJS.ProcessEnv;
  user?: SystemUser | undefined;
  guard: ServiceGuard;
  /** Says whether the service answers. */
  isReady(): boolean | Promise<boolean>;
  /** The signal that asks the service to end. */
  stopSignal: NodeJS.Signals;
}

/** One service that can be killed, and started again on the same port and data. */
export class ServiceProcess {
  readonly #options: ServiceOptions;
  #process: ChildProcess | undefined;
  #started = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** The id of the process that runs now. Throws an Error if none does. */
  get pid(): number {
    if (this.#process?.pid === undefined || hasEnded(this.#process)) {
      throw new Error(`${this.#options.name} does not run`);
    }
    return this.#process.pid;
  }

  /** Resolves when the service answers. Rejects with the end of its log if it cannot start. */
  async start(): Promise<void> {
    if (this.#process && !hasEnded(this.#process)) return;
    const { name, isReady } = this.#options;
    const end = Date.now() + START_TIMEOUT_MS;
    let child = this.#spawn();
    while (!(await isReady())) {
      if (Date.now() > end)
        throw new Error(`${name} did not answer in ${START_TIMEOUT_MS / 1000} s: ${this.#logEnd()}`);
      if (hasEnded(child)) {
        // The processes that a killed PostgreSQL leaves behind end by themselves, a moment later.
        if (!/still in use/.test(this.#logEnd()))
          throw new Error(`${name} could not start: ${this.#logEnd()}`);
        await delay(100);
        child = this.#spawn();
      }
      await delay(50);
    }
  }

  /** Asks it to end and waits; kills it when it does not. */
  async stop(signal: NodeJS.Signals = this.#options.stopSignal): Promise<void> {
    const child = this.#process;
    if (child?.pid === undefined || hasEnded(child)) return;
    const exited = once(child, 'exit');
    child.ref();
    child.kill(signal);
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(kill);
    this.#options.guard.forget(child.pid);
  }

  /** Kills the service, as a power failure would. */
  kill(): Promise<void> {
    return this.stop('SIGKILL');
  }

  async restart(signal?: NodeJS.Signals): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  #spawn(): ChildProcess {
    const { name, command, args, folder, env, user, guard } = this.#options;
    stopLeftOver(`${folder}.pid`, folder);
    const log = openSync(`${folder}.log`, this.#started ? 'a' : 'w');
    this.#started = true;
    // A session of its own: a Ctrl-C in the terminal is for whoever started it.
    const child = spawn(command, args, {
      ...user,
      ...(env ? { env } : {}),
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    // The missing pid says the same.
    child.on('error', () => {});
    if (child.pid === undefined) throw new Error(`${name}: ${command} could not be started`);
    guard.watch(child.pid);
    writeFileSync(`${folder}.pid`, String(child.pid));
    child.unref();
    this.#process = child;
    return child;
  }

  /** The output of all its runs. */
  log(): string {
    return readFileSync(`${this.#options.folder}.log`, 'utf8');
  }

  #logEnd(): string {
    return this.log().trim().split('\n').slice(-5).join('\n');
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/**
 * A run whose guard was killed with it leaves its services running. They hold the data that this run is about to
 * open.
 */
function stopLeftOver(pidFile: string, folder: string): void {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
  } catch {
    return;
  }
  // Another process may have its number by now.
  const isOurs = () =>
    spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes(folder);
  if (!pid || !isOurs()) return;
  process.kill(pid, 'SIGINT');
  const end = Date.now() + STOP_TIMEOUT_MS;
  while (isOurs() && Date.now() < end) spawnSync('sleep', ['0.1']);
}
