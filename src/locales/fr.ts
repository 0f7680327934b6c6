import type { PartsMessages } from './en.ts';

/** The parts' messages in French. */
export const messages: PartsMessages = {
  close: 'Fermer',

  starting: 'Démarrage…',

  reason_no_system: 'Cette application n’est reliée à aucun serveur de tâches.',

  status_queued: 'En attente de capacité libre',
  status_running: 'En cours',
  status_succeeded: 'Terminé',
  status_failed: 'Échec',
  status_cancelled: 'Annulé',
  status_cancelling: 'Annulation…',
  progress_label: 'Avancement de la tâche',
  progress_announcement: '{status}, {percent}',
  step_of: 'Étape {step, number} sur {count, number}',
  step_only: 'Étape {step, number}',
  elapsed: 'Écoulé',
  remaining: 'Restant',
  remaining_about: 'environ {duration}',
  attempt_notice: 'Le serveur a perdu la tâche et l’a relancée (tentative {attempt, number}).',
  cancel_task: 'Annuler la tâche',

  connection_connecting: 'Connexion…',
  connection_live: 'En direct',
  connection_reconnecting: 'Connexion perdue, nouvel essai dans {duration}',
  connection_reconnecting_now: 'Connexion perdue, nouvel essai…',
  connection_closed: 'Non connecté',

  result_duration: 'Durée',
  start_another: 'En lancer une autre',

  status_partly: 'Terminée en partie',
  partly_heading:
    '{ok, number} sur {total, number} réussis, {failed, plural, one {# échec} many {# échecs} other {# échecs}}',
  failures: 'Éléments en échec',
  failures_more:
    '{count, plural, one {En afficher # de plus} many {En afficher # de plus} other {En afficher # de plus}}',
  failures_left_out:
    '{count, plural, one {# autre échec n’est pas affiché.} many {# autres échecs ne sont pas affichés.} other {# autres échecs ne sont pas affichés.}}',
  show_on_map: 'Voir sur la carte',
  retry_failed:
    '{count, plural, one {Relancer l’élément en échec} many {Relancer les # éléments en échec} other {Relancer les # éléments en échec}}',
  log: 'Journal',
  log_info: 'Note',
  log_warning: 'Avertissement',
  log_error: 'Erreur',
  log_warnings: '{count, plural, one {# avertissement} many {# avertissements} other {# avertissements}}',
  ignored_params: 'La tâche ne connaît pas ces paramètres et s’est exécutée sans eux : {names}',

  failed_heading: 'La tâche a échoué',
  lost_heading: 'Le suivi de la tâche est interrompu',
  look_again: 'Vérifier à nouveau',
  failed_nothing_stored: 'Rien n’a été enregistré.',
  refused_heading: 'La tâche n’a pas démarré',
  cancel_failed_heading: 'La tâche n’a pas pu être annulée',
  cancelled_heading: 'La tâche a été annulée',
  retry: 'Réessayer',
  back: 'Retour',
  retry_after: 'Réessayez dans {duration}.',
  server_said: 'Message du serveur : {message}',
  window_broken: 'Cette fenêtre ne fonctionne plus : {message}',

  'error_invalid-params': 'Le serveur n’a pas accepté ces valeurs.',
  'error_unknown-task':
    'Le serveur ne connaît pas cette tâche. Il est peut-être plus ancien que cette application.',
  'error_task-not-found': 'Le serveur ne connaît plus cette tâche.',
  'error_already-finished': 'La tâche était déjà terminée.',
  'error_not-retryable': 'La tâche est encore en cours et ne peut pas être relancée.',
  'error_idempotency-conflict': 'Le serveur a déjà une autre tâche sous cette clé. Réessayez.',
  'error_not-found': 'Le serveur ne connaît pas cette adresse. Vérifiez l’adresse du serveur de tâches.',
  'error_method-not-allowed':
    'Le serveur n’accepte pas ce type d’appel. Il est peut-être plus ancien que cette application.',
  'error_invalid-request': 'Le serveur n’a pas pu lire la requête.',
  'error_body-too-large': 'La requête dépasse la taille acceptée par le serveur.',
  'error_unsupported-media-type': 'Le serveur n’accepte pas ce type de requête.',
  error_unauthorized: 'Vous êtes déconnecté. Reconnectez-vous.',
  error_forbidden: 'Vous n’êtes pas autorisé à lancer cette tâche.',
  'error_rate-limited': 'Le serveur est saturé : trop de requêtes.',
  error_internal: 'Le serveur a rencontré une erreur interne.',
  error_unavailable: 'Le serveur n’est pas disponible pour le moment. Réessayez plus tard.',
  error_timeout: 'La tâche a dépassé la durée autorisée et a été arrêtée.',
  error_exception: 'La tâche a rencontré une erreur sur le serveur.',
  'error_lost-sight': 'La connexion s’est terminée avant la tâche, qui est peut-être encore en cours.',
  'error_worker-lost': 'Le serveur a perdu la tâche pendant son exécution.',
  'error_design-conflict': 'Le projet a été modifié entre-temps par quelqu’un d’autre. Réessayez.',
  'error_design-not-found': 'Le projet n’existe plus.',
  'error_pin-in-use': 'Un port nécessaire à la tâche est déjà occupé.',
  error_cancelled: 'La tâche a été annulée.',
  error_network: 'Le serveur est injoignable. Vérifiez la connexion réseau.',
  'error_invalid-response':
    'La réponse ne vient pas d’un serveur de tâches. Vérifiez son adresse et votre authentification.',

  parameter_design: 'Projet',
  problem: '{parameter} : {problem}',
  problem_missing: 'valeur requise, mais absente.',
  problem_unknown: 'le serveur ne connaît pas ce paramètre.',
  'problem_wrong-type': 'le serveur attend un autre type de valeur.',
  'problem_out-of-range': 'hors de l’intervalle autorisé.',
  'problem_not-allowed': 'ne fait pas partie des valeurs autorisées.',
  'problem_wrong-format': 'n’est pas écrit comme le serveur l’attend.',
  problem_invalid: 'valeur non valide.',
  'problem_not-found': 'introuvable, peut-être supprimé.',
  'problem_in-master': 'ne fait partie d’aucun projet.',
  'problem_in-other-design': 'fait partie d’un autre projet.',
};
