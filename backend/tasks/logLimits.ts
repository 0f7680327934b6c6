// These bounds say how much of one task its log keeps, in every engine. So a task costs a server bounded memory, whatever
// it builds.

/** A log keeps so many events of its task, unless its owner says otherwise. */
export const EVENTS_PER_TASK = 5_000;
/** An event has at most so many characters of features or items as JSON, unless one of them alone has more. */
export const CHARS_PER_EVENT = 256 * 2 ** 10;
/** The events that a log keeps have at most so many characters of JSON together, unless one of them alone has more. */
export const CHARS_PER_TASK = 4 * 2 ** 20;
/**
 * The features of the running attempt that a log keeps for whoever comes later have at most so many characters of JSON,
 * about 17,000 features of the shipped task. The oldest go first; `TaskSnapshot.built` sums up all of them.
 */
export const BUILT_CHARS_PER_TASK = 4 * 2 ** 20;
