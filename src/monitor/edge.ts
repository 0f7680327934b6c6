/** The distance of the monitor's lines from its edges, in CSS pixels. A host's compact theme would make it too narrow. */
export const EDGE = 16;

/** The distance between things on one line, and between lines, in CSS pixels: see EDGE. */
export const GAP = 8;
