import type { SystemClient } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import type { HostApplication, RenderReactNode, TaskOverlay } from '../host/contract.ts';
import { noticesLocales } from '../locales/notices/noticesLocales.ts';
import { claimPage } from '../parts/claimPage.ts';
import { askPage } from '../parts/pageQuestions.ts';
import type { TaskControls } from '../parts/TaskSession.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';
import { DesktopNotifications } from './DesktopNotifications.ts';
import { endKey } from './EndsAnnouncer.ts';
import { isLookedAt, watchLookedAt } from './lookedAt.ts';
import type { ThemeColours } from './Notices.tsx';
import { NoticesView } from './NoticesView.ts';
import { type NoticesWords, noticesTranslator } from './noticesWords.ts';
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
  words: NoticesWords;
  /** A hook: renders again when the host's language changes. */
  useLanguage(): string | undefined;
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
  /** Nothing of it is left on the page. */
  dispose(): void;
}

/**
 * Tells the user how their own tasks are while no dialog says it: by notices, by the page's title and icon, and by the
 * system's own notifications. Of several copies on a page, one at a time does so.
 *
 * @example
 * const notices = startNotices({ app, channels, system, session, words, useLanguage, renderReactNode, overlay, canOpen, openTask });
 */
export function startNotices(options: NoticesOptions): NoticesControl {
  const { app, channels, session, words } = options;
  const translator = () => noticesTranslator(words);
  let active: readonly TaskSnapshot[] = [];
  let watch: OwnTasksWatch | undefined;
  let watched: SystemClient | undefined;
  let view: NoticesView | undefined;
  let title: PageStatus | undefined;
  let icon: PageStatus | undefined;
  let colours: ThemeColours | undefined;

  const desktop = channels.desktopNotifications
    ? new DesktopNotifications({ words: notificationWords, show })
    : undefined;
  const claims: (() => void)[] = [];
  if (channels.notices || channels.pageIcon) {
    claims.push(
      claimPage('notices', () => {
        const made = new NoticesView({
          ...options,
          translator,
          onLanguage: loadWords,
          onColours(seen) {
            colours = seen;
            icon?.setColours(seen);
          },
        });
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
        const made = PageStatus.inTitle(translator);
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
        if (colours) made.setColours(colours);
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
    const said = translator();
    const { language, direction } = said;
    return {
      title: said.msg(endKey(task), { task: taskTitle(task, said) }),
      body: [designOf(task), outcomeText(task, said)].filter(Boolean).join(' · '),
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

  let isOver = false;
  /** Draws again what has words, in the host's language of now. */
  function refresh(): void {
    if (isOver) return;
    title?.refresh();
    view?.refresh();
  }
  function loadWords(): void {
    // Until they are here, the words are English. Where they cannot be had, they stay so.
    for (const loading of [noticesLocales.load(words.language()), words.load()])
      loading.then(refresh, () => undefined);
  }

  const ends = [
    session.subscribe(readSession),
    watchLookedAt((isLooked) => {
      if (!isLooked) return;
      title?.clearEnded();
      icon?.clearEnded();
    }),
  ];
  loadWords();
  lookAgain();
  return {
    lookAgain,
    dispose() {
      isOver = true;
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
