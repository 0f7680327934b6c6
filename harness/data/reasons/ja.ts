import type { ReasonPack } from './pack.ts';

/** Why a file, a layer or a feature cannot be used. The name of the thing stands before it, with a colon. */
export const ja: ReasonPack = {
  empty: '空のファイル (0 バイト) です。もう一度書き出すか、ダウンロードしてください',
  'only-zeros': 'ゼロしか入っていません。ダウンロードが途中で切れています。もう一度ダウンロードしてください',
  unreadable: 'もう読み取れません。ファイルが移動または変更されました。もう一度選んでください',
  'broke-off':
    'ファイルを最後まで読み取れませんでした。メモリが足りないのかもしれません。一度に渡すファイルを減らすか、小さくしてください',
  'too-large': '展開すると {gigabytes} GiB を超えます。先に展開してください',
  'too-many-layers':
    '{limit} を超えるレイヤーが見つかり、残りは除外されます。一度に渡すファイルを減らしてください',
  'unknown-format':
    'ここで分かる形式ではありません。GeoJSON、圧縮した Shapefile、座標のある CSV、KML、KMZ、GeoPackage を、そのまま、または zip か gzip に入れて渡してください',
  'other-geodata': '{format} です。GeoPackage または GeoJSON として書き出してください',
  'other-archive': '{format} アーカイブです。zip として圧縮してください',
  'other-packing': '{format} です。gzip または zip として圧縮してください',
  'is-gpx': 'GPX です。GeoJSON または KML として書き出してください',
  'is-osm-xml': 'OpenStreetMap の XML です。GeoJSON として書き出してください',
  'is-other-xml': 'ここでは分からない種類の XML です。GeoJSON または KML として書き出してください',
  'is-web-page':
    'ウェブページです。ダウンロードに失敗したのかもしれません。データそのものをダウンロードしてください',
  'is-server-error': '地図サーバーのエラーです。もう一度サーバーに問い合わせてください',
  'is-pdf': 'PDF です。画像ではなくデータを渡してください',
  'is-picture': '画像です。画像ではなくデータを渡してください',
  'is-tiff': 'TIFF 画像です。点、線、面を渡してください',
  'is-drawing': 'AutoCAD の図面です。GeoPackage または GeoJSON として書き出してください',
  'is-old-office': '古い Excel または Office のファイルです。シートを CSV (UTF-8) として保存してください',
  'is-excel': 'Excel のファイルです。経度と緯度の列を付けて、シートを CSV (UTF-8) として保存してください',
  'is-file-geodatabase':
    'Esri のファイル ジオデータベースで、Esri と GDAL だけが読めます。レイヤーを GeoPackage または Shapefile として書き出してください',
  'is-topojson': 'TopoJSON です。GeoJSON として書き出してください',

  'empty-archive': '中身のないアーカイブです。データをもう一度圧縮してください',
  'no-data-in-archive':
    'データのないアーカイブです。GeoJSON、Shapefile、CSV、KML、GeoPackage のいずれかを入れてください',
  'nested-archives': 'アーカイブの中のアーカイブで、深すぎます。先に展開してください',
  'damaged-archive':
    '壊れているか途中で切れていて、展開できません。もう一度ダウンロードするか圧縮してください',
  'archive-without-end': '終わりのない zip アーカイブです。もう一度ダウンロードしてください',
  'damaged-directory': '目録が読み取れません。もう一度圧縮してください',
  'cut-off-in-archive': '途中で切れています。アーカイブをもう一度ダウンロードしてください',
  'too-many-entries':
    '{count} 個のファイルが入っていますが、調べるのは {limit} 個までです。データだけを圧縮してください',
  encrypted: 'パスワードで保護されています。パスワードなしでもう一度圧縮してください',
  'unknown-method':
    'わずかなプログラムしか扱えない方式 ({method}) で圧縮されています。普通の zip としてもう一度圧縮してください',
  'zip-bomb':
    '圧縮時の {ratio} 倍を超える大きさになります。実際のデータではありえません。信頼できるなら、ご自分で展開してください',

  'no-features': '地物のない JSON です。「features」のある GeoJSON か、1 行に 1 地物の形で渡してください',
  'no-placemarks': 'プレースマークのない KML です。場所を保存してください',
  'only-links': 'ほかのファイルへのリンクしか入っていません。それらを開き、KML として保存してください',
  'no-feature-tables':
    '地物のテーブルがない SQLite データベースです。GeoPackage を渡すか、GeoPackage として書き出してください',
  'empty-geopackage': '地物のテーブルがない GeoPackage です。レイヤーを書き出してください',
  'damaged-geopackage':
    '壊れているか途中で切れている GeoPackage です。もう一度書き出すかダウンロードしてください',
  'no-table': 'テーブル {table} が記されていますが、存在しません。もう一度書き出してください',
  'is-view': 'ビューで、データベースでしか読めません。テーブルとして書き出してください',
  'damaged-dbf': 'dBASE ファイルではないか、途中で切れています。もう一度書き出してください',
  'part-of-shapefile':
    'Shapefile の一部で、場所が入っていません。同じ名前の .shp と .dbf のファイルも一緒に渡してください',
  'no-shp': '場所のない Shapefile のテーブルです。同じ名前の .shp ファイルも一緒に渡してください',
  'no-dbf':
    '.shp のそばに .dbf ファイルがないため、名前も番号もありません。両方を 1 つの zip で渡してください',
  'no-prj': '.shp のそばに .prj ファイルがありません。座標系を指定してください',
  'encoding-differs': '.cpg ファイルには {declared} とありますが、名前は {detected} です',
  'too-many-columns': '{columns} 列ありますが、取り込めるのは {limit} 列までです。不要な列を除いてください',
  'too-many-columns-in-row':
    '{row} 行目に {columns} 列ありますが、取り込めるのは {limit} 列までです。不要な列を除いてください',

  'no-layer': 'もうありません。ファイルをもう一度開いてください',
  'no-place': '行の位置を示す列がありません。経度と緯度、または x と y の列を指定してください',
  'no-place-columns':
    '行の位置を示す列がありません。経度と緯度、x と y、または WKT を渡し、その列を指定してください',
  'encoding-not-known':
    '文字コード {encoding} は分かりません。utf-8、windows-1252、shift_jis などを指定してください',
  'crs-unknown': '座標系が分かりません。EPSG コードを指定してください (例: EPSG:6677)',
  'crs-not-known': '座標系 {crs} は分かりません。EPSG コードを指定してください (例: EPSG:6677)',
  'crs-missing': 'ファイルに座標系が記されておらず、数値は度ではありません',
  'crs-contradicts': 'ファイルには {crs} とありますが、数値は度ではありません。座標系を指定してください',
  'crs-guessed': '座標系は推測です: {crs} (EPSG:{epsg})',
  swapped: '緯度が先にあるようです。軸を入れ替えます',
  'street-missing': '{of} 件のうち {filled} 件に通り名があります',
  'street-missing-at-first': '最初の {of} 件のうち {filled} 件に通り名があります',
  'number-missing': '{of} 件のうち {filled} 件に番地があります',
  'number-missing-at-first': '最初の {of} 件のうち {filled} 件に番地があります',
  'name-missing': '{of} 件のうち {filled} 件に名前があります',
  'name-missing-at-first': '最初の {of} 件のうち {filled} 件に名前があります',
  'texts-mended': '{count} 件の文字列を直しました。保存できない文字を取り除いたか、すでに失われていました',
  'duplicates-limit': '重複は最初の {limit} 件の住所の中で探しました',

  'no-geometry': '形状がありません。描くか、取り除いてください',
  'no-overpass-geometry':
    'それ自体の形状がありません。Overpass に "out geom;" または "out center;" で問い合わせてください',
  'no-tags': 'タグがないので、ほかのものの一部です',
  'not-json': 'JSON ではありません: {text}。書き直してください',
  'not-a-feature': '地物ではなく {text} です。取り除いてください',
  'feature-too-large': '大きすぎます。単純にしてください',
  'feature-too-deep':
    '{megabytes} MB より大きいか、入れ子が {depth} 段より深くなっています。単純にしてください',
  'too-many-positions': '位置が {limit} を超えています。単純にしてください',
  'too-many-properties': '属性が {limit} を超えています。不要なものを除いてください',
  'cut-off':
    'ここで切れています。ファイルが途中で終わっています。もう一度ダウンロードするか書き出してください',
  'shp-cut-off':
    'ここで切れています。.shp ファイルが途中で終わっているか、壊れています。もう一度書き出してください',
  deleted: 'テーブルで削除されています。Shapefile を再パックしてください',
  'damaged-geometry': '形状が壊れています。直すか、取り除いてください',
  'unknown-geometry': '形状の種類が {type} です。点、線、面に変えてください',
  'nested-geometry': '入れ子が深すぎます。直すか、取り除いてください',
  'part-no-geometry': '形状ではない部分があります。直すか、取り除いてください',
  'short-line': '位置が 2 つに満たない線があります。直すか、取り除いてください',
  'no-outline': '輪郭のない面があります。直すか、取り除いてください',
  'short-outline': '角が 3 つに満たない面があります。直すか、取り除いてください',
  'bad-position': '2 つの数値ではない位置があります: {found}。直すか、取り除いてください',
  'no-coordinates': '座標のあるべきところに {found} があります。直すか、取り除いてください',
  'outside-crs': '{position} は {crs} の範囲の外にあります。座標系を指定してください',
  'not-degrees': '{position} は度ではなく投影座標です。座標系を指定するか、軸を入れ替えてください',
  'latitude-too-large': '{position} の緯度は 90 度を超えています。座標系を指定するか、軸を入れ替えてください',
  'not-on-earth':
    '{position} は地球上にありません。経度は -180 から 180、緯度は -90 から 90 です。座標系を指定するか、軸を入れ替えてください',
  'line-for-address': '線ですが、住所は点か面です。道路として読むか、取り除いてください',
  'line-for-pole': '線ですが、電柱は点か面です。道路として読むか、取り除いてください',
  'point-for-street': '点ですが、道路は線です。取り除いてください',
  'area-for-street': '面ですが、道路は線です。取り除いてください',
  'point-for-design': '点ですが、設計は面です。取り除いてください',
  'line-for-design': '線ですが、設計は面です。取り除いてください',
  'no-design': 'どの設計のものか示されていません。設計の名前の列を指定してください',
  duplicate: '前にあるものと同じ場所の同じ住所です',
  'bad-place': '読み取れる場所がありません: {value}。数値を渡してください',
  'open-quote': '引用符が行の中で閉じられていません: {row}。閉じるか、二重にしてください',
  'separator-changed':
    '「{separator}」で区切られていますが、見出しは「{before}」です。ファイル全体で同じ区切りを使ってください',
  'separator-now-tab':
    'タブで区切られていますが、見出しは「{before}」です。ファイル全体で同じ区切りを使ってください',
  'separator-was-tab':
    '「{separator}」で区切られていますが、見出しはタブです。ファイル全体で同じ区切りを使ってください',
  'too-many-fields':
    '{fields} 項目ありますが、見出しは {columns} 項目です。区切りを含む文字列は引用符で囲んでください',

  'layers-apart':
    '{layer}は {at} にありますが、{otherLayer}は {otherAt} にあります。同じ町のレイヤーを渡してください',
  'layers-swapped':
    '{layer}は {at} にありますが、{otherLayer}は {otherAt} にあります。どちらかは緯度が先になっています。そのレイヤーの軸を入れ替えてください',
  'unnamed-design': '使える名前のない設計があります。設計の名前の列を指定してください',
  'too-many-designs': '設計が {limit} を超えています。必要なものだけを切り出してください',
  'design-poles-added': '設計の電柱は町に追加できません。除外するか、町を置き換えてください',
};
