import { Button, theme } from 'antd';
import {
  type CSSProperties,
  type Dispatch,
  type KeyboardEvent,
  type SetStateAction,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { useNearestApplication } from './ApplicationContext.ts';
import type { DraggableModalProps } from './contract.ts';
import { CloseIcon, GripIcon } from './dialogIcons.tsx';
import { openModalCount, useModalOrder } from './modalOrder.ts';
import { useDialogFocus } from './useDialogFocus.ts';
import { type Place, type Point, useDraggable, VIEWPORT_MARGIN } from './useDraggable.ts';
import { useLocalisation } from './useLocale.ts';
import { useScrolls } from './useScrolls.ts';

const DEFAULT_WIDTH = 520;
const CASCADE = 24;
/** The share of the window's height that is free above a dialog when it is first opened. */
const TOP_SHARE = 0.15;
/** CSS pixels between a dialog and the edge of the window beside which it is first opened. */
const EDGE = 12;
/** In a window that is narrower, in CSS pixels, a dialog is first opened at the bottom. */
const NARROW = 640;
const STEP = 10;
const LARGE_STEP = 50;
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';
const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * A dialog that leaves the rest of the page in use: it has no mask, no scroll lock and no focus trap. The user drags it by
 * its title bar with mouse, touch or pen, or moves it with the arrow keys on the handle there (Shift: larger steps).
 * Escape closes it. The one that is opened, pressed or focused comes to the front. It is not antd's Modal, which has a
 * focus trap (5), an Escape handler for the whole page (6) and `aria-modal="true"` (both). Its contents are unmounted while
 * it is closed, and its place is remembered.
 *
 * @example <DraggableModal open={open} title="Drops" onCancel={close} footer={null}>...</DraggableModal>
 */
export function DraggableModal(props: DraggableModalProps) {
  return <DialogFrame {...props} />;
}

export interface DialogFrameProps extends DraggableModalProps {
  /** The rest of the page cannot be used while the dialog is open. */
  modal?: boolean;
}

/** The frame of `DraggableModal`, which can also be modal: with a mask behind it, and the Tab key staying inside. */
export function DialogFrame({ open, ...props }: DialogFrameProps) {
  const [place, setPlace] = useState<Place | null>(null);
  return open ? <OpenModal {...props} place={place} setPlace={setPlace} /> : null;
}

interface OpenModalProps extends Omit<DialogFrameProps, 'open'> {
  /** Null before it was first opened. */
  place: Place | null;
  setPlace: Dispatch<SetStateAction<Place | null>>;
}

function OpenModal(props: OpenModalProps) {
  const { place, setPlace, title, width, onCancel, footer, wrapClassName, children, modal } = props;
  const dialog = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const { token } = theme.useToken();
  const container = useNearestApplication()?.container ?? document.body;
  const localisation = useLocalisation();
  const { depth, raise } = useModalOrder();
  const { moveBy, handleProps } = useDraggable(dialog, place, setPlace, startingPlace);
  useDialogFocus(dialog);
  // Reached with the keyboard where there is something to scroll: not every browser sees to that.
  const scrolls = useScrolls(body, content);

  function closeOnEscape(event: KeyboardEvent) {
    // Keys come here through React from pop-ups of the content too; those are not the dialog's.
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key !== 'Escape' || !inside || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onCancel?.();
  }

  function keepTabInside(event: KeyboardEvent) {
    if (!modal || event.key !== 'Tab' || !dialog.current) return;
    const inside = [...dialog.current.querySelectorAll<HTMLElement>(TABBABLE)].filter(
      (each) => each.offsetParent,
    );
    const [first, last] = [inside[0], inside.at(-1)];
    const { activeElement } = document;
    const isAtEdge = activeElement === (event.shiftKey ? first : last) || activeElement === dialog.current;
    if (!isAtEdge) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  function moveWithArrows(event: KeyboardEvent) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    moveBy(arrow.x * step, arrow.y * step);
  }

  const padding = token.paddingContentHorizontal;
  const frame: CSSProperties = {
    position: 'fixed',
    left: place?.shown.x ?? VIEWPORT_MARGIN,
    top: place?.shown.y ?? VIEWPORT_MARGIN,
    zIndex: token.zIndexPopupBase + depth,
    boxSizing: 'border-box',
    width: width ?? DEFAULT_WIDTH,
    maxWidth: `calc(100vw - ${2 * VIEWPORT_MARGIN}px)`,
    maxHeight: `calc(100vh - ${2 * VIEWPORT_MARGIN}px)`,
    display: 'flex',
    flexDirection: 'column',
    color: token.colorText,
    background: token.colorBgElevated,
    border: `1px solid ${token.colorBorderSecondary}`,
    borderRadius: token.borderRadiusLG,
    boxShadow: token.boxShadow,
    fontFamily: token.fontFamily,
    fontSize: token.fontSize,
    lineHeight: token.lineHeight,
    // Focus is on the dialog itself only to be read out; its controls show theirs.
    outline: 'none',
  };
  const titleBar: CSSProperties = {
    display: 'flex',
    alignItems: 'center',
    gap: token.marginXXS,
    padding: `${token.paddingXS}px ${token.paddingXS}px`,
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
    cursor: 'move',
    touchAction: 'none',
    userSelect: 'none',
  };

  const bodyStyle: CSSProperties = {
    padding,
    minHeight: 0,
    overflow: 'auto',
    scrollbarColor: `${token.colorTextQuaternary} transparent`,
  };

  return createPortal(
    <div
      className={wrapClassName}
      dir={localisation.direction}
      lang={localisation.language}
      style={{ display: 'contents' }}
    >
      {modal ? (
        <div
          style={{
            position: 'fixed',
            inset: 0,
            zIndex: token.zIndexPopupBase + depth,
            background: token.colorBgMask,
          }}
        />
      ) : null}
      <div
        ref={dialog}
        role="dialog"
        aria-modal={modal ? 'true' : 'false'}
        aria-labelledby={titleId}
        tabIndex={-1}
        style={frame}
        onPointerDownCapture={raise}
        onFocusCapture={raise}
        onKeyDown={(event) => {
          closeOnEscape(event);
          keepTabInside(event);
        }}
      >
        <div {...handleProps} style={titleBar}>
          <Button
            type="text"
            size="small"
            data-drag-handle=""
            aria-label={localisation.lookup('host', 'moveDialog') ?? 'Move the dialog with the arrow keys'}
            icon={<GripIcon />}
            style={{ cursor: 'move' }}
            onKeyDown={moveWithArrows}
          />
          <div
            id={titleId}
            style={{
              flex: 1,
              minWidth: 0,
              overflowWrap: 'anywhere',
              fontWeight: token.fontWeightStrong,
              fontSize: token.fontSizeLG,
            }}
          >
            {title}
          </div>
          <Button
            type="text"
            size="small"
            aria-label={localisation.lookup('host', 'close') ?? 'Close'}
            icon={<CloseIcon />}
            onClick={() => onCancel?.()}
          />
        </div>
        <div
          ref={body}
          style={bodyStyle}
          {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-labelledby': titleId } : {})}
        >
          <div ref={content}>{children}</div>
        </div>
        {footer ? (
          <div
            style={{
              display: 'flex',
              flexWrap: 'wrap',
              justifyContent: 'flex-end',
              gap: token.marginSM,
              padding: `${token.paddingSM}px ${padding}px`,
              borderTop: `1px solid ${token.colorBorderSecondary}`,
            }}
          >
            {footer}
          </div>
        ) : null}
      </div>
    </div>,
    container,
  );
}

/** In a narrow window dialogs open at the bottom, and notices stand at the top. */
export function isNarrow(): boolean {
  return document.documentElement.clientWidth < NARROW;
}

/**
 * A dialog that leaves the page in use opens beside what the user has selected: hosts show that in the middle of the map.
 * So it stands at the inline end, and in a narrow window at the bottom. A modal dialog stands in the middle. The top does
 * not depend on the content: a content that is fetched later does not move it. Each further dialog is a little lower and
 * to the side; this one is counted already.
 */
function startingPlace(element: HTMLElement): Point {
  const shift = (openModalCount() - 1) * CASCADE;
  const { clientWidth } = document.documentElement;
  const freeWidth = clientWidth - element.offsetWidth;
  const top = Math.round(window.innerHeight * TOP_SHARE) + shift;
  if (element.ariaModal === 'true') return { x: Math.round(freeWidth / 2) + shift, y: top };
  const { direction } = getComputedStyle(element);
  return {
    x: direction === 'rtl' ? EDGE + shift : freeWidth - EDGE - shift,
    y: isNarrow() ? window.innerHeight - element.offsetHeight - shift : top,
  };
}
