import type { NoticesMessages } from './en.ts';

/** The messages of notices about tasks in Japanese. */
export const messages: NoticesMessages = {
  notices: 'タスクのお知らせ',
  notice_succeeded: '{task}が完了しました',
  'notice_partly-succeeded': '{task}が一部完了しました',
  notice_failed: '{task}が失敗しました',
  notice_cancelled: '{task}がキャンセルされました',
  notices_ended: '{count, plural, other {# 件のタスクが終了しました}}',
  notices_ended_failed: '{count, plural, other {# 件のタスクが終了しました}}（失敗 {failed, number} 件）',
  notice_retry_failed: 'サーバーは再実行を開始しませんでした: {reason}',
  title_tasks: '{count, plural, other {タスク # 件}}',
};
