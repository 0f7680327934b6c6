import { theme } from 'antd';
import { useTranslator } from '../parts/MessagesContext.ts';

/** Explains the task to the user before it is started. */
export function Intro() {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  return (
    <>
      <p style={{ margin: 0 }}>{msg('intro')}</p>
      <p style={{ margin: 0, marginBlock: token.marginXS, color: token.colorTextSecondary }}>
        {msg('intro_background')}
      </p>
    </>
  );
}
