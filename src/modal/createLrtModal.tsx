import { type ComponentType, useState, useSyncExternalStore } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { TaskProgress } from '../contract/index.ts';
import type {
  DockedModalProps,
  DockedPlace,
  DraggableModalProps,
  HostApplication,
} from '../host/contract.ts';
import { localesWith } from '../locales/customerConnection/connectionLocales.ts';
import { titles } from '../locales/customerConnection/titles.ts';
import { packFor } from '../locales/loadLocale.ts';
import type { Packs } from '../locales/types.ts';
import { MessagesContext } from '../parts/MessagesContext.ts';
import { TaskPanel } from '../parts/TaskPanel.tsx';
import type { TaskControls } from '../parts/TaskSession.ts';
import { type HostTexts, languageOf, useTranslation } from '../parts/useTranslation.ts';
import type { AddressChoice } from './addressChoice.ts';
import type { ListPoles } from './DesignPoles.tsx';
import { designFact } from './designFact.tsx';
import { foldedBar } from './foldedBar.tsx';
import { MESSAGE_GROUP } from './messageGroup.ts';
import { DEFAULT_COUNT } from './parseCount.ts';
import { ResultSummary } from './ResultSummary.tsx';
import { RunLink } from './RunLink.tsx';
import { SetupView } from './SetupView.tsx';

const WIDTH = 440;

/** The parts of the host's React side that the modal needs. */
export interface ModalHost {
  useLocale(group: string): HostTexts;
  DraggableModal: ComponentType<DraggableModalProps>;
  /** The window of a host that docks windows at its map. Without it the modal is a `DraggableModal`. */
  DockedModal?: ComponentType<DockedModalProps>;
}

export interface LrtModalProps {
  open: boolean;
  onClose(): void;
  /** The task of the modal, of `createTaskSession`. */
  session: TaskControls;
  /** The number of connections that the modal offers at first. Default 2,000. */
  defaultCount?: number | undefined;
  app: HostApplication;
  /** BCP 47; else the host's language. */
  language?: string | undefined;
  /** Words that go before the host's and ours, by key of the LRT group. */
  messages?: Readonly<Record<string, string>> | undefined;
  /** More languages, or other words of ours, by language tag. */
  packs?: Packs | undefined;
  /** The poles of a selected design; without it the user is asked to select a pole. */
  listPoles?: ListPoles | undefined;
  /** Opens the run of a task as a page. With it the title of a task is a link. */
  openRun?: ((taskId: string) => void) | undefined;
  /** Each higher number brings the open modal to the front. */
  raise?: number;
}

/**
 * The modal for a host. Call it once: each call makes a component of its own.
 *
 * @example
 * const LrtModal = createLrtModal({ useLocale, DraggableModal });
 */
export function createLrtModal({
  useLocale,
  DraggableModal,
  DockedModal,
}: ModalHost): ComponentType<LrtModalProps> {
  return function LrtModal(props) {
    const {
      open,
      onClose,
      app,
      session,
      defaultCount = DEFAULT_COUNT,
      raise,
      listPoles,
      openRun,
      packs,
      ...words
    } = props;
    // Kept while the modal is closed.
    const [countText, setCountText] = useState<string>();
    const [choice, setChoice] = useState<AddressChoice>({ selection: 'random' });
    // Read once: an object literal in a component is another one each time.
    const [locales] = useState(() => localesWith(packs));
    const translator = useTranslation({
      app,
      group: MESSAGE_GROUP,
      host: useLocale(MESSAGE_GROUP),
      locales,
      ...words,
    });
    const task = useShownTask(session);
    const shared = { session };
    const title = translator ? translator.msg('title') : titles[packFor(words.language ?? languageOf(app))];
    const content = (place?: DockedPlace) =>
      translator ? (
        <MessagesContext.Provider value={translator}>
          <TaskPanel
            {...shared}
            raise={raise}
            map={app.map}
            compact={place === 'sheet'}
            overlay={app.map?.taskOverlay}
            setup={
              <SetupView
                {...shared}
                {...{ app, defaultCount, listPoles, countText, choice }}
                onCountText={setCountText}
                onChoice={setChoice}
              />
            }
            facts={(shown) => designFact(shown, translator)}
            detail={({ done, total }: TaskProgress) =>
              done === undefined || total === undefined
                ? undefined
                : translator.msg('connected', { done, total })
            }
            summary={(shown) => <ResultSummary {...shared} task={shown} map={app.map} system={app.system} />}
          />
        </MessagesContext.Provider>
      ) : null;
    const shownTitle =
      task && openRun && translator ? (
        <RunLink label={translator.msg('open_run')} onClick={() => openRun(task.id)}>
          {title}
        </RunLink>
      ) : (
        title
      );
    const frame = { open, title: shownTitle, onCancel: onClose, wrapClassName: 'lrt-modal' };
    return DockedModal ? (
      <DockedModal {...frame} bar={task && translator && foldedBar(session, task, translator)}>
        {content}
      </DockedModal>
    ) : (
      <DraggableModal {...frame} width={WIDTH} footer={null}>
        {open ? content() : null}
      </DraggableModal>
    );
  };
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
