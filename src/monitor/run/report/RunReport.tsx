/** The report of a run: a page over the page, made for paper. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { SystemClient } from '../../../client/SystemClient.ts';
import { type Failure, toTaskError } from '../../../client/taskStore.ts';
import { HandoverWordsProvider, useHandoverWords } from '../../../handover/HandoverWords.tsx';
import { ErrorText } from '../../../parts/ErrorText.tsx';
import { designOf, taskTitle } from '../../../parts/taskWords.ts';
import { wholeTime } from '../runTimes.ts';
import { ReportMap } from './ReportMap.tsx';
import { Bill, Figures, Splices, Unserved } from './ReportTables.tsx';
import { type ReportData, readReport } from './readReport.ts';
import { REPORT_STYLE } from './reportStyle.ts';

export interface RunReportProps {
  system: Pick<SystemClient, 'exportTask' | 'getTask'>;
  taskId: string;
  onClose(): void;
}

export function RunReport(props: RunReportProps) {
  return (
    <HandoverWordsProvider>
      <Report {...props} />
    </HandoverWordsProvider>
  );
}

function Report({ system, taskId, onClose }: RunReportProps) {
  const words = useHandoverWords();
  const { msg, direction, language } = words;
  const [data, setData] = useState<ReportData>();
  const [failure, setFailure] = useState<Failure>();
  const root = useRef<HTMLDivElement>(null);
  const heading = useId();

  useEffect(() => {
    const call = new AbortController();
    const { signal } = call;
    readReport(system, taskId, signal).then(
      (read) => {
        if (!signal.aborted) setData(read);
      },
      (thrown) => {
        if (!signal.aborted) setFailure(toTaskError(thrown));
      },
    );
    return () => call.abort();
  }, [system, taskId]);

  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Tab') keepInside(event, root.current);
  }

  return createPortal(
    <div
      ref={root}
      className="lrt-report"
      role="dialog"
      aria-modal="true"
      aria-labelledby={heading}
      aria-busy={!data && !failure}
      lang={language}
      dir={direction}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <style>{REPORT_STYLE}</style>
      <div className="lrt-report-bar">
        <button type="button" onClick={onClose}>
          {msg('report_close')}
        </button>
        <button type="button" className="lrt-report-first" disabled={!data} onClick={() => window.print()}>
          {msg('report_print')}
        </button>
      </div>
      <div className="lrt-report-sheet">
        <h1 id={heading}>{data ? <bdi>{taskTitle(data.task, words)}</bdi> : msg('report_title')}</h1>
        {failure ? (
          <div role="alert">
            <p>{msg('report_failed')}</p>
            <ErrorText error={failure} />
          </div>
        ) : data ? (
          <Content data={data} />
        ) : (
          <p role="status">{msg('report_loading')}</p>
        )}
      </div>
    </div>,
    document.body,
  );
}

function Content({ data }: { data: ReportData }) {
  const { msg, language } = useHandoverWords();
  const { task, lines } = data;
  const design = designOf(task);
  return (
    <>
      <p className="lrt-report-quiet">
        {design === undefined ? null : (
          <>
            {msg('report_design')}: <bdi>{design}</bdi> ·{' '}
          </>
        )}
        {msg('report_run')}: <bdi>{task.id}</bdi> · <bdi>{wholeTime(task.finishedAt, language)}</bdi>
      </p>
      <p className="lrt-report-quiet">
        {msg('report_made', { time: wholeTime(new Date().toISOString(), language) })}
      </p>
      {lines.isEmpty ? null : (
        <>
          <h2>{msg('report_map')}</h2>
          <ReportMap lines={lines} />
        </>
      )}
      <Figures task={task} />
      <Bill bill={data.bill} />
      <Unserved {...data} />
      <Splices {...data} />
    </>
  );
}

/** The page behind is not reached by the Tab key. */
function keepInside(event: KeyboardEvent, root: HTMLElement | null): void {
  const buttons = [...(root?.querySelectorAll<HTMLElement>('button:not([disabled])') ?? [])];
  const first = buttons[0];
  const last = buttons.at(-1);
  const { activeElement } = document;
  const isAtEnd = event.shiftKey ? activeElement === first || activeElement === root : activeElement === last;
  if (!isAtEnd) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
