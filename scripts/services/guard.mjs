// This process ends the services of the process that started it. When that process is gone, even by SIGKILL, its end
// of this pipe closes, and the guard stops the services. Lines on stdin: { watch: pid }, { forget: pid } and {
// remove: folder }, the folder that goes with them.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const GIVE_UP_MS = 5000;
const watched = new Set();
const folders = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const { watch, forget, remove } = JSON.parse(line);
  if (watch) watched.add(watch);
  if (forget) watched.delete(forget);
  if (remove) folders.push(remove);
}
// Nobody waits for these services any more, so the guard takes the quickest end that leaves nothing behind.
// PostgreSQL understands it as "immediate"; a service that was stopped (SIGSTOP) reacts only when it continues.
for (const pid of watched) for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGCONT']) send(pid, signal);
const end = Date.now() + GIVE_UP_MS;
while ([...watched].some((pid) => send(pid, 0)) && Date.now() < end) await delay(50);
for (const pid of watched) send(pid, 'SIGKILL');
for (const folder of folders)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
