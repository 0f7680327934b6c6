/** Says how far a task is. */
export interface TaskProgress {
  /** 0 to 100, a float. Null if the task does not know. */
  percent: number | null;
  /** 1-based number of the step the task is at. Null if it has none. */
  step: number | null;
  /** The number of steps, if the task knows it. */
  stepCount?: number;
  /** English, for logs and for clients that have no text of their own for this task. */
  message: string;
  /** Units done, of `total`. A client fills both into the message in its user's language. */
  done?: number;
  total?: number;
}
