// Lets the copies of this code on one page ask each other. They may come from different bundles and versions, so they share
// no module. They ask by events of the document, and the page gets no global variable.
import { safely } from '../client/safely.ts';

/** The questions. Each says what `about` is for it. */
export type PageQuestion =
  /** Does an open dialog show the task with this id? It is about the id. */
  | 'shows-task'
  /** Does a copy show the system's own notifications when a task ends? It is about nothing. */
  | 'notifies'
  /** Does a copy hold this part of the page, such as its title? It is about the part: see `claimPage`. */
  | 'holds';

const nameOf = (question: string) => `lrt-plugin:${question}`;

/**
 * Asks all copies on the page. Returns true where one of them says yes.
 *
 * @example
 * if (askPage('shows-task', task.id)) return;
 */
export function askPage(question: PageQuestion, about = ''): boolean {
  const event = new CustomEvent(nameOf(question), { detail: about, cancelable: true });
  return !document.dispatchEvent(event);
}

/**
 * Answers a question until the returned function is called. `says` gets what is asked about, and returns true for yes.
 *
 * @example
 * const stop = answerPage('shows-task', (taskId) => taskId === shown);
 */
export function answerPage(question: PageQuestion, says: (about: string) => boolean): () => void {
  const answer = (event: Event) => {
    const about: unknown = event instanceof CustomEvent ? event.detail : undefined;
    if (typeof about !== 'string') return;
    safely(() => {
      if (says(about)) event.preventDefault();
    });
  };
  document.addEventListener(nameOf(question), answer);
  return () => document.removeEventListener(nameOf(question), answer);
}

/** Says to all copies on the page that the answer to a question may be another one now. */
export function sayChanged(question: PageQuestion, about = ''): void {
  document.dispatchEvent(new CustomEvent(nameOf(`${question}-changed`), { detail: about }));
}

/** Calls back when the answer to a question may have changed, until the returned function is called. */
export function onAnswerChanged(question: PageQuestion, changed: (about: string) => void): () => void {
  const listen = (event: Event) => {
    const about: unknown = event instanceof CustomEvent ? event.detail : undefined;
    if (typeof about === 'string') safely(() => changed(about));
  };
  const name = nameOf(`${question}-changed`);
  document.addEventListener(name, listen);
  return () => document.removeEventListener(name, listen);
}
