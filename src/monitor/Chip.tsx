import { Button, type ButtonProps, theme } from 'antd';
import { forwardRef } from 'react';

export interface ChipProps extends Omit<ButtonProps, 'size' | 'shape' | 'style'> {
  isOn: boolean;
}

/** A round button that shows whether a common filter is on. */
export const Chip = forwardRef<HTMLButtonElement, ChipProps>(function Chip({ isOn, ...button }, ref) {
  const { token } = theme.useToken();
  return (
    <Button
      {...button}
      ref={ref}
      size="small"
      shape="round"
      style={{
        minWidth: 0,
        paddingInline: 8,
        overflow: 'hidden',
        fontSize: token.fontSizeSM,
        textOverflow: 'ellipsis',
        ...(isOn
          ? { borderColor: token.colorPrimary, background: token.colorPrimaryBg, color: token.colorPrimary }
          : { color: token.colorTextSecondary }),
      }}
    />
  );
});
