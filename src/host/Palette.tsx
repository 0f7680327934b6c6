import { Button, theme } from 'antd';
import { useApplication, useEventValue } from './ApplicationContext.ts';
import { ButtonImage } from './ButtonImage.tsx';
import { titleOf } from './titleOf.ts';
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
        {items.map(({ reference, plugin, prototype }) => {
          const title = titleOf(plugin, prototype);
          return (
            <li key={reference}>
              <Button
                type="text"
                block
                icon={<ButtonImage source={prototype.imgSrc} title={title} size={16} />}
                style={{
                  justifyContent: 'flex-start',
                  height: 'auto',
                  minHeight: 32,
                  whiteSpace: 'normal',
                  textAlign: 'start',
                }}
                onClick={() => app.run(() => Reflect.apply(prototype.action, { owner: plugin }, []))}
              >
                {title}
              </Button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
