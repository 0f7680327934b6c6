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
  /** The frame fills a window whose height does not change. */
  fills: boolean;
  children: ReactNode;
}

/** The content before React replaced it. Its height is in CSS pixels. */
interface Before {
  hadFocus: boolean;
  height: number;
}

/** The buttons of a phase do nothing for so long after the phase began: what a user sees now is not what they aimed at. */
const SETTLING_MS = 400;
/** A frame that had to stay as high as that of the phase before gets lower after this. A double-click is over by then. */
const KEPT_MS = 1_000;
/** The buttons of a phase, as `Actions` lay them out. */
const SLOTS = '[data-slots]';

/**
 * Frames the phases of a task, so that one can replace another under a user's hands.
 *
 * The frame gets no lower while a phase lasts, and `Actions` stand at its end. It keeps its height for a moment when the
 * phase changes: the second click of a double-click stays in the dialog. The buttons ignore clicks and keys for 400 ms, and
 * a click or a held key that began in one phase does nothing in the next. The focus moves from a button that is gone to the
 * heading or the first field of the new phase; a focus outside of the frame is left alone.
 *
 * It is a class, because only getSnapshotBeforeUpdate sees the page before React changes it.
 */
export class PhaseFrame extends Component<PhaseFrameProps> {
  private readonly element = createRef<HTMLDivElement>();
  private minHeight = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
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
    const { phase, starting, fills } = this.props;
    const { current } = this.element;
    if (!current) return;
    const isSame = previous.phase === phase && previous.starting === starting;
    if (fills) this.keepHeight(0);
    // In a narrow window a text of the running task may need a second line now and then.
    else if (!(isSame && this.props.isSetup) && before.height > this.minHeight)
      this.keepHeight(before.height);
    if (previous.phase === phase) return;
    this.settle(current);
    clearTimeout(this.keeping);
    if (current.matches(':hover')) this.keeping = setTimeout(this.releaseHeight, KEPT_MS);
    else this.releaseHeight();
    if (!before.hadFocus) return;
    current
      .querySelector<HTMLElement>('[data-phase-heading], input, select, textarea, button:enabled')
      ?.focus();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.settling);
    clearTimeout(this.keeping);
  }

  /** Not through React: it would draw the phase twice. */
  private keepHeight(height: number): void {
    this.minHeight = height;
    if (this.element.current) this.element.current.style.minHeight = height > 0 ? `${height}px` : '';
  }

  private settle(current: HTMLElement): void {
    clearTimeout(this.settling);
    current.dataset.settling = '';
    for (const slots of current.querySelectorAll<HTMLElement>(SLOTS)) slots.style.pointerEvents = 'none';
    this.settling = setTimeout(() => {
      delete current.dataset.settling;
      for (const slots of current.querySelectorAll<HTMLElement>(SLOTS)) slots.style.pointerEvents = '';
    }, SETTLING_MS);
  }

  private readonly releaseHeight = (): void => this.keepHeight(0);

  private isEarly({ target }: SyntheticEvent): boolean {
    return (
      this.element.current?.dataset.settling !== undefined &&
      target instanceof Element &&
      target.closest(SLOTS) !== null
    );
  }

  private readonly onMouseDown = ({ detail }: MouseEvent): void => {
    if (detail <= 1) this.clickedIn = this.props.phase;
  };

  private readonly onClick = (event: MouseEvent): void => {
    const isLate = event.detail > 1 && this.clickedIn !== this.props.phase;
    if (isLate || this.isEarly(event)) ignore(event);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!event.repeat) this.pressedIn = this.props.phase;
    const isLate = event.repeat && this.pressedIn !== this.props.phase;
    if (isLate || (this.isEarly(event) && ACTIVATING.includes(event.key))) ignore(event);
  };

  override render(): ReactNode {
    return (
      <div
        ref={this.element}
        style={this.props.fills ? FILLING : COLUMN}
        onMouseDownCapture={this.onMouseDown}
        onClickCapture={this.onClick}
        onKeyDownCapture={this.onKeyDown}
      >
        {this.props.children}
      </div>
    );
  }
}

/** These keys press a button. Every other key, such as Tab, works at once. */
const ACTIVATING = ['Enter', ' '];
const COLUMN: CSSProperties = { display: 'flex', flexDirection: 'column' };
const FILLING: CSSProperties = { ...COLUMN, flex: 'auto' };

function ignore(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
