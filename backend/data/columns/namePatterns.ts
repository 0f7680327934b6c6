// Names of columns, as `plainName` gives them, that no list has: made of words that registers put together in their own ways.

const STREET =
  'str(eet?|e|t|asse|aat)?|road|rd|voie|via|vial|calle|rua|lograd(ouro)?|logr|gat[ae]|vej|veg|ulic[ae]|utca|sokak|katu|thoroughfare';
const HOUSE =
  'house|hse|hs|haus|hus|huis|civic|civ|site|situs|phy(s(ical)?)?|prop(erty)?|loc(ation)?|blk|door|bldg|building|premises?|imovel|immeuble|porta|portal|addr(ess)?|adr|ad|primer|locator|designator';
const NUMBER = 'number|numbe|numb|num|nbr|nr|no|numero|nummer';

/** 'PHYNUM', 'STRT_NUM', 'HSE_NBR', 'NR_IMOVEL', 'NumeroVoieImmeuble'. */
export const NUMBER_NAME = new RegExp(
  `^(${HOUSE})*(${STREET}|${HOUSE}|add)(${NUMBER}|hn)(ber|full|text?)?$|^(${NUMBER})(${STREET}|${HOUSE})+$|designator|^(addr|situs|site|prop)(house|hse)$`,
);

/** 'STRT_NAME', 'NM_LOGRAD', 'RD_LABEL', 'situs_stre'. */
export const STREET_NAME = new RegExp(
  `^(${HOUSE})*(nome?|nombre|nm|name)?(de)?(${STREET}|thoroughfare)(name|nm|nam|label|lbl|text|desc|full|immeuble)?$|thoroughfarename|lagebez(eichnung|txt)`,
);

/** The letter after a number: 'HAUSNR_ZUS', 'ad_rep', 'BARRATO'. */
export const NUMBER_PART = new RegExp(
  `^((${HOUSE}|hn|hnr|hsnr|hausn|hausnr|hausnummer)*(${NUMBER})?|(${STREET})(${NUMBER}))(zus|zusatz|suffix|suff?|sfx|letter|letra|rep|ext|bokstav|tillagg|bokstavstillagg|barrato|esponente)$`,
);

/** The kind of a street, which stands after its name, and what stands before it. */
export const STREET_AFTER = new RegExp(
  `^(${HOUSE})*(${STREET}|st)(sfx|suffix|suff?|type?|postype?)$|^quadrant$`,
);
export const STREET_BEFORE = new RegExp(
  `^(${HOUSE})*(${STREET}|st)(pfx|prefix|predir|pre)$|^(tipo|type?|clase)(de)?(${STREET})(immeuble)?$`,
);
