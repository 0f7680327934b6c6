import type { RenderReactNode } from '../../src/host/contract.ts';
import { renderReactNode as renderInHost } from '../../src/host/renderReactNode.tsx';
import { RootFrame } from './RootFrame.tsx';

let calls = 0;

/** The host's `renderReactNode`, which see, around a plugin that is not ours: an error in it stays in it. */
export const renderReactNode: RenderReactNode = <Props extends object>(
  ...[node, component, props, previousRoot]: Parameters<typeof renderInHost<Props>>
) => {
  if (typeof document === 'undefined') {
    throw new Error('renderReactNode needs a page to render into: run this test in a browser, or with jsdom');
  }
  calls += 1;
  return renderInHost(node, RootFrame<Props>, { component, props, call: calls }, previousRoot);
};
