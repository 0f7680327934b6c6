import { Button, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';

export interface FieldProps {
  /** Id of the field. Its explanation and its problem have ids made of it. */
  id: string;
  label: string;
  about?: ReactNode;
  problem?: string | undefined;
  /** Puts the default back; absent where it is there. */
  onReset?: (() => void) | undefined;
  children: ReactNode;
}

/** The ids of the texts that describe a field. */
export const describedBy = (id: string) => `${id}-about ${id}-problem`;

/** A field of the form with its name, its explanation and what is wrong with it. */
export function Field({ id, label, about, problem, onReset, children }: FieldProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  return (
    <div style={{ marginBlockEnd: token.marginSM }}>
      <div
        style={{
          display: 'flex',
          alignItems: 'baseline',
          justifyContent: 'space-between',
          gap: token.marginXS,
        }}
      >
        <label htmlFor={id}>{label}</label>
        {onReset ? (
          <Button
            type="link"
            size="small"
            aria-label={msg('rule_reset_named', { name: label })}
            style={{ padding: 0, height: 'auto', minHeight: 24 }}
            onClick={onReset}
          >
            {msg('rule_reset')}
          </Button>
        ) : null}
      </div>
      {children}
      <div
        id={`${id}-about`}
        style={{
          color: token.colorTextSecondary,
          fontSize: token.fontSizeSM,
          lineHeight: token.lineHeightSM,
          marginBlockStart: 2,
        }}
      >
        {about}
      </div>
      <div id={`${id}-problem`} role="alert" style={{ color: token.colorErrorText }}>
        {problem}
      </div>
    </div>
  );
}
