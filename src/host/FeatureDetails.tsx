import { theme } from 'antd';
import type { CSSProperties, ReactNode } from 'react';
import { useId } from 'react';
import { useApplication, useEventValue } from './ApplicationContext.ts';
import type { HostFeature } from './contract.ts';
import { useFeatureText } from './useFeatureText.ts';
import { useHostText } from './useHostText.ts';

export interface FeatureDetailsProps {
  /** Returns what the application knows of the feature besides its properties. It stands between the title and these. */
  children?: (feature: HostFeature) => ReactNode;
  /** Makes values that name another record ('pole/12') links, which call this. */
  onFollow?: (urn: string) => void;
}

/** The current feature: its title, type, design and properties, in the words of the application's language. */
export function FeatureDetails({ children, onFollow }: FeatureDetailsProps = {}) {
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
        {feature ? <Title feature={feature} /> : text('details')}
      </h2>
      {feature ? (
        <Contents feature={feature} onFollow={onFollow}>
          {children?.(feature)}
        </Contents>
      ) : (
        <p style={quiet}>{text('nothingSelected')}</p>
      )}
    </section>
  );
}

/** A feature without a name is called by its URN, which the user's language has words for. */
function Title({ feature }: { feature: HostFeature }) {
  const words = useFeatureText();
  return <bdi>{words.urn(feature.getTitle()) ?? feature.getTitle()}</bdi>;
}

interface ContentsProps {
  feature: HostFeature;
  onFollow: FeatureDetailsProps['onFollow'];
  children: ReactNode;
}

function Contents({ feature, onFollow, children }: ContentsProps) {
  const text = useHostText();
  const words = useFeatureText();
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
          {text('type')}: {words.table(feature.getType())}
        </div>
        <div>
          {text('design')}: <bdi>{design ?? text('master')}</bdi>
        </div>
      </div>
      {children}
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
                  {words.property(key)}
                </th>
                <td style={cell}>
                  <bdi>
                    <Value property={key} value={value} onFollow={onFollow} />
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

interface ValueProps {
  property: string;
  value: unknown;
  onFollow: FeatureDetailsProps['onFollow'];
}

function Value({ property, value, onFollow }: ValueProps) {
  const text = useHostText();
  const words = useFeatureText();
  const { token } = theme.useToken();
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
  if (typeof value !== 'string' && typeof value !== 'number') return JSON.stringify(value);
  const shown = words.value(property, value);
  if (!onFollow || typeof value !== 'string' || words.urn(value) === undefined) return shown;
  return (
    <button
      type="button"
      onClick={() => onFollow(value)}
      style={{
        padding: 0,
        border: 'none',
        background: 'none',
        color: token.colorLink,
        font: 'inherit',
        textAlign: 'start',
        cursor: 'pointer',
      }}
    >
      {shown}
    </button>
  );
}
