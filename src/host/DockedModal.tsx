import { Button, theme } from 'antd';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { useNearestApplication } from './ApplicationContext.ts';
import type { DockedModalProps } from './contract.ts';
import { CloseIcon, FoldIcon, GripIcon } from './dialogIcons.tsx';
import {
  type Anchor,
  anchorAt,
  at,
  type Box,
  CARD,
  cornerFor,
  FOLDED,
  NARROW,
  placeOf,
  rememberAnchor,
  rememberedAnchor,
  sheetBox,
  sheetRoom,
} from './dock.ts';
import { useModalOrder } from './modalOrder.ts';
import { useBox } from './useBox.ts';
import { useDialogFocus } from './useDialogFocus.ts';
import { useDockDrag } from './useDockDrag.ts';
import { useFoldMotion } from './useFoldMotion.ts';
import { useHostText } from './useHostText.ts';
import { useLocalisation } from './useLocale.ts';
import { useScrolls } from './useScrolls.ts';
import { useSheetRoom } from './useSheetRoom.ts';

/**
 * A dialog that docks at the host's map and leaves the rest of the page in use. It is a card in a corner of the map that the
 * user can drag elsewhere; in a page below 640 pixels it is a sheet at the map's lower edge, which folds when it is swiped
 * down. Folded, it is a bar. Escape closes it. Its contents are unmounted while it is closed, and its place is remembered.
 *
 * @example
 * <DockedModal open={open} title="Drops" onCancel={close} bar={{ icon, percent: '48%', detail: null }}>
 *   {(place) => <Progress compact={place === 'sheet'} />}
 * </DockedModal>
 */
export function DockedModal({ open, ...props }: DockedModalProps) {
  return open ? <OpenModal {...props} /> : null;
}

function OpenModal({ title, onCancel, wrapClassName, bar, children }: Omit<DockedModalProps, 'open'>) {
  const dialog = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const { token } = theme.useToken();
  const text = useHostText();
  const app = useNearestApplication();
  const container = app?.container ?? document.body;
  const { direction, language } = useLocalisation();
  const isRtl = direction === 'rtl';
  const { depth, raise } = useModalOrder();
  const mapElement = app?.map?.container?.();
  const map = useBox(mapElement);
  const page = useBox(container === document.body ? undefined : container);
  const place = page.width < NARROW.page ? 'sheet' : 'card';
  const isCard = place === 'card';
  const [anchor, setAnchor] = useState<Anchor>(
    () => rememberedAnchor() ?? cornerFor(map, placeOf(app?.currentFeature, app?.map?.getBounds()), isRtl),
  );
  const [wantsFolded, setFolded] = useState(isCard && map.width < NARROW.map && bar !== undefined);
  const folded = wantsFolded && bar !== undefined;
  const size = useSize(dialog, { width: CARD.width, height: FOLDED.card });
  const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const where = at(anchor, map, size, viewport, isRtl);
  const { onArrow, handle } = useDockDrag({
    moves: isCard,
    at: where,
    moveTo(left, top) {
      const moved = anchorAt({ left, top }, map, size, isRtl);
      setAnchor(moved);
      rememberAnchor(moved);
    },
    swiped: (to) => setFolded(to === 'down'),
  });
  useSheetRoom(mapElement ?? container, isCard ? 0 : sheetRoom(map, folded));
  useDialogFocus(dialog);
  useFoldMotion(dialog, folded);
  // Reached with the keyboard where there is something to scroll: not every browser sees to that.
  const scrolls = useScrolls(body, content);

  function closeOnEscape(event: KeyboardEvent) {
    // Keys come here through React from pop-ups of the content too; those are not the dialog's.
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key !== 'Escape' || !inside || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onCancel?.();
  }

  const frame: CSSProperties = {
    position: 'fixed',
    ...(isCard ? { ...where, ...cardSize(map) } : sheetBox(map, viewport, folded)),
    zIndex: token.zIndexPopupBase + depth,
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    color: token.colorText,
    background: token.colorBgElevated,
    borderRadius:
      isCard || folded ? token.borderRadiusLG : `${token.borderRadiusLG}px ${token.borderRadiusLG}px 0 0`,
    boxShadow: token.boxShadowSecondary,
    fontFamily: token.fontFamily,
    fontSize: token.fontSize,
    lineHeight: token.lineHeight,
    // Focus is on the dialog itself only to be read out; its controls show theirs.
    outline: 'none',
  };
  const label = text(folded ? 'unfold' : 'fold');
  return createPortal(
    <div className={wrapClassName} dir={direction} lang={language} style={{ display: 'contents' }}>
      <div
        ref={dialog}
        role="dialog"
        aria-modal="false"
        aria-labelledby={titleId}
        tabIndex={-1}
        data-place={place}
        data-folded={folded || undefined}
        style={frame}
        onPointerDownCapture={raise}
        onFocusCapture={raise}
        onKeyDown={closeOnEscape}
      >
        {/* The content comes first for the keyboard, and the title bar above it for the eye. */}
        <div
          ref={body}
          style={{
            display: folded ? 'none' : 'flex',
            flexDirection: 'column',
            flex: 'auto',
            minHeight: 0,
            overflow: 'auto',
            padding: isCard ? `${token.marginXS}px ${PADDING}px ${PADDING}px` : `0 ${PADDING}px`,
            scrollbarColor: `${token.colorTextQuaternary} transparent`,
          }}
          {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-labelledby': titleId } : {})}
        >
          <div ref={content} style={{ flex: '1 0 auto', display: 'flex', flexDirection: 'column' }}>
            {children(place)}
          </div>
        </div>
        <div
          {...handle}
          style={{
            order: -1,
            flex: 'none',
            touchAction: 'none',
            userSelect: 'none',
            cursor: isCard ? 'move' : undefined,
          }}
        >
          {isCard || folded ? null : <Hand />}
          <div
            style={{
              display: 'flex',
              alignItems: 'center',
              gap: token.marginXS,
              boxSizing: 'border-box',
              height: folded && !isCard ? FOLDED.sheet : FOLDED.card,
              paddingInline: `${isCard ? 12 : PADDING}px ${token.paddingXS}px`,
              borderBlockEnd: isCard && !folded ? `1px solid ${token.colorBorderSecondary}` : undefined,
            }}
          >
            {folded ? bar.icon : null}
            <div style={{ flex: 1, minWidth: 0, order: 1 }}>
              <div
                id={titleId}
                title={typeof title === 'string' ? title : undefined}
                style={{
                  ...ONE_LINE,
                  fontWeight: 600,
                  fontSize: folded ? token.fontSize : token.fontSizeLG,
                }}
              >
                {title}
              </div>
              {folded && !isCard ? (
                <div style={{ ...ONE_LINE, color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
                  {bar.detail}
                </div>
              ) : null}
            </div>
            {folded ? (
              <span style={{ order: 2, fontVariantNumeric: 'tabular-nums' }}>{bar.percent}</span>
            ) : null}
            {isCard && !folded ? (
              <BarButton
                label={text('moveDialog')}
                icon={<GripIcon />}
                style={{ cursor: 'move', marginInlineStart: -token.marginXS }}
                onKeyDown={onArrow}
                data-drag-handle=""
              />
            ) : null}
            {bar ? (
              <BarButton
                label={label}
                icon={<FoldIcon up={isCard ? !folded : folded} />}
                style={{ order: 3 }}
                aria-expanded={!folded}
                large={!isCard}
                onClick={() => setFolded(!folded)}
              />
            ) : null}
            {folded && !isCard ? null : (
              <BarButton
                label={text('close')}
                icon={<CloseIcon />}
                style={{ order: 4 }}
                large={!isCard}
                onClick={() => onCancel?.()}
              />
            )}
          </div>
        </div>
      </div>
    </div>,
    container,
  );
}

/** In CSS pixels, as the width of the window is. */
const PADDING = 16;
const ONE_LINE: CSSProperties = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' };

interface BarButtonProps {
  label: string;
  icon: ReactNode;
  style: CSSProperties;
  /** For a finger. */
  large?: boolean;
  'aria-expanded'?: boolean;
  'data-drag-handle'?: '';
  onClick?(): void;
  onKeyDown?(event: KeyboardEvent): void;
}

function BarButton({ label, large = false, ...props }: BarButtonProps) {
  return <Button type="text" size={large ? 'middle' : 'small'} aria-label={label} title={label} {...props} />;
}

/** The short line by which a sheet is swiped. */
function Hand() {
  const { token } = theme.useToken();
  return (
    <div
      style={{
        width: 32,
        height: 4,
        margin: '6px auto 0',
        borderRadius: 2,
        background: token.colorBorder,
      }}
    />
  );
}

function cardSize(map: Box): CSSProperties {
  return {
    width: CARD.width,
    maxWidth: 'calc(100vw - 16px)',
    // A low map is covered by a card that scrolls, and not by one that leaves the page.
    maxHeight: `min(${Math.max(map.height - 2 * CARD.edge, 240)}px, 100vh - 16px)`,
  };
}

/** The size of an element, once it is there. */
function useSize(
  element: React.RefObject<HTMLElement | null>,
  first: { width: number; height: number },
): { width: number; height: number } {
  const [size, setSize] = useState(first);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const read = () => {
      const { offsetWidth: width, offsetHeight: height } = current;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
