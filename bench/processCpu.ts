/** Reads the processor time of processes, for benches that compare by it: it is steadier than a rate on a shared machine. */

import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's clock for processor time (USER_HZ), on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Stat {
  parent: number;
  ticks: number;
}

/**
 * Reads the seconds of processor time that these processes and their descendants have used, those that ended included.
 * Throws where there is no /proc, that is, anywhere but on Linux.
 */
export function cpuSeconds(pids: readonly number[]): number {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat) stats.set(Number(name), stat);
  }
  const wanted = new Set(pids);
  const isWanted = (pid: number): boolean => {
    if (wanted.has(pid)) return true;
    const parent = stats.get(pid)?.parent ?? 0;
    return parent > 1 && isWanted(parent);
  };
  let ticks = 0;
  for (const [pid, stat] of stats) if (isWanted(pid)) ticks += stat.ticks;
  return ticks / TICKS_PER_SECOND;
}

/** Undefined: the process has ended meanwhile. */
function readStat(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The program's name may have spaces and brackets; the fields that follow have none (see proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parent = 0, ...times] = [1, 11, 12, 13, 14].map((field) => Number(fields[field]));
  return { parent, ticks: times.reduce((sum, time) => sum + time, 0) };
}
