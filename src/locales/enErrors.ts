/**
 * The English words for what may go wrong with any task, and with any that works on a design. They are fetched like the
 * other packs. Until they are there, the dialog shows the server's own English message, as it does for a code without a
 * key.
 */
export const enErrors = {
  'error_invalid-params': 'The server did not accept these values.',
  'error_unknown-task': 'The server does not know this task. It may be older than this application.',
  'error_task-not-found': 'The server no longer knows this task.',
  'error_already-finished': 'The task had already finished.',
  'error_not-finished': 'The task has not ended yet. Cancel it first.',
  'error_not-retryable': 'The task is still running and cannot be started again yet.',
  'error_idempotency-conflict': 'The server already has another task under this key. Try again.',
  'error_not-found': 'The server does not know this address. Check the address of the task server.',
  'error_method-not-allowed':
    'The server does not accept this kind of call. It may be older than this application.',
  'error_invalid-request': 'The server could not read the request.',
  'error_body-too-large': 'The request is larger than the server accepts.',
  'error_unsupported-media-type': 'The server does not accept this kind of request.',
  error_unauthorized: 'You are signed out. Sign in again.',
  error_forbidden: 'You are not allowed to run this task.',
  'error_rate-limited': 'The server is busy: too many requests.',
  error_internal: 'The server had an error of its own.',
  error_unavailable: 'The server is not available right now. Try again later.',
  error_timeout: 'The task took longer than it may and was stopped.',
  error_exception: 'The task ran into an error on the server.',
  'error_lost-sight': 'The connection ended before the task did. It may still be running.',
  'error_node-failed': 'The task “{node}” of the workflow failed: {reason}',
  'error_already-undone': 'It has been undone already.',
  'error_not-undoable': 'There is nothing to undo: the task stored nothing, or its design is gone.',
  'error_undo-conflict': 'Others have built on it since. Undo what they did first.',
  'error_undo-not-kept': 'The server does not know any more what the task changed.',
  'error_undo-nothing': 'Others have built on all of it. Undo what they did first.',
  'error_undo-too-large': 'Too many records of others refer to it. Undo what they did first.',
  'error_worker-lost': 'The server lost the task while it was running.',
  'error_no-preview': 'This task has no preview. Start it to see what it builds.',
  'error_nothing-to-export':
    'Nothing of what this run built is left. It was undone, or its design was deleted.',
  'error_export-too-large': 'The file would be too large. Choose GeoJSON, which has no limit.',
  'error_design-conflict': 'The design was changed by someone else in the meantime. Try again.',
  'error_design-not-found': 'The design no longer exists.',
  'error_pin-in-use': 'A port that the task needed is already in use.',
  error_cancelled: 'The task was cancelled.',
  error_network: 'The server cannot be reached. Check the network.',
  'error_invalid-response':
    'The answer did not come from a task server. Check its address, and that you are signed in.',

  tell_me_blocked: 'The browser blocks notifications from this page. Allow them in the settings of the site.',
  tell_me_missing: 'This browser shows no notifications for this page.',
  tell_me_not_kept: 'The browser does not keep this wish, because it stores nothing for this page.',

  parameter_design: 'Design',
  problem: '{parameter}: {problem}',
  problem_missing: 'required, but not given.',
  problem_unknown: 'the server does not know this setting.',
  'problem_wrong-type': 'not the kind of value the server expects.',
  'problem_out-of-range': 'outside the range allowed.',
  'problem_not-allowed': 'not one of the values allowed.',
  'problem_wrong-format': 'not written as the server expects.',
  problem_invalid: 'not valid.',
  'problem_not-found': 'does not exist. It may have been deleted.',
  'problem_in-master': 'not part of a design.',
  'problem_in-other-design': 'part of another design.',
} as const;

export { enErrors as messages };
