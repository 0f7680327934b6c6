import { theme } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE } from './edge.ts';

/** A list that is sooner there needs no sign of waiting. */
const PATIENCE_MS = 300;

/** Two grey rows, once the list takes its time. */
export function Loading() {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const grey = (width: number) => (
    <span
      style={{
        display: 'block',
        width,
        maxWidth: '100%',
        height: 10,
        borderRadius: 4,
        background: token.colorFillSecondary,
      }}
    />
  );
  return (
    <div role="status" aria-label={msg('loading')} style={{ flex: 1 }}>
      {isShown
        ? [168, 120].map((width) => (
            <div
              key={width}
              style={{
                display: 'flex',
                gap: 10,
                boxSizing: 'border-box',
                height: 52,
                padding: `11px ${EDGE}px`,
                borderBlockEnd: `1px solid ${token.colorSplit}`,
              }}
            >
              <span
                style={{
                  flex: 'none',
                  width: 16,
                  height: 16,
                  borderRadius: '50%',
                  background: token.colorFillSecondary,
                }}
              />
              <span style={{ display: 'grid', gap: 10, minWidth: 0 }}>
                {grey(width)}
                {grey(width + 72)}
              </span>
            </div>
          ))
        : null}
    </div>
  );
}
