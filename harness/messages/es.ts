/** The texts of the harness in Spanish. */

import type { HarnessPack } from './pack.ts';

export const es: HarnessPack = {
  title: 'Planificador de red',
  map: 'Mapa',
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  showAll: 'Mostrar todo',
  legend: 'Leyenda',
  legend_pole: 'Poste',
  legend_designPole: 'Poste de un diseño',
  legend_address: 'Dirección',
  legend_committed: 'Red',
  legend_uncommitted: 'En construcción',
  panel: 'Objetos',
  showPanel: 'Mostrar panel',
  hidePanel: 'Ocultar panel',
  search: 'Seleccionar objeto',
  searchHint: 'Nombre de un diseño o poste',
  searchNone: 'Ningún diseño ni poste tiene este nombre.',
  openFiles: 'Abrir archivos…',
  openFilesHint: 'GeoJSON con direcciones, postes y calles; o suéltelos en el mapa',
  dropHere: 'Suelte aquí los archivos GeoJSON',
  loading: 'Cargando…',
  loaded: 'Direcciones: {addresses} · Postes: {poles} · Calles: {streets} · Diseños: {designs}',
  dismiss: 'Cerrar',
  refused: 'Los archivos no se han abierto. El mapa no ha cambiado.',
  unrecognised:
    '{file}: no son direcciones, postes ni calles. Dé al archivo el nombre de su contenido (addresses, poles, streets).',
  badFile: '{file}: {reason}',
  sameKind: '{file} contiene lo mismo que {other}. Abra un solo archivo de cada tipo.',
  needsAddresses: 'Falta un archivo de direcciones.',
  needsPoles: 'Falta un archivo de postes.',
  mapFailed: 'No se pudo cargar el mapa: {reason}',
};
