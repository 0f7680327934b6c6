import { theme } from 'antd';
import { useId } from 'react';
import type { PlanBill, PlanBillLine } from '../contract/planArea.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatLength, numberFormat } from '../locales/intl.ts';
import { useTranslator } from '../parts/MessagesContext.ts';

/** The bill of materials: what to buy, how much of it, and what it costs where a price list was given. */
export function BillTable({ bill }: { bill: PlanBill }) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const id = useId();
  const { lines, total, currency, missing } = bill;
  if (lines.length === 0) return null;
  const hasCosts = total !== undefined;
  const money = numberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const sum = (value: number) => `${money.format(value)}${currency ? `\u00a0${currency}` : ''}`;
  const cell = { paddingBlock: 2, paddingInline: token.paddingXXS, textAlign: 'start' } as const;
  const figure = {
    ...cell,
    textAlign: 'end',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  } as const;
  return (
    <div style={{ marginBlockStart: token.marginSM }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own, reached by Tab to scroll. */}
      <div
        role="region"
        aria-labelledby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
        tabIndex={0}
        style={{ maxHeight: 260, overflow: 'auto' }}
      >
        <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: token.fontSize - 1 }}>
          <caption id={id} style={{ textAlign: 'start', fontWeight: 600 }}>
            {msg('bill')}
          </caption>
          <thead style={{ background: token.colorFillQuaternary, color: token.colorTextSecondary }}>
            <tr>
              <th scope="col" style={cell}>
                {msg('bill_item')}
              </th>
              <th scope="col" style={figure}>
                {msg('bill_quantity')}
              </th>
              {hasCosts ? (
                <th scope="col" style={figure}>
                  {msg('bill_cost')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.item}>
                <td style={cell}>
                  <bdi>{itemName(line.item, translator)}</bdi>
                </td>
                <td style={figure}>{quantityText(line, language)}</td>
                {hasCosts ? <td style={figure}>{line.cost === undefined ? '–' : sum(line.cost)}</td> : null}
              </tr>
            ))}
          </tbody>
          {hasCosts ? (
            <tfoot style={{ borderBlockStart: `1px solid ${token.colorBorderSecondary}`, fontWeight: 600 }}>
              <tr>
                <th scope="row" colSpan={2} style={cell}>
                  {msg('bill_total')}
                </th>
                <td style={figure}>{sum(total)}</td>
              </tr>
            </tfoot>
          ) : null}
        </table>
      </div>
      {missing.length > 0 ? (
        <div>
          {msg('bill_missing', { items: missing.map((item) => itemName(item, translator)).join(' · ') })}
        </div>
      ) : null}
    </div>
  );
}

/** 'cable-48' is 'Cable, 48 fibres'. An item that nobody has words for keeps its name. */
function itemName(item: string, { find, language }: Translator): string {
  const [, kind = item, size] = item.match(/^(.*?)-(\d+)$/) ?? [];
  const values = size === undefined ? {} : { size: numberFormat(language).format(Number(size)) };
  return find(`item_name_${item}`) ?? find(`item_name_${kind}`, values) ?? item;
}

function quantityText({ unit, quantity }: PlanBillLine, language: string): string {
  return unit === 'metre'
    ? formatLength(quantity, language)
    : numberFormat(language).format(Math.round(quantity));
}
