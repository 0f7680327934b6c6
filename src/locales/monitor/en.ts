/**
 * The English words of the task monitor and its pages, beside those of the parts. They are bundled with the monitor, and
 * their keys are those of every other pack in this folder. An application adds words for its own tasks under the keys
 * `task_NAME` (the title), `step_NAME_N` (a step), `count_NAME` and `ended_NAME`.
 */
export const en = {
  tasks: 'Tasks',
  tasks_named: 'Tasks, {running, number} running, {waiting, number} waiting',
  active: 'Active',
  finished: 'Finished',
  waiting: 'Waiting',
  ended_now: 'Ended a moment ago',
  as_page: 'Open as a page',
  as_panel: 'Show beside the map',
  list_of_tasks: 'List of tasks',
  tasks_of: 'Tasks of {name}',

  search: 'Search',
  mine: 'Mine',
  in_view: 'In this map view',
  tasks_here: 'Tasks here',
  any: 'Any',
  design: 'Design',
  all_filters: 'All filters',
  filters: 'Filters',
  filter_name: 'Task',
  filter_status: 'State',
  filter_tag: 'Tag',
  filter_time: 'Created',
  time_hour: 'In the last hour',
  time_day: 'In the last 24 hours',
  time_week: 'In the last 7 days',
  clear_filter: 'Clear filter',

  more: 'More',
  zoom_to_task: 'Zoom to task',
  open_run: 'Open run',
  run_again: 'Run again',
  copy_details: 'Copy details',
  copy_link: 'Copy link',
  copied: 'Copied',
  clear: 'Clear',
  retry_count: 'Retry {count, number}',
  try_again: 'Try again',

  attempt: 'Attempt {attempt, number}',
  asked_by: 'Asked by {name}',
  asked_by_you: 'Asked by you',
  as_of: 'as of {time}',
  out_of_sight: 'The task is out of sight. It may still be running. Last seen {time}.',
  design_changed: 'Design changed since',
  design_deleted: 'Design deleted',
  joined: '{first}, {second}',

  loading: 'The tasks are being read…',
  empty: 'Nothing runs and nothing waits',
  empty_more: 'Tasks that you start appear here, from every tab.',
  empty_finished: 'No task has ended yet',
  show_finished: 'Show finished',
  no_fit: 'No task fits this filter',
  hidden:
    '{count, plural, =0 {The filter hides no task here.} one {The filter hides # task.} other {The filter hides # tasks.}}',
  hidden_least: 'The filter hides {count, number} tasks and more.',
  offline: 'You are offline. Tasks go on at the server; this list is as of {time}.',
  list_failed: 'The tasks could not be listed',
  no_list: 'This task server offers no list of tasks.',

  select_task: 'Select {name}',
  selected: '{count, plural, one {# selected} other {# selected}}',
  select_all: '{count, plural, one {The # that fits the filter} other {All # that fit the filter}}',
  select_none: 'Select none',
  cancel: 'Cancel',
  retry_tasks: 'Retry',
  confirm_cancel: '{count, plural, one {Cancel # task?} other {Cancel # tasks?}}',
  confirm_retry: '{count, plural, one {Retry # task?} other {Retry # tasks?}}',
  confirm_clear: '{count, plural, one {Clear # task?} other {Clear # tasks?}}',
  confirm_states: '{running, number} run, {waiting, number} wait.',
  confirm_capped: 'There are more: the server has not counted all of them.',
  confirm_clear_more: 'The server forgets them, with their logs. What they built stays.',
  confirm_others:
    '{count, plural, one {# of them was started by someone else.} other {# of them were started by others.}}',
  do_cancel: '{count, plural, one {Cancel # task} other {Cancel # tasks}}',
  do_retry: '{count, plural, one {Retry # task} other {Retry # tasks}}',
  do_clear: '{count, plural, one {Clear # task} other {Clear # tasks}}',
  doing_cancel: '{count, plural, one {Cancelling # task} other {Cancelling # tasks}}',
  doing_retry: '{count, plural, one {Retrying # task} other {Retrying # tasks}}',
  doing_clear: '{count, plural, one {Clearing # task} other {Clearing # tasks}}',
  action_failed: 'This did not work',

  column_progress: 'Progress',
  column_owner: 'Owner',
  column_started: 'Started',
  column_ended: 'Ended',
  column_attempt: 'Attempt',
  column_tags: 'Tags',

  task_ended: '{task}: {outcome}',
  tasks_ended: '{count, plural, one {# task ended} other {# tasks ended}}',
  tasks_ended_failed:
    '{count, plural, one {# task ended} other {# tasks ended}}, {failed, plural, one {# failed} other {# failed}}',
  task_started: '{task} has started',
  connection_lost: 'The connection to the task server is lost',
  connection_back: 'The connection to the task server is back',

  task_bulk_tasks: 'Action on many tasks',
  task_customer_connection_task: 'Customer connections',
  step_customer_connection_task_1: 'Reading the design',
  step_customer_connection_task_2: 'Choosing addresses',
  step_customer_connection_task_3: 'Preparing the pole',
  step_customer_connection_task_4: 'Connecting addresses',
  step_customer_connection_task_5: 'Storing the network',
  count_customer_connection_task:
    '{total, plural, one {{done, number} / # address connected} other {{done, number} / # addresses connected}}',
  ended_customer_connection_task: '{count, plural, one {# address connected} other {# addresses connected}}',
} as const;

/** Every key of the monitor. */
export type MonitorMessageKey = keyof typeof en;

/** A complete pack of the monitor. */
export type MonitorMessages = Readonly<Record<MonitorMessageKey, string>>;
