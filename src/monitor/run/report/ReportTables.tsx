/** The tables of a report: its figures, the bill, who is not served, and the splices. */
import { useHandoverWords } from '../../../handover/HandoverWords.tsx';
import { numberFormat } from '../../../locales/intl.ts';
import { fieldsOf, type ShownField } from '../resultFields.ts';
import type { BillRow, ReportData } from './readReport.ts';

export function Figures({ task }: Pick<ReportData, 'task'>) {
  const words = useHandoverWords();
  const result = task.result;
  const nested =
    typeof result === 'object' && result !== null && 'figures' in result ? result.figures : undefined;
  // An extent in degrees and the bill, which has its own table, are no figures.
  const shown = [...fieldsOf(result, 'result', words), ...fieldsOf(nested, 'result', words)].filter(isFigure);
  return shown.length === 0 ? null : (
    <>
      <h2>{words.msg('report_figures')}</h2>
      <table>
        <tbody>
          {shown.map(({ key, label, text }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{label}</bdi>
              </th>
              <td className="lrt-report-number">
                <bdi>{text}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const isFigure = ({ number, key }: ShownField) => number !== undefined && key !== 'bbox';

export function Bill({ bill }: Pick<ReportData, 'bill'>) {
  const { msg, language } = useHandoverWords();
  const money = (value: number | undefined) =>
    value === undefined
      ? ''
      : numberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  const quantity = ({ quantity: value, unit }: BillRow) =>
    numberFormat(language, { maximumFractionDigits: unit === 'metre' ? 1 : 0 }).format(value);
  const isPriced = bill.some(({ cost }) => cost !== undefined);
  const without = bill.filter(({ cost }) => cost === undefined).length;
  const currency = bill.find((row) => row.currency !== undefined)?.currency;
  return (
    <>
      <h2>{msg('report_bill')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{msg('report_item')}</th>
            <th scope="col" className="lrt-report-number">
              {msg('report_quantity')}
            </th>
            {isPriced ? (
              <>
                <th scope="col" className="lrt-report-number">
                  {msg('report_price')}
                </th>
                <th scope="col" className="lrt-report-number">
                  {msg('report_cost')}
                  {currency === undefined ? null : (
                    <>
                      {' '}
                      (<bdi>{currency}</bdi>)
                    </>
                  )}
                </th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {bill.map((row) => (
            <tr key={row.item}>
              <th scope="row">
                <bdi>{row.item}</bdi>
              </th>
              <td className="lrt-report-number">
                {quantity(row)} {msg(row.unit === 'metre' ? 'report_unit_metre' : 'report_unit_piece')}
              </td>
              {isPriced ? (
                <>
                  <td className="lrt-report-number">{money(row.price)}</td>
                  <td className="lrt-report-number">{money(row.cost)}</td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
        {isPriced ? (
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {msg('report_total')}
              </th>
              <td className="lrt-report-number">
                {money(bill.reduce((sum, { cost = 0 }) => sum + cost, 0))}
              </td>
            </tr>
          </tfoot>
        ) : null}
      </table>
      {isPriced && without > 0 ? <p>{msg('report_priced_part', { count: without })}</p> : null}
    </>
  );
}

export function Unserved({ unserved, unservedCount }: Pick<ReportData, 'unserved' | 'unservedCount'>) {
  const { msg } = useHandoverWords();
  return (
    <>
      <h2>{msg('report_unserved')}</h2>
      {unservedCount === 0 ? (
        <p>{msg('report_unserved_none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{msg('report_address')}</th>
              <th scope="col">{msg('report_reason')}</th>
            </tr>
          </thead>
          <tbody>
            {unserved.map(({ address, reason }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two addresses may have one name, and the list never changes.
              <tr key={i}>
                <td>
                  <bdi>{address}</bdi>
                </td>
                <td>
                  <bdi>{reason}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More count={unservedCount - unserved.length} />
    </>
  );
}

export function Splices({ structures, structureCount }: Pick<ReportData, 'structures' | 'structureCount'>) {
  const { msg, language } = useHandoverWords();
  const number = (value: number) => numberFormat(language).format(value);
  return structures.length === 0 ? null : (
    <>
      <h2>{msg('report_splices')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{msg('report_structure')}</th>
            <th scope="col" className="lrt-report-number">
              {msg('report_splice_count')}
            </th>
            <th scope="col" className="lrt-report-number">
              {msg('report_patch_count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {structures.map(({ name, splices, ports }) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td className="lrt-report-number">{number(splices)}</td>
              <td className="lrt-report-number">{number(ports)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More count={structureCount - structures.length} />
    </>
  );
}

function More({ count }: { count: number }) {
  const { msg } = useHandoverWords();
  return count > 0 ? <p>{msg('report_more', { count })}</p> : null;
}
