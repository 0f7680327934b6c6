/**
 * The type of a value once it has been written as JSON and read again, for whoever receives a task's result: a Date is a
 * text, and functions are left out.
 *
 * @example
 * type Arrived = JsonOf<{ at: Date; poles: number }>; // { at: string; poles: number }
 */
export type JsonOf<Value> = unknown extends Value
  ? Value
  : Value extends { toJSON(): infer Written }
    ? JsonOf<Written>
    : Value extends string | number | boolean | null | undefined
      ? Value
      : Value extends Unwritten | bigint
        ? never
        : Value extends readonly unknown[]
          ? { [Index in keyof Value]: JsonOf<OrNull<Value[Index]>> }
          : {
              [Key in keyof Value as Key extends symbol
                ? never
                : Value[Key] extends Unwritten
                  ? never
                  : Key]: JsonOf<Value[Key]>;
            };

/** JSON has no form for these. */
type Unwritten = symbol | ((...parameters: never[]) => unknown);

/** In a list, and as a whole result, null stands for what JSON has no form for. */
export type OrNull<Value> = unknown extends Value
  ? Value
  : Value extends Unwritten | undefined
    ? null
    : void extends Value
      ? null
      : Value;
