import { Component, type ReactNode } from 'react';
import { reportProblem } from '../../host/reportProblem.ts';

interface ContainedProps {
  /** After an error, another value renders the children again. */
  attempt: unknown;
  children?: ReactNode;
}

/** Catches errors of the plugin. QWC2 renders all plugins in one tree, so an uncaught error would remove the whole application. */
export class Contained extends Component<ContainedProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportProblem(error);
  }

  override componentDidUpdate({ attempt }: ContainedProps): void {
    if (this.state.failed && attempt !== this.props.attempt) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
