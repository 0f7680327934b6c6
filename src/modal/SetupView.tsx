import { theme } from 'antd';
import { useId, useState } from 'react';
import type { HostApplication } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';
import { designName } from '../parts/designFact.tsx';
import { type Fact, Facts } from '../parts/Facts.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { onDemand } from '../parts/onDemand.tsx';
import { usePanel } from '../parts/panel.ts';
import { Select } from '../parts/Select.tsx';
import type { TaskControls } from '../parts/TaskSession.ts';
import { TaskSetup } from '../parts/TaskSetup.tsx';
import { usePreview } from '../parts/usePreview.tsx';
import {
  type AddressChoice,
  choiceParams,
  DEFAULT_RADIUS,
  MAX_RADIUS,
  MIN_RADIUS,
  parseRadius,
  SELECTIONS,
} from './addressChoice.ts';
import { CountInput } from './CountInput.tsx';
import {
  type DesignPoles,
  type ListPoles,
  PolePicker,
  reasonForPoles,
  useDesignPoles,
} from './DesignPoles.tsx';
import { Intro } from './Intro.tsx';
import { MAX_COUNT, MIN_COUNT, parseCount } from './parseCount.ts';
import type { Selection } from './selection.ts';
import { useSelection } from './useSelection.ts';

export interface SetupViewProps {
  app: HostApplication;
  session: TaskControls;
  defaultCount: number;
  listPoles?: ListPoles | undefined;
  /** As the user typed it; undefined: untouched, `defaultCount`. */
  countText: string | undefined;
  onCountText(text: string): void;
  /** It says which addresses the task connects. */
  choice: AddressChoice;
  onChoice(choice: AddressChoice): void;
}

const RadiusCircle = onDemand(() => import('./RadiusCircle.tsx').then((module) => module.RadiusCircle));

/** Before the task: what it does, what it starts from, how many; and why it cannot start yet. */
export function SetupView({ app, session, defaultCount, listPoles, ...props }: SetupViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const { compact } = usePanel();
  const countId = useId();
  const selection = useSelection(app);
  const selectedDesign = selection.kind === 'design' ? selection.design : undefined;
  const poles = useDesignPoles(selectedDesign, listPoles);
  const [picked, setPicked] = useState<{ design: string; poleId: number | undefined }>();

  const countText = props.countText ?? String(defaultCount);
  const count = parseCount(countText, language);
  const pickedPole = picked && picked.design === selectedDesign ? picked.poleId : undefined;
  const start = startFrom(selection, pickedPole);
  const { choice, onChoice } = props;
  const choiceId = useId();
  const number = numberFormat(language);
  const radiusText = choice.radiusText ?? number.format(DEFAULT_RADIUS);
  const radius = parseRadius(radiusText, language);
  const chosen = choiceParams(choice, radius);
  const params = start && chosen && count !== undefined ? { ...start, count, ...chosen } : undefined;
  const preview = usePreview({ app, session, params });
  const { sketches } = app.map ?? {};
  const centre = selection.kind === 'pole' ? selection.at : undefined;

  const pole =
    selection.kind === 'design' && poles?.state === 'ready' && poles.poles.length > 0 ? (
      <PolePicker
        poles={poles.poles}
        value={pickedPole}
        onChange={(poleId) => setPicked({ design: selection.design, poleId })}
      />
    ) : selection.kind === 'pole' || selection.kind === 'pole-in-master' ? (
      <bdi>{selection.title}</bdi>
    ) : (
      '–'
    );
  const facts: Fact[] = [
    [
      msg('label_design'),
      <bdi key="design">{'design' in selection ? designName(selection.design) : '–'}</bdi>,
    ],
    [msg('label_pole'), pole],
    [
      msg('label_count'),
      <CountInput
        key="count"
        id={countId}
        problemId={`${countId}-problem`}
        text={countText}
        valid={count !== undefined}
        onChange={props.onCountText}
      />,
      countId,
    ],
    [
      msg('label_selection'),
      <Select
        key="selection"
        id={choiceId}
        value={choice.selection}
        options={SELECTIONS.map((value) => ({ value, text: msg(`selection_${value}`) }))}
        onChange={(value) => onChoice({ ...choice, selection: value })}
      />,
      choiceId,
    ],
  ];
  if (choice.selection === 'within') {
    const id = `${choiceId}-radius`;
    facts.push([
      msg('label_radius'),
      <CountInput
        key="radius"
        id={id}
        problemId={`${countId}-problem`}
        text={radiusText}
        valid={radius !== undefined}
        unit="m"
        onChange={(text) => onChoice({ ...choice, radiusText: text })}
      />,
      id,
    ]);
  }

  return (
    <TaskSetup
      session={session}
      startLabel={msg('create')}
      params={preview.params}
      preview={preview.button}
      reason={
        <>
          <div id={`${countId}-problem`} style={{ color: token.colorErrorText }}>
            {count === undefined ? msg('count_invalid', { min: MIN_COUNT, max: MAX_COUNT }) : null}
            {chosen ? null : <div>{msg('radius_invalid', { min: MIN_RADIUS, max: MAX_RADIUS })}</div>}
          </div>
          {start ? null : reasonFor(selection, poles, translator)}
        </>
      }
    >
      {compact ? null : <Intro />}
      <Facts facts={facts} />
      {sketches && centre && chosen && choice.selection === 'within' && radius !== undefined ? (
        <RadiusCircle
          {...{ sketches, centre }}
          radiusMetres={radius}
          onRadius={(metres) => onChoice({ ...choice, radiusText: number.format(metres) })}
        />
      ) : null}
      {/* In a sheet the fields come first, because there is no room for both. */}
      {compact ? <Intro /> : null}
      {preview.view}
    </TaskSetup>
  );
}

function startFrom(selection: Selection, pickedPole: number | undefined) {
  if (selection.kind === 'pole') return { design: selection.design, pole_id: selection.poleId };
  if (selection.kind === 'design' && pickedPole !== undefined) {
    return { design: selection.design, pole_id: pickedPole };
  }
  return undefined;
}

function reasonFor(
  selection: Selection,
  poles: DesignPoles | undefined,
  { msg }: Translator,
): string | undefined {
  switch (selection.kind) {
    case 'none':
      return msg('reason_nothing_selected');
    case 'wrong-type':
      return msg('reason_wrong_type', { title: selection.title });
    case 'pole-in-master':
      return msg('reason_pole_in_master');
    case 'design':
      return msg(reasonForPoles(poles));
    case 'pole':
      return undefined;
  }
}
