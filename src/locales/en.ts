import type { enErrors } from './enErrors.ts';
import { titles } from './titles.ts';

/**
 * English, bundled, and with enErrors.ts the type of every other pack's keys. Templates: see format.ts. `step_N` is
 * looked up by what the server says.
 */
export const en = {
  title: titles.en,
  close: 'Close',

  intro:
    'Builds a fibre connection from a pole to each address: wall box, ONT, aerial route and drop cable, spliced to a splitter on the pole. A new pole is added whenever a splitter is full.',
  intro_background: 'The work runs on the server. You can close this window and come back to it.',

  label_design: 'Design',
  label_pole: 'Starting pole',
  label_count: 'Connections',
  choose_pole: 'Choose a pole',
  poles_loading: 'Looking up the poles of this design…',
  create: 'Create connections',
  starting: 'Starting…',

  reason_no_system: 'This application is not connected to a task server.',
  reason_nothing_selected: 'Select a pole of a design on the map.',
  reason_wrong_type: '{title} is not a pole. Select a pole of a design.',
  reason_pole_in_master: 'This pole is not part of a design. Select a pole that is.',
  reason_pick_pole: 'Select the pole of this design to start from.',
  reason_no_poles: 'This design has no poles yet. Add one, then select it.',
  reason_poles_failed: 'The poles of this design could not be read. Select a pole on the map.',
  count_invalid: 'Enter a whole number from {min, number} to {max, number}.',

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
  step_1: 'Reading the design',
  step_2: 'Choosing addresses',
  step_3: 'Preparing the pole',
  step_4: 'Connecting addresses',
  step_5: 'Storing the network',
  connected:
    '{total, plural, one {{done, number} / # address connected} other {{done, number} / # addresses connected}}',
  elapsed: 'Elapsed',
  remaining: 'Remaining',
  remaining_about: 'about {duration}',
  attempt_notice: 'The server lost the task and started it again (attempt {attempt, number}).',
  cancel_task: 'Cancel task',

  connection_connecting: 'Connecting…',
  connection_live: 'Live',
  connection_reconnecting: 'Connection lost, trying again in {duration}',
  connection_reconnecting_now: 'Connection lost, trying again…',
  connection_closed: 'Not connected',

  result_heading: '{count, plural, one {# address connected} other {# addresses connected}}',
  result_connections: 'Connections',
  result_poles: 'New poles',
  result_cables: 'Cables',
  result_length: 'Length of cable',
  result_duration: 'Duration',
  zoom_to_result: 'Zoom to result',
  start_another: 'Start another',

  status_partly: 'Done in part',
  partly_heading: '{ok, number} of {total, number} done, {failed, number} failed',
  failures: 'What failed',
  failures_more: '{count, plural, one {Show # more} other {Show # more}}',
  failures_left_out:
    '{count, plural, one {# further failure is not listed.} other {# further failures are not listed.}}',
  show_on_map: 'Show on map',
  retry_failed: '{count, plural, one {Run the failed one again} other {Run the # failed ones again}}',
  log: 'Log',
  log_info: 'Note',
  log_warning: 'Warning',
  log_error: 'Error',
  log_warnings: '{count, plural, one {# warning} other {# warnings}}',
  ignored_params: 'The task does not know these parameters and ran without them: {names}',

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
} as const;

/** Every key of the LRT message group; a host's message file may override any of them. */
export type MessageKey = keyof typeof en | keyof typeof enErrors;

/** A complete pack. */
export type Messages = Readonly<Record<MessageKey, string>>;
