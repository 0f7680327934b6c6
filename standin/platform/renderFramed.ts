import type { RenderReactNode, RenderRoot } from '../../src/host/contract.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import { renderReactNode } from '../../src/host/renderReactNode.tsx';
import { RootFrame } from './RootFrame.tsx';

let calls = 0;

/** A root that was asked for before there was an application. It opens once one has started. */
class WaitingRoot implements RenderRoot {
  /** Undefined while it waits. */
  opened: RenderRoot | undefined;
  #open: (() => RenderRoot) | undefined;

  constructor(open: () => RenderRoot) {
    this.#open = open;
    waiting.add(this);
  }

  /** Renders something else once the application has started. */
  replace(open: () => RenderRoot): void {
    this.#open = open;
    waiting.add(this);
  }

  start(): void {
    this.opened = this.#open?.();
  }

  render(node: Parameters<RenderRoot['render']>[0]): void {
    const open = this.#open;
    if (this.opened) this.opened.render(node);
    else if (open) {
      this.#open = () => {
        const root = open();
        root.render(node);
        return root;
      };
    }
  }

  unmount(): void {
    waiting.delete(this);
    this.#open = undefined;
    this.opened?.unmount();
  }
}

const waiting = new Set<WaitingRoot>();

/** Renders what main files have asked for before the application started. */
export function startWaitingRoots(): void {
  const roots = [...waiting];
  waiting.clear();
  for (const root of roots) root.start();
}

/**
 * The platform's `renderReactNode`: the host's one, with a frame around what a plugin renders. Before there is an
 * application it waits for one.
 */
export const renderFramed: RenderReactNode = <Props extends object>(
  ...[node, component, props, previousRoot]: Parameters<typeof renderReactNode<Props>>
) => {
  if (typeof document === 'undefined') {
    throw new Error('renderReactNode needs a page to render into: run this test in a browser, or with jsdom');
  }
  calls += 1;
  const framed = { component, props, call: calls };
  const previous = previousRoot instanceof WaitingRoot ? previousRoot.opened : previousRoot;
  const open = () => renderReactNode(node, RootFrame<Props>, framed, previous);
  if (previous || latestApplication()) return open();
  if (!(previousRoot instanceof WaitingRoot)) return new WaitingRoot(open);
  previousRoot.replace(open);
  return previousRoot;
};
