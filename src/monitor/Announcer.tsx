import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Translator } from '../locales/createTranslator.ts';
import { claimPage, type PagePart } from '../parts/claimPage.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { askPage } from '../parts/pageQuestions.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';
import type { MonitorTasks, TaskChange } from './MonitorTasks.ts';

/** Changes within this time are said in one sentence. */
const JOINED_MS = 2_000;
/** A connection that is back sooner was no news. */
const LOST_MS = 5_000;

export interface AnnouncerProps {
  store: MonitorTasks;
  /** The owner name of the user, as far as it is known. */
  user: string | undefined;
  /** A sentence of the monitor itself. Another object says it again. */
  say?: { text: string } | undefined;
}

/**
 * Announces to screen readers ends, starts after waiting, and a connection that is lost or back. Ends within two seconds are one sentence. It
 * leaves what an open dialog, the notices or another monitor on the page announces to them: an end is said once.
 */
export function Announcer({ store, user, say: given }: AnnouncerProps) {
  const words = useTranslator();
  const [said, setSaid] = useState({ polite: '', urgent: '' });
  const newest = useRef({ words, user });
  newest.current = { words, user };

  // Whoever sees the regions may count on them.
  useLayoutEffect(() => {
    let changes: TaskChange[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;
    let isLost = false;
    const held = new Set<PagePart>();
    const claim = (part: PagePart) =>
      claimPage(part, () => {
        held.add(part);
        return () => void held.delete(part);
      });
    const releases = [claim('announcements'), claim('other-announcements')];
    /** Notices announce the ends of the user's own tasks. */
    const isOurs = ({ kind, task }: TaskChange) => {
      if (kind === 'ended' && askPage('shows-task', task.id)) return false;
      const { user: own } = newest.current;
      const isOwnEnd = kind === 'ended' && (own === undefined || task.owner === own);
      return held.has(isOwnEnd ? 'announcements' : 'other-announcements');
    };
    const say = (text: string, isUrgent = false) =>
      setSaid({ polite: isUrgent ? '' : text, urgent: isUrgent ? text : '' });
    const flush = () => {
      timer = undefined;
      const text = sentence(changes, newest.current.words, newest.current.user);
      say(text, changes.some(isFailure));
      changes = [];
    };
    const stopListening = store.onChange((change) => {
      if (!isOurs(change)) return;
      changes.push(change);
      timer ??= setTimeout(flush, JOINED_MS);
    });
    const unsubscribe = store.subscribe(() => {
      const { state } = store.getState().connection;
      if (state === 'live' || state === 'polling') {
        clearTimeout(lost);
        lost = undefined;
        if (isLost) say(newest.current.words.msg('connection_back'));
        isLost = false;
      } else if (state === 'reconnecting' && !isLost) {
        lost ??= setTimeout(() => {
          isLost = true;
          say(newest.current.words.msg('connection_lost'));
        }, LOST_MS);
      }
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(lost);
      for (const release of releases) release();
      stopListening();
      unsubscribe();
    };
  }, [store]);

  useEffect(() => {
    if (given) setSaid({ polite: given.text, urgent: '' });
  }, [given]);
  return (
    // Live regions without a role: a page's own alerts stay alone.
    <>
      <div aria-live="polite" style={HIDDEN}>
        {said.polite}
      </div>
      <div aria-live="assertive" style={HIDDEN}>
        {said.urgent}
      </div>
    </>
  );
}

/** Seen by screen readers alone. */
const HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

function sentence(changes: readonly TaskChange[], words: Translator, user: string | undefined): string {
  const ended = changes.filter(({ kind }) => kind === 'ended');
  if (ended.length > 1) {
    const failed = ended.filter(isFailure).length;
    const count = ended.length;
    return failed > 0
      ? words.msg('tasks_ended_failed', { count, failed })
      : words.msg('tasks_ended', { count });
  }
  return changes
    .slice(0, 3)
    .map(({ kind, task }) => {
      const title = taskTitle(task, words);
      const design = designOf(task);
      const named = design === undefined ? title : words.msg('joined', { first: title, second: design });
      if (kind === 'started') return words.msg('task_started', { task: named });
      return words.msg('task_ended', { task: named, outcome: outcomeText(task, words, { user }) ?? '' });
    })
    .join('. ');
}

function isFailure({ kind, task }: TaskChange): boolean {
  return kind === 'ended' && task.status === 'failed';
}
