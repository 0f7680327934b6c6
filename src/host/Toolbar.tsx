import { Button, Tooltip, theme } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useApplication, useEventValue } from './ApplicationContext.ts';
import { ButtonImage } from './ButtonImage.tsx';
import type { ToolbarItem } from './PluginRegistry.ts';
import { titleOf } from './titleOf.ts';
import { titleWithStatus, useButtonStatus } from './useButtonStatus.ts';
import { useHostText } from './useHostText.ts';
import { useLocalisation } from './useLocale.ts';

/** The application's toolbar buttons, in the order of its `toolbar` option. */
export function Toolbar() {
  const app = useApplication();
  const items = useEventValue(app, 'plugins-changed', () => app.toolbar);
  const text = useHostText();
  const { token } = theme.useToken();
  return (
    <div
      role="toolbar"
      aria-label={text('toolbar')}
      onKeyDown={moveFocus}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: token.marginXXS,
        padding: token.paddingXXS,
        background: token.colorBgContainer,
        borderRadius: token.borderRadius,
      }}
    >
      {items.map((item) => (
        <ToolbarButton key={item.reference} item={item} />
      ))}
    </div>
  );
}

/** Left and right go from button to button, as in any toolbar. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button.contains(document.activeElement));
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  const step = (event.key === 'ArrowRight') === isRtl ? -1 : 1;
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

function ToolbarButton({ item: { button, plugin } }: { item: ToolbarItem }) {
  const app = useApplication();
  const place = useRef<HTMLSpanElement>(null);
  useLocalisation();
  const status = useButtonStatus(plugin, button);
  const title = titleWithStatus(titleOf(plugin, button), status);
  const [named, setNamed] = useState(false);
  /** The button was pressed, and the pointer has not left it since. */
  const pressed = useRef(false);
  const { el } = button;

  // The button's own element is the plugin's to change; React draws inside of it.
  useLayoutEffect(() => {
    if (!el) return;
    place.current?.append(el);
    return () => el.remove();
  }, [el]);

  const drawn = (
    <Tooltip
      title={title}
      placement="bottom"
      open={named}
      onOpenChange={(open) => setNamed(open && !pressed.current)}
    >
      <Button
        type="text"
        id={button.id || undefined}
        aria-label={title}
        icon={<ButtonImage source={button.imgSrc} title={title} size={20} status={status} />}
        style={{ width: 36, height: 36 }}
        onMouseLeave={() => {
          pressed.current = false;
        }}
        onClick={() => {
          // The name of the button would lie over the dialog that it opens.
          pressed.current = true;
          setNamed(false);
          app.run(() => button.action());
        }}
      />
    </Tooltip>
  );
  return <span ref={place}>{el ? createPortal(drawn, el) : drawn}</span>;
}
