import { type ComponentType, type ReactNode, useSyncExternalStore } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { DockedModalProps, DraggableModalProps } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { foldedBar } from './foldedBar.tsx';
import { MessagesContext } from './MessagesContext.ts';
import { RunLink } from './RunLink.tsx';
import type { TaskControls } from './TaskSession.ts';
import type { HostTexts } from './useTranslation.ts';

/** The parts of the host's React side that a modal needs. */
export interface ModalHost {
  useLocale(group: string): HostTexts;
  DraggableModal: ComponentType<DraggableModalProps>;
  /** The window of a host that docks windows at its map. Without it the modal is a `DraggableModal`. */
  DockedModal?: ComponentType<DockedModalProps>;
}

export interface TaskWindowProps {
  host: Pick<ModalHost, 'DraggableModal' | 'DockedModal'>;
  open: boolean;
  onClose(): void;
  session: TaskControls;
  title: string;
  /** Undefined for the moment in which the words are fetched. */
  translator: Translator | undefined;
  /** Opens the run of a task as a page. With it the title of a task is a link. */
  openRun?: ((taskId: string) => void) | undefined;
  wrapClassName: string;
  /** The content, for a sheet on a small screen or for a window. */
  children(compact: boolean): ReactNode;
}

const WIDTH = 440;

/** The window of a task's dialog: docked at the map where the host can, else a modal that is dragged. */
export function TaskWindow({ host, open, onClose, session, title, translator, ...props }: TaskWindowProps) {
  const { DraggableModal, DockedModal } = host;
  const { openRun, wrapClassName, children } = props;
  const task = useShownTask(session);
  const content = (compact: boolean) =>
    translator ? (
      <MessagesContext.Provider value={translator}>{children(compact)}</MessagesContext.Provider>
    ) : null;
  const shownTitle =
    task && openRun && translator ? (
      <RunLink label={translator.msg('open_run')} onClick={() => openRun(task.id)}>
        {title}
      </RunLink>
    ) : (
      title
    );
  const frame = { open, title: shownTitle, onCancel: onClose, wrapClassName };
  return DockedModal ? (
    <DockedModal {...frame} bar={task && translator && foldedBar(session, task, translator)}>
      {(place) => content(place === 'sheet')}
    </DockedModal>
  ) : (
    <DraggableModal {...frame} width={WIDTH} footer={null}>
      {open ? content(false) : null}
    </DraggableModal>
  );
}

/** The task for the window around the panel. An error of the session is the panel's to show: it stays inside of it. */
function useShownTask(session: TaskControls): TaskState | undefined {
  const read = () => {
    try {
      return session.getState().task;
    } catch {
      return undefined;
    }
  };
  return useSyncExternalStore(session.subscribe, read, read);
}
