import { Checkbox } from 'antd';

export interface SelectBoxProps {
  label: string;
  isOn: boolean;
  /** `range`: the user held Shift. */
  onToggle(range: boolean): void;
}

/** The box that selects a row. It stands in place of the icon, and has its size. */
export function SelectBox({ label, isOn, onToggle }: SelectBoxProps) {
  return (
    <Checkbox
      tabIndex={-1}
      aria-label={label}
      checked={isOn}
      onChange={({ nativeEvent }) => onToggle('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      style={{ height: 16, lineHeight: 1 }}
    />
  );
}
