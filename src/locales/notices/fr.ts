import type { NoticesMessages } from './en.ts';

/** The messages of notices about tasks in French. */
export const messages: NoticesMessages = {
  notices: 'Avis sur les tâches',
  notice_succeeded: '{task} : terminé',
  'notice_partly-succeeded': '{task} : terminé en partie',
  notice_failed: '{task} : échec',
  notice_cancelled: '{task} : annulé',
  notices_ended:
    '{count, plural, one {# tâche terminée} many {# de tâches terminées} other {# tâches terminées}}',
  notices_ended_failed:
    '{count, plural, one {# tâche terminée} many {# de tâches terminées} other {# tâches terminées}}, {failed, number} en échec',
  notice_retry_failed: 'Le serveur ne l’a pas relancée : {reason}',
  title_tasks: '{count, plural, one {# tâche} many {# de tâches} other {# tâches}}',
};
