/** Compares two runs of one task: what they were started with, what they gave back, and what differs on the map. */
import { Button, Checkbox, theme } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { TaskSnapshot } from '../../contract/index.ts';
import type { RunComparison } from '../../host/contract.ts';
import { taskPalette } from '../../host/taskPalette.ts';
import { numberFormat } from '../../locales/intl.ts';
import { useOwnName } from '../../parts/useOwnName.ts';
import { BackButton } from './BackButton.tsx';
import { boundsAround } from './boundsAround.ts';
import { ChooseRun, type CompareColours, Sign } from './ChooseRun.tsx';
import { CompareItems } from './CompareItems.tsx';
import { CompareTable } from './CompareTable.tsx';
import { compareRows } from './compareRows.ts';
import { isDark } from './isDark.ts';
import { TABULAR } from './LogTools.tsx';
import { CopyLink } from './RunActions.tsx';
import { RunGone, RunTitle } from './RunGone.tsx';
import { RunWordsProvider } from './RunWordsProvider.tsx';
import type { RunPageProps } from './runPageProps.ts';
import { zoneName } from './runTimes.ts';
import { TabBar } from './TabBar.tsx';
import { useBox } from './useBox.ts';
import {
  type FeatureComparison,
  useComparedItems,
  useFeatureComparison,
  useReadRun,
} from './useComparison.ts';
import { useRunWords } from './useRunWords.ts';
import { useZoomToRun } from './useZoomToRun.ts';

export interface RunComparePageProps
  extends Pick<
    RunPageProps,
    | 'app'
    | 'system'
    | 'taskId'
    | 'map'
    | 'user'
    | 'packs'
    | 'language'
    | 'linkTo'
    | 'onOpen'
    | 'onBack'
    | 'loadFeatures'
  > {
  /** The other run; without it, or where it is empty, the user chooses it. */
  withId?: string | undefined;
}

/**
 * The comparison of a run (A) with another one of the same task (B). It fills the box that it is given. `onOpen` hears which
 * B the user has chosen, and when the comparison ends.
 *
 * @example
 * <RunComparePage app={app} system={app.system} taskId="task-12" withId="task-9" map={map} onOpen={openAddress} />
 */
export function RunComparePage(props: RunComparePageProps) {
  return (
    <RunWordsProvider {...props}>
      <Comparison key={props.taskId} {...props} />
    </RunWordsProvider>
  );
}

function Comparison(props: RunComparePageProps) {
  const { system, taskId, onBack, loadFeatures } = props;
  const user = useOwnName(system, props.user);
  const withId = props.withId || undefined;
  const [tries, setTries] = useState(0);
  const a = useReadRun(system, taskId, tries);
  const b = useReadRun(system, withId, tries);
  const failed = a?.error ?? (withId === undefined ? undefined : b?.error);
  const features = useFeatureComparison(a?.task, b?.task, loadFeatures);
  if (failed || !a?.task) {
    const code = failed?.code;
    return (
      <RunGone
        state={{
          phase: !failed
            ? 'loading'
            : code === 'task-not-found'
              ? 'not-found'
              : code === 'forbidden' || code === 'unauthorized'
                ? 'forbidden'
                : code === 'network'
                  ? 'offline'
                  : 'failed',
          error: failed,
          connection: { state: 'closed' },
        }}
        user={user}
        onBack={onBack}
        onRetry={() => setTries(tries + 1)}
      />
    );
  }
  return <Compared {...props} user={user} withId={withId} a={a.task} b={b?.task} features={features} />;
}

type ComparedProps = RunComparePageProps & {
  a: TaskSnapshot;
  b: TaskSnapshot | undefined;
  features: FeatureComparison;
};

function Compared({ a, b, features, ...props }: ComparedProps) {
  const { system, map, user, onOpen, onBack, linkTo, withId } = props;
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const root = useRef<HTMLDivElement>(null);
  const { width } = useBox(root, { width: 1280, height: 720 });
  const inColumns = width >= 960;
  const palette = taskPalette[isDark(token.colorBgContainer) ? 'dark' : 'light'];
  const colours: CompareColours = {
    a: palette.hues[1] ?? palette.network,
    b: palette.hues[0] ?? palette.network,
    both: palette.network,
  };
  const compared = features.state === 'ready' ? features.compared : undefined;
  const overlay = map?.host.taskOverlay;
  useZoomToRun(a, map?.host);

  useEffect(() => {
    overlay?.compare?.(compared ?? null);
    return () => overlay?.compare?.(null);
  }, [overlay, compared]);

  const shownMap = map ? (
    <div style={{ position: 'relative', display: 'flex', flex: 1, minHeight: inColumns ? 0 : 240 }}>
      {map.view}
    </div>
  ) : null;
  return (
    <div
      ref={root}
      style={{
        display: 'flex',
        flexDirection: 'column',
        height: '100%',
        minHeight: 0,
        overflow: inColumns ? 'hidden' : 'auto',
        background: token.colorBgContainer,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
      }}
    >
      <header
        style={{
          flex: 'none',
          padding: token.padding,
          paddingBlock: token.paddingSM,
          borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
        }}
      >
        <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: token.marginSM }}>
          <BackButton onBack={onBack} />
          <RunTitle task={a} />
          <span style={{ flex: 1 }} />
          {linkTo ? <CopyLink link={linkTo({ run: a.id, with: withId ?? '' })} /> : null}
          {onOpen ? <Button onClick={() => onOpen({ run: a.id })}>{msg('compare_end')}</Button> : null}
        </div>
        <div
          style={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: '4px 20px',
            paddingInlineStart: onBack ? 21 + token.marginSM : 0,
            fontSize: token.fontSizeSM,
            color: token.colorTextSecondary,
          }}
        >
          <span>{msg('compare_two')}</span>
          <span>{msg('compare_zone', { zone: zoneName() })}</span>
        </div>
      </header>
      <div
        style={
          inColumns
            ? {
                display: 'grid',
                gridTemplateColumns: map ? 'minmax(0, 1fr) 456px' : 'minmax(0, 1fr)',
                flex: 1,
                minHeight: 0,
              }
            : { display: 'flex', flexDirection: 'column', flex: '1 0 auto' }
        }
      >
        {shownMap}
        <div
          style={{
            display: 'flex',
            flexDirection: 'column',
            minHeight: 0,
            minWidth: 0,
            borderInlineStart: inColumns && map ? `1px solid ${token.colorBorderSecondary}` : undefined,
          }}
        >
          <ChooseRun
            {...{ system, a, b, withId, user, colours }}
            onChoose={(taskId) => onOpen?.({ run: a.id, with: taskId })}
          />
          {b ? (
            <Differences {...{ a, b, map, colours, features }} />
          ) : withId === undefined ? null : (
            <p role="status" style={{ margin: 0, padding: token.padding }}>
              {msg('run_loading')}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function Differences({
  a,
  b,
  map,
  colours,
  features,
}: Pick<ComparedProps, 'a' | 'map' | 'features'> & { b: TaskSnapshot; colours: CompareColours }) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const id = useId();
  const [tab, setTab] = useState<'summary' | 'items'>('summary');
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const rows = compareRows(a, b, words);
  const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
  const items = useComparedItems(a, b);
  const compared = features.state === 'ready' ? features.compared : undefined;
  const differing = compared ? compared.onlyA.length + compared.onlyB.length : 0;
  const bounds = compared && boundsOfDifferences(compared);
  return (
    <>
      {compared ? (
        <Totals compared={compared} colours={colours} />
      ) : (
        <p
          role="status"
          style={{
            margin: 0,
            paddingInline: token.padding,
            paddingBlockEnd: token.paddingSM,
            color: token.colorTextSecondary,
          }}
        >
          {msg(features.state === 'loading' ? 'compare_loading' : 'compare_no_features')}
        </p>
      )}
      {compared && !compared.isComplete ? (
        <p
          style={{
            margin: 0,
            padding: `${token.paddingXS}px ${token.padding}px`,
            color: token.colorTextSecondary,
          }}
        >
          {msg('compare_part')}
        </p>
      ) : null}
      <TabBar<'summary' | 'items'>
        id={id}
        label={msg('compare_two')}
        active={tab}
        tabs={[
          { key: 'summary', label: msg('tab_summary') },
          { key: 'items', label: msg('tab_items'), count: items.length + differing },
        ]}
        onActive={setTab}
      />
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
        tabIndex={0}
        style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
      >
        {tab === 'items' ? (
          <CompareItems {...{ items, compared, colours }} map={map?.host} />
        ) : shown.length === 0 ? (
          <p style={{ margin: 0, padding: token.padding }}>{msg('compare_same')}</p>
        ) : (
          <CompareTable rows={shown} />
        )}
      </div>
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: token.marginXS,
          padding: token.padding,
          paddingBlock: token.paddingXS,
          borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
        }}
      >
        <Checkbox
          checked={onlyDifferences}
          disabled={tab !== 'summary'}
          onChange={(event) => setOnlyDifferences(event.target.checked)}
        >
          {msg('compare_only_differences')}
        </Checkbox>
        {map && bounds ? (
          <Button size="small" onClick={() => map.host.fitBounds(bounds)}>
            {msg('compare_zoom')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function boundsOfDifferences({ onlyA, onlyB }: RunComparison) {
  return boundsAround([...onlyA, ...onlyB].map(({ geometry }) => geometry));
}

function Totals({ compared, colours }: { compared: RunComparison; colours: CompareColours }) {
  const { token } = theme.useToken();
  const { msg, language } = useRunWords();
  const line = `1px solid ${token.colorBorderSecondary}`;
  const totals = [
    ['compare_only_a', compared.onlyA.length, <Sign key="a" colour={colours.a} />],
    ['compare_only_b', compared.onlyB.length, <Sign key="b" colour={colours.b} hollow />],
    ['compare_both', compared.both.length, <Sign key="both" colour={colours.both} />],
  ] as const;
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
        flex: 'none',
        margin: 0,
        borderBlock: line,
      }}
    >
      {totals.map(([key, count, sign], index) => (
        <div key={key} style={{ padding: '10px 16px', borderInlineStart: index > 0 ? line : undefined }}>
          <dt
            style={{
              display: 'flex',
              alignItems: 'center',
              gap: 6,
              fontSize: token.fontSizeSM,
              color: token.colorTextSecondary,
            }}
          >
            {sign}
            {msg(key)}
          </dt>
          <dd
            style={{
              margin: 0,
              fontSize: token.fontSizeHeading4,
              lineHeight: token.lineHeightHeading4,
              fontWeight: 600,
              ...TABULAR,
            }}
          >
            {numberFormat(language).format(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
