// Shows notifications of the system for tasks that ended while the user looked elsewhere, where they asked for them.
import type { TaskSnapshot } from '../contract/index.ts';
import { isNotificationWanted, wantNotification } from '../parts/notificationWishes.ts';
import { answerPage, sayChanged } from '../parts/pageQuestions.ts';
import { inOneTab, isAnyTabLookedAt } from './lookedAt.ts';

/** The other tabs hear of a change of the storage within this time. */
const STORED_MS = 1_000;

export interface DesktopNotificationsOptions {
  /** The text of a task's notification. `language` is BCP 47. */
  words(task: TaskSnapshot): { title: string; body: string; language: string; direction: 'ltr' | 'rtl' };
  /** The user clicked on the notification: the tab has the focus already. */
  show(task: TaskSnapshot): void;
}

/**
 * Shows one notification for a task that the user asked one for, if they look at no tab of the application when it ends. All
 * tabs share the wish, so another tab fulfils it where the tab that asked is closed. Each of them may call `end`, so one tab
 * at a time looks whether the wish is still there.
 */
export class DesktopNotifications {
  readonly #options: DesktopNotificationsOptions;
  readonly #shown = new Set<Notification>();
  readonly #stopAnswering: () => void;
  #isOver = false;

  constructor(options: DesktopNotificationsOptions) {
    this.#options = options;
    // The dialog offers its button only where a notification would be shown.
    this.#stopAnswering = answerPage('notifies', () => true);
    sayChanged('notifies');
  }

  /** The task has ended. Never rejects. */
  async end(task: TaskSnapshot): Promise<void> {
    if (!isNotificationWanted(task.id)) return;
    try {
      await inOneTab(`notify:${task.id}`, async () => {
        if (this.#isOver || !isNotificationWanted(task.id)) return;
        wantNotification(task.id, false);
        if (await isAnyTabLookedAt()) return;
        this.#notify(task);
        await new Promise((resolve) => setTimeout(resolve, STORED_MS));
      });
    } catch {
      // The page is on its way out, and another tab has the turn.
    }
  }

  dispose(): void {
    this.#isOver = true;
    this.#stopAnswering();
    sayChanged('notifies');
    for (const notification of this.#shown) notification.onclick = null;
    this.#shown.clear();
  }

  #notify(task: TaskSnapshot): void {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
    const { title, body, language, direction } = this.#options.words(task);
    let notification: Notification;
    try {
      // A second one with the same tag would take the place of the first.
      notification = new Notification(title, {
        body,
        lang: language,
        dir: direction,
        tag: `lrt-plugin:${task.id}`,
      });
    } catch {
      // Chrome on Android lets only service workers show notifications. The notice in the page says it.
      return;
    }
    this.#shown.add(notification);
    notification.onclose = () => this.#shown.delete(notification);
    notification.onclick = () => {
      globalThis.focus();
      notification.close();
      this.#options.show(task);
    };
  }
}
