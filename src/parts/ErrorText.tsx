import { theme } from 'antd';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { ParameterProblem } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration } from '../locales/intl.ts';
import { useTranslator } from './MessagesContext.ts';

/** Shows an error in the user's language if a pack has a text for it, and else the server's own message. */
export function ErrorText({ error: given }: { error: Failure }) {
  const error = toTaskError(given);
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { find, msg, language } = translator;
  const own = find(`error_${error.code}`, error.details);
  const problems = error.parameters ?? [];
  return (
    <>
      <div>{own ?? <bdi>{error.message}</bdi>}</div>
      {problems.length > 0 ? (
        <ul style={{ margin: 0, paddingInlineStart: token.marginMD }}>
          {problems.map((problem) => (
            <li key={`${problem.parameter} ${problem.code}`}>{problemText(problem, error, translator)}</li>
          ))}
        </ul>
      ) : null}
      {error.retryAfterSeconds ? (
        <div>{msg('retry_after', { duration: formatDuration(error.retryAfterSeconds, language) })}</div>
      ) : null}
      {own !== undefined && problems.length === 0 && error.message ? (
        <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
          {msg('server_said', { message: error.message })}
        </div>
      ) : null}
    </>
  );
}

function problemText(problem: ParameterProblem, { details }: Failure, { find, msg }: Translator): string {
  const counted = typeof details?.available === 'number' ? '_available' : '';
  const text =
    (counted && find(`problem_${problem.code}${counted}`, details)) ||
    find(`problem_${problem.code}`, details);
  if (text === undefined) return problem.message;
  return msg('problem', {
    parameter: find(`parameter_${problem.parameter}`) ?? problem.parameter,
    problem: text,
  });
}
