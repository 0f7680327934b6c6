import type { NoticesMessages } from './en.ts';

/** The messages of notices about tasks in Spanish. */
export const messages: NoticesMessages = {
  notices: 'Avisos sobre tareas',
  notice_succeeded: '{task}: terminado',
  'notice_partly-succeeded': '{task}: terminado en parte',
  notice_failed: '{task}: error',
  notice_cancelled: '{task}: cancelado',
  notices_ended:
    '{count, plural, one {# tarea terminada} many {# de tareas terminadas} other {# tareas terminadas}}',
  notices_ended_failed:
    '{count, plural, one {# tarea terminada} many {# de tareas terminadas} other {# tareas terminadas}}, {failed, number} con error',
  notice_retry_failed: 'El servidor no la ha vuelto a iniciar: {reason}',
  title_tasks: '{count, plural, one {# tarea} many {# de tareas} other {# tareas}}',
};
