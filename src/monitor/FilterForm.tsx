import { Button, Checkbox, Select, theme } from 'antd';
import { type ReactNode, useId, useMemo } from 'react';
import { isNodeTask, type TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { designOf, taskTitle } from '../parts/taskWords.ts';
import { FILTER_STATES, type FilterSince, type MonitorFilter, narrows } from './monitorFilter.ts';

export interface FilterFormProps {
  filter: MonitorFilter;
  onFilter(filter: MonitorFilter): void;
  /** The values to choose from are those of these tasks. */
  tasks: ReadonlyMap<string, TaskSnapshot>;
  /** Counts the changes of `tasks`, which is changed in place. */
  structure: number;
  /** The chips are boxes here. */
  withChips: boolean;
  hasMap: boolean;
}

/** A longer list is no help to anyone. */
const MOST = 200;
const STATE_WORDS = {
  queued: 'waiting',
  running: 'status_running',
  succeeded: 'status_succeeded',
  'partly-succeeded': 'status_partly',
  failed: 'status_failed',
  cancelled: 'status_cancelled',
} as const;

/** All filters of the monitor. Each change applies at once. */
export function FilterForm({ filter, onFilter, tasks, structure, withChips, hasMap }: FilterFormProps) {
  const { token } = theme.useToken();
  const words = useTranslator();
  const { msg } = words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map changes in place, and `structure` says when.
  const known = useMemo(() => {
    const found = {
      name: new Map<string, string>(),
      design: new Map<string, string>(),
      tag: new Map<string, string>(),
    };
    for (const task of tasks.values()) {
      if (isNodeTask(task)) continue;
      // Runs of workflows have names of their own, and one name of a task.
      found.name.set(task.name, taskTitle({ name: task.name }, words));
      const design = designOf(task);
      if (design !== undefined) found.design.set(design, design);
      for (const tag of task.tags) found.tag.set(tag, tag);
    }
    const options = (values: Map<string, string>) =>
      [...values]
        .map(([value, label]) => ({ value, label }))
        .sort((one, other) => one.label.localeCompare(other.label, words.language))
        .slice(0, MOST);
    return { name: options(found.name), design: options(found.design), tag: options(found.tag) };
  }, [tasks, structure, words]);
  const set = (change: Partial<MonitorFilter>) => onFilter({ ...filter, ...change });
  const choose = (
    label: string,
    value: string | undefined,
    options: Option[],
    onChange: (value?: string) => void,
  ) => <Choice label={label} value={value} options={options} onChange={onChange} any={msg('any')} />;
  const sinces: { value: FilterSince; label: string }[] = [
    { value: 'hour', label: msg('time_hour') },
    { value: 'day', label: msg('time_day') },
    { value: 'week', label: msg('time_week') },
  ];
  return (
    <fieldset
      aria-label={msg('all_filters')}
      style={{
        minWidth: 0,
        margin: 0,
        padding: 0,
        border: 0,
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
        gap: token.paddingXS,
      }}
    >
      {withChips ? (
        <Checkbox checked={filter.mine === true} onChange={(event) => set({ mine: event.target.checked })}>
          {msg('mine')}
        </Checkbox>
      ) : null}
      {withChips && hasMap ? (
        <Checkbox
          checked={filter.inView === true}
          onChange={(event) => set({ inView: event.target.checked })}
        >
          {msg('in_view')}
        </Checkbox>
      ) : null}
      {choose(msg('filter_name'), filter.name, known.name, (name) => set({ name }))}
      <Field label={msg('filter_status')}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            allowClear
            showSearch={false}
            maxTagCount="responsive"
            placeholder={msg('any')}
            value={[...(filter.states ?? [])]}
            options={FILTER_STATES.map((state) => ({ value: state, label: msg(STATE_WORDS[state]) }))}
            onChange={(states) => set({ states: states.length > 0 ? states : undefined })}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      {choose(msg('design'), filter.design, known.design, (design) => set({ design }))}
      {choose(msg('filter_tag'), filter.tag, known.tag, (tag) => set({ tag }))}
      {choose(msg('filter_time'), filter.since, sinces, (since) =>
        set({ since: sinces.find(({ value }) => value === since)?.value }),
      )}
      {narrows(filter) ? (
        <Button style={{ alignSelf: 'end' }} onClick={() => onFilter({ view: filter.view })}>
          {msg('clear_filter')}
        </Button>
      ) : null}
    </fieldset>
  );
}

interface Option {
  value: string;
  label: string;
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: Option[];
  any: string;
  onChange(value?: string): void;
}

function Choice({ label, value, options, any, onChange }: ChoiceProps) {
  // A value of an address may be of no task that is here.
  const all =
    value === undefined || options.some((option) => option.value === value)
      ? options
      : [{ value, label: value }, ...options];
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder={any}
          value={value ?? null}
          options={all}
          onChange={(chosen?: string | null) => onChange(chosen ?? undefined)}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  );
}

/** A field with its label above it. */
function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const { token } = theme.useToken();
  const id = useId();
  return (
    <div style={{ minWidth: 0 }}>
      <label htmlFor={id} style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
