/** What stands in the middle of a relayed body. */
export interface RelayStage {
  /** What the reader gets for a piece that came; nothing to swallow it. */
  piece(bytes: Uint8Array): Uint8Array[];
  /** What it gets after the last one. */
  rest?(): Uint8Array[];
  /** The stream stays open, silent, when its source has ended. */
  holdOpen?: () => boolean;
  /** Called once, however the stream ended: clear timers here. */
  ended?(): void;
}

export interface RelayControls {
  /** Ends the reader's stream cleanly, and lets go of the source. */
  close(): void;
  /** Breaks the reader's stream as a lost connection does, and lets go of the source. */
  reset(): void;
}

/**
 * The same answer with its body passed on through `start`'s stage. A reader that leaves is passed on to the source,
 * as the backend is to notice it.
 */
export function relay(response: Response, start: (controls: RelayControls) => RelayStage): Response {
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
  // Letting go of a source that is already broken rejects: there is nobody left to tell.
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
      // A stream that was pulled and got nothing is not pulled again: go on until there is something to hand over.
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
