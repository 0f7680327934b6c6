import { describe, expect, test, vi } from 'vitest';
import { leftOut, testsLeftOut } from '../../../scripts/leftOut.ts';

const there = { missing: () => undefined, projects: ['faults'] };
const noRedis = { missing: () => 'Redis not found', projects: ['server'], files: ['test/e2e/one.test.ts'] };
const noNginx = { missing: () => 'nginx not found', files: ['test/server/edge/**'] };

describe('tests whose programs are missing', () => {
  test('are left out by name, with the reason', () => {
    vi.stubEnv('CI', '');
    expect(leftOut([there, noRedis, noNginx])).toBe(
      'Left out: the test projects server, and test/e2e/one.test.ts: Redis not found\n' +
        'Left out: test/server/edge/**: nginx not found',
    );
    expect(testsLeftOut([there, noNginx])).toEqual({ projects: [], files: ['test/server/edge/**'] });
  });

  test('are an error in CI', () => {
    vi.stubEnv('CI', 'true');
    expect(() => leftOut([noNginx])).toThrow('CI leaves nothing out. Left out: test/server/edge/**');
  });

  test('are none where all is there', () => {
    vi.stubEnv('CI', 'true');
    expect(leftOut([there])).toBeUndefined();
    expect(testsLeftOut([there])).toEqual({ projects: [], files: [] });
  });
});
