/** The parameters of a run, and an editor that starts another run with them. */
import { Button, Input, theme } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useId, useRef, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { type Failure, idOf, toTaskError } from '../../client/taskStore.ts';
import { isRecord, type TaskSnapshot } from '../../contract/index.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { FieldList } from './FieldList.tsx';
import { fieldsOf } from './resultFields.ts';
import { useRunWords } from './useRunWords.ts';

export interface ParametersTabProps {
  system: SystemClient;
  task: TaskSnapshot;
  /** True while the user prepares another run. */
  isEditing: boolean;
  onEditing(isEditing: boolean): void;
  onStarted(taskId: string): void;
}

export function ParametersTab({ task, isEditing, ...props }: ParametersTabProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const fields = fieldsOf(task.params, 'parameter', words);
  return (
    <div style={{ padding: token.padding, paddingBlockStart: token.paddingXS }}>
      {isEditing ? (
        <ParametersEditor {...props} task={task} />
      ) : fields.length > 0 ? (
        <FieldList fields={fields} />
      ) : (
        <p style={{ margin: 0, color: token.colorTextSecondary }}>{msg('run_params_none')}</p>
      )}
      {!isEditing && task.ignoredParams?.length ? (
        <Notice kind="warning">{msg('ignored_params', { names: task.ignoredParams.join(', ') })}</Notice>
      ) : null}
    </div>
  );
}

function ParametersEditor({ system, task, onEditing, onStarted }: Omit<ParametersTabProps, 'isEditing'>) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const id = useId();
  const area = useRef<TextAreaRef>(null);
  const [text, setText] = useState(() => JSON.stringify(task.params ?? {}, undefined, 2));
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const parsed = parseParams(text);
  const problem =
    parsed.problem === undefined
      ? undefined
      : parsed.problem === ''
        ? msg('run_params_object')
        : msg('run_params_invalid', { message: parsed.problem });

  useEffect(() => area.current?.focus(), []);

  async function start() {
    const { params } = parsed;
    // A second click while the first one is under way starts no second run.
    if (!params || starting) return;
    setStarting(true);
    setFailure(undefined);
    try {
      const ref: unknown = await system.enqueueTask(task.name, params, { tags: task.tags });
      onStarted(idOf(ref, `enqueueTask("${task.name}")`));
    } catch (thrown) {
      setFailure(toTaskError(thrown));
      setStarting(false);
    }
  }

  return (
    <form
      style={{ display: 'flex', flexDirection: 'column', gap: token.marginXS }}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <label htmlFor={id}>{msg('run_params_json')}</label>
      <Input.TextArea
        ref={area}
        id={id}
        dir="ltr"
        spellCheck={false}
        rows={12}
        value={text}
        status={problem === undefined ? '' : 'error'}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        style={{ fontFamily: token.fontFamilyCode, fontSize: token.fontSizeSM, lineHeight: '20px' }}
        onChange={(event) => setText(event.target.value)}
      />
      <div
        id={`${id}-about`}
        style={{ color: problem === undefined ? token.colorTextSecondary : token.colorError }}
      >
        {problem === undefined ? msg('run_params_hint') : <bdi>{problem}</bdi>}
      </div>
      {failure ? (
        <Notice kind="error" urgent title={msg('refused_heading')}>
          <ErrorText error={failure} />
        </Notice>
      ) : null}
      <div style={{ display: 'flex', gap: token.marginXS }}>
        <Button onClick={() => onEditing(false)}>{msg('run_discard')}</Button>
        <Button htmlType="submit" type="primary" disabled={problem !== undefined} aria-disabled={starting}>
          {msg(starting ? 'starting' : 'run_start')}
        </Button>
      </div>
    </form>
  );
}

/** The problem is empty where the text is JSON, and no object. */
function parseParams(text: string): { params?: Record<string, unknown>; problem?: string } {
  try {
    const params: unknown = JSON.parse(text);
    return isRecord(params) && !Array.isArray(params) ? { params } : { problem: '' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
