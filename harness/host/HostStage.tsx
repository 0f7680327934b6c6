import { type ReactNode, useEffect, useState } from 'react';
import {
  type Application,
  type ApplicationOptions,
  createApplication,
  HostProvider,
  themes,
} from '../../src/host/index.ts';

interface HostStageProps {
  language: string;
  theme: 'light' | 'dark';
  options?: ApplicationOptions;
  children: ReactNode;
}

/** An application around a part of the host. */
export function HostStage({ language, theme, options, children }: HostStageProps) {
  const [app, setApp] = useState<Application>();
  useEffect(() => {
    const opened = createApplication(options);
    setApp(opened);
    return () => opened.dispose();
  }, [options]);
  useEffect(() => {
    app?.setLanguage(language);
    app?.setTheme(themes[theme]);
  }, [app, language, theme]);
  return app ? <HostProvider app={app}>{children}</HostProvider> : null;
}
