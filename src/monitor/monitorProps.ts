import type { SystemClient } from '../client/SystemClient.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import type { HostApplication } from '../host/contract.ts';
import type { Packs } from '../locales/types.ts';
import type { HostTexts } from '../parts/useTranslation.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import type { TaskAction } from './taskActions.ts';

/** The props that the monitor's view needs; TaskMonitorProps has those for its words as well. */
export interface MonitorViewProps {
  app: Pick<HostApplication, 'system' | 'map' | 'localisation'>;
  /** The client whose tasks are shown; default: `app.system`. */
  system?: SystemClient | undefined;
  /** 'panel', the default, is a list for a column beside a map. 'page' is a table. */
  variant?: 'panel' | 'page' | undefined;
  /** Selects what is shown. Left out: the monitor keeps its filter itself, and starts with the active tasks. */
  filter?: MonitorFilter | undefined;
  /** The user has changed the filter. */
  onFilter?: ((filter: MonitorFilter) => void) | undefined;
  /** Shows the button that opens the other variant. */
  onVariant?: ((variant: 'panel' | 'page') => void) | undefined;
  /** Shows the button that closes the monitor. */
  onClose?: (() => void) | undefined;
  /** Opens the run of a task, as a page. Without it, names are no links. */
  onOpenRun?: ((taskId: string) => void) | undefined;
  /** Opens a form of one's own with the parameters of a task, for "Run again". Default: an editor of the parameters. */
  onRunAgain?: ((task: TaskSnapshot) => void) | undefined;
  /** The address of a task's run, for "Copy link". */
  linkTo?: ((taskId: string) => string) | undefined;
  /** The owner name of the user. Default: the owner of the user's own tasks. */
  user?: string | undefined;
  /** Says whether the user may do something to a task. Default: everything to every task that the server shows. */
  may?: ((action: TaskAction, task: TaskSnapshot) => boolean) | undefined;
  /** BCP 47; before the host's language. */
  language?: string | undefined;
  /**
   * More languages, other words, and the words of an application's own tasks: `{ en: { task_pole_report: 'Pole report' } }`.
   * Read once.
   */
  packs?: Packs | undefined;
}

export interface TaskMonitorProps extends MonitorViewProps {
  /** The value of the host's `useLocale('LRT')`. */
  host?: HostTexts | undefined;
  /** Texts by message key that go before all others. */
  messages?: Readonly<Record<string, string>> | undefined;
}
