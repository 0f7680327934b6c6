/**
 * Counts React's commits in a page, for benches. React reports each of them to the developer tools, also in production, if they
 * are there when it loads: this script of the page goes before all others.
 */

let counted = { commits: 0, crowdedFrames: 0, frames: 0 };
let ofFrame = 0;

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    isDisabled: false,
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
    onCommitFiberRoot() {
      counted.commits += 1;
      ofFrame += 1;
      if (ofFrame === 2) counted.crowdedFrames += 1;
    },
  },
});

function onFrame(): void {
  ofFrame = 0;
  counted.frames += 1;
  requestAnimationFrame(onFrame);
}
requestAnimationFrame(onFrame);

declare global {
  interface Window {
    /** The commits since `begin`, and the frames in which there was more than one. */
    commits: { begin(): void; end(): { commits: number; crowdedFrames: number; frames: number } };
  }
}

window.commits = {
  begin() {
    counted = { commits: 0, crowdedFrames: 0, frames: 0 };
  },
  end: () => counted,
};

export {};
