import { Component, createRef, type ReactNode } from 'react';

/**
 * When one phase replaces another, the button that had the focus is gone: the new phase's heading or first field takes it, so that
 * keyboard and screen reader go on from there. A focus outside the modal is left alone. A class, because only
 * getSnapshotBeforeUpdate sees where the focus was before React removed it.
 */
export class PhaseFocus extends Component<{ phase: string; children: ReactNode }> {
  private readonly element = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(): boolean {
    return this.element.current?.contains(document.activeElement) ?? false;
  }

  override componentDidUpdate(previous: { phase: string }, _state: unknown, hadFocus: boolean): void {
    if (!hadFocus || previous.phase === this.props.phase) return;
    this.element.current
      ?.querySelector<HTMLElement>('[data-phase-heading], input, select, textarea, button:enabled')
      ?.focus();
  }

  override render(): ReactNode {
    return <div ref={this.element}>{this.props.children}</div>;
  }
}
