/** Portuguese, as far as it is translated. What is missing is said in English. */
export const messages = {
  title: 'Ligações de clientes',
  close: 'Fechar',
  create: 'Criar ligações',
  label_design: 'Projeto',
  label_pole: 'Poste inicial',
  label_count: 'Ligações',
  status_running: 'Em execução',
  connected:
    '{total, plural, one {{done, number} / # endereço ligado} many {{done, number} / # de endereços ligados} other {{done, number} / # endereços ligados}}',
  result_heading:
    '{count, plural, one {# endereço ligado} many {# de endereços ligados} other {# endereços ligados}}',
  cancel_task: 'Cancelar tarefa',
  retry: 'Tentar de novo',
};
