import type { EventFormat } from '../../backend/http/EventFormat.ts';
import type { BackendFetch, ScenarioContext } from './Scenario.ts';

/** A scenario passes the bytes of one event stream through this. */
export interface RelayStage {
  /** The bytes that the client gets for the bytes that came. None: the scenario drops them. */
  piece(bytes: Uint8Array): Uint8Array[];
  /** The bytes that the client gets after the last ones. */
  rest?(): Uint8Array[];
  /** True: the stream stays open and silent when its source has ended. */
  holdOpen?: () => boolean;
  /** Called once, however the stream ended. Clear timers here. */
  ended?(): void;
}

export interface RelayControls {
  /** Ends the client's stream cleanly, and cancels the source. */
  close(): void;
  /** Breaks the client's stream as a lost connection does, and cancels the source. */
  reset(): void;
}

/** Sends every event stream of any protocol through a stage of its own. Other responses pass unchanged. */
export function relayStreams(
  next: BackendFetch,
  { routeOf }: ScenarioContext,
  start: (controls: RelayControls, format: EventFormat) => RelayStage,
): BackendFetch {
  return async (request) => {
    const response = await next(request);
    const format = routeOf(request)?.events;
    const contentType = response.headers.get('Content-Type') ?? '';
    if (!format || !contentType.startsWith(format.contentType)) return response;
    return relay(response, (controls) => start(controls, format));
  };
}

/** The same response, with its body sent through `start`'s stage. The backend notices when the client disconnects. */
function relay(response: Response, start: (controls: RelayControls) => RelayStage): Response {
  const source = response.body?.getReader();
  if (!source) return response;
  let stage: RelayStage | undefined;
  let over = false;
  const finish = () => {
    if (over) return false;
    over = true;
    stage?.ended?.();
    return true;
  };
  // Cancelling a source that is already broken rejects. The client has its own error by then.
  const letGo = (reason: unknown) => source.cancel(reason).catch(() => undefined);

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stage = start({
        close() {
          if (!finish()) return;
          controller.close();
          void letGo('closed by the scenario');
        },
        reset() {
          if (!finish()) return;
          controller.error(new TypeError('network error: connection reset'));
          void letGo('reset by the scenario');
        },
      });
    },
    async pull(controller) {
      // A stream is not pulled again before something was enqueued, so read on until there is something.
      while (!over) {
        try {
          const { done, value } = await source.read();
          if (over) return;
          const pieces = done ? (stage?.rest?.() ?? []) : (stage?.piece(value) ?? []);
          for (const piece of pieces) controller.enqueue(piece);
          if (done) {
            if (stage?.holdOpen?.()) return;
            finish();
            controller.close();
            return;
          }
          if (pieces.length > 0) return;
        } catch (error) {
          if (finish()) controller.error(error);
        }
      }
    },
    cancel(reason) {
      finish();
      return source.cancel(reason);
    },
  });
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
