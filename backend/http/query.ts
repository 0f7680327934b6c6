import { boundText } from '../common/boundText.ts';
import { invalidRequest } from './problem.ts';
import { refuseUnknown } from './requestBody.ts';

/** The query parameters of a request by name. Refuses names that are not in `known`, and names that come twice. */
export function readQuery<Name extends string>(
  request: Request,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const { searchParams } = new URL(request.url);
  const names = [...new Set(searchParams.keys())];
  refuseUnknown(names, known, 'query parameter');
  const [repeated] = names.filter((name) => searchParams.getAll(name).length > 1);
  if (repeated !== undefined) {
    const parameter = boundText(repeated, 100);
    const expected = 'given once';
    const message = `"${parameter}" must be ${expected}, not ${searchParams.getAll(repeated).length} times`;
    throw invalidRequest({ parameter, code: 'repeated', message, expected });
  }
  return Object.fromEntries(searchParams) as Partial<Record<Name, string>>;
}
