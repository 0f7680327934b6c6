import { theme } from 'antd';
import { useId, useState } from 'react';
import type { HostApplication } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { type Fact, Facts } from '../parts/Facts.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { usePanel } from '../parts/panel.ts';
import type { TaskControls } from '../parts/TaskSession.ts';
import { TaskSetup } from '../parts/TaskSetup.tsx';
import { CountInput } from './CountInput.tsx';
import {
  type DesignPoles,
  type ListPoles,
  PolePicker,
  reasonForPoles,
  useDesignPoles,
} from './DesignPoles.tsx';
import { designName } from './designFact.tsx';
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
}

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
  const params = start && count !== undefined ? { ...start, count } : undefined;

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
  ];

  return (
    <TaskSetup
      session={session}
      startLabel={msg('create')}
      params={params}
      reason={
        <>
          <div id={`${countId}-problem`} style={{ color: token.colorErrorText }}>
            {count === undefined ? msg('count_invalid', { min: MIN_COUNT, max: MAX_COUNT }) : null}
          </div>
          {start ? null : reasonFor(selection, poles, translator)}
        </>
      }
    >
      {compact ? null : <Intro />}
      <Facts facts={facts} />
      {/* In a sheet the fields come first, because there is no room for both. */}
      {compact ? <Intro /> : null}
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
