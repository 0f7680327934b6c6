import { theme } from 'antd';
import { Fragment, type ReactNode } from 'react';

/** `htmlFor`: the id of the field that the value is. */
export type Fact = readonly [label: string, value: ReactNode, htmlFor?: string];

/** Labels and values in two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const { token } = theme.useToken();
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, max-content) minmax(0, 1fr)',
        alignItems: 'baseline',
        columnGap: token.marginLG,
        rowGap: token.marginXXS,
        margin: 0,
      }}
    >
      {facts.map(([label, value, htmlFor]) => (
        <Fragment key={label}>
          <dt style={{ color: token.colorTextSecondary }}>
            {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : label}
          </dt>
          <dd style={{ margin: 0, fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
