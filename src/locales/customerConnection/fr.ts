import type { ConnectionMessages } from './en.ts';

/** The messages in French of the plugin that connects customers. */
export const messages: ConnectionMessages = {
  title: 'Raccordement des abonnés',

  intro:
    'Crée un raccordement fibre entre un poteau et chaque adresse : boîtier mural, ONT, parcours aérien et câble de branchement, épissuré sur un coupleur au poteau. Un nouveau poteau est ajouté dès qu’un coupleur est plein.',
  intro_background:
    'Le travail s’exécute sur le serveur. Vous pouvez fermer cette fenêtre et y revenir plus tard.',

  label_design: 'Projet',
  label_pole: 'Poteau de départ',
  label_count: 'Raccordements',
  label_selection: 'Adresses',
  selection_random: 'Au hasard',
  selection_nearest: 'Les plus proches d’abord',
  selection_within: 'Dans un rayon',
  label_radius: 'Rayon',
  choose_pole: 'Choisir un poteau',
  poles_loading: 'Recherche des poteaux de ce projet…',
  create: 'Créer les raccordements',

  reason_nothing_selected: 'Sélectionnez sur la carte un poteau d’un projet.',
  reason_wrong_type: '{title} n’est pas un poteau. Sélectionnez un poteau d’un projet.',
  reason_pole_in_master: 'Ce poteau n’appartient à aucun projet. Sélectionnez-en un qui en fait partie.',
  reason_pick_pole: 'Choisissez le poteau de départ dans ce projet.',
  reason_no_poles: 'Ce projet n’a pas encore de poteau. Ajoutez-en un, puis sélectionnez-le.',
  reason_poles_failed: 'Les poteaux de ce projet n’ont pas pu être lus. Sélectionnez un poteau sur la carte.',
  count_invalid: 'Saisissez un nombre entier de {min, number} à {max, number}.',
  radius_invalid: 'Saisissez un rayon de {min, number} à {max, number} m.',

  step_1: 'Lecture du projet',
  step_2: 'Choix des adresses',
  step_3: 'Préparation du poteau',
  step_4: 'Raccordement des adresses',
  step_5: 'Enregistrement du réseau',
  connected:
    '{total, plural, one {{done, number} / # adresse raccordée} many {{done, number} / # d’adresses raccordées} other {{done, number} / # adresses raccordées}}',

  result_heading:
    '{count, plural, one {# adresse raccordée} many {# d’adresses raccordées} other {# adresses raccordées}}',
  result_connections: 'Raccordements',
  result_poles: 'Nouveaux poteaux',
  result_cables: 'Câbles',
  result_length: 'Longueur de câble',
  zoom_to_result: 'Voir le résultat',

  'error_not-enough-addresses': 'Il n’y a pas assez d’adresses encore non raccordées.',

  parameter_pole_id: 'Poteau',
  parameter_count: 'Nombre de raccordements',
  parameter_selection: 'Choix des adresses',
  parameter_radius_metres: 'Rayon',
  parameter_seed: 'Graine aléatoire',
  'problem_too-many': 'plus qu’il n’y a d’adresses à raccorder.',
  'problem_too-many_available':
    '{available, plural, =0 {il ne reste aucune adresse à raccorder.} one {il ne reste que # adresse à raccorder.} many {il ne reste que # d’adresses à raccorder.} other {il ne reste que # adresses à raccorder.}}',
};
