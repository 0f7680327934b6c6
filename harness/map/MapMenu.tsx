import { Dropdown } from 'antd';
import { type MouseEvent, type ReactElement, useRef } from 'react';
import type { Position } from '../../src/contract/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import type { NetworkMap } from './NetworkMap.ts';

/** A finger that rests for so long asks for the menu. Safari on iOS has no event for that. */
const LONG_PRESS_MS = 600;
/** A finger that moves by more CSS pixels drags the map. */
const STILL_PIXELS = 8;

interface MapMenuProps {
  map: Pick<NetworkMap, 'placeAt'>;
  msg: HarnessMsg;
  onTasksHere(at: Position): void;
  /** The element of the map. */
  children: ReactElement;
}

/** The menu of a place on the map, for a right click, a long press, or the keyboard's menu key. */
export function MapMenu({ map, msg, onTasksHere, children }: MapMenuProps) {
  const at = useRef<Position>(undefined);
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  function read({ nativeEvent }: MouseEvent) {
    release();
    // The menu key has no place: it means the middle of the map.
    const isKey = 'pointerType' in nativeEvent && nativeEvent.pointerType === '';
    at.current = map.placeAt(isKey ? undefined : nativeEvent);
  }
  return (
    <Dropdown
      trigger={['contextMenu']}
      autoFocus
      menu={{
        items: [{ key: 'tasks', label: msg('tasksHere') }],
        onClick: () => at.current && onTasksHere(at.current),
      }}
    >
      {/* The events come here from the map before they reach the menu. */}
      <div
        style={{ display: 'contents' }}
        onContextMenuCapture={read}
        onPointerDown={({ pointerType, clientX, clientY, target, isPrimary }) => {
          release();
          if (pointerType !== 'touch' || !isPrimary) return;
          const timer = setTimeout(() => {
            const init = { bubbles: true, cancelable: true, clientX, clientY };
            target.dispatchEvent(new globalThis.MouseEvent('contextmenu', init));
          }, LONG_PRESS_MS);
          press.current = { timer, x: clientX, y: clientY };
        }}
        onPointerMove={({ clientX, clientY }) => {
          if (
            press.current &&
            Math.hypot(clientX - press.current.x, clientY - press.current.y) > STILL_PIXELS
          )
            release();
        }}
        onPointerUp={release}
        onPointerCancel={release}
      >
        {children}
      </div>
    </Dropdown>
  );
}
