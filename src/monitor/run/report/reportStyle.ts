/**
 * The look of the report is in one place, for the screen and for paper of any size. Paper is white, so its colours are light in a dark application too. In print all
 * else of the page is away, and no row is cut.
 */
export const REPORT_STYLE = `
.lrt-report { position: fixed; inset: 0; z-index: 2000; overflow: auto; background: #e8e8e8; color: #1c1c1c; color-scheme: light;
  font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Sans JP", sans-serif; }
.lrt-report:focus { outline: none; }
.lrt-report * { box-sizing: border-box; }
.lrt-report-bar { position: sticky; inset-block-start: 0; display: flex; gap: 8px; justify-content: flex-end; padding: 8px 16px;
  background: #fff; border-block-end: 1px solid #d0d0d0; }
.lrt-report-bar button { min-height: 32px; padding: 4px 16px; border: 1px solid #767676; border-radius: 6px; background: #fff; color: #1c1c1c;
  font: inherit; cursor: pointer; }
.lrt-report-bar button:focus-visible { outline: 3px solid #1668dc; outline-offset: 1px; }
.lrt-report-bar .lrt-report-first { border-color: #0b57b5; background: #0b57b5; color: #fff; }
.lrt-report-sheet { max-width: 210mm; margin: 16px auto; padding: 16mm 14mm; background: #fff; overflow-wrap: anywhere; }
.lrt-report h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.3; }
.lrt-report h2 { margin: 24px 0 8px; font-size: 17px; break-after: avoid; }
.lrt-report p { margin: 4px 0; }
.lrt-report .lrt-report-quiet { color: #555; }
.lrt-report table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.lrt-report th, .lrt-report td { padding: 4px 8px; border-block-end: 1px solid #d8d8d8; text-align: start; vertical-align: top; }
.lrt-report th { font-weight: 600; }
.lrt-report thead { display: table-header-group; }
.lrt-report tfoot { display: table-row-group; font-weight: 600; }
.lrt-report tr { break-inside: avoid; }
.lrt-report .lrt-report-number { text-align: end; }
.lrt-report td.lrt-report-number { white-space: nowrap; }
.lrt-report figure { margin: 0; break-inside: avoid; }
.lrt-report svg { display: block; width: 100%; height: auto; border: 1px solid #d0d0d0; background: #fff; }
.lrt-report ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0 0; padding: 0; list-style: none; }
.lrt-report li { display: flex; align-items: center; gap: 6px; }
.lrt-report li svg { flex: none; width: 22px; height: 12px; border: 0; }
@media screen and (max-width: 640px) {
  .lrt-report-sheet { margin: 0; padding: 16px; overflow-wrap: break-word; }
  .lrt-report table { font-size: 12px; }
  .lrt-report th, .lrt-report td { padding-inline: 3px; }
  .lrt-report td.lrt-report-number { white-space: normal; }
}
@media print {
  @page { margin: 14mm; @bottom-center { content: counter(page) " / " counter(pages); color: #555; font: 10px system-ui, sans-serif; } }
  html, body { height: auto !important; overflow: visible !important; background: #fff !important; }
  body > :not(.lrt-report) { display: none !important; }
  .lrt-report { position: static; overflow: visible; background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .lrt-report-bar { display: none; }
  .lrt-report-sheet { max-width: none; margin: 0; padding: 0; }
}
`;
