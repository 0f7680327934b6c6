/** The ways in which a design changes for the tasks that work on it. `posted`: it was merged into master, and is gone. */
export const DESIGN_CHANGES = ['changed', 'deleted', 'posted'] as const;
export type DesignChangeKind = (typeof DESIGN_CHANGES)[number];

/** Says that a design changed. The body of `POST /tasks/design-changes`. */
export interface DesignChange {
  /** As the parameter `design` of tasks has it, such as 'design/NAME'. 1 to 500 characters. */
  design: string;
  change: DesignChangeKind;
}

/** Facts about a task's design, which its parameter `design` names. Times are ISO 8601. A fact that nobody stated is absent. */
export interface DesignFacts {
  /**
   * The design was changed after the task had ended, by something else than this task. Lists and gets have the newest such
   * time, and a watch brings the first.
   */
  designChangedAt?: string;
  /** The design was deleted after the task had ended, or while the task waits or runs. */
  designDeletedAt?: string;
  /** The design was merged into master after the task had ended, or while the task waits or runs, and is gone. */
  designPostedAt?: string;
}
