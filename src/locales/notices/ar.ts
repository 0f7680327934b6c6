import type { NoticesMessages } from './en.ts';

/** The messages of notices about tasks in Arabic. */
export const messages: NoticesMessages = {
  notices: 'إشعارات المهام',
  notice_succeeded: 'اكتملت المهمة «{task}»',
  'notice_partly-succeeded': 'اكتملت المهمة «{task}» جزئيًا',
  notice_failed: 'فشلت المهمة «{task}»',
  notice_cancelled: 'أُلغيت المهمة «{task}»',
  notices_ended:
    '{count, plural, zero {لم تنتهِ أي مهمة} one {انتهت مهمة واحدة} two {انتهت مهمتان} few {انتهت # مهام} many {انتهت # مهمة} other {انتهت # مهمة}}',
  notices_ended_failed:
    '{count, plural, zero {لم تنتهِ أي مهمة} one {انتهت مهمة واحدة} two {انتهت مهمتان} few {انتهت # مهام} many {انتهت # مهمة} other {انتهت # مهمة}}، وفشل منها {failed, number}',
  notice_retry_failed: 'لم يُعِد الخادم تشغيلها: {reason}',
  title_tasks:
    '{count, plural, zero {لا مهام} one {مهمة واحدة} two {مهمتان} few {# مهام} many {# مهمة} other {# مهمة}}',
};
