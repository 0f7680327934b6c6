// Old DOS code pages, which the Encoding Standard does not know and dBASE files still use: characters 128 to 255.

const DOS_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const DOS_850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
const DOS_852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

const PAGES: Readonly<Record<string, string>> = { ibm437: DOS_437, ibm850: DOS_850, ibm852: DOS_852 };

/** A decoder of a DOS code page; undefined for an encoding that is none. */
export function dosDecoder(encoding: string): ((bytes: Uint8Array) => string) | undefined {
  const page = PAGES[encoding];
  if (page === undefined) return undefined;
  return (bytes) => {
    let text = '';
    for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : page.charAt(byte - 128);
    return text;
  };
}

/** The encoding for the language driver of a dBASE file; undefined where the number says nothing. */
export function encodingOfDriver(driver: number): string | undefined {
  return DRIVERS.get(driver);
}

const DRIVERS = new Map<number, string>([
  [0x01, 'ibm437'],
  [0x02, 'ibm850'],
  [0x03, 'windows-1252'],
  [0x08, 'ibm850'],
  [0x0b, 'ibm437'],
  [0x0d, 'ibm437'],
  [0x0f, 'ibm437'],
  [0x10, 'ibm850'],
  [0x12, 'ibm850'],
  [0x13, 'shift_jis'],
  [0x14, 'ibm850'],
  [0x16, 'ibm437'],
  [0x17, 'ibm850'],
  [0x19, 'ibm437'],
  [0x1a, 'ibm850'],
  [0x1f, 'ibm852'],
  [0x26, 'ibm866'],
  [0x37, 'ibm850'],
  [0x4d, 'gbk'],
  [0x4e, 'euc-kr'],
  [0x4f, 'big5'],
  [0x57, 'windows-1252'],
  [0x58, 'windows-1252'],
  [0x59, 'windows-1252'],
  [0x64, 'ibm852'],
  [0x65, 'ibm866'],
  [0x7b, 'shift_jis'],
  [0x7d, 'windows-1255'],
  [0x7e, 'windows-1256'],
  [0xc8, 'windows-1250'],
  [0xc9, 'windows-1251'],
  [0xca, 'windows-1254'],
  [0xcb, 'windows-1253'],
]);
