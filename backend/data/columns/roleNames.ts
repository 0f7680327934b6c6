import type { ColumnRole } from '../dataTypes.ts';

// Names of columns, as `plainName` gives them, the surest first. They are those of the six languages, of OpenStreetMap, of
// national registers, and of what GIS programs write by themselves.

const words = (text: string) => text.trim().split(/\s+/);

export const ROLE_NAMES: Readonly<Record<Exclude<ColumnRole, 'name'>, readonly string[]>> = {
  street: words(`
    streetname addrstreet street fullstreet streetfull stfullname fullstname fullstreetname fullname roadname roadnamefull
    strassenname strassename strassennam strasse strassebezeichnung stn strname strnam nomvoie nomdelavoie libellevoie voienom voie rue nomrue
    calle nombrecalle nombrevia nomvia nombredevia via viario openbareruimtenaam openbareruimte straatnaam straat straatnm
    fullroadname fullstree linearnamefull linearname nomvial nazevulice nomevia odonimo
    stname stnam street1 road thoroughfare thoroughfarename streetdescriptor streetdescription dependentthoroughfare
    logradouro nomelogradouro nomseglogr nomlogradouro nmlogradouro nomlogr rua endlogradouro gatunavn gatenavn adressenavn vejnavn gata gatuadress katunimi ulice ulica utca
    通り 通り名 道路名 街路名 町丁目 町丁目名 大字町丁目名 大字町丁目 大字丁目名 町名 町域名 町字 丁目
    شارع الشارع اسمالشارع اسمشارع streetname1 situsstreet sitestreet sitestreetname propertystreet strasseseg`),
  number: words(`
    streetnumber addrhousenumber housenumber houseno housenum housenbr hausnummer hausnr hnr hsnr sitenumber sitenum siteno addressnumber
    addressno addressnum addnumber addnum addrnum addrnumber addrno addno addrhn stnum stno streetno streetnum numero numerovoie numvoie numerodevoie
    numerodomicilio numdomicilio numeroportal portal numerocalle numeropolicia numpol huisnummer huisnr husnr husnummer civico buildingnumber
    buildingnum paostartnumber pao number num no nr nro nummer numero1 hno houseid nummerhaus eingang hausnum
    stnm hno addrnocom numberfirst numextnum numext katunumero osoitenumero numer numerporzadkowy nrporzadkowy cislodomovni cisloorientacni
    deinr eingangsnummer numendereco numporta
    番地 番地号 番号 住居番号 地番 街区符号番号 街区符号地番 街区符号 رقم رقمالمنزل رقمالمبنى رقمالبيت رقمالعقار situsnumber`),
  unit: words(`
    unit addrunit unitnumber unitno unitnum unitid apt aptno aptnum aptnumber apartment apartmentnumber suite flat flatnumber addrflats addrdoor subaddress subbuilding
    subunit occupancyidentifier wohnung wohnungsnummer wohneinheit tuer top appartement logement complemento complement piso puerta vivienda
    部屋番号 号室 الشقة شقة رقمالشقة lbunit`),
  postcode: words(`
    postcode addrpostcode postalcode zip zipcode zip5 zipcd plz postleitzahl codepostal codpostal codigopostal cp cep
    郵便番号 الرمزالبريدي رمزبريدي postnr postnummer postkode postalcd pcode lzip psc`),
  city: words(`
    city addrcity town posttown municipality municipalityname cityname placename locality ort ortsname ortname gemeinde gemeindename stadt
    commune nomcommune nomcom ville ciudad municipio localidad poblacion woonplaats woonplaatsnaam plaats cidade nmmunicipio poststed
    市区町村 市区町村名 市町村名 المدينة مدينة localite gmdname`),
  address: words(`
    fulladdress fulladdr addressfull addrfull address addr siteaddress siteaddr situsaddress situs propertyaddress locaddress locationaddress
    streetaddress singlelineaddress addressline addressline1 address1 addr1 addline1 fulladd stdaddress adresse adressecomplete adressetext adres volledigadres
    direccion domicilio direccioncompleta endereco morada indirizzo osoite 住所 所在地 住所表記 العنوان عنوان addresstext
    displayaddress physicaladdress masteraddress premaddr`),
  id: words(`
    id addressid addrid siteid uprn osmid gid uuid guid globalid objectid fid oid identifier identifikator identificatie nummeraanduidingid adressid addresspointid
    apn pin parcelid pointid pid uid cleinterop idadr idfeature 識別番号 المعرف egid`),
  design: words('design designname'),
};

/** Names of columns that name a thing that is no address. */
export const NAMES: Readonly<Record<'poles' | 'streets' | 'designs', readonly string[]>> = {
  poles: words(`
    name poleid poleno polenumber polenum polename poletag poletagno tag tagno tagnumber mastnr mastnummer mastid mastbezeichnung nopoteau numeropoteau idpoteau
    idposte numeroposte codposte numposte structureid structid structno assetid assetno assetnumber label ref bezeichnung nummer nom nombre code
    電柱番号 柱番号 名称 رقمالعمود الاسم number id facilityid equipmentid polecode`),
  streets: words(`
    name fullname streetname fullstreet stfullname roadname roadname1 name1 street strasse strassenname stname nom nomvoie
    nomrue voie toponyme nombre nombrevia calle straatnaam openbareruimtenaam logradouro 名称 道路名 路線名 الاسم اسمالشارع شارع label ref`),
  designs: words(
    'name designname design label title area zone projekt projet proyecto nom nombre bezeichnung 名称 الاسم id',
  ),
};

/** Parts of a street's name that stand in columns of their own, in the order in which they are said. */
export const STREET_PARTS: readonly { before: boolean; names: readonly string[] }[] = [
  {
    before: true,
    names: words(
      'predir predirabbr predirec stnameprd strdir stpredir predirectional streetpredirectional streetprefix prefix stprefix stpre dirpre predirection predirabrv stpremod prdir streetdirection',
    ),
  },
  {
    before: true,
    names: words(
      'pretype stpretyp streetpretype pretyp tipovia tipodevia tipovial tipologradouro tipologr nomtiposeglogr typevoie typedevoie clasevia tipcalle',
    ),
  },
  {
    before: false,
    names: words(
      'posttype stpostyp stnamepot streettypecode streettype sttype suftype stsuffix suffix streetsuffix strtype roadtype posttyp streetposttype feattype suffixtype',
    ),
  },
  {
    before: false,
    names: words(
      'postdir postdirabb postdirabbr stposdir postdirectional streetpostdirectional sufdir dirsuf suffixdir sufdirabrv stposmod',
    ),
  },
];

/** These follow the number: 'bis', 'a', '-2'. */
export const NUMBER_PARTS: readonly string[] = words(`
  rep hnosuffix numberfirstsuffix repetition indicerepetition addrhousenumbersuffix hausnummernzusatz hausnummerzusatz hausnrzusatz hnrzusatz hnrzus hsnrzus adz zusatz huisletter huisnummertoevoeging toevoeging
  addnumsuf addnumbersuffix addressnumbersuffix numbersuffix housenumbersuffix numsuffix numsuf sufijo bisnumero paostartsuffix bokstav bis littera letra duplicado hzus 枝番 addsuf hnosuffix`);
