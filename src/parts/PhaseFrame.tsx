import {
  Component,
  type CSSProperties,
  createRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
} from 'react';

export interface PhaseFrameProps {
  phase: string;
  /** There is no task yet, or no longer. */
  isSetup: boolean;
  /** The server is asked to start a task, and what it refused before is gone. */
  starting: boolean;
  children: ReactNode;
}

/** The content before React replaced it. Its height is in CSS pixels. */
interface Before {
  hadFocus: boolean;
  height: number;
}

/**
 * Frames the phases of a task, so that one can replace another under a user's hands.
 *
 * The frame gets no lower while there is a task, and `Actions` stand at its end: the second click of a double-click stays
 * in the dialog. It gets lower before another task, as soon as the pointer has left it. A click or a held key that began
 * in one phase does nothing in the next. The focus moves from a button that is gone to the heading or the first field of
 * the new phase; a focus outside of the frame is left alone.
 *
 * It is a class, because only getSnapshotBeforeUpdate sees the page before React changes it.
 */
export class PhaseFrame extends Component<PhaseFrameProps> {
  private readonly element = createRef<HTMLDivElement>();
  private minHeight = 0;
  /** The phases in which the running series of clicks, and the key that is held, began. */
  private clickedIn: string | undefined;
  private pressedIn: string | undefined;

  override getSnapshotBeforeUpdate(): Before {
    const { current } = this.element;
    return {
      hadFocus: current?.contains(document.activeElement) ?? false,
      height: current?.offsetHeight ?? 0,
    };
  }

  override componentDidUpdate(previous: PhaseFrameProps, _state: unknown, before: Before): void {
    const { phase, starting } = this.props;
    const { current } = this.element;
    if (!current) return;
    const isSame = previous.phase === phase && previous.starting === starting;
    // In a narrow window a text of the running task may need a second line now and then.
    if (!(isSame && this.props.isSetup) && before.height > this.minHeight) {
      // Not through React: it would draw the phase twice.
      this.minHeight = before.height;
      current.style.minHeight = `${this.minHeight}px`;
    }
    if (isSame) return;
    if (!current.matches(':hover')) this.releaseHeight();
    if (!before.hadFocus || previous.phase === phase) return;
    current
      .querySelector<HTMLElement>('[data-phase-heading], input, select, textarea, button:enabled')
      ?.focus();
  }

  /** Before a task there is nothing to keep in place, once nobody points at a button that is about to move. */
  private readonly releaseHeight = (): void => {
    if (!this.props.isSetup || !this.element.current) return;
    this.minHeight = 0;
    this.element.current.style.minHeight = '';
  };

  private readonly onMouseDown = ({ detail }: MouseEvent): void => {
    if (detail <= 1) this.clickedIn = this.props.phase;
  };

  private readonly onClick = (event: MouseEvent): void => {
    if (event.detail > 1 && this.clickedIn !== this.props.phase) ignore(event);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!event.repeat) this.pressedIn = this.props.phase;
    else if (this.pressedIn !== this.props.phase) ignore(event);
  };

  override render(): ReactNode {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it has no action of its own, it keeps some from its buttons.
      <div
        ref={this.element}
        style={COLUMN}
        onMouseLeave={this.releaseHeight}
        onMouseDownCapture={this.onMouseDown}
        onClickCapture={this.onClick}
        onKeyDownCapture={this.onKeyDown}
      >
        {this.props.children}
      </div>
    );
  }
}

const COLUMN: CSSProperties = { display: 'flex', flexDirection: 'column' };

function ignore(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
