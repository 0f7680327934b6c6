import type { MonitorMessages } from './en.ts';

/** The messages of the task monitor in French. */
export const messages: MonitorMessages = {
  tasks: 'Tâches',
  tasks_named: 'Tâches, {running, number} en cours, {waiting, number} en attente',
  active: 'Actives',
  finished: 'Terminées',
  waiting: 'En attente',
  ended_now: 'Terminées à l’instant',
  as_page: 'Ouvrir en pleine page',
  as_panel: 'Afficher à côté de la carte',
  list_of_tasks: 'Liste des tâches',
  tasks_of: 'Tâches de {name}',

  search: 'Rechercher',
  mine: 'Les miennes',
  in_view: 'Dans cette vue',
  tasks_here: 'Tâches ici',
  any: 'Toutes',
  design: 'Projet',
  all_filters: 'Tous les filtres',
  filters: 'Filtres',
  filter_name: 'Tâche',
  filter_status: 'État',
  filter_tag: 'Étiquette',
  filter_time: 'Créée',
  time_hour: 'Dans la dernière heure',
  time_day: 'Dans les dernières 24 heures',
  time_week: 'Dans les 7 derniers jours',
  clear_filter: 'Effacer le filtre',

  more: 'Plus',
  zoom_to_task: 'Zoomer sur la tâche',
  open_run: 'Ouvrir l’exécution',
  run_again: 'Exécuter à nouveau',
  copy_details: 'Copier les détails',
  copy_link: 'Copier le lien',
  copied: 'Copié',
  clear: 'Retirer',
  retry_count: 'Relancer {count, number}',
  try_again: 'Réessayer',

  attempt: 'Tentative {attempt, number}',
  asked_by: 'Demandé par {name}',
  asked_by_you: 'Demandé par vous',
  as_of: 'état à {time}',
  out_of_sight:
    'Le suivi de la tâche est interrompu. Elle est peut-être encore en cours. Vue pour la dernière fois à {time}.',
  design_changed: 'Projet modifié depuis',
  design_deleted: 'Projet supprimé',
  joined: '{first}, {second}',

  loading: 'Lecture des tâches…',
  empty: 'Rien n’est en cours et rien n’attend',
  empty_more: 'Les tâches que vous lancez apparaissent ici, depuis chaque onglet.',
  empty_finished: 'Aucune tâche n’est encore terminée',
  show_finished: 'Afficher les terminées',
  no_fit: 'Aucune tâche ne correspond à ce filtre',
  hidden:
    '{count, plural, =0 {Le filtre ne masque aucune tâche ici.} one {Le filtre masque # tâche.} many {Le filtre masque # de tâches.} other {Le filtre masque # tâches.}}',
  hidden_least: 'Le filtre masque au moins {count, number} tâches.',
  offline: 'Vous êtes hors ligne. Les tâches continuent sur le serveur ; cette liste date de {time}.',
  list_failed: 'Les tâches n’ont pas pu être lues',
  no_list: 'Ce serveur de tâches ne propose pas de liste des tâches.',

  select_task: 'Sélectionner {name}',
  selected: '{count, plural, one {# sélectionnée} many {# sélectionnées} other {# sélectionnées}}',
  select_all:
    '{count, plural, one {La # qui correspond au filtre} many {Les # qui correspondent au filtre} other {Les # qui correspondent au filtre}}',
  select_none: 'Ne rien sélectionner',
  cancel: 'Annuler',
  retry_tasks: 'Relancer',
  confirm_cancel:
    '{count, plural, one {Annuler # tâche ?} many {Annuler # de tâches ?} other {Annuler # tâches ?}}',
  confirm_retry:
    '{count, plural, one {Relancer # tâche ?} many {Relancer # de tâches ?} other {Relancer # tâches ?}}',
  confirm_clear:
    '{count, plural, one {Retirer # tâche ?} many {Retirer # de tâches ?} other {Retirer # tâches ?}}',
  confirm_states: '{running, number} en cours, {waiting, number} en attente.',
  confirm_capped: 'Il y en a davantage : le serveur ne les a pas toutes comptées.',
  confirm_clear_more: 'Le serveur les oublie, avec leurs journaux. Ce qu’elles ont construit reste.',
  confirm_others:
    '{count, plural, one {# a été lancée par une autre personne.} many {# ont été lancées par d’autres personnes.} other {# ont été lancées par d’autres personnes.}}',
  do_cancel: '{count, plural, one {Annuler # tâche} many {Annuler # de tâches} other {Annuler # tâches}}',
  do_retry: '{count, plural, one {Relancer # tâche} many {Relancer # de tâches} other {Relancer # tâches}}',
  do_clear: '{count, plural, one {Retirer # tâche} many {Retirer # de tâches} other {Retirer # tâches}}',
  doing_cancel:
    '{count, plural, one {Annulation de # tâche} many {Annulation de # de tâches} other {Annulation de # tâches}}',
  doing_retry:
    '{count, plural, one {Relance de # tâche} many {Relance de # de tâches} other {Relance de # tâches}}',
  doing_clear:
    '{count, plural, one {Retrait de # tâche} many {Retrait de # de tâches} other {Retrait de # tâches}}',
  action_failed: 'L’action a échoué',

  column_progress: 'Avancement',
  column_owner: 'Lancée par',
  column_started: 'Début',
  column_ended: 'Fin',
  column_attempt: 'Tentative',
  column_tags: 'Étiquettes',

  task_ended: '{task} : {outcome}',
  tasks_ended:
    '{count, plural, one {# tâche est terminée} many {# de tâches sont terminées} other {# tâches sont terminées}}',
  tasks_ended_failed:
    '{count, plural, one {# tâche est terminée} many {# de tâches sont terminées} other {# tâches sont terminées}}, {failed, plural, one {# en échec} many {# en échec} other {# en échec}}',
  task_started: '{task} a démarré',
  connection_lost: 'La connexion au serveur de tâches est perdue',
  connection_back: 'La connexion au serveur de tâches est rétablie',

  task_bulk_tasks: 'Action sur plusieurs tâches',
  task_customer_connection_task: 'Raccordement des abonnés',
  step_customer_connection_task_1: 'Lecture du projet',
  step_customer_connection_task_2: 'Choix des adresses',
  step_customer_connection_task_3: 'Préparation du poteau',
  step_customer_connection_task_4: 'Raccordement des adresses',
  step_customer_connection_task_5: 'Enregistrement du réseau',
  count_customer_connection_task:
    '{total, plural, one {{done, number} / # adresse raccordée} many {{done, number} / # d’adresses raccordées} other {{done, number} / # adresses raccordées}}',
  ended_customer_connection_task:
    '{count, plural, one {# adresse raccordée} many {# d’adresses raccordées} other {# adresses raccordées}}',
  task_undo_task: 'Annulation',
  task_plan_area_task: 'Planifier une zone',
  step_plan_area_task_1: 'Lecture de la zone',
  step_plan_area_task_2: 'Liaison des rues et des poteaux',
  step_plan_area_task_3: 'Choix des boîtiers',
  step_plan_area_task_4: 'Construction du graphe',
  step_plan_area_task_5: 'Recherche de l’arbre le plus léger',
  step_plan_area_task_6: 'Pose des fibres',
  step_plan_area_task_7: 'Tracés et équipements',
  step_plan_area_task_8: 'Câbles',
  step_plan_area_task_9: 'Soudures',
  step_plan_area_task_10: 'Branchements',
};
