import { dosDecoder } from './codePages.ts';

/** Encodings with two bytes a character, each with the characters that addresses and headings are full of. */
const DOUBLE: readonly [name: string, common: RegExp][] = [
  ['shift_jis', /[\u3040-\u30ff都道府県市区町村丁目番地号経緯度東京大阪名住所]/gu],
  ['euc-jp', /[\u3040-\u30ff都道府県市区町村丁目番地号経緯度東京大阪名住所]/gu],
  ['euc-kr', /[시군구동로길도읍면리서울특별광역대한국번지건물좌표명가산천주안성남북중부우편소지위경세종]/gu],
  ['gbk', /[路街号省市区县镇乡村道大中北南东西新城园楼单元室弄巷名称地址经度纬小住宅长安门]/gu],
  ['big5', /[路街號市區縣鄉鎮村里鄰段巷弄樓大中北南東西新城名稱地址經緯度橫縱座標坐臺]/gu],
];

/** Encodings with one byte a character, each with the letters of its alphabet and the commonest of them. */
const SCRIPTS: readonly [name: string, letters: RegExp, common: RegExp][] = [
  ['windows-1251', /[а-яёіїєґ]/u, /[оеаинтсрвлкмдпуя]/u],
  ['koi8-r', /[а-яё]/u, /[оеаинтсрвлкмдпуя]/u],
  ['ibm866', /[а-яё]/u, /[оеаинтсрвлкмдпуя]/u],
  ['windows-1253', /[α-ωάέήίόύώϊϋ]/u, /[αοιετσνηυρπκμλςόάέήίύώ]/u],
  ['windows-1256', /[\u0621-\u064a]/u, /[اليمونتربعسدشحق]/u],
  ['windows-1255', /[\u05d0-\u05ea]/u, /[יוהלארתבמשנדקחעפ]/u],
];

/** Languages in Latin letters with the letters beyond ASCII that they have, in encodings that they are written in. */
const LATIN: readonly [letters: string, encodings: readonly string[]][] = [
  ['äöüß', ['windows-1252', 'macintosh', 'ibm850']],
  ['àâæçéèêëîïôùûüÿœ', ['windows-1252', 'macintosh', 'ibm850']],
  ['áéíóúñüçº', ['windows-1252', 'macintosh', 'ibm850']],
  ['ãõáéíóúâêôàçüº', ['windows-1252', 'macintosh', 'ibm850']],
  ['àáèéìíîòóùú', ['windows-1252', 'macintosh']],
  ['åäöéüæøð', ['windows-1252', 'macintosh', 'ibm850']],
  ['ëïéèöüáóàê', ['windows-1252']],
  ['äöõüšž', ['windows-1252', 'windows-1257']],
  ['ąćęłńóśźż', ['windows-1250', 'iso-8859-2', 'ibm852']],
  ['áčďéěíňóřšťúůýž', ['windows-1250', 'iso-8859-2', 'ibm852']],
  ['áäčďéíĺľňóôŕšťúýž', ['windows-1250', 'iso-8859-2', 'ibm852']],
  ['áéíóöőúüű', ['windows-1250', 'iso-8859-2', 'ibm852']],
  ['čćđšž', ['windows-1250', 'iso-8859-2', 'ibm852']],
  ['ăâîşţ', ['windows-1250', 'iso-8859-2']],
  ['çğıöşüâîû', ['windows-1254']],
  ['ąčęėįšųūž', ['windows-1257']],
  ['āčēģīķļņšūž', ['windows-1257']],
  ['áðéíóúýþæö', ['windows-1252']],
];

/**
 * The encoding of a text that is not Unicode, by the letters that each encoding makes of its bytes: those of one language are
 * likelier than those of several, and a sign in a word is unlikely. Windows-1252 where nothing is known.
 */
export function legacyEncoding(bytes: Uint8Array<ArrayBuffer>): string {
  const { high, runs } = countHigh(bytes);
  if (high === 0) return 'windows-1252';
  // A text in Latin letters has one accent among letters; other scripts have nothing but such bytes in a word.
  const isDense = high / runs >= 1.8;
  // The second byte of Katakana in Shift_JIS is ASCII, so its runs are short.
  const japanese = decodeFatal(bytes, 'shift_jis');
  if (
    japanese !== undefined &&
    shareOf(japanese, /[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff5e]/gu) > 0.7 &&
    shareOf(japanese, DOUBLE[0]?.[1] ?? /$^/g) > 0.15
  )
    return 'shift_jis';
  return (isDense ? denseEncoding(bytes, high) : undefined) ?? latinEncoding(bytes);
}

function denseEncoding(bytes: Uint8Array<ArrayBuffer>, high: number): string | undefined {
  let best = { name: '', share: 0.12 };
  for (const [name, common] of DOUBLE) {
    const text = decodeFatal(bytes, name);
    const share = text === undefined ? 0 : shareOf(text, common);
    if (share > best.share) best = { name, share };
  }
  // A script with an alphabet has a few letters that make up most of a text.
  let alphabet = { name: '', share: 0.55 };
  for (const [name, letters, common] of SCRIPTS) {
    let found = 0;
    let all = high * 0.9;
    for (const [letter, count] of countLetters(decode(bytes, name))) {
      if (letters.test(letter)) found += count / 2;
      if (common.test(letter)) found += count / 2;
      else if (letter === '?') all += count;
    }
    if (found / all > alphabet.share) alphabet = { name, share: found / all };
  }
  if (best.name !== '' && best.share > alphabet.share - 0.35) return best.name;
  return alphabet.name || best.name || undefined;
}

function latinEncoding(bytes: Uint8Array<ArrayBuffer>): string {
  const texts = new Map<string, Map<string, number>>();
  let best = { name: 'windows-1252', share: 0.5 };
  for (const [letters, encodings] of LATIN) {
    for (const name of encodings) {
      const counts = texts.get(name) ?? countLetters(decode(bytes, name));
      texts.set(name, counts);
      // A letter that comes once in a heading says as much as one that comes in each row.
      let [all, found] = [0, 0];
      for (const [letter, count] of counts) {
        const weight = 1 + Math.log(count);
        all += weight;
        if (letters.includes(letter)) found += weight;
      }
      // The first ones are the commoner ones, and those of old systems are rare.
      const share = found / Math.max(1, all) - (name.startsWith('windows') ? 0 : 0.2);
      if (share > best.share + 0.02) best = { name, share };
    }
  }
  return best.name;
}

/** Signs beyond ASCII, in lower case. A capital letter in the midst of a word is '?': it is the letter of another encoding. */
function countLetters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  let before = '';
  for (const sign of text) {
    if (sign < '\x80') {
      before = sign;
      continue;
    }
    const isCapitalInside = /\p{Lu}/u.test(sign) && /\p{Ll}/u.test(before);
    before = sign;
    const letter = isCapitalInside ? '?' : sign.toLowerCase();
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return counts;
}

/** The part of the characters beyond ASCII that match. */
function shareOf(text: string, pattern: RegExp): number {
  return (text.match(pattern)?.length ?? 0) / Math.max(1, text.match(/[^ -~\s]/gu)?.length ?? 0);
}

function countHigh(bytes: Uint8Array): { high: number; runs: number } {
  let [high, runs, inside] = [0, 0, false];
  for (const byte of bytes) {
    if (byte >= 0x80) {
      high++;
      if (!inside) runs++;
      inside = true;
    } else inside = false;
  }
  return { high, runs };
}

function decodeFatal(bytes: Uint8Array<ArrayBuffer>, name: string): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>, name: string): string {
  return dosDecoder(name)?.(bytes) ?? new TextDecoder(name).decode(bytes);
}
