import './intake.css';
import { Alert, Button, Modal, Progress, Radio, Tabs } from 'antd';
import { useEffect, useId, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Position } from '../../src/contract/index.ts';
import type { IntakeMode, IntakeSession } from './IntakeSession.ts';
import type { LayerChoice } from './LayerChoice.ts';
import { LayerPanel } from './LayerPanel.tsx';
import type { Refusal } from './messages.ts';
import { reasonText } from './reasonText.ts';
import { type IntakeMsg, intakeMsg } from './words/words.ts';

interface IntakeDialogProps {
  session: IntakeSession;
  /** BCP 47. */
  language: string;
  /** A place in the town that is there. */
  here?: Position | undefined;
  /** The town was stored, or the user gave up. */
  onClose(): void;
}

/** Shows what is in a user's files, and takes it over as the user says. */
export function IntakeDialog({ session, language, here, onClose }: IntakeDialogProps) {
  const msg = useMemo(() => intakeMsg(language), [language]);
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const { phase, choices, problems, progress, refusal, stored } = state;
  const isReady = session.isReady;
  const takeButton = useRef<HTMLButtonElement>(null);
  const wasReady = useRef(false);
  useEffect(() => {
    // Once all is known, Enter takes it over. A user who is at work in a field already stays there.
    const isFree = !document.activeElement?.closest('.intake .intake-panel');
    if (isReady && !wasReady.current && isFree) takeButton.current?.focus();
    if (isReady) wasReady.current = true;
  }, [isReady]);
  const take = async () => {
    if (await session.take()) onClose();
  };
  return (
    <Modal
      open
      className="intake"
      title={msg('title')}
      width={960}
      centered
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={phase === 'storing' ? () => undefined : onClose}
      closable={false}
      footer={
        <>
          {phase !== 'opening' && choices.length > 0 && (
            <ModeChoice session={session} mode={state.mode} msg={msg} />
          )}
          <Button onClick={onClose} disabled={phase === 'storing'}>
            {msg('cancel')}
          </Button>
          <Button
            ref={takeButton}
            type="primary"
            disabled={!isReady && phase !== 'storing'}
            loading={phase === 'storing'}
            onClick={() => void take()}
          >
            {msg('take')}
          </Button>
        </>
      }
    >
      <div className="intake-status" role="status">
        {phase === 'opening' && <Step text={msg('opening')} progress={progress ?? 0} />}
        {phase === 'storing' && (
          <Step text={msg('storing', { count: stored })} progress={storedPart(choices, stored)} />
        )}
        {phase === 'choosing' && progress !== undefined && <Step text={msg('looking')} progress={progress} />}
      </div>
      {refusal !== undefined && (
        <Alert type="error" showIcon title={msg('failed', { reason: refusalText(refusal, language) })} />
      )}
      {problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={msg('problems')}
          description={
            <ul className="intake-list">
              {problems.slice(0, 20).map((problem) => (
                <li key={`${problem.file} ${problem.code} ${problem.text}`}>
                  <bdi>{problem.file}</bdi>: {reasonText(problem, language)}
                </li>
              ))}
              {problems.length > 20 && <li>{msg('more', { count: problems.length - 20 })}</li>}
            </ul>
          }
        />
      )}
      {phase === 'choosing' && choices.length === 0 && problems.length === 0 && refusal === undefined && (
        <Alert type="warning" showIcon title={msg('nothingFound')} />
      )}
      {choices.length === 1 && choices[0] && (
        <LayerPanel session={session} choice={choices[0]} msg={msg} language={language} here={here} />
      )}
      {choices.length > 1 && (
        <Tabs
          aria-label={msg('layers')}
          items={choices.map((choice) => ({
            key: choice.layer.id,
            label: <LayerLabel choice={choice} msg={msg} />,
            children: (
              <LayerPanel session={session} choice={choice} msg={msg} language={language} here={here} />
            ),
          }))}
        />
      )}
    </Modal>
  );
}

/** The browser's own messages are in its language. */
function refusalText(refusal: Refusal, language: string): string {
  if (typeof refusal === 'string') return refusal;
  const why = reasonText(refusal, language);
  return refusal.file === '' ? why : `\u2068${refusal.file}\u2069: ${why}`;
}

function Step({ text, progress }: { text: string; progress: number }) {
  const id = useId();
  return (
    <>
      <span id={id}>{text}</span>
      <Progress percent={Math.floor(100 * progress)} size="small" aria-labelledby={id} />
    </>
  );
}

function LayerLabel({ choice: { layer, kind }, msg }: { choice: LayerChoice; msg: IntakeMsg }) {
  return (
    <span className="intake-tab">
      <bdi>{layer.name}</bdi> <small>{msg(`kind_${kind}`)}</small>
    </span>
  );
}

function ModeChoice({ session, mode, msg }: { session: IntakeSession; mode: IntakeMode; msg: IntakeMsg }) {
  return (
    <Radio.Group
      className="intake-mode"
      aria-label={msg('mode')}
      value={mode}
      options={[
        { value: 'replace', label: msg('mode_replace') },
        { value: 'add', label: msg('mode_add') },
      ]}
      onChange={({ target }) => session.setMode(target.value === 'add' ? 'add' : 'replace')}
    />
  );
}

function storedPart(choices: readonly LayerChoice[], stored: number): number {
  const all = choices.reduce((sum, { surveyed }) => sum + (surveyed?.report.given ?? 0), 0);
  return Math.min(1, stored / Math.max(all, 1));
}
