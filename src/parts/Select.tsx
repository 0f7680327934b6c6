import { theme } from 'antd';

export interface SelectProps<Value extends string> {
  id?: string | undefined;
  /** Its name, where no label of the page names it. */
  label?: string | undefined;
  value: Value;
  options: readonly { value: Value; text: string }[];
  describedBy?: string | undefined;
  onChange(value: Value): void;
}

/** A native select: it may have thousands of options, and every keyboard and screen reader knows it. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { id, label, value, options, describedBy, onChange } = props;
  const { token } = theme.useToken();
  return (
    <select
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      style={{
        width: '100%',
        maxWidth: '20em',
        height: token.controlHeight,
        paddingInline: token.paddingXS,
        border: `1px solid ${token.colorBorder}`,
        borderRadius: token.borderRadius,
        background: token.colorBgContainer,
        color: token.colorText,
        font: 'inherit',
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
