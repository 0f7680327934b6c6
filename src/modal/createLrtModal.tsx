import { type ComponentType, useState } from 'react';
import type { TaskProgress } from '../contract/index.ts';
import type { HostApplication } from '../host/contract.ts';
import { localesWith } from '../locales/customerConnection/connectionLocales.ts';
import { titles } from '../locales/customerConnection/titles.ts';
import { packFor } from '../locales/loadLocale.ts';
import type { Packs } from '../locales/types.ts';
import { designFact } from '../parts/designFact.tsx';
import { TaskPanel } from '../parts/TaskPanel.tsx';
import type { TaskControls } from '../parts/TaskSession.ts';
import { type ModalHost, TaskWindow } from '../parts/TaskWindow.tsx';
import { languageOf, useTranslation } from '../parts/useTranslation.ts';
import type { AddressChoice } from './addressChoice.ts';
import type { ListPoles } from './DesignPoles.tsx';
import { MESSAGE_GROUP } from './messageGroup.ts';
import { DEFAULT_COUNT } from './parseCount.ts';
import { ResultSummary } from './ResultSummary.tsx';
import { SetupView } from './SetupView.tsx';

export type { ModalHost } from '../parts/TaskWindow.tsx';

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
  /** Lists what a run has built. With it the dialog of a run that succeeded has a button for that. */
  openTable?: ((taskId: string) => void) | undefined;
  /** Each higher number brings the open modal to the front. */
  raise?: number;
}

/**
 * The modal for a host. Call it once: each call makes a component of its own.
 *
 * @example
 * const LrtModal = createLrtModal({ useLocale, DraggableModal });
 */
export function createLrtModal(host: ModalHost): ComponentType<LrtModalProps> {
  const { useLocale } = host;
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
      openTable,
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
    const shared = { session };
    const title = translator ? translator.msg('title') : titles[packFor(words.language ?? languageOf(app))];
    return (
      <TaskWindow
        {...shared}
        {...{ host, open, onClose, title, translator, openRun }}
        wrapClassName="lrt-modal"
      >
        {(compact) =>
          translator ? (
            <TaskPanel
              {...shared}
              raise={raise}
              map={app.map}
              compact={compact}
              overlay={app.map?.taskOverlay}
              setup={
                <SetupView
                  {...shared}
                  {...{ app, defaultCount, listPoles, countText, choice }}
                  onCountText={setCountText}
                  onChoice={setChoice}
                />
              }
              facts={(shown) => designFact(shown, translator.msg('label_design'))}
              detail={({ done, total }: TaskProgress) =>
                done === undefined || total === undefined
                  ? undefined
                  : translator.msg('connected', { done, total })
              }
              summary={(shown) => (
                <ResultSummary {...shared} {...{ app, openTable }} task={shown} map={app.map} />
              )}
            />
          ) : null
        }
      </TaskWindow>
    );
  };
}
