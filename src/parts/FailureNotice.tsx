import type { Failure } from '../client/taskStore.ts';
import type { PartsMessageKey } from '../locales/en.ts';
import { ErrorText } from './ErrorText.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';

export interface FailureNoticeProps {
  heading: PartsMessageKey;
  failure: Failure | undefined;
}

/** A call that the server refused, said at once; nothing where none was. */
export function FailureNotice({ heading, failure }: FailureNoticeProps) {
  const { msg } = useTranslator();
  return failure ? (
    <Notice kind="error" urgent title={msg(heading)}>
      <ErrorText error={failure} />
    </Notice>
  ) : null;
}
