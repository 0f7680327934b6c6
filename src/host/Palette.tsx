import { Button, theme } from 'antd';
import { useApplication, useEventValue } from './ApplicationContext.ts';
import { ButtonImage } from './ButtonImage.tsx';
import type { PaletteItem } from './PluginRegistry.ts';
import { titleOf } from './titleOf.ts';
import { titleWithStatus, useButtonStatus } from './useButtonStatus.ts';
import { useHostText } from './useHostText.ts';
import { useLocalisation } from './useLocale.ts';

/** The application's palette: each of its `palette` buttons with its title. */
export function Palette() {
  const app = useApplication();
  const items = useEventValue(app, 'plugins-changed', () => app.palette);
  const text = useHostText();
  useLocalisation();
  const { token } = theme.useToken();
  return (
    <nav
      aria-label={text('palette')}
      style={{
        padding: token.paddingXXS,
        background: token.colorBgContainer,
        borderRadius: token.borderRadius,
      }}
    >
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {items.map((item) => (
          <li key={item.reference}>
            <PaletteButton item={item} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PaletteButton({ item: { plugin, prototype } }: { item: PaletteItem }) {
  const app = useApplication();
  const status = useButtonStatus(plugin, prototype);
  const title = titleWithStatus(titleOf(plugin, prototype), status);
  const { token } = theme.useToken();
  return (
    <Button
      type="text"
      block
      icon={<ButtonImage source={prototype.imgSrc} title={title} size={16} status={status} />}
      style={{
        justifyContent: 'flex-start',
        // The ring of a running task and the mark of one that ended are wider than the image.
        gap: token.paddingSM + token.paddingXXS,
        height: 'auto',
        minHeight: 32,
        whiteSpace: 'normal',
        textAlign: 'start',
        fontVariantNumeric: 'tabular-nums',
      }}
      onClick={() => app.run(() => Reflect.apply(prototype.action, { owner: plugin }, []))}
    >
      {title}
    </Button>
  );
}
