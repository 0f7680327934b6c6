import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { ApplicationContext, useEventValue } from './ApplicationContext.ts';
import type { ApplicationView } from './ApplicationView.ts';
import { STILL, useLessMotion } from './useLessMotion.ts';

// antd fills in its English. Never undefined: antd would build another tree once a language is loaded, and all
// that is rendered would lose its state.
const ENGLISH = { locale: 'en' };

/**
 * Gives what is inside the application, its theme, its language and its direction, and follows their changes.
 * `renderReactNode` puts it around what it renders; an application puts it around its own frame.
 */
export function HostProvider({ app, children }: { app: ApplicationView; children?: ReactNode }) {
  const theme = useEventValue(app, 'theme-changed', () => app.theme);
  const locale = useEventValue(app, 'antdLocale-changed', () => app.antdLocale);
  const lessMotion = useLessMotion();
  const { localisation } = app;
  const { language, direction } = useEventValue(localisation, 'changed', () => localisation.setting);
  return (
    <ApplicationContext.Provider value={app}>
      <ConfigProvider
        theme={lessMotion ? { ...theme, token: { ...theme?.token, ...STILL.token } } : theme}
        direction={direction}
        locale={locale ?? ENGLISH}
      >
        <div dir={direction} lang={language} style={{ display: 'contents' }}>
          {children}
        </div>
      </ConfigProvider>
    </ApplicationContext.Provider>
  );
}
