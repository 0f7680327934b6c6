import { externalName, type FeatureData } from './Feature.ts';

/** A table as the platform's data dictionary describes it. */
export function describeTable(type: string, features: readonly FeatureData[]) {
  const names = [...new Set(['id', ...features.flatMap(({ properties }) => Object.keys(properties))])];
  const fields = names.map((name) => {
    const value = features
      .map(({ id, properties }) => (name === 'id' ? id : properties[name]))
      .find((each) => each != null);
    const description = {
      internal_name: name,
      external_name: externalName(name),
      type: fieldType(value),
      visible: { value: true },
    };
    return [name, description] as const;
  });
  return {
    name: type,
    internal_name: type,
    external_name: externalName(type),
    editable: true,
    fields: Object.fromEntries(fields),
  };
}

function fieldType(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  return 'string(200)';
}
