/** The card on the map that names the link whose features are marked. */
import { Button, theme } from 'antd';
import { numberFormat } from '../../locales/intl.ts';
import { chosenColour } from './GraphLinks.tsx';
import type { LinkFeaturesState } from './LinkFeatures.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowIcon } from './WorkflowIcon.tsx';

export interface LinkCardProps {
  from: string;
  to: string;
  features: LinkFeaturesState;
  /** It stands over a map, and not in the view. */
  isOnMap: boolean;
  onClose(): void;
}

export function LinkCard({ from, to, features, isOnMap, onClose }: LinkCardProps) {
  const { token } = theme.useToken();
  const { msg, language, direction } = useWorkflowWords();
  const name = msg('wf_link', { from, to });
  const { isLoading, count } = features;
  const text = isLoading
    ? msg('wf_features_loading')
    : count === 0
      ? msg('wf_features_none')
      : msg('wf_features', { count, number: numberFormat(language).format(count) });
  return (
    <section
      dir={direction}
      aria-label={name}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 8,
        boxSizing: 'border-box',
        maxWidth: '100%',
        minHeight: 32,
        paddingInline: '12px 4px',
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: '20px',
        fontVariantNumeric: 'tabular-nums',
        ...(isOnMap
          ? {
              borderRadius: token.borderRadiusLG,
              background: token.colorBgElevated,
              boxShadow: token.boxShadowSecondary,
            }
          : { background: token.colorFillQuaternary }),
      }}
    >
      <span
        aria-hidden="true"
        style={{ flex: 'none', width: 18, borderBlockStart: `3px solid ${chosenColour(token)}` }}
      />
      <bdi style={{ ...CUT, fontWeight: 600 }} title={name}>
        {name}
      </bdi>
      <span role="status" style={{ ...CUT, flexShrink: 0, color: token.colorTextSecondary }}>
        {text}
      </span>
      <Button
        type="text"
        size="small"
        aria-label={msg('wf_close_link', { name })}
        title={msg('wf_close_link', { name })}
        icon={<WorkflowIcon name="close" />}
        onClick={onClose}
      />
    </section>
  );
}

const CUT = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
