import { plainName } from '../columns/plainName.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Names of columns that speak of a country, as `plainName` gives them. */
const NAMES: readonly [countries: string, names: RegExp][] = [
  [
    'FR',
    /^(nomvoie|codepostal|codeinsee|nomcommune|voienom|libellevoie|numerovoie|rue|ville|communenom|lieudit.*|nomld|cleinterop)$/,
  ],
  // The exchange of French fibre operators.
  ['FR', /immeuble$|^(typevoie|cpnovoie|numvoie)$/],
  ['FR LU CH BE', /^(rue|numero|localite|commune|codepostal|nomrue)$/],
  [
    'NL',
    /huisletter|huisnummertoevoeging|openbareruimte|woonplaats|nummeraanduiding|verblijfsobject|^pandid|^rd[xy]$/,
  ],
  ['NL BE', /huisnummer|straatnaam|gemeente/],
  ['BE', /huisnr|straatnm|busnummer|niscode|lambert72|herkomst|streetnamenl|streetnamefr/],
  ['DE AT CH', /^(plz|hnr|hausn.*|strasse.*|ort|ortsname|gemeinde.*|bezirk.*|postleitzahl)$/],
  [
    'DE',
    /ostwert|nordwert|^ags$|regbez|landkreis|bundesland|stadtteil|ortsteil|^adz$|gemarkung|strassenschluessel|^stn$|^etrs89/,
  ],
  ['DE AT', /rechtswert|hochwert|^rw$|^hw$/],
  ['AT', /^gkz$|^skz$|^okz$|adrcd|katastral|zustellort|hausnrzahl|zaehlsprengel/],
  ['CH', /egid|^edid$|egaid|^gde(name|nr)$|plz4|kanton|canton|deinr|comfosnr|fosnr|^strname$|lv95|lv03/],
  ['GB', /uprn|usrn|posttown|toid|osgb|^os(x|y|e|n)$|ladcode|^lsoa/],
  ['GB IE', /thoroughfare|easting|northing/],
  ['IE', /eircode|townland|itm$|^county$|geodirectory/],
  ['DK', /vejnavn|husnr|postnrnavn|kommunekode|kommunenavn|adgangsadresse|ejerlav|supplerendebynavn/],
  [
    'NO',
    /adressenavn|bokstav|gardsnummer|bruksnummer|kommunenummer|poststed|gatenavn|^gate$|fylke|vegadresse|matrikkel/,
  ],
  ['DK NO SE', /postnummer|postnr|^nord$|husnummer/],
  ['SE', /gatuadress|gatunamn|postort|fastighet|kommunnamn|adressomrade|adressplats|belagenhet|sweref/],
  ['FI', /katunimi|osoite|postinumero|^kunta|kadunnimi|rakennus|pohjois|etrstm35|sijaintikunta/],
  ['IS', /heiti|husnr|postnr|hnitnum|isn93|isn2004/],
  ['EE', /viitepunkt|aadress|maakond|tanav|tase\d|asula/],
  ['LV', /^iela|novads|pagasts|pnodcd|vkurcd|indekss/],
  ['LT', /gatve|gyvkodas|gatkodas|savivaldyb|pastokodas|aobkodas|namonr|lks94/],
  ['PL', /miejscowosc|kodpocztowy|gmina|powiat|wojewodztwo|numerporzadkowy|^ulic$|^pna$|^simc$|puwg/],
  ['PL SK SI HR RS', /^ulica/],
  ['CZ', /^ulice|cislodomovni|cisloorientacni|cislopopisne|nazevulice|nazevobce|kodadm|souradnice|castobce/],
  ['CZ SK', /^psc$|^obec$|^cislo$|^okres$/],
  ['SK', /supisnecislo|orientacnecislo|propertyregistration|conscription/],
  ['HU', /utca|kozterulet|hazszam|irsz|iranyitoszam|telepules|eov|helyseg/],
  ['RO', /^strada|judet|localitate|numarpostal|siruta/],
  ['BG', /ulitsa|naseleno|ekatte/],
  ['SI', /naselje|hisnastevilka|hsstevilka|hsdodatek|obcina|postniokolis|hsmid/],
  ['HR RS', /kucnibroj|naselje|postanskibroj|opcina|zupanija|opstina/],
  ['GR CY', /\p{Script=Greek}/u],
  ['HR', /^(ulica|naselje|kucnibroj|postanskibroj)$/],
  ['TR', /mahalle|sokak|cadde|kapino|^ilce|postakodu|binano/],
  ['ES', /codpostal|cpostal|refcat|nombrevia|tipovia$|viaclase|vianombre|utm[xy]|provincia|portal|codvia/],
  ['ES MX AR CO CL PE EC CR UY', /^calle|municipio|codigopostal|barrio|direccion|localidad/],
  ['PT', /arruamento|freguesia|concelho|^porta$|^m$|^p$|datum73|tm06/],
  ['PT BR', /^rua$|codigopostal|morada|distrito/],
  ['IT', /civico|^cap$|comune|odonimo|esponente|toponimo|indirizzo|codistat|provincia|^via$/],
  ['BR', /logradouro|^cep$|bairro|seglogr|endereco|^uf$|numeroporta/],
  ['MX', /colonia|numext|nomvial|tipovial|cveent|cvemun/],
  ['AR', /altura|partido|^manzana|nomenclatura/],
  ['CL', /^comuna|^rol$/],
  ['CO', /departamento|vereda|matricula/],
  [
    'US',
    /^zip|zip(code|5)?$|situs|^apn$|^parcelid$|^pin$|fips|predir|sufdir|stnam|^ctu|ftus|stateplane|^sitea?d?dr/,
  ],
  ['US AU', /^state$/],
  ['US CA', /^(county|prov|province|postalcode)$|^civic|civicno/],
  ['CA', /^csd|pruid|civicno|rollno|^munid|provcode/],
  ['AU', /suburb|gnaf|^lga|flattype|meshblock|streetlocality|mga\d\d/],
  ['NZ', /suburblocality|towncity|territorial|gd2000|linz|nztm|^t50/],
  ['ZA', /sbrb|^erf|sgcode|^allotment|lo\d\d$/],
  ['IL', /\p{Script=Hebrew}/u],
  ['SA AE QA', /\p{Script=Arabic}/u],
  ['KR', /\p{Script=Hangul}/u],
  ['JP', /[\u3040-\u30ff]|都道府県|市区町村|番地|町名|丁目|地番|住所|経度/u],
  ['TW', /縣|鄉|鎮|號|橫坐標|經度|twd97/u],
  ['CN', /[县乡镇号]|经度|省/u],
  ['RU UA BG', /\p{Script=Cyrillic}/u],
  ['UA', /[іїєґ]|вулиця/u],
  ['VN', /kinhdo|vido|duong|sonha|phuong|quan$/],
  ['ID', /^jalan|kelurahan|kecamatan|kabupaten/],
  ['IN', /pincode|taluk|tehsil|mandal/],
];

/** Words and letters of values that speak of a country. */
const VALUES: readonly [countries: string, pattern: RegExp][] = [
  [
    'DE AT CH',
    /stra(ß|ss)e(?!\p{L})|str\.|gasse(?!\p{L})|platz(?!\p{L})|(?<!\p{L})weg(?!\p{L})|(?<=\p{Ll})weg(?!\p{L})/iu,
  ],
  ['CH', /(?<=\p{Ll})strasse(?!\p{L})/u],
  ['FR BE CH LU', /(?<!\p{L})(rue|avenue|chemin|impasse|allée|place) (de|du|des|d'|la|le)/iu],
  ['NL BE', /(straat|laan|plein|gracht|dijk)(?!\p{L})/iu],
  ['NL', /\b\d{4} ?[A-Z]{2}\b/],
  ['GB', /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/],
  ['IE', /\b[A-Z]\d[\dW] [A-Z\d]{4}\b/],
  ['CA', /\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b/],
  ['DK', /(gade|vej|allé|stræde)(?!\p{L})/iu],
  ['NO', /(gate|gata|veien|vegen|vei)(?!\p{L})/iu],
  ['SE', /(gatan|vägen|gränd|stigen)(?!\p{L})/iu],
  ['FI', /(katu|tie|kuja|polku|raitti)(?!\p{L})/iu],
  ['FI', /(katu|tie|kuja)(?!\p{L}).*(gatan|vägen|gränd|stigen)(?!\p{L})/iu],
  ['PL', /\b\d\d-\d{3}\b|[łąęśźż]|\bul\. /iu],
  ['CZ SK', /[ěřůťďňĺľŕ]/iu],
  ['CZ', /[ěřů]/iu],
  ['HU', /[őű]|\butca\b/iu],
  ['RO', /[ășțţş]|\bstrada\b/iu],
  ['LV', /\biela\b|\bLV-\d{4}/iu],
  ['LT', /\bg\.|LT-\d{5}|[ėįų]/iu],
  ['EE', /(?<!\p{L})(tn|pst|tee)(?!\p{L})/u],
  ['HR RS SI', /[čćđž]/iu],
  ['ES MX AR CO CL PE', /(?<!\p{L})(calle|avenida|plaza|paseo)(?!\p{L})/iu],
  ['IT', /(?<!\p{L})(via|piazza|corso|viale|vicolo)(?!\p{L})/iu],
  ['PT BR', /(?<!\p{L})(rua|travessa|avenida|largo)(?!\p{L})/iu],
  ['PT', /\b\d{4}-\d{3}\b/],
  ['BR', /\b\d{5}-\d{3}\b/],
  ['JP', /[\u3040-\u30ff]|丁目|〒/u],
  ['KR', /\p{Script=Hangul}/u],
  ['GR CY', /\p{Script=Greek}/u],
  ['IL', /\p{Script=Hebrew}/u],
  ['TR', /(?<!\p{L})(sokak|sokağı|cadde(si)?|bulvarı|mahallesi)(?!\p{L})|[ğış]/iu],
  ['US CA AU NZ GB IE ZA', /(?<!\p{L})(street|road|avenue|drive|lane|court|st|rd|ave|dr|ln|ct)(?!\p{L})/iu],
  ['US', /(?<!\p{L})(ave|blvd|pkwy|hwy)(?!\p{L})/iu],
];

/**
 * Countries of which the names of columns and the values speak, the surest with 1 and the others with less. Empty where
 * nothing speaks.
 */
export function countryEvidence(columns: readonly string[], rows: Rows): Map<string, number> {
  const points = new Map<string, number>();
  const add = (countries: string, weight: number) => {
    const codes = countries.split(' ');
    // A word of many countries says little of each.
    for (const code of codes) points.set(code, (points.get(code) ?? 0) + weight / Math.sqrt(codes.length));
  };
  const names = columns.slice(0, 300).map(plainName);
  for (const [countries, pattern] of NAMES) {
    const found = names.filter((name) => pattern.test(name)).length;
    if (found > 0) add(countries, 1 + Math.min(2, found - 1) * 0.5);
  }
  const texts = rows.slice(0, 50).map((row) => Object.values(row).map(textOf).join(' \u2022 '));
  for (const [countries, pattern] of VALUES) {
    const share = texts.filter((text) => pattern.test(text)).length / Math.max(1, texts.length);
    if (share > 0.1) add(countries, 0.5 + Math.min(1, share * 2) * 0.5);
  }
  const most = Math.max(0, ...points.values());
  return new Map([...points].map(([code, count]) => [code, count / most]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
