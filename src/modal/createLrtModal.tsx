import { ConfigProvider } from 'antd';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { isTerminal, type TaskError, type TerminalStatus } from '../contract.ts';
import type { DraggableModalProps, HostApplication, Msg } from '../host/types.ts';
import { packFor } from '../locales/loadLocale.ts';
import { titles } from '../locales/titles.ts';
import { Announcer } from './Announcer.tsx';
import { CancelledView } from './CancelledView.tsx';
import type { LrtController } from './controller.ts';
import type { ListPoles } from './DesignPoles.tsx';
import { FailureView } from './FailureView.tsx';
import { MessagesContext } from './MessagesContext.ts';
import { ModalErrorBoundary } from './ModalErrorBoundary.tsx';
import { PhaseFocus } from './PhaseFocus.tsx';
import { ResultSummary } from './ResultSummary.tsx';
import { SetupView, type SetupViewProps } from './SetupView.tsx';
import { TaskProgressView } from './TaskProgressView.tsx';
import { languageOf, useMessages } from './useMessages.ts';
import { useTask } from './useTask.ts';

const WIDTH = 440;

/** What the modal needs of the host's React side. */
export interface ModalHost {
  useLocale(group: string): { msg: Msg; language?: string };
  DraggableModal: ComponentType<DraggableModalProps>;
}

export interface LrtModalProps {
  open: boolean;
  onClose(): void;
  controller: LrtController;
  app: HostApplication;
  /** BCP 47; else the host's language. */
  language?: string | undefined;
  /** Words that go before the host's and ours, by key of the LRT group. */
  messages?: Readonly<Record<string, string>> | undefined;
  /** The poles of a selected design; without it the user is asked to select a pole. */
  listPoles?: ListPoles | undefined;
  /** Each higher number brings the open modal to the front. */
  raise?: number;
}

/** The modal for a host. Call it once: each call makes a component of its own. */
export function createLrtModal(host: ModalHost): ComponentType<LrtModalProps> {
  return (props) => <LrtModal {...props} host={host} />;
}

function LrtModal({ host, open, onClose, app, raise = 0, ...props }: LrtModalProps & { host: ModalHost }) {
  const { useLocale, DraggableModal } = host;
  const content = useRef<HTMLDivElement>(null);
  const { language, messages } = props;
  // Kept while the modal is closed.
  const [countText, setCountText] = useState<string>();
  const translator = useMessages({ app, useLocale, language, messages });
  useEffect(() => {
    // A dialog comes to the front when it is focused, in our host as in others.
    if (raise > 0) content.current?.closest<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
  }, [raise]);
  return (
    <DraggableModal
      open={open}
      title={translator ? translator.msg('title') : titles[packFor(language ?? languageOf(app))]}
      width={WIDTH}
      onCancel={onClose}
      footer={null}
      wrapClassName="lrt-modal"
    >
      {open && translator ? (
        <MessagesContext.Provider value={translator}>
          <ConfigProvider direction={translator.direction}>
            <div ref={content} lang={translator.language} dir={translator.direction}>
              <ModalErrorBoundary>
                <Phases {...props} {...{ app, onClose, countText }} onCountText={setCountText} />
              </ModalErrorBoundary>
            </div>
          </ConfigProvider>
        </MessagesContext.Provider>
      ) : null}
    </DraggableModal>
  );
}

type PhasesProps = Pick<LrtModalProps, 'app' | 'controller' | 'onClose' | 'listPoles'> &
  Pick<SetupViewProps, 'countText' | 'onCountText'>;

function Phases({ app, controller, onClose, listPoles, ...count }: PhasesProps) {
  const state = useTask(controller);
  const { task } = state;
  const shared = { controller, state, onClose };
  const phase = phaseOf(task);
  return (
    <>
      <Announcer task={task} />
      <PhaseFocus phase={phase}>
        {!task || phase === 'setup' ? (
          <SetupView {...shared} app={app} listPoles={listPoles} {...count} />
        ) : phase === 'succeeded' ? (
          <ResultSummary {...shared} task={task} map={app.map} />
        ) : phase === 'failed' ? (
          <FailureView {...shared} error={task.error ?? LOST} />
        ) : phase === 'cancelled' ? (
          <CancelledView {...shared} />
        ) : (
          <TaskProgressView {...shared} task={task} />
        )}
      </PhaseFocus>
    </>
  );
}

/** The host's stream ended without saying how the task did. */
const LOST: TaskError = { code: 'lost-sight', message: '' };

function phaseOf(task: TaskState | undefined): 'setup' | 'running' | TerminalStatus {
  if (!task) return 'setup';
  if (isTerminal(task.status)) return task.status;
  return task.ended ? 'failed' : 'running';
}
