import { Input } from 'antd';

export interface CountInputProps {
  id: string;
  /** Id of the element that says what is wrong with it. */
  problemId: string;
  text: string;
  valid: boolean;
  onChange(text: string): void;
}

/**
 * The field for the number of addresses to connect. It is a text field: a spinner would silently turn 'abc' and 1e9
 * into something else.
 */
export function CountInput({ id, problemId, text, valid, onChange }: CountInputProps) {
  return (
    <Input
      id={id}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      maxLength={20}
      status={valid ? '' : 'error'}
      aria-invalid={!valid}
      aria-describedby={problemId}
      onChange={(event) => onChange(event.target.value)}
      style={{ width: '9em', fontVariantNumeric: 'tabular-nums' }}
    />
  );
}
