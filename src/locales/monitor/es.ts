import type { MonitorMessages } from './en.ts';

/** The messages of the task monitor in Spanish. */
export const messages: MonitorMessages = {
  tasks: 'Tareas',
  tasks_named: 'Tareas, {running, number} en curso, {waiting, number} en espera',
  active: 'Activas',
  finished: 'Terminadas',
  waiting: 'En espera',
  ended_now: 'Terminadas hace un momento',
  as_page: 'Abrir como página',
  as_panel: 'Mostrar junto al mapa',
  list_of_tasks: 'Lista de tareas',
  tasks_of: 'Tareas de {name}',

  search: 'Buscar',
  mine: 'Mías',
  in_view: 'En esta vista del mapa',
  tasks_here: 'Tareas aquí',
  any: 'Todos',
  design: 'Diseño',
  all_filters: 'Todos los filtros',
  filters: 'Filtros',
  filter_name: 'Tarea',
  filter_status: 'Estado',
  filter_tag: 'Etiqueta',
  filter_time: 'Creada',
  time_hour: 'En la última hora',
  time_day: 'En las últimas 24 horas',
  time_week: 'En los últimos 7 días',
  clear_filter: 'Borrar filtro',

  more: 'Más',
  zoom_to_task: 'Acercar a la tarea',
  open_run: 'Abrir ejecución',
  run_again: 'Ejecutar de nuevo',
  copy_details: 'Copiar detalles',
  copy_link: 'Copiar enlace',
  copied: 'Copiado',
  clear: 'Quitar',
  retry_count: 'Repetir {count, number}',
  try_again: 'Reintentar',

  attempt: 'Intento {attempt, number}',
  asked_by: 'Solicitado por {name}',
  asked_by_you: 'Solicitado por usted',
  as_of: 'a las {time}',
  out_of_sight:
    'Se ha perdido de vista la tarea. Puede que siga en curso. Vista por última vez a las {time}.',
  design_changed: 'Diseño modificado desde entonces',
  design_deleted: 'Diseño eliminado',
  joined: '{first}, {second}',

  loading: 'Leyendo las tareas…',
  empty: 'No hay nada en curso ni en espera',
  empty_more: 'Aquí aparecen las tareas que inicie, desde cualquier pestaña.',
  empty_finished: 'Aún no ha terminado ninguna tarea',
  show_finished: 'Ver terminadas',
  no_fit: 'Ninguna tarea cumple este filtro',
  hidden:
    '{count, plural, =0 {El filtro no oculta ninguna tarea aquí.} one {El filtro oculta # tarea.} many {El filtro oculta # de tareas.} other {El filtro oculta # tareas.}}',
  hidden_least: 'El filtro oculta al menos {count, number} tareas.',
  offline: 'No tiene conexión. Las tareas siguen en el servidor; esta lista es de las {time}.',
  list_failed: 'No se pudieron leer las tareas',
  no_list: 'Este servidor de tareas no ofrece ninguna lista de tareas.',

  select_task: 'Seleccionar {name}',
  selected: '{count, plural, one {# seleccionada} many {# seleccionadas} other {# seleccionadas}}',
  select_all:
    '{count, plural, one {La # que cumple el filtro} many {Las # que cumplen el filtro} other {Las # que cumplen el filtro}}',
  select_none: 'No seleccionar nada',
  cancel: 'Cancelar',
  retry_tasks: 'Repetir',
  confirm_cancel:
    '{count, plural, one {¿Cancelar # tarea?} many {¿Cancelar # de tareas?} other {¿Cancelar # tareas?}}',
  confirm_retry:
    '{count, plural, one {¿Repetir # tarea?} many {¿Repetir # de tareas?} other {¿Repetir # tareas?}}',
  confirm_clear:
    '{count, plural, one {¿Quitar # tarea?} many {¿Quitar # de tareas?} other {¿Quitar # tareas?}}',
  confirm_states: '{running, number} en curso, {waiting, number} en espera.',
  confirm_capped: 'Hay más: el servidor no las ha contado todas.',
  confirm_clear_more: 'El servidor las olvida, con sus registros. Lo que construyeron se conserva.',
  confirm_others:
    '{count, plural, one {# la inició otra persona.} many {# las iniciaron otras personas.} other {# las iniciaron otras personas.}}',
  do_cancel: '{count, plural, one {Cancelar # tarea} many {Cancelar # de tareas} other {Cancelar # tareas}}',
  do_retry: '{count, plural, one {Repetir # tarea} many {Repetir # de tareas} other {Repetir # tareas}}',
  do_clear: '{count, plural, one {Quitar # tarea} many {Quitar # de tareas} other {Quitar # tareas}}',
  doing_cancel:
    '{count, plural, one {Cancelando # tarea} many {Cancelando # de tareas} other {Cancelando # tareas}}',
  doing_retry:
    '{count, plural, one {Repitiendo # tarea} many {Repitiendo # de tareas} other {Repitiendo # tareas}}',
  doing_clear:
    '{count, plural, one {Quitando # tarea} many {Quitando # de tareas} other {Quitando # tareas}}',
  action_failed: 'La acción no ha funcionado',

  column_progress: 'Progreso',
  column_owner: 'Iniciada por',
  column_started: 'Inicio',
  column_ended: 'Fin',
  column_attempt: 'Intento',
  column_tags: 'Etiquetas',

  task_ended: '{task}: {outcome}',
  tasks_ended:
    '{count, plural, one {Ha terminado # tarea} many {Han terminado # de tareas} other {Han terminado # tareas}}',
  tasks_ended_failed:
    '{count, plural, one {Ha terminado # tarea} many {Han terminado # de tareas} other {Han terminado # tareas}}, {failed, plural, one {# con error} many {# con error} other {# con error}}',
  task_started: '{task} ha empezado',
  connection_lost: 'Se ha perdido la conexión con el servidor de tareas',
  connection_back: 'Se ha restablecido la conexión con el servidor de tareas',

  task_bulk_tasks: 'Acción sobre varias tareas',
  task_customer_connection_task: 'Conexión de clientes',
  step_customer_connection_task_1: 'Leyendo el diseño',
  step_customer_connection_task_2: 'Eligiendo direcciones',
  step_customer_connection_task_3: 'Preparando el poste',
  step_customer_connection_task_4: 'Conectando direcciones',
  step_customer_connection_task_5: 'Guardando la red',
  count_customer_connection_task:
    '{total, plural, one {{done, number} / # dirección conectada} many {{done, number} / # de direcciones conectadas} other {{done, number} / # direcciones conectadas}}',
  ended_customer_connection_task:
    '{count, plural, one {# dirección conectada} many {# de direcciones conectadas} other {# direcciones conectadas}}',
  task_undo_task: 'Deshacer',
  task_plan_area_task: 'Planificar una zona',
  step_plan_area_task_1: 'Lectura de la zona',
  step_plan_area_task_2: 'Unión de calles y postes',
  step_plan_area_task_3: 'Elección de cajas',
  step_plan_area_task_4: 'Construcción del grafo',
  step_plan_area_task_5: 'Búsqueda del árbol más ligero',
  step_plan_area_task_6: 'Tendido de fibras',
  step_plan_area_task_7: 'Trazados y equipos',
  step_plan_area_task_8: 'Cables',
  step_plan_area_task_9: 'Empalmes',
  step_plan_area_task_10: 'Acometidas',
};
