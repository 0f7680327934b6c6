// Ways to take what a task has built, or a design, along: `GET /tasks/{id}/export` and `GET /designs/{name}/export`.

/** 'geojson': all records. 'gpkg': a GeoPackage with a layer for each table. 'csv': one of the reports. */
export const HANDOVER_FORMATS = ['geojson', 'gpkg', 'csv'] as const;
export type HandoverFormat = (typeof HANDOVER_FORMATS)[number];

/**
 * 'addresses': each address with its pole, splitter, port, cable, length and budget. 'bill': the bill of materials. 'splices': each
 * splice and each port that is used.
 */
export const HANDOVER_REPORTS = ['addresses', 'bill', 'splices'] as const;
export type HandoverReport = (typeof HANDOVER_REPORTS)[number];

export interface HandoverRequest {
  format: HandoverFormat;
  /** With 'csv', and only there. */
  report?: HandoverReport;
  /** With 'csv': begins the file with a mark by which spreadsheets know that it is UTF-8. Default true. */
  bom?: boolean;
  /**
   * With 'csv': what is between two cells. 'semicolon' writes 12,5 for 12.5 as well, as spreadsheets do in countries with a decimal
   * comma: there a double click on a file with commas shows one column, or takes 12.5 for a date. Default 'comma'.
   */
  separator?: CsvSeparator;
}

export const CSV_SEPARATORS = ['comma', 'semicolon'] as const;
export type CsvSeparator = (typeof CSV_SEPARATORS)[number];
