import type { enErrors } from './enErrors.ts';

/**
 * The English words of the parts, which serve the dialog of any plugin. They are bundled, and with enErrors.ts their keys
 * are those of every other pack in this folder. For what a text may hold see format.ts.
 */
export const en = {
  close: 'Close',

  starting: 'Starting…',

  reason_no_system: 'This application is not connected to a task server.',

  status_queued: 'Waiting for a free worker',
  status_running: 'Running',
  status_succeeded: 'Done',
  status_failed: 'Failed',
  status_cancelled: 'Cancelled',
  status_cancelling: 'Cancelling…',
  progress_label: 'Progress of the task',
  progress_announcement: '{status}, {percent}',
  step_of: 'Step {step, number} of {count, number}',
  step_only: 'Step {step, number}',
  elapsed: 'Elapsed',
  remaining: 'Remaining',
  remaining_about: 'about {duration}',
  interval: '{from} to {to}',
  interval_left: '{interval} left',
  longer: 'longer than usual',
  attempt_notice: 'The server lost the task and started it again (attempt {attempt, number}).',
  cancel_task: 'Cancel task',
  follow: 'Follow',
  open_run: 'Open run',

  connection_connecting: 'Connecting…',
  connection_live: 'Live',
  connection_delayed: 'Delayed',
  connection_polling: 'The network holds live updates back. Asking every few seconds instead.',
  connection_reconnecting: 'Connection lost, trying again in {duration}',
  connection_reconnecting_now: 'Connection lost, trying again…',
  connection_closed: 'Not connected',
  as_of: 'as of {time}',

  result_duration: 'Duration',
  start_another: 'Start another',
  preview: 'Preview',
  undo: 'Undo',
  redo: 'Redo',

  status_partly: 'Done in part',
  failures: 'What failed',
  failures_more: '{count, plural, one {Show # more} other {Show # more}}',
  failures_left_out:
    '{count, plural, one {# further failure is not listed.} other {# further failures are not listed.}}',
  show_on_map: 'Show on map',
  retry_failed: 'Retry {count, number} failed',
  log: 'Log',
  log_info: 'Note',
  log_warning: 'Warning',
  log_error: 'Error',
  log_warnings: '{count, plural, one {# warning} other {# warnings}}',
  ignored_params: 'The task does not know these parameters and ran without them: {names}',

  place_one: '{place, number}st',
  place_two: '{place, number}nd',
  place_few: '{place, number}rd',
  place_other: '{place, number}th',
  starts_in: 'starts in {interval}',
  waits_for: 'for {duration}',
  held_by: '{design} is held by {task}',
  held_by_another: '{design} is held by another task',
  held: 'Another task works on the same',
  limit_reached: 'You run {running, number} of {limit, number} tasks at once',
  no_worker: 'No worker takes tasks of the queue “{queue}”',
  waits_to_retry: 'The next attempt starts in {duration}',
  waits_to_retry_soon: 'The next attempt starts soon',
  cancelled_by: 'Cancelled by {name}',
  cancelled_by_you: 'Cancelled by you',
  some_failed: '{failed, number} of {total, number} failed',
  tasks_done: '{done, number} of {total, number} done',

  failed_heading: 'The task failed',
  lost_heading: 'The task is out of sight',
  look_again: 'Look again',
  failed_nothing_stored: 'Nothing was stored.',
  refused_heading: 'The task was not started',
  cancel_failed_heading: 'The task could not be cancelled',
  cancelled_heading: 'The task was cancelled',
  retry: 'Try again',
  back: 'Back',
  retry_after: 'Try again in {duration}.',
  server_said: 'The server says: {message}',
  window_broken: 'This window stopped working: {message}',

  tell_me: 'Tell me when it ends',
  tell_me_on: 'You will be told when it ends',
} as const;

/** Every key of the parts. */
export type PartsMessageKey = keyof typeof en | keyof typeof enErrors;

/** A complete pack of the parts. */
export type PartsMessages = Readonly<Record<PartsMessageKey, string>>;
