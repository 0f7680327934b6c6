/** Lists the fields of a result or of parameters: short values beside their names, and others as JSON below. */
import { theme } from 'antd';
import { TABULAR } from './LogTools.tsx';
import type { ShownField } from './resultFields.ts';

export function FieldList({ fields }: { fields: readonly ShownField[] }) {
  const { token } = theme.useToken();
  return (
    <dl style={{ margin: 0 }}>
      {fields.map(({ key, label, text, json }) => (
        <div
          key={key}
          style={{
            display: 'grid',
            gridTemplateColumns: text === undefined ? '1fr' : 'minmax(96px, 40%) minmax(0, 1fr)',
            columnGap: token.marginSM,
            paddingBlock: 6,
            borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
            fontSize: token.fontSize - 1,
            overflowWrap: 'anywhere',
            ...TABULAR,
          }}
        >
          <dt style={{ color: token.colorTextSecondary }}>
            <bdi>{label}</bdi>
          </dt>
          <dd style={{ margin: 0 }}>
            {text === undefined ? (
              <pre
                dir="ltr"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
                tabIndex={0}
                style={{
                  margin: 0,
                  marginBlockStart: token.marginXXS,
                  padding: token.paddingXS,
                  maxHeight: 240,
                  overflow: 'auto',
                  borderRadius: token.borderRadiusSM,
                  background: token.colorFillQuaternary,
                  fontFamily: token.fontFamilyCode,
                  fontSize: token.fontSizeSM,
                  lineHeight: '20px',
                }}
              >
                {json}
              </pre>
            ) : (
              <bdi>{text}</bdi>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
