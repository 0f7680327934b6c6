import { relayStreams } from './relay.ts';
import type { BackendFetch, ScenarioContext } from './Scenario.ts';

/**
 * Gives the frame of every event, without its end, to `rewrite`, and sends the frames that it returns instead. `open` is
 * called for each stream. Keep-alive frames pass unchanged.
 */
export function rewriteEvents(
  next: BackendFetch,
  context: ScenarioContext,
  open: () => (frame: string) => string[],
): BackendFetch {
  return relayStreams(next, context, (_, { frameEnd, keepAlive }) => {
    const rewrite = open();
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    let pending = '';
    return {
      piece(bytes) {
        pending += decoder.decode(bytes, { stream: true });
        const frames = pending.split(frameEnd);
        pending = frames.pop() ?? '';
        return frames
          .flatMap((frame) => (frame + frameEnd === keepAlive ? [frame] : rewrite(frame)))
          .map((frame) => encoder.encode(frame + frameEnd));
      },
      rest: () => (pending ? [encoder.encode(pending)] : []),
    };
  });
}
