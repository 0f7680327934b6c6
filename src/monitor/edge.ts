/** The distance of the monitor's lines from its edges, in CSS pixels. A host's compact theme would make it too narrow. */
export const EDGE = 16;
