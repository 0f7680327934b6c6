import type { ClockDifference, Finding } from './Finding.ts';

const WARN_SECONDS = 2;
const FAIL_SECONDS = 30;

/**
 * Compares the clocks of the services with ours. Tasks do not depend on a clock, but tokens do, and wrong times in
 * lists and logs mislead.
 */
export function checkClocks(clocks: readonly ClockDifference[]): Finding[] {
  return clocks.map(({ subject, seconds }) => {
    const off = Math.abs(seconds);
    const message = `${subject}'s is ${off.toFixed(1)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's`;
    const fix = 'keep the clocks of all machines together: "timedatectl set-ntp true"';
    if (off < WARN_SECONDS) return { level: 'ok', subject: 'clock', message };
    return { level: off < FAIL_SECONDS ? 'warn' : 'fail', subject: 'clock', message: `${message}; ${fix}` };
  });
}
