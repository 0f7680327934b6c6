/** A hidden page gets no frames. The callback runs this often there. */
const HIDDEN_MS = 100;
const FRAME_MS = 16;

export interface OnceAFrame {
  /** Runs the callback with the next frame, however often it is asked until then. */
  request(): void;
  /** Runs the callback at once, in place of the requests before. */
  flush(): void;
  cancel(): void;
}

/** Merges many requests into one call per frame; goes on where there are no frames (hidden pages, workers, Node). */
export function onceAFrame(callback: () => void): OnceAFrame {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frames = typeof requestAnimationFrame === 'function';

  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  const flush = () => {
    cancel();
    callback();
  };
  return {
    request() {
      if (timer !== undefined) return;
      timer = setTimeout(flush, frames ? HIDDEN_MS : FRAME_MS);
      if (frames) frame = requestAnimationFrame(flush);
    },
    flush,
    cancel,
  };
}
