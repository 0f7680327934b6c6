import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { Actions } from './Actions.tsx';
import { MessagesContext } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';

/** An error while drawing stays inside: it says so and offers another try; the map goes on. */
export class TaskErrorBoundary extends Component<{ children: ReactNode }, { failure: string | null }> {
  static override contextType = MessagesContext;
  declare context: React.ContextType<typeof MessagesContext>;
  override state: { failure: string | null } = { failure: null };

  static getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <>
        <Notice kind="error" urgent>
          {this.context.msg('window_broken', { message: failure })}
        </Notice>
        <Actions>
          <Button onClick={() => this.setState({ failure: null })}>{this.context.msg('retry')}</Button>
        </Actions>
      </>
    );
  }
}
