import type { Scenario } from './Scenario.ts';

/**
 * The server no longer knows what a client has seen, as after a restart with an empty log. Every stream starts with a
 * snapshot, whatever cursor the client sends. The fault shows only when a client reconnects: combine it with
 * `streamCut`.
 *
 * @example
 * const backend = await createMockBackend({ scenario: lostCursor() });
 */
export function lostCursor(): Scenario {
  return {
    name: 'lostCursor',
    hooks: {
      onFollow: (filter) => ({
        ...filter,
        cursors: Object.fromEntries(Object.keys(filter.cursors).map((id) => [id, null])),
      }),
    },
  };
}
