import type { SystemClient } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import type { HostApplication, RenderReactNode, TaskOverlay } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { claimPage } from '../parts/claimPage.ts';
import { askPage } from '../parts/pageQuestions.ts';
import type { TaskControls } from '../parts/TaskSession.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';
import { DesktopNotifications } from './DesktopNotifications.ts';
import { endKey } from './EndsAnnouncer.ts';
import { isLookedAt, watchLookedAt } from './lookedAt.ts';
import { NoticesView } from './NoticesView.ts';
import { PageStatus } from './PageStatus.ts';
import { snapshotOf } from './snapshotOf.ts';
import { type OwnTasksWatch, watchOwnTasks } from './watchOwnTasks.ts';

/** Where the user is told how their tasks are, while no dialog says it. */
export interface NoticeChannels {
  /** Notices at the map's lower inline start. */
  notices: boolean;
  /** '48% · ' before the page's title. */
  pageTitle: boolean;
  /** A ring around the page's icon. */
  pageIcon: boolean;
  /** The system's own notifications, for a task whose end the user wants to be told. */
  desktopNotifications: boolean;
}

export interface NoticesOptions {
  app: HostApplication;
  channels: NoticeChannels;
  /** The task client at the time of use. */
  system(): SystemClient | undefined;
  /** The plugin's own task. It is all that is known where the client cannot list. */
  session: Pick<TaskControls, 'getState' | 'subscribe'>;
  /** The words in the user's language at the time of use, those of the notices among them. */
  translator(): Translator;
  renderReactNode: RenderReactNode;
  /** Frames on the map where a task worked. */
  overlay(): TaskOverlay | undefined;
  /** Says whether something can show the task as a whole: the plugin's dialog, or a page of the host. */
  canOpen(taskId: string): boolean;
  openTask(taskId: string): void;
}

export interface NoticesControl {
  /** The task client, or the user's tasks, may be others now. */
  lookAgain(): void;
  /** The words are other ones now. */
  refresh(): void;
  /** Nothing of it is left on the page. */
  dispose(): void;
}

/**
 * Tells the user how their own tasks are while no dialog says it: by notices, by the page's title and icon, and by the
 * system's own notifications. Of several copies on a page, one at a time does so.
 *
 * @example
 * const notices = startNotices({ app, channels, system, session, translator, renderReactNode, overlay, canOpen, openTask });
 */
export function startNotices(options: NoticesOptions): NoticesControl {
  const { app, channels, session } = options;
  let active: readonly TaskSnapshot[] = [];
  let watch: OwnTasksWatch | undefined;
  let watched: SystemClient | undefined;
  let view: NoticesView | undefined;
  let title: PageStatus | undefined;
  let icon: PageStatus | undefined;

  const desktop = channels.desktopNotifications
    ? new DesktopNotifications({ words: notificationWords, show })
    : undefined;
  const claims: (() => void)[] = [];
  if (channels.notices || channels.pageIcon) {
    claims.push(
      claimPage('notices', () => {
        const made = new NoticesView({ ...options, onColours: (colours) => icon?.setColours(colours) });
        view = made;
        return () => {
          view = undefined;
          made.dispose();
        };
      }),
    );
  }
  if (channels.pageTitle) {
    claims.push(
      claimPage('title', () => {
        const made = PageStatus.inTitle(options.translator);
        made.setActive(active);
        title = made;
        return () => {
          title = undefined;
          made.dispose();
        };
      }),
    );
  }
  if (channels.pageIcon) {
    claims.push(
      claimPage('icon', () => {
        const made = PageStatus.inIcon();
        made.setActive(active);
        icon = made;
        return () => {
          icon = undefined;
          made.dispose();
        };
      }),
    );
  }

  function onActive(tasks: readonly TaskSnapshot[]): void {
    active = tasks;
    title?.setActive(tasks);
    icon?.setActive(tasks);
  }
  function onEnd(task: TaskSnapshot): void {
    if (isOwnWish(task)) return;
    if (!isLookedAt()) {
      title?.setEnded(task);
      icon?.setEnded(task);
    }
    void desktop?.end(task);
    if (channels.notices && !askPage('shows-task', task.id)) view?.add(task);
  }
  function show(task: TaskSnapshot): void {
    if (options.canOpen(task.id)) {
      options.openTask(task.id);
      return;
    }
    view?.show(task);
    const bbox = task.built?.bbox;
    if (bbox) safely(() => app.map?.fitBounds(bbox));
  }
  function notificationWords(task: TaskSnapshot) {
    const words = options.translator();
    const { language, direction } = words;
    return {
      title: words.msg(endKey(task), { task: taskTitle(task, words) }),
      body: [designOf(task), outcomeText(task, words)].filter(Boolean).join(' · '),
      language,
      direction,
    };
  }

  /** What the plugin's own session knows, where the client cannot list. */
  let known: string | undefined;
  function readSession(): void {
    if (watch) {
      const { task } = session.getState();
      if (task && task.id !== known) watch.lookAgain();
      known = task?.id;
      return;
    }
    const { task } = session.getState();
    const isActive = task && !isTerminal(task.status) && !task.ended;
    onActive(isActive ? [snapshotOf(task)] : []);
    if (isActive) known = task.id;
    else if (task && isTerminal(task.status) && known === task.id) {
      known = undefined;
      onEnd(snapshotOf(task));
    }
  }

  function lookAgain(): void {
    const system = options.system();
    if (system === watched) {
      watch?.lookAgain();
      return;
    }
    watch?.stop();
    watched = system;
    watch = system && watchOwnTasks(system, { onActive, onEnd });
    if (!watch) readSession();
  }

  const ends = [
    session.subscribe(readSession),
    watchLookedAt((isLooked) => {
      if (!isLooked) return;
      title?.clearEnded();
      icon?.clearEnded();
    }),
  ];
  lookAgain();
  return {
    lookAgain,
    refresh() {
      title?.refresh();
      view?.refresh();
    },
    dispose() {
      watch?.stop();
      for (const end of [...ends, ...claims]) end();
      desktop?.dispose();
    },
  };
}

/** The user cancelled it: nobody needs to tell them. */
function isOwnWish({ status, cancelledBy, owner }: TaskSnapshot): boolean {
  return status === 'cancelled' && (cancelledBy === undefined || cancelledBy === owner);
}
