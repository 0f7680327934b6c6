/**
 * The English words of notices about tasks, and of the page's title. They are bundled with the notices, which load on demand,
 * and their keys are those of every other pack in this folder.
 */
export const en = {
  notices: 'Notices about tasks',
  notice_succeeded: '{task} is done',
  'notice_partly-succeeded': '{task} is done in part',
  notice_failed: '{task} failed',
  notice_cancelled: '{task} was cancelled',
  notices_ended: '{count, plural, one {# task ended} other {# tasks ended}}',
  notices_ended_failed: '{count, plural, one {# task ended} other {# tasks ended}}, {failed, number} failed',
  notice_retry_failed: 'The server did not start it again: {reason}',
  title_tasks: '{count, plural, one {# task} other {# tasks}}',
} as const;

/** Every key of the notices. */
export type NoticesMessageKey = keyof typeof en;

/** A complete pack of the notices. */
export type NoticesMessages = Readonly<Record<NoticesMessageKey, string>>;
