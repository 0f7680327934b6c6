/** The texts of the harness in German. */

import type { HarnessPack } from './pack.ts';

export const de: HarnessPack = {
  title: 'Netzplaner',
  map: 'Karte',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  showAll: 'Alles zeigen',
  legend: 'Legende',
  legend_pole: 'Mast',
  legend_designPole: 'Mast eines Entwurfs',
  legend_address: 'Adresse',
  legend_committed: 'Netz',
  legend_uncommitted: 'Im Bau',
  panel: 'Objekte',
  showPanel: 'Bereich zeigen',
  hidePanel: 'Bereich ausblenden',
  search: 'Objekt auswählen',
  searchHint: 'Name eines Entwurfs oder Masts',
  searchNone: 'Kein Entwurf oder Mast heißt so.',
  openFiles: 'Dateien öffnen…',
  openFilesHint: 'GeoJSON mit Adressen, Masten, Straßen; oder auf die Karte ziehen',
  dropHere: 'GeoJSON-Dateien hier ablegen',
  loading: 'Wird geladen…',
  loaded: 'Adressen: {addresses} · Masten: {poles} · Straßen: {streets} · Entwürfe: {designs}',
  dismiss: 'Schließen',
  refused: 'Die Dateien wurden nicht geöffnet. Die Karte ist unverändert.',
  unrecognised:
    '{file}: weder Adressen noch Masten noch Straßen. Die Datei bitte nach ihrem Inhalt benennen (addresses, poles, streets).',
  badFile: '{file}: {reason}',
  sameKind: '{file} enthält das Gleiche wie {other}. Bitte je Art nur eine Datei öffnen.',
  needsAddresses: 'Es fehlt eine Datei mit Adressen.',
  needsPoles: 'Es fehlt eine Datei mit Masten.',
  mapFailed: 'Die Karte konnte nicht geladen werden: {reason}',
};
