import { Input } from 'antd';

export interface CountInputProps {
  id: string;
  /** Id of the element that says what is wrong with it. */
  problemId: string;
  text: string;
  valid: boolean;
  /** The unit after the field. */
  unit?: string | undefined;
  onChange(text: string): void;
}

/**
 * A field for a number, such as that of addresses to connect. It is a text field: a spinner would silently turn 'abc' and 1e9
 * into something else.
 */
export function CountInput({ id, problemId, text, valid, unit, onChange }: CountInputProps) {
  return (
    <Input
      id={id}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      maxLength={20}
      suffix={unit}
      status={valid ? '' : 'error'}
      aria-invalid={!valid}
      aria-describedby={problemId}
      onChange={(event) => onChange(event.target.value)}
      style={{ width: '9em', fontVariantNumeric: 'tabular-nums' }}
    />
  );
}
