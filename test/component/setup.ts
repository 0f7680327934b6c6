// Prepares each file of component tests: what jsdom lacks is there, and what one test rendered is gone before the next.
import { cleanup, configure, prettyDOM } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { describedLate } from '../../harness/describedLate.ts';
import { keepHidingRules } from './hidingRules.ts';

keepHidingRules();

// jsdom lays nothing out, so no element ever changes its size.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// A busy machine may need longer than the second that `find...` waits by default.
configure({ asyncUtilTimeout: 20_000, ...describedLate(prettyDOM) });

beforeEach(() => localStorage.clear());
afterEach(cleanup);
