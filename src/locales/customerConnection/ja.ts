import type { ConnectionMessages } from './en.ts';

/** The messages in Japanese of the plugin that connects customers. */
export const messages: ConnectionMessages = {
  title: '加入者接続',

  intro:
    '電柱から各住所までの光ファイバー接続を作成します。光キャビネット、ONT、架空ルート、ドロップケーブルを設置し、電柱のスプリッタに融着接続します。スプリッタが満杯になると新しい電柱を追加します。',
  intro_background: '処理はサーバーで実行されます。このウィンドウを閉じて、後で戻ることができます。',

  label_design: '設計',
  label_pole: '起点の電柱',
  label_count: '接続数',
  label_selection: '住所',
  selection_random: '無作為',
  selection_nearest: '近い順',
  selection_within: '半径内',
  label_radius: '半径',
  choose_pole: '電柱を選択',
  poles_loading: 'この設計の電柱を検索しています…',
  create: '接続を作成',

  reason_nothing_selected: '設計に含まれる電柱を地図上で選択してください。',
  reason_wrong_type: '{title}は電柱ではありません。設計に含まれる電柱を選択してください。',
  reason_pole_in_master: 'この電柱は設計に含まれていません。設計に含まれる電柱を選択してください。',
  reason_pick_pole: 'この設計で起点とする電柱を選択してください。',
  reason_no_poles: 'この設計にはまだ電柱がありません。追加してから選択してください。',
  reason_poles_failed: 'この設計の電柱を読み込めませんでした。地図上で電柱を選択してください。',
  count_invalid: '{min, number}から{max, number}までの整数を入力してください。',
  radius_invalid: '{min, number}～{max, number} m の半径を入力してください。',

  step_1: '設計の読み込み',
  step_2: '住所の選択',
  step_3: '電柱の準備',
  step_4: '住所の接続',
  step_5: 'ネットワークの保存',
  connected: '{total, plural, other {{done, number} / # 件の住所を接続済み}}',

  result_heading: '{count, plural, other {# 件の住所を接続しました}}',
  result_connections: '接続',
  result_poles: '新しい電柱',
  result_cables: 'ケーブル',
  result_length: 'ケーブル長',
  zoom_to_result: '結果にズーム',

  'error_not-enough-addresses': '未接続の住所が足りません。',

  parameter_pole_id: '電柱',
  parameter_count: '接続数',
  parameter_selection: '住所の選び方',
  parameter_radius_metres: '半径',
  parameter_seed: '乱数シード',
  'problem_too-many': '接続できる住所の数を超えています。',
  'problem_too-many_available':
    '{available, plural, =0 {接続できる住所が残っていません。} other {接続できる住所は残り # 件です。}}',
};
