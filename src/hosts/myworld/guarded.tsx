import { Component, createElement, type ReactNode } from 'react';
import type { RenderReactNode } from '../../host/contract.ts';

/** Catches errors of the components that we draw, so that they do not unmount the host's own tree. React logs them. */
export class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  /** Rendered again, as by another click on the button: another try. */
  override componentDidUpdate(before: { children: ReactNode }): void {
    if (this.state.failed && before.children !== this.props.children) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}

/** Renders as the host does, inside a Guard. */
export function guarded(render: RenderReactNode): RenderReactNode {
  return (node, component, props, previousRoot) =>
    render(node, Guard, { children: createElement(component, props) }, previousRoot);
}
