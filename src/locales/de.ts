import type { PartsMessages } from './en.ts';

/** The parts' messages in German. */
export const messages: PartsMessages = {
  close: 'Schließen',

  starting: 'Wird gestartet …',

  reason_no_system: 'Diese Anwendung ist mit keinem Aufgabenserver verbunden.',

  status_queued: 'Wartet auf freie Kapazität',
  status_running: 'Läuft',
  status_succeeded: 'Fertig',
  status_failed: 'Fehlgeschlagen',
  status_cancelled: 'Abgebrochen',
  status_cancelling: 'Wird abgebrochen …',
  progress_label: 'Fortschritt der Aufgabe',
  progress_announcement: '{status}, {percent}',
  step_of: 'Schritt {step, number} von {count, number}',
  step_only: 'Schritt {step, number}',
  elapsed: 'Vergangen',
  remaining: 'Verbleibend',
  remaining_about: 'etwa {duration}',
  attempt_notice: 'Der Server hat die Aufgabe verloren und neu gestartet ({attempt, number}. Versuch).',
  cancel_task: 'Aufgabe abbrechen',

  connection_connecting: 'Verbindung wird aufgebaut …',
  connection_live: 'Live',
  connection_reconnecting: 'Verbindung verloren, neuer Versuch in {duration}',
  connection_reconnecting_now: 'Verbindung verloren, neuer Versuch …',
  connection_closed: 'Nicht verbunden',

  result_duration: 'Dauer',
  start_another: 'Weitere starten',

  status_partly: 'Teilweise fertig',
  partly_heading: '{ok, number} von {total, number} fertig, {failed, number} fehlgeschlagen',
  failures: 'Fehlgeschlagene Teile',
  failures_more: '{count, plural, one {# weiteren anzeigen} other {# weitere anzeigen}}',
  failures_left_out:
    '{count, plural, one {# weiterer Fehler ist nicht aufgeführt.} other {# weitere Fehler sind nicht aufgeführt.}}',
  show_on_map: 'Auf der Karte zeigen',
  retry_failed:
    '{count, plural, one {Den fehlgeschlagenen erneut ausführen} other {Die # fehlgeschlagenen erneut ausführen}}',
  log: 'Protokoll',
  log_info: 'Hinweis',
  log_warning: 'Warnung',
  log_error: 'Fehler',
  log_warnings: '{count, plural, one {# Warnung} other {# Warnungen}}',
  ignored_params: 'Die Aufgabe kennt diese Parameter nicht und lief ohne sie: {names}',

  failed_heading: 'Die Aufgabe ist fehlgeschlagen',
  lost_heading: 'Keine Verbindung mehr zur Aufgabe',
  look_again: 'Erneut nachsehen',
  failed_nothing_stored: 'Es wurde nichts gespeichert.',
  refused_heading: 'Die Aufgabe wurde nicht gestartet',
  cancel_failed_heading: 'Die Aufgabe konnte nicht abgebrochen werden',
  cancelled_heading: 'Die Aufgabe wurde abgebrochen',
  retry: 'Erneut versuchen',
  back: 'Zurück',
  retry_after: 'Versuchen Sie es in {duration} erneut.',
  server_said: 'Meldung des Servers: {message}',
  window_broken: 'Dieses Fenster funktioniert nicht mehr: {message}',

  'error_invalid-params': 'Der Server hat diese Werte nicht angenommen.',
  'error_unknown-task':
    'Der Server kennt diese Aufgabe nicht. Er ist möglicherweise älter als diese Anwendung.',
  'error_task-not-found': 'Der Server kennt diese Aufgabe nicht mehr.',
  'error_already-finished': 'Die Aufgabe war bereits beendet.',
  'error_not-retryable': 'Die Aufgabe läuft noch und kann noch nicht neu gestartet werden.',
  'error_idempotency-conflict':
    'Der Server hat unter diesem Schlüssel bereits eine andere Aufgabe. Versuchen Sie es erneut.',
  'error_not-found': 'Der Server kennt diese Adresse nicht. Prüfen Sie die Adresse des Aufgabenservers.',
  'error_method-not-allowed':
    'Der Server nimmt diese Art von Aufruf nicht an. Er ist möglicherweise älter als diese Anwendung.',
  'error_invalid-request': 'Der Server konnte die Anfrage nicht lesen.',
  'error_body-too-large': 'Die Anfrage ist größer, als der Server zulässt.',
  'error_unsupported-media-type': 'Der Server nimmt diese Art von Anfrage nicht an.',
  error_unauthorized: 'Sie sind abgemeldet. Melden Sie sich erneut an.',
  error_forbidden: 'Sie dürfen diese Aufgabe nicht ausführen.',
  'error_rate-limited': 'Der Server ist ausgelastet: zu viele Anfragen.',
  error_internal: 'Auf dem Server ist ein interner Fehler aufgetreten.',
  error_unavailable: 'Der Server ist gerade nicht verfügbar. Versuchen Sie es später erneut.',
  error_timeout: 'Die Aufgabe hat länger gedauert als erlaubt und wurde beendet.',
  error_exception: 'Bei der Aufgabe ist auf dem Server ein Fehler aufgetreten.',
  'error_lost-sight': 'Die Verbindung endete vor der Aufgabe. Sie läuft möglicherweise noch.',
  'error_worker-lost': 'Der Server hat die Aufgabe während der Ausführung verloren.',
  'error_design-conflict':
    'Der Entwurf wurde inzwischen von jemand anderem geändert. Versuchen Sie es erneut.',
  'error_design-not-found': 'Der Entwurf existiert nicht mehr.',
  'error_pin-in-use': 'Ein Port, den die Aufgabe braucht, ist bereits belegt.',
  error_cancelled: 'Die Aufgabe wurde abgebrochen.',
  error_network: 'Der Server ist nicht erreichbar. Prüfen Sie die Netzwerkverbindung.',
  'error_invalid-response':
    'Die Antwort kam nicht von einem Aufgabenserver. Prüfen Sie dessen Adresse und ob Sie angemeldet sind.',

  parameter_design: 'Entwurf',
  problem: '{parameter}: {problem}',
  problem_missing: 'erforderlich, aber nicht angegeben.',
  problem_unknown: 'Der Server kennt diese Einstellung nicht.',
  'problem_wrong-type': 'Der Server erwartet eine andere Art von Wert.',
  'problem_out-of-range': 'außerhalb des zulässigen Bereichs.',
  'problem_not-allowed': 'keiner der zulässigen Werte.',
  'problem_wrong-format': 'nicht so geschrieben, wie der Server es erwartet.',
  problem_invalid: 'ungültig.',
  'problem_not-found': 'existiert nicht, wurde vielleicht gelöscht.',
  'problem_in-master': 'gehört zu keinem Entwurf.',
  'problem_in-other-design': 'gehört zu einem anderen Entwurf.',
};
