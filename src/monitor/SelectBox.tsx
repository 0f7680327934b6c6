import { theme } from 'antd';

export interface SelectBoxProps {
  label: string;
  isOn: boolean;
  onToggle(range: boolean): void;
}

/** The box that selects a row. It stands in place of the icon, and has its size. */
export function SelectBox({ label, isOn, onToggle }: SelectBoxProps) {
  const { token } = theme.useToken();
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={label}
      checked={isOn}
      onChange={() => undefined}
      onClick={(event) => onToggle(event.shiftKey)}
      style={{ flex: 'none', width: 16, height: 16, margin: 0, accentColor: token.colorPrimary }}
    />
  );
}
