import type { PartsMessageKey } from '../en.ts';
import type { enErrors } from './enErrors.ts';
import { titles } from './titles.ts';

/**
 * The English words of the plugin that connects customers, beside those of the parts. They are bundled, and with
 * enErrors.ts their keys are those of every other pack in this folder. The number in `step_N` comes from the server.
 */
export const en = {
  title: titles.en,

  intro:
    'Builds a fibre connection from a pole to each address: wall box, ONT, aerial route and drop cable, spliced to a splitter on the pole. A new pole is added whenever a splitter is full.',
  intro_background: 'The work runs on the server. You can close this window and come back to it.',

  label_design: 'Design',
  label_pole: 'Starting pole',
  label_count: 'Connections',
  label_selection: 'Addresses',
  selection_random: 'At random',
  selection_nearest: 'Nearest first',
  selection_within: 'Within a radius',
  label_radius: 'Radius',
  choose_pole: 'Choose a pole',
  poles_loading: 'Looking up the poles of this design…',
  create: 'Create connections',

  reason_nothing_selected: 'Select a pole of a design on the map.',
  reason_wrong_type: '{title} is not a pole. Select a pole of a design.',
  reason_pole_in_master: 'This pole is not part of a design. Select a pole that is.',
  reason_pick_pole: 'Select the pole of this design to start from.',
  reason_no_poles: 'This design has no poles yet. Add one, then select it.',
  reason_poles_failed: 'The poles of this design could not be read. Select a pole on the map.',
  count_invalid: 'Enter a whole number from {min, number} to {max, number}.',
  radius_invalid: 'Enter a radius from {min, number} to {max, number} m.',

  step_1: 'Reading the design',
  step_2: 'Choosing addresses',
  step_3: 'Preparing the pole',
  step_4: 'Connecting addresses',
  step_5: 'Storing the network',
  connected:
    '{total, plural, one {{done, number} / # address connected} other {{done, number} / # addresses connected}}',

  result_heading: '{count, plural, one {# address connected} other {# addresses connected}}',
  result_connections: 'Connections',
  result_poles: 'New poles',
  result_cables: 'Cables',
  result_length: 'Length of cable',
  zoom_to_result: 'Zoom to result',
} as const;

/** The keys of the plugin's own words. */
export type ConnectionMessageKey = keyof typeof en | keyof typeof enErrors;

/** A complete pack of the plugin's own words. */
export type ConnectionMessages = Readonly<Record<ConnectionMessageKey, string>>;

/** Every key of the LRT message group; a host's message file may override any of them. */
export type MessageKey = PartsMessageKey | ConnectionMessageKey;

/** A complete pack: the words of the parts and of the plugin. */
export type Messages = Readonly<Record<MessageKey, string>>;
