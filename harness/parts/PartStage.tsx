import { ConfigProvider, theme } from 'antd';
import type { ReactNode } from 'react';
import { themes } from '../../src/host/index.ts';
import { directionOf } from '../../src/locales/language.ts';
import { MessagesProvider } from '../../src/parts/index.ts';
import { packs } from './labelPolesPacks.ts';

export interface PartStageProps {
  language: string;
  theme: 'light' | 'dark';
  children: ReactNode;
}

/** One part alone, as wide as a modal, in antd's theme and in the words of the label poles plugin. */
export function PartStage({ language, theme: name, children }: PartStageProps) {
  return (
    <ConfigProvider theme={themes[name]} direction={directionOf(language)}>
      <Surface>
        <MessagesProvider app={{}} group="LABEL_POLES" packs={packs} language={language}>
          {children}
        </MessagesProvider>
      </Surface>
    </ConfigProvider>
  );
}

function Surface({ children }: { children: ReactNode }) {
  const { token } = theme.useToken();
  return (
    <div
      style={{
        maxWidth: 420,
        padding: token.paddingLG,
        background: token.colorBgElevated,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
      }}
    >
      {children}
    </div>
  );
}
