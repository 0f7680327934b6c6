import type { NoticesMessages } from './en.ts';

/** The messages of notices about tasks in German. */
export const messages: NoticesMessages = {
  notices: 'Hinweise zu Aufgaben',
  notice_succeeded: '{task}: fertig',
  'notice_partly-succeeded': '{task}: teilweise fertig',
  notice_failed: '{task}: fehlgeschlagen',
  notice_cancelled: '{task}: abgebrochen',
  notices_ended: '{count, plural, one {# Aufgabe beendet} other {# Aufgaben beendet}}',
  notices_ended_failed:
    '{count, plural, one {# Aufgabe beendet} other {# Aufgaben beendet}}, {failed, number} fehlgeschlagen',
  notice_retry_failed: 'Der Server hat sie nicht noch einmal gestartet: {reason}',
  title_tasks: '{count, plural, one {# Aufgabe} other {# Aufgaben}}',
};
