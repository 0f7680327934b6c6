import { isRecord } from '../common/json.ts';

/** The part of the Standard Schema v1 interface (standardschema.dev) that is used here: any library that has it fits. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

export interface StandardSchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Reads the JSON Schema from a library with the Standard JSON Schema (standardschema.dev). Undefined if this schema has
 * none.
 */
export function jsonSchemaOf(standard: object): Record<string, unknown> | undefined {
  const converter: unknown = Reflect.get(standard, 'jsonSchema');
  const input: unknown = isRecord(converter) ? converter.input : undefined;
  if (typeof input !== 'function') return undefined;
  try {
    const schema: unknown = Reflect.apply(input, converter, [{ target: 'draft-2020-12' }]);
    return isRecord(schema) ? schema : undefined;
  } catch {
    // The library cannot say this schema in JSON. That is no fault: the list goes without it.
    return undefined;
  }
}
