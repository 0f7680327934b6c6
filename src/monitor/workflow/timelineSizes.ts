/** The columns of the timeline: icon, name, and the axis. */
export const TIMELINE_COLUMNS = '16px 164px minmax(0, 1fr)';
/** The axis takes this part of its column. The rest stays free for the texts after the bars. */
export const AXIS_PART = 0.84;
