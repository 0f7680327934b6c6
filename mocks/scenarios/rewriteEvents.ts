import { relay } from './relay.ts';
import { isEventStream } from './requests.ts';
import type { BackendFetch } from './Scenario.ts';

/**
 * Hands every server-sent event (its text, without the blank line after it) to `rewrite` and sends what it gives
 * instead. `open` is called for each stream. Comments pass as they are.
 */
export function rewriteEvents(next: BackendFetch, open: () => (event: string) => string[]): BackendFetch {
  return async (request) => {
    const response = await next(request);
    if (!isEventStream(response)) return response;
    return relay(response, () => {
      const rewrite = open();
      const decoder = new TextDecoder();
      const encoder = new TextEncoder();
      let pending = '';
      return {
        piece(bytes) {
          pending += decoder.decode(bytes, { stream: true });
          const blocks = pending.split('\n\n');
          pending = blocks.pop() ?? '';
          return blocks
            .flatMap((block) => (/^data:/m.test(block) ? rewrite(block) : [block]))
            .map((block) => encoder.encode(`${block}\n\n`));
        },
        rest: () => (pending ? [encoder.encode(pending)] : []),
      };
    });
  };
}
