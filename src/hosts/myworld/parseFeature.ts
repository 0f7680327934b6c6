import type { HostFeature } from '../../host/contract.ts';
import { attempt, fieldOf, isObject, methodOf, textOf } from './parseHost.ts';

/** Reads a feature of the platform for the plugin, whatever that feature lacks. Null for what is no feature. */
export function parseFeature(given: unknown): HostFeature | null {
  if (!isObject(given)) return null;
  const { id } = given;
  const properties = isObject(given.properties) ? given.properties : {};
  const title = textOf(fieldOf(given._myw, 'title'));
  const delta = textOf(fieldOf(given._myw, 'delta'));
  const read = (method: string) => textOf(attempt(() => methodOf(given, method)?.()));
  const type = read('getType') ?? textOf(given.type) ?? '';
  const urn = read('getUrn') ?? `${type}/${String(id)}`;
  return {
    id: typeof id === 'number' || typeof id === 'string' ? id : idOf(urn),
    getType: () => type,
    getUrn: () => urn,
    getTitle: () => read('getTitle') ?? textOf(properties.name) ?? urn,
    properties: { ...properties },
    _myw: { ...(title !== undefined && { title }), ...(delta !== undefined && { delta }) },
  };
}

/** 'pole/12' has the id '12'. */
function idOf(urn: string): string {
  return urn.slice(urn.lastIndexOf('/') + 1);
}
