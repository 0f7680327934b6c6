// Set-up of every project: `vi.waitFor` and `vi.waitUntil` wait as long for a condition as `expect.poll` does, where a test
// names no time. Vitest waits a second, which a busy machine takes now and then for what is right.
import { vi } from 'vitest';

const { waitFor, waitUntil } = vi;
type Options = Parameters<typeof waitFor>[1];

const patiently = (options: Options) =>
  typeof options === 'number' ? options : { timeout: 15_000, ...options };

// Files that share a worker share `vi`, and each of them runs its set-up.
if (waitFor.name !== 'waitPatiently') {
  vi.waitFor = function waitPatiently(callback, options) {
    return waitFor(callback, patiently(options));
  };
  vi.waitUntil = function waitPatientlyUntil(callback, options) {
    return waitUntil(callback, patiently(options));
  };
}
