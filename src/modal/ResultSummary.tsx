import { Button } from 'antd';
import type { TaskState } from '../client/taskStore.ts';
import type { HostMap } from '../host/types.ts';
import { formatDuration, formatLength, numberFormat } from '../locales/intl.ts';
import { Actions } from './Actions.tsx';
import type { LrtController } from './controller.ts';
import { designFact } from './designFact.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { useTranslator } from './MessagesContext.ts';
import { PhaseHeading } from './PhaseHeading.tsx';
import { parseResult } from './parseResult.ts';
import { elapsedSeconds } from './taskTimes.ts';

export interface ResultSummaryProps {
  controller: LrtController;
  task: TaskState;
  map: HostMap | undefined;
  onClose(): void;
}

/** What was built. */
export function ResultSummary({ controller, task, map, onClose }: ResultSummaryProps) {
  const translator = useTranslator();
  const { msg, language } = translator;
  const { connections, poles, cables, cableLengthMetres, bbox, text } = parseResult(task.result);
  const seconds = elapsedSeconds(task, Number.NaN);
  const number = (value: number | undefined) =>
    value === undefined ? undefined : numberFormat(language).format(value);
  const amounts: (readonly [string, string | undefined])[] = [
    [msg('result_connections'), number(connections)],
    [msg('result_poles'), number(poles)],
    [msg('result_cables'), number(cables)],
    [
      msg('result_length'),
      cableLengthMetres === undefined ? undefined : formatLength(cableLengthMetres, language),
    ],
    [msg('result_duration'), seconds === undefined ? undefined : formatDuration(seconds, language)],
  ];
  const facts: Fact[] = [
    ...designFact(task, translator),
    ...amounts.filter(([, amount]) => amount !== undefined),
  ];
  return (
    <>
      <PhaseHeading outcome="succeeded">
        {connections === undefined ? msg('status_succeeded') : msg('result_heading', { count: connections })}
      </PhaseHeading>
      {text ? <bdi>{text}</bdi> : null}
      <Facts facts={facts} />
      <Actions>
        <Button onClick={onClose}>{msg('close')}</Button>
        <Button onClick={() => controller.dismiss()}>{msg('start_another')}</Button>
        {map && bbox ? (
          <Button type="primary" onClick={() => map.fitBounds(bbox)}>
            {msg('zoom_to_result')}
          </Button>
        ) : null}
      </Actions>
    </>
  );
}
