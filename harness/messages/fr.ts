/** The texts of the harness in French. */

import type { HarnessPack } from './pack.ts';

export const fr: HarnessPack = {
  title: 'Planification du réseau',
  map: 'Carte',
  zoomIn: 'Zoom avant',
  zoomOut: 'Zoom arrière',
  showAll: 'Tout afficher',
  legend: 'Légende',
  legend_pole: 'Poteau',
  legend_designPole: 'Poteau d’un projet',
  legend_address: 'Adresse',
  legend_committed: 'Réseau',
  legend_uncommitted: 'En construction',
  panel: 'Objets',
  showPanel: 'Afficher le volet',
  hidePanel: 'Masquer le volet',
  search: 'Sélectionner un objet',
  searchHint: 'Nom d’un projet ou d’un poteau',
  searchNone: 'Aucun projet ni poteau ne porte ce nom.',
  openFiles: 'Ouvrir des fichiers…',
  openFilesHint: 'GeoJSON d’adresses, de poteaux, de rues ; ou déposez-les sur la carte',
  dropHere: 'Déposez ici les fichiers GeoJSON',
  loading: 'Chargement…',
  loaded: 'Adresses : {addresses} · Poteaux : {poles} · Rues : {streets} · Projets : {designs}',
  dismiss: 'Fermer',
  refused: 'Les fichiers n’ont pas été ouverts. La carte est inchangée.',
  unrecognised:
    '{file} : ni adresses, ni poteaux, ni rues. Nommez le fichier d’après son contenu (addresses, poles, streets).',
  badFile: '{file} : {reason}',
  sameKind: '{file} contient la même chose que {other}. Ouvrez un seul fichier par type.',
  needsAddresses: 'Il manque un fichier d’adresses.',
  needsPoles: 'Il manque un fichier de poteaux.',
  mapFailed: 'La carte n’a pas pu être chargée : {reason}',
};
