/** Shows the chosen line of a log in full where the list has to cut it. */
import { Button, theme } from 'antd';
import { Icon } from './icons.tsx';
import { useRunWords } from './useRunWords.ts';

/** The width of a character of the code font at 12 px, and of what stands beside a message, in CSS pixels. */
const CHARACTER = 7.25;
const BESIDE = 170;

export interface LogDetailProps {
  message: string;
  /** The width of the list in CSS pixels. */
  width: number;
}

export function LogDetail({ message, width }: LogDetailProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  if (message.length * CHARACTER + BESIDE <= width && !/[\r\n]/.test(message)) return null;
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: token.marginXS,
        flex: 'none',
        maxHeight: 100,
        overflow: 'auto',
        paddingBlock: token.paddingXXS,
        paddingInline: token.padding,
        borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
        background: token.colorFillQuaternary,
        fontFamily: token.fontFamilyCode,
        fontSize: token.fontSizeSM,
        lineHeight: '20px',
      }}
    >
      <div dir="auto" style={{ flex: 1, minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {message}
      </div>
      {globalThis.navigator?.clipboard ? (
        <Button
          type="text"
          size="small"
          aria-label={msg('log_copy_line')}
          title={msg('log_copy_line')}
          icon={<Icon name="copy" />}
          // A browser that refuses leaves the text to be marked by hand.
          onClick={() => void navigator.clipboard.writeText(message).catch(() => undefined)}
        />
      ) : null}
    </div>
  );
}
