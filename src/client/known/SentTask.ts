/** A task as a server sends it, once it is known to fit. */
export interface SentTask {
  /** Its name, where the server gives one. */
  name?: string;
  /** A state, or what the task is doing: at most 2,000 characters. */
  status: string;
  /** Says what the task is doing, where `status` is a state alone. */
  message?: string;
  /** 0 to 100; null where the server does not say. */
  percent: number | null;
  /** Unix time in milliseconds. Absent where the server's number cannot be one: the template sends seconds since it started. */
  createdAtMs?: number;
  result?: unknown;
  error?: string;
}
