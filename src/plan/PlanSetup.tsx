import { theme } from 'antd';
import { useEffect, useId, useMemo } from 'react';
import type { Position } from '../contract/index.ts';
import type { HostApplication, SketchShape } from '../host/contract.ts';
import { numberFormat } from '../locales/intl.ts';
import { designName } from '../parts/designFact.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { usePanel } from '../parts/panel.ts';
import { Select } from '../parts/Select.tsx';
import type { TaskControls } from '../parts/TaskSession.ts';
import { TaskSetup } from '../parts/TaskSetup.tsx';
import { usePreview } from '../parts/usePreview.tsx';
import { useSession } from '../parts/useSession.ts';
import { DrawField } from './DrawField.tsx';
import { Field } from './Field.tsx';
import { PricesField } from './PricesField.tsx';
import { feedOf, type PlanForm, readForm } from './planForm.ts';
import { RuleFields } from './RuleFields.tsx';
import { useDrawing } from './useDrawing.ts';
import { useRefusedRules } from './useRefusedRules.ts';

export interface PlanSetupProps {
  app: HostApplication;
  session: TaskControls;
  /** 'design/NAME'; undefined as long as none was selected. */
  design: string | undefined;
  form: PlanForm;
  /** Changes some of it. */
  onForm(change: Partial<PlanForm>): void;
}

const KEY = 'lrt-plan';

/** Before the task: which area, from where it is fed, by which rules and prices. */
export function PlanSetup({ app, session, design, form, onForm: set }: PlanSetupProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const { compact } = usePanel();
  const id = useId();
  const { sketches } = app.map ?? {};
  const { active, start, canDraw } = useDrawing(sketches);
  const view = form.area === 'view' ? app.map?.getBounds() : undefined;
  const read = readForm(form, design, view, translator);
  const refused = useRefusedRules(useSession(session).refusal, form.rules);
  useSketches(sketches, form, active !== undefined);

  const areas = (['design', canDraw ? 'drawn' : 'view', 'all'] as const).filter(
    (area) => area !== 'view' || app.map,
  );
  const feeds = (['auto', 'map', 'pole'] as const).filter((feed) => feed !== 'map' || canDraw);
  const params = read.params && !active ? { ...read.params } : undefined;
  const preview = usePreview({ app, session, params });
  const intro = (
    <>
      <p style={{ margin: 0 }}>{msg('plan_intro')}</p>
      <p style={{ margin: 0, marginBlock: token.marginXS, color: token.colorTextSecondary }}>
        {msg('plan_background')}
      </p>
    </>
  );

  return (
    <TaskSetup
      session={session}
      startLabel={msg('plan_start')}
      params={preview.params}
      preview={preview.button}
      reason={read.reasons.map((reason) => <div key={reason}>{reason}</div>)}
    >
      {compact ? null : intro}
      <div style={{ marginBlockEnd: token.marginSM }}>
        <span style={{ color: token.colorTextSecondary }}>{msg('plan_design')}</span>{' '}
        <bdi style={{ fontWeight: 600 }}>{design === undefined ? '–' : designName(design)}</bdi>
      </div>
      <Field id={`${id}-area`} label={msg('plan_area')}>
        <Select
          id={`${id}-area`}
          value={form.area}
          options={areas.map((value) => ({ value, text: msg(`area_${value}`) }))}
          onChange={(area) => {
            active?.drawing.cancel();
            set({ area });
          }}
        />
      </Field>
      {form.area === 'drawn' ? (
        <div style={{ marginBlockEnd: token.marginSM }}>
          <DrawField
            active={active?.kind === 'area' ? active : undefined}
            label={msg(form.drawn ? 'area_draw_again' : 'area_draw')}
            hint={msg('area_hint')}
            onStart={() =>
              start('area', (drawn) => {
                if (drawn.type === 'Polygon') set({ drawn: drawn.coordinates[0] });
              })
            }
          >
            {form.drawn ? msg('area_corners', { count: form.drawn.length - 1 }) : null}
          </DrawField>
        </div>
      ) : null}
      <Field id={`${id}-feed`} label={msg('plan_feed')}>
        <Select
          id={`${id}-feed`}
          value={form.feed}
          options={feeds.map((value) => ({ value, text: msg(`feed_${value}`) }))}
          onChange={(feed) => {
            active?.drawing.cancel();
            set({ feed });
          }}
        />
      </Field>
      {form.feed === 'map' ? (
        <div style={{ marginBlockEnd: token.marginSM }}>
          <DrawField
            active={active?.kind === 'point' ? active : undefined}
            label={msg(form.picked ? 'feed_pick_again' : 'feed_pick')}
            hint={msg('feed_hint')}
            onStart={() =>
              start('point', (drawn) => {
                if (drawn.type === 'Point') set({ picked: drawn.coordinates });
              })
            }
          >
            {form.picked ? <bdi>{placeText(form.picked, language)}</bdi> : null}
          </DrawField>
        </div>
      ) : null}
      {form.feed === 'pole' && form.pole ? (
        <div style={{ marginBlockEnd: token.marginSM }}>
          <bdi>{form.pole.title}</bdi>
        </div>
      ) : null}
      <div style={{ marginBlockEnd: token.marginXXS, fontWeight: 600 }}>{msg('plan_rules')}</div>
      <RuleFields
        texts={form.rules}
        problems={{ ...refused, ...read.ruleProblems }}
        onTexts={(rules) => set({ rules })}
      />
      <PricesField
        text={form.pricesText}
        currency={form.currency}
        listCurrency={read.listCurrency}
        file={form.pricesFile}
        problems={read.priceProblems}
        note={read.priceNote}
        count={read.priceCount}
        onText={(pricesText, pricesFile) => set({ pricesText, pricesFile })}
        onCurrency={(currency) => set({ currency })}
      />
      {/* In a sheet the fields come first, because there is no room for both. */}
      {compact ? intro : null}
      {preview.view}
    </TaskSetup>
  );
}

/** Shows on the map what was drawn, as long as the form is there. */
function useSketches(
  sketches: NonNullable<HostApplication['map']>['sketches'],
  form: PlanForm,
  isDrawing: boolean,
): void {
  const drawn = form.area === 'drawn' ? form.drawn : undefined;
  const feed = feedOf(form);
  const shapes = useMemo(
    (): SketchShape[] => [
      ...(drawn && !isDrawing ? [{ kind: 'area' as const, rings: [drawn] }] : []),
      ...(feed ? [{ kind: 'point' as const, at: feed }] : []),
    ],
    [drawn, feed, isDrawing],
  );
  useEffect(() => sketches?.show(KEY, shapes), [sketches, shapes]);
  useEffect(() => () => sketches?.show(KEY, []), [sketches]);
}

function placeText([longitude, latitude]: Position, language: string): string {
  const format = numberFormat(language, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
  return `${format.format(latitude)}° ${format.format(longitude)}°`;
}
