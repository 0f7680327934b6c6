/**
 * The English words of the download menu and of the report that prints, beside those of the parts. They are fetched with them, and
 * their keys are those of every other pack in this folder.
 */
export const en = {
  download: 'Download',
  show_table: 'Show as table',
  download_report: 'Report to print',
  download_addresses: 'Addresses (CSV)',
  download_bill: 'Bill of materials (CSV)',
  download_splices: 'Splices and ports (CSV)',
  download_geopackage: 'GeoPackage for QGIS',
  download_geojson: 'GeoJSON',
  downloading: 'The file is being made…',
  download_stop: 'Stop the download',
  download_failed: 'The file could not be made',
  report_title: 'Report',
  report_print: 'Print',
  report_close: 'Close the report',
  report_loading: 'The report is being made…',
  report_failed: 'The report could not be made',
  report_made: 'Made on {time}',
  report_map: 'Map',
  report_figures: 'Figures',
  report_bill: 'Bill of materials',
  report_item: 'Item',
  report_quantity: 'Quantity',
  report_unit_piece: 'pieces',
  report_unit_metre: 'm',
  report_price: 'Price per unit',
  report_cost: 'Cost',
  report_total: 'Total',
  report_unserved: 'Addresses that are not served',
  report_unserved_none: 'All addresses are served.',
  report_more: '{count, plural, one {and # more} other {and # more}}; the addresses as CSV have all of them.',
  report_address: 'Address',
  report_reason: 'Reason',
  report_splices: 'Splices and ports',
  report_structure: 'Structure',
  report_splice_count: 'Splices',
  report_patch_count: 'Ports in use',
  report_scale: 'Scale',
  report_legend_drop: 'Drop',
  report_legend_street: 'Along a street',
  report_legend_span: 'Between poles',
  report_legend_splitter: 'Splitter',
  report_legend_structure: 'Pole or handhole',
  report_legend_feed: 'Feed',
  report_legend_address: 'Address',
  report_priced_part:
    '{count, plural, one {# item has no price and is not in the total.} other {# items have no price and are not in the total.}}',
  report_run: 'Run',
  report_design: 'Design',
} as const;

/** The keys of these words. */
export type HandoverMessageKey = keyof typeof en;

/** A complete pack of these words. */
export type HandoverMessages = Readonly<Record<HandoverMessageKey, string>>;
