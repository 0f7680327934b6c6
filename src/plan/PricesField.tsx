import { Button, Input, theme } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { describedBy, Field } from './Field.tsx';
import { PRICE_ITEMS } from './readPrices.ts';

export interface PricesFieldProps {
  text: string;
  currency: string;
  /** The currency that the list names, which counts as long as the user enters none. */
  listCurrency: string | undefined;
  /** The name of the file that the text is from. */
  file: string | undefined;
  problems: readonly string[];
  /** Something that the user should know, and that is no problem. */
  note: string | undefined;
  count: number;
  /** `file`: the name of the file that the text is from. */
  onText(text: string, file?: string): void;
  onCurrency(currency: string): void;
}

/** A price list has some hundred lines. A file that is larger than this is another one. */
const MOST_BYTES = 1_000_000;

/** The price list: pasted, opened from a file, or written into the items of a bill. */
export function PricesField(props: PricesFieldProps) {
  const { text, currency, listCurrency, file: name, problems, note, count, onText, onCurrency } = props;
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const open = async (chosen: File | undefined) => {
    if (!chosen) return;
    setTooLarge(chosen.size > MOST_BYTES);
    if (chosen.size <= MOST_BYTES) onText(await readText(chosen), chosen.name);
  };
  const shown = isTooLarge ? [msg('prices_too_large')] : problems;
  const problem = shown.length === 0 ? undefined : (name ? `${name}: ` : '') + shown.join(' ');
  return (
    <details>
      <summary style={{ minHeight: 28, paddingBlock: token.paddingXXS, cursor: 'pointer', fontWeight: 600 }}>
        {msg('plan_prices')}
        {count > 0 ? (
          <span
            style={{ marginInlineStart: token.marginXS, color: token.colorTextSecondary, fontWeight: 400 }}
          >
            {msg('prices_read', { count })}
          </span>
        ) : null}
      </summary>
      <Field
        id={id}
        label={msg('prices_hint')}
        about={
          problem === undefined && (name !== undefined || note !== undefined) ? (
            <>
              {name === undefined ? null : <bdi>{name}</bdi>}
              {name !== undefined && note !== undefined ? ': ' : null}
              {note}
            </>
          ) : null
        }
        problem={problem}
        onReset={text === '' ? undefined : () => onText('')}
      >
        <Input.TextArea
          id={id}
          value={text}
          dir="ltr"
          rows={4}
          spellCheck={false}
          status={shown.length > 0 ? 'error' : ''}
          aria-invalid={shown.length > 0}
          aria-describedby={describedBy(id)}
          placeholder="cable-12; 0.85; m; EUR"
          onChange={(event) => {
            setTooLarge(false);
            onText(event.target.value.slice(0, MOST_BYTES));
          }}
          style={{ fontFamily: token.fontFamilyCode, fontSize: token.fontSizeSM }}
        />
      </Field>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: token.marginXS, marginBlockEnd: token.marginSM }}>
        <Button size="small" onClick={() => file.current?.click()}>
          {msg('prices_open')}
        </Button>
        {text === '' ? (
          <Button size="small" onClick={() => onText(PRICE_ITEMS.map((item) => `${item}; `).join('\n'))}>
            {msg('prices_items')}
          </Button>
        ) : null}
        <input
          ref={file}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,.json,text/csv,text/plain,application/json"
          onChange={(event) => {
            void open(event.target.files?.[0]);
            // The same file again is a change again.
            event.target.value = '';
          }}
        />
      </div>
      <Field id={`${id}-currency`} label={msg('prices_currency')}>
        <Input
          id={`${id}-currency`}
          value={currency}
          maxLength={20}
          placeholder={listCurrency}
          autoComplete="off"
          onChange={(event) => onCurrency(event.target.value)}
          style={{ width: '8em' }}
        />
      </Field>
    </details>
  );
}

/** Price lists of office programs are UTF-8, UTF-16 or Windows-1252. */
async function readText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
