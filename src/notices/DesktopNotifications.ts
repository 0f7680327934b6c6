// Tells the user by the system's own notifications that a task ended, where they asked for it and look elsewhere.
import type { TaskSnapshot } from '../contract/index.ts';
import { answerPage, sayChanged } from '../parts/pageQuestions.ts';
import { isTellWanted, wantTell } from '../parts/tellWishes.ts';
import { inOneTab, isAnyTabLookedAt } from './lookedAt.ts';

/** The other tabs hear of a change of the storage within this time. */
const STORED_MS = 1_000;

export interface DesktopNotificationsOptions {
  /** What the notification says. `language` is BCP 47. */
  words(task: TaskSnapshot): { title: string; body: string; language: string; direction: 'ltr' | 'rtl' };
  /** The user clicked on the notification: the tab has the focus already. */
  show(task: TaskSnapshot): void;
}

/**
 * Shows one notification for a task whose end the user wants to be told, if they look at no tab of the application then. All
 * tabs share the wish, so it is told where the tab that asked is closed; and each of them may call `end`, so one tab at a
 * time looks whether it is told already.
 */
export class DesktopNotifications {
  readonly #options: DesktopNotificationsOptions;
  readonly #shown = new Set<Notification>();
  readonly #stopAnswering: () => void;
  #isOver = false;

  constructor(options: DesktopNotificationsOptions) {
    this.#options = options;
    // The dialog offers its button where somebody is there to tell it.
    this.#stopAnswering = answerPage('tells-ends', () => true);
    sayChanged('tells-ends');
  }

  /** The task has ended. Never rejects. */
  async end(task: TaskSnapshot): Promise<void> {
    if (!isTellWanted(task.id)) return;
    try {
      await inOneTab(`tell:${task.id}`, async () => {
        if (this.#isOver || !isTellWanted(task.id)) return;
        wantTell(task.id, false);
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
    sayChanged('tells-ends');
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
