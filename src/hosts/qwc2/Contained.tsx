import { Component, type ReactNode } from 'react';
import { reportProblem } from '../../host/reportProblem.ts';

interface ContainedProps {
  /** With another value, what failed is tried again. */
  attempt: unknown;
  children?: ReactNode;
}

/** QWC2 renders its plugins in one tree: an error that is not caught would take the whole application away. */
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
