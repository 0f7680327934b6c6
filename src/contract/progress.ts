// How far a task is.

export interface TaskProgress {
  /** 0 to 100, a float; null where the task cannot tell. */
  percent: number | null;
  /** 1-based number of the step the task is at; null where it has none. */
  step: number | null;
  /** How many steps there are, where the task knows. */
  stepCount?: number;
  /** English, for logs and for clients that have no words of their own for this task. */
  message: string;
  /** Units done, of `total`: what a client needs to say it in its user's language. */
  done?: number;
  total?: number;
}
