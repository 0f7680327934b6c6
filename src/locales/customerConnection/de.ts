import type { ConnectionMessages } from './en.ts';

/** The messages in German of the plugin that connects customers. */
export const messages: ConnectionMessages = {
  title: 'Kundenanschlüsse',

  intro:
    'Baut von einem Mast zu jeder Adresse einen Glasfaseranschluss: Hausübergabepunkt, ONT, oberirdische Trasse und Hausanschlusskabel, gespleißt auf einen Splitter am Mast. Ist ein Splitter voll, kommt ein neuer Mast hinzu.',
  intro_background:
    'Die Arbeit läuft auf dem Server. Sie können dieses Fenster schließen und später wieder öffnen.',

  label_design: 'Entwurf',
  label_pole: 'Ausgangsmast',
  label_count: 'Anschlüsse',
  label_selection: 'Adressen',
  selection_random: 'Zufällig',
  selection_nearest: 'Nächste zuerst',
  selection_within: 'In einem Umkreis',
  label_radius: 'Radius',
  choose_pole: 'Mast wählen',
  poles_loading: 'Masten dieses Entwurfs werden gesucht …',
  create: 'Anschlüsse erstellen',

  reason_nothing_selected: 'Wählen Sie auf der Karte einen Mast eines Entwurfs.',
  reason_wrong_type: '{title} ist kein Mast. Wählen Sie einen Mast eines Entwurfs.',
  reason_pole_in_master: 'Dieser Mast gehört zu keinem Entwurf. Wählen Sie einen, der zu einem gehört.',
  reason_pick_pole: 'Wählen Sie den Mast dieses Entwurfs, von dem aus gebaut wird.',
  reason_no_poles: 'Dieser Entwurf hat noch keinen Mast. Legen Sie einen an und wählen Sie ihn aus.',
  reason_poles_failed:
    'Die Masten dieses Entwurfs konnten nicht gelesen werden. Wählen Sie einen Mast auf der Karte.',
  count_invalid: 'Geben Sie eine ganze Zahl von {min, number} bis {max, number} ein.',
  radius_invalid: 'Geben Sie einen Radius von {min, number} bis {max, number} m ein.',

  step_1: 'Entwurf wird gelesen',
  step_2: 'Adressen werden ausgewählt',
  step_3: 'Mast wird vorbereitet',
  step_4: 'Adressen werden angeschlossen',
  step_5: 'Netz wird gespeichert',
  connected:
    '{total, plural, one {{done, number} / # Adresse angeschlossen} other {{done, number} / # Adressen angeschlossen}}',

  result_heading: '{count, plural, one {# Adresse angeschlossen} other {# Adressen angeschlossen}}',
  result_connections: 'Anschlüsse',
  result_poles: 'Neue Masten',
  result_cables: 'Kabel',
  result_length: 'Kabellänge',
  zoom_to_result: 'Ergebnis zeigen',

  'error_not-enough-addresses': 'Es gibt nicht genügend Adressen, die noch nicht angeschlossen sind.',

  parameter_pole_id: 'Mast',
  parameter_count: 'Anzahl der Anschlüsse',
  parameter_selection: 'Auswahl der Adressen',
  parameter_radius_metres: 'Radius',
  parameter_seed: 'Startwert',
  'problem_too-many': 'mehr, als es anschließbare Adressen gibt.',
  'problem_too-many_available':
    '{available, plural, =0 {keine Adresse ist mehr anschließbar.} one {nur noch # Adresse ist anschließbar.} other {nur noch # Adressen sind anschließbar.}}',
};
