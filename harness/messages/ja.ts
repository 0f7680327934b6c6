/** The texts of the harness in Japanese. */

import type { HarnessPack } from './pack.ts';

export const ja: HarnessPack = {
  title: 'ネットワーク設計',
  map: '地図',
  zoomIn: '拡大',
  zoomOut: '縮小',
  showAll: '全体を表示',
  legend: '凡例',
  legend_pole: '電柱',
  legend_designPole: '設計内の電柱',
  legend_address: '住所',
  legend_committed: 'ネットワーク',
  legend_uncommitted: '作成中',
  panel: '地物',
  showPanel: 'パネルを表示',
  hidePanel: 'パネルを隠す',
  search: '地物を選択',
  searchHint: '設計または電柱の名前',
  searchNone: 'この名前の設計や電柱はありません。',
  openFiles: 'ファイルを開く…',
  openFilesHint: '住所・電柱・道路の GeoJSON。地図にドロップすることもできます',
  dropHere: 'ここに GeoJSON ファイルをドロップ',
  loading: '読み込み中…',
  loaded: '住所: {addresses} · 電柱: {poles} · 道路: {streets} · 設計: {designs}',
  dismiss: '閉じる',
  refused: 'ファイルは開かれませんでした。地図は変わっていません。',
  unrecognised:
    '{file}: 住所でも電柱でも道路でもありません。内容に合わせて名前を付けてください (addresses, poles, streets)。',
  badFile: '{file}: {reason}',
  sameKind: '{file} の内容は {other} と同じ種類です。種類ごとに一つのファイルを開いてください。',
  needsAddresses: '住所のファイルも必要です。',
  needsPoles: '電柱のファイルも必要です。',
  mapFailed: '地図を読み込めませんでした: {reason}',
};
