import { type ComponentType, useState } from 'react';
import type { TaskProgress } from '../contract/index.ts';
import type { DraggableModalProps, HostApplication } from '../host/contract.ts';
import { localesWith } from '../locales/customerConnection/connectionLocales.ts';
import { titles } from '../locales/customerConnection/titles.ts';
import { packFor } from '../locales/loadLocale.ts';
import type { Packs } from '../locales/types.ts';
import { MessagesContext } from '../parts/MessagesContext.ts';
import { TaskPanel } from '../parts/TaskPanel.tsx';
import type { TaskControls } from '../parts/TaskSession.ts';
import { type HostTexts, languageOf, useTranslation } from '../parts/useTranslation.ts';
import type { ListPoles } from './DesignPoles.tsx';
import { designFact } from './designFact.tsx';
import { MESSAGE_GROUP } from './messageGroup.ts';
import { DEFAULT_COUNT } from './parseCount.ts';
import { ResultSummary } from './ResultSummary.tsx';
import { SetupView } from './SetupView.tsx';

const WIDTH = 440;

/** The parts of the host's React side that the modal needs. */
export interface ModalHost {
  useLocale(group: string): HostTexts;
  DraggableModal: ComponentType<DraggableModalProps>;
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
  /** Each higher number brings the open modal to the front. */
  raise?: number;
}

/**
 * The modal for a host. Call it once: each call makes a component of its own.
 *
 * @example
 * const LrtModal = createLrtModal({ useLocale, DraggableModal });
 */
export function createLrtModal({ useLocale, DraggableModal }: ModalHost): ComponentType<LrtModalProps> {
  return function LrtModal(props) {
    const {
      open,
      onClose,
      app,
      session,
      defaultCount = DEFAULT_COUNT,
      raise,
      listPoles,
      packs,
      ...words
    } = props;
    // Kept while the modal is closed.
    const [countText, setCountText] = useState<string>();
    // Read once: an object literal in a component is another one each time.
    const [locales] = useState(() => localesWith(packs));
    const translator = useTranslation({
      app,
      group: MESSAGE_GROUP,
      host: useLocale(MESSAGE_GROUP),
      locales,
      ...words,
    });
    const shared = { session, onClose };
    return (
      <DraggableModal
        open={open}
        title={translator ? translator.msg('title') : titles[packFor(words.language ?? languageOf(app))]}
        width={WIDTH}
        onCancel={onClose}
        footer={null}
        wrapClassName="lrt-modal"
      >
        {open && translator ? (
          <MessagesContext.Provider value={translator}>
            <TaskPanel
              {...shared}
              raise={raise}
              setup={
                <SetupView
                  {...shared}
                  {...{ app, defaultCount, listPoles, countText }}
                  onCountText={setCountText}
                />
              }
              facts={(task) => designFact(task, translator)}
              detail={({ done, total }: TaskProgress) =>
                done === undefined || total === undefined
                  ? undefined
                  : translator.msg('connected', { done, total })
              }
              summary={(task) => <ResultSummary {...shared} task={task} map={app.map} />}
            />
          </MessagesContext.Provider>
        ) : null}
      </DraggableModal>
    );
  };
}
