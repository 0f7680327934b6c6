import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ApplicationView } from './ApplicationView.ts';
import type { RenderReactNode, RenderRoot } from './contract.ts';
import { HostProvider } from './HostProvider.tsx';
import { latestApplication } from './latestApplication.ts';

// The application of each root that is still there.
const owners = new WeakMap<RenderRoot, ApplicationView>();

/** Renders for one application, and knows which of its roots are still there. */
export interface Renderer {
  renderReactNode: RenderReactNode;
  unmountAll(): void;
}

export function createRenderer(app: ApplicationView): Renderer {
  const roots = new Set<RenderRoot>();

  function openRoot(node: Element | null): RenderRoot {
    const made = node ? undefined : document.createElement('div');
    if (made) app.container.append(made);
    const reactRoot = createRoot(node ?? made ?? document.body);
    const root: RenderRoot = {
      render(content: ReactNode) {
        if (!roots.has(root)) {
          throw new Error('This root is unmounted; call renderReactNode again for a new one');
        }
        reactRoot.render(<HostProvider app={app}>{content}</HostProvider>);
      },
      unmount() {
        if (!roots.delete(root)) return;
        owners.delete(root);
        // Not at once: React refuses to unmount a root from within an effect, which is where hosts clean up.
        queueMicrotask(() => {
          reactRoot.unmount();
          made?.remove();
        });
      },
    };
    roots.add(root);
    owners.set(root, app);
    return root;
  }

  return {
    renderReactNode(node, Component, props, previousRoot) {
      const root = previousRoot && roots.has(previousRoot) ? previousRoot : openRoot(node);
      root.render(<Component {...props} />);
      return root;
    },
    unmountAll() {
      for (const root of [...roots]) root.unmount();
    },
  };
}

/**
 * Renders a component with the theme, language and direction of the **latest** application. On a page with two,
 * use `app.renderReactNode`, which is bound to its own; a previous root stays with the application it is of.
 *
 * `node: null` makes an element in the application's container and removes it on unmount. Given the root that an
 * earlier call returned it renders there again; given one that is unmounted it opens a new one.
 */
export const renderReactNode: RenderReactNode = (node, component, props, previousRoot) => {
  const application = (previousRoot && owners.get(previousRoot)) ?? latestApplication();
  if (!application) {
    throw new Error('renderReactNode() found no application: call createApplication() first');
  }
  return application.renderReactNode(node, component, props, previousRoot);
};
