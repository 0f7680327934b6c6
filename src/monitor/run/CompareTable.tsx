/** The table of a comparison: one row for each value, bold where the two runs differ. */
import { theme } from 'antd';
import type { CSSProperties } from 'react';
import type { ComparedRow } from './compareRows.ts';
import { HIDDEN } from './ItemRows.tsx';
import { TABULAR } from './LogTools.tsx';
import { useRunWords } from './useRunWords.ts';

export function CompareTable({ rows }: { rows: readonly ComparedRow[] }) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const cell: CSSProperties = {
    paddingBlock: 6,
    paddingInline: token.paddingXS,
    borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
  };
  const head: CSSProperties = {
    ...cell,
    background: token.colorFillQuaternary,
    color: token.colorTextSecondary,
    fontSize: token.fontSizeSM,
    fontWeight: 600,
    textAlign: 'end',
  };
  return (
    <table
      style={{
        width: '100%',
        borderCollapse: 'collapse',
        tableLayout: 'fixed',
        fontSize: token.fontSize - 1,
        ...TABULAR,
      }}
    >
      <thead>
        <tr>
          <th scope="col" style={{ ...head, width: '34%' }}>
            <span style={HIDDEN}>{msg('compare_what')}</span>
          </th>
          <th scope="col" style={head}>
            A
          </th>
          <th scope="col" style={head}>
            B
          </th>
          <th scope="col" style={{ ...head, paddingInlineEnd: token.padding }}>
            {msg('compare_change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, a, b, differs, change }) => {
          const value: CSSProperties = {
            ...cell,
            textAlign: 'end',
            fontWeight: differs ? 600 : 400,
            color: differs ? token.colorText : token.colorTextSecondary,
          };
          return (
            <tr key={key}>
              <th
                scope="row"
                style={{
                  ...cell,
                  paddingInlineStart: token.padding,
                  textAlign: 'start',
                  fontWeight: 400,
                  color: token.colorTextSecondary,
                }}
              >
                <bdi>{label}</bdi>
              </th>
              <td style={value}>
                <bdi>{a}</bdi>
              </td>
              <td style={value}>
                <bdi>{b}</bdi>
              </td>
              <td
                style={{
                  ...cell,
                  textAlign: 'end',
                  paddingInlineEnd: token.padding,
                  color: token.colorTextSecondary,
                }}
              >
                <bdi>{change}</bdi>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
