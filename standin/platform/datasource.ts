import type { Feature } from './Feature.ts';
import { notImplementedObject } from './notImplemented.ts';
import { withMembers } from './withMembers.ts';

/** The one datasource there is: the database under another name, with what else was given. */
export function datasourceOf(database: object, given: Record<string, unknown>): object {
  const more: Record<string, unknown> = {
    name: 'myworld',
    getDelta: () => '',
    getRelationship: (feature: Feature, relationship: string) => feature.followRelationship(relationship),
    moduleGet: (path: string) => answer(fetch(`/${path}`)),
    modulePost: (path: string, data: unknown) =>
      answer(
        fetch(`/${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(data),
        }),
      ),
    comms: notImplementedObject("database.getDatasource('myworld').comms"),
    ...given,
  };
  return withMembers(database, more);
}

/** The JSON that a module's own service on the server answers. */
async function answer(asked: Promise<Response>): Promise<unknown> {
  const response = await asked;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.json();
}
