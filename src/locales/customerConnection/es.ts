import type { ConnectionMessages } from './en.ts';

/** The messages in Spanish of the plugin that connects customers. */
export const messages: ConnectionMessages = {
  title: 'Conexión de clientes',

  intro:
    'Crea una conexión de fibra desde un poste hasta cada dirección: caja mural, ONT, tendido aéreo y cable de acometida, empalmado a un divisor óptico en el poste. Cuando un divisor se llena, se añade un poste nuevo.',
  intro_background: 'El trabajo se ejecuta en el servidor. Puede cerrar esta ventana y volver más tarde.',

  label_design: 'Diseño',
  label_pole: 'Poste inicial',
  label_count: 'Conexiones',
  label_selection: 'Direcciones',
  selection_random: 'Al azar',
  selection_nearest: 'Primero las más cercanas',
  selection_within: 'Dentro de un radio',
  label_radius: 'Radio',
  choose_pole: 'Elegir un poste',
  poles_loading: 'Buscando los postes de este diseño…',
  create: 'Crear conexiones',

  reason_nothing_selected: 'Seleccione en el mapa un poste de un diseño.',
  reason_wrong_type: '{title} no es un poste. Seleccione un poste de un diseño.',
  reason_pole_in_master: 'Este poste no pertenece a ningún diseño. Seleccione uno que sí.',
  reason_pick_pole: 'Elija el poste de este diseño desde el que empezar.',
  reason_no_poles: 'Este diseño aún no tiene postes. Añada uno y selecciónelo.',
  reason_poles_failed: 'No se pudieron leer los postes de este diseño. Seleccione un poste en el mapa.',
  count_invalid: 'Introduzca un número entero de {min, number} a {max, number}.',
  radius_invalid: 'Introduzca un radio de {min, number} a {max, number} m.',

  step_1: 'Leyendo el diseño',
  step_2: 'Eligiendo direcciones',
  step_3: 'Preparando el poste',
  step_4: 'Conectando direcciones',
  step_5: 'Guardando la red',
  connected:
    '{total, plural, one {{done, number} / # dirección conectada} many {{done, number} / # de direcciones conectadas} other {{done, number} / # direcciones conectadas}}',

  result_heading:
    '{count, plural, one {# dirección conectada} many {# de direcciones conectadas} other {# direcciones conectadas}}',
  result_connections: 'Conexiones',
  result_poles: 'Postes nuevos',
  result_cables: 'Cables',
  result_length: 'Longitud de cable',
  zoom_to_result: 'Ver el resultado',

  'error_not-enough-addresses': 'No hay suficientes direcciones sin conectar.',

  parameter_pole_id: 'Poste',
  parameter_count: 'Número de conexiones',
  parameter_selection: 'Elección de direcciones',
  parameter_radius_metres: 'Radio',
  parameter_seed: 'Semilla',
  'problem_too-many': 'son más que las direcciones por conectar.',
  'problem_too-many_available':
    '{available, plural, =0 {no queda ninguna dirección por conectar.} one {solo queda # dirección por conectar.} many {solo quedan # de direcciones por conectar.} other {solo quedan # direcciones por conectar.}}',
};
