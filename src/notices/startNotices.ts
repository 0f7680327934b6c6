import type { SystemClient } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { noticesLocales } from '../locales/notices/noticesLocales.ts';
import { claimPage } from '../parts/claimPage.ts';
import { askPage } from '../parts/pageQuestions.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';
import { DesktopNotifications } from './DesktopNotifications.ts';
import { endKey } from './EndsAnnouncer.ts';
import { isLookedAt, watchLookedAt } from './lookedAt.ts';
import type { ThemeColours } from './Notices.tsx';
import type { NoticesControl, NoticesOptions } from './NoticesOptions.ts';
import { NoticesView } from './NoticesView.ts';
import { noticesTranslator } from './noticesWords.ts';
import { PageStatus } from './PageStatus.ts';
import { snapshotOf } from './snapshotOf.ts';
import { type OwnTasksWatch, watchOwnTasks } from './watchOwnTasks.ts';

/**
 * Shows the user how their own tasks are while no dialog says it: by notices, by the page's title and icon, and by the
 * system's own notifications. One of several copies on a page does so at a time.
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
  if (channels.notices) {
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
    if (!askPage('shows-task', task.id)) view?.add(task);
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

  /** The task of the plugin's own session that was seen last. */
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

/** True where the user cancelled the task themselves: that is no news for them. */
function isOwnWish({ status, cancelledBy, owner }: TaskSnapshot): boolean {
  return status === 'cancelled' && (cancelledBy === undefined || cancelledBy === owner);
}
