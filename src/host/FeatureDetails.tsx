import { theme } from 'antd';
import type { CSSProperties } from 'react';
import { useId } from 'react';
import { useApplication, useEventValue } from './ApplicationContext.ts';
import type { HostFeature } from './contract.ts';
import { useHostText } from './useHostText.ts';

/** The current feature: its title, type, design and properties. */
export function FeatureDetails() {
  const app = useApplication();
  const feature = useEventValue(app, 'currentFeature-changed', () => app.currentFeature);
  const text = useHostText();
  const headingId = useId();
  const { token } = theme.useToken();
  const quiet: CSSProperties = { margin: 0, color: token.colorTextDescription };
  return (
    <section
      aria-labelledby={headingId}
      style={{
        padding: token.padding,
        color: token.colorText,
        background: token.colorBgContainer,
        borderRadius: token.borderRadius,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
        overflowWrap: 'anywhere',
      }}
    >
      <h2
        id={headingId}
        style={{ margin: 0, fontSize: token.fontSizeLG, fontWeight: token.fontWeightStrong }}
      >
        {feature ? feature.getTitle() : text('details')}
      </h2>
      {feature ? <Contents feature={feature} /> : <p style={quiet}>{text('nothingSelected')}</p>}
    </section>
  );
}

function Contents({ feature }: { feature: HostFeature }) {
  const text = useHostText();
  const { token } = theme.useToken();
  const properties = Object.entries(feature.properties);
  const design = feature._myw?.delta?.replace(/^design\//, '');
  const cell: CSSProperties = {
    padding: `${token.paddingXXS}px 0`,
    borderTop: `1px solid ${token.colorBorderSecondary}`,
    textAlign: 'start',
    verticalAlign: 'top',
  };
  const name: CSSProperties = {
    ...cell,
    paddingInlineEnd: token.padding,
    fontWeight: 'normal',
    color: token.colorTextDescription,
  };
  return (
    <>
      <div style={{ marginBottom: token.marginXS, color: token.colorTextDescription }}>
        <div>
          {text('type')}: {feature.getType()}
        </div>
        <div>
          {text('design')}: {design ?? text('master')}
        </div>
      </div>
      {properties.length === 0 ? (
        <p style={{ margin: 0, color: token.colorTextDescription }}>{text('noProperties')}</p>
      ) : (
        <table style={{ width: '100%', borderCollapse: 'collapse' }}>
          <thead>
            <tr>
              <th scope="col" style={name}>
                {text('property')}
              </th>
              <th scope="col" style={{ ...name, paddingInlineEnd: 0 }}>
                {text('value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {properties.map(([key, value]) => (
              <tr key={key}>
                <th scope="row" style={name}>
                  {key}
                </th>
                <td style={cell}>
                  <bdi>
                    <Value value={value} />
                  </bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Value({ value }: { value: unknown }) {
  const text = useHostText();
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
