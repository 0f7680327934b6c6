import type { ColumnRole } from '../dataTypes.ts';

// Names of columns, as `plainName` gives them, the surest first. They are those of the six languages, of OpenStreetMap, of
// national registers, and of what GIS programs write by themselves.

const words = (text: string) => text.trim().split(/\s+/);

export const ROLE_NAMES: Readonly<Record<Exclude<ColumnRole, 'name'>, readonly string[]>> = {
  street: words(`
    fullroadname stnamfull streetnamefull streetfullname streetlabel streetname addrstreet street fullstreet streetfull stfullname fullstname fullstreetname fullname roadname roadnamefull
    strassenname strassename strassennam strasse strassebezeichnung stn strname strnam nomvoie nomdelavoie libellevoie voienom voie rue nomrue
    calle nombrecalle nombrevia nomvia nombredevia via viario openbareruimtenaam openbareruimte straatnaam straat straatnm
    fullroadname fullstree linearnamefull linearname nomvial nazevulice nomevia odonimo
    stname stnam street1 road thoroughfare thoroughfarename streetdescriptor streetdescription dependentthoroughfare
    logradouro nomelogradouro nomseglogr nomlogradouro nmlogradouro nomlogr rua endlogradouro gatunavn gatenavn adressenavn vejnavn gata gatuadress katunimi ulice ulica utca
    通り 通り名 道路名 街路名 町丁目 町丁目名 大字町丁目名 大字町丁目 大字丁目名 町名 町域名 町字 丁目
    stnlabel strlabel adressomrade kadunnimi kadunnimisuomeksi tase5nimetusliigiga tase5nimetus gatve gatves ulic nazwaulicy kozteruletnev utcanev utca
    vianombre nombrevia arruamento sokak sokakadi caddesokak cadde yol gatunamn vegnavn veinavn vegadresse ielasnosaukums iela tanav jalan tenduong duong
    strada denumirestrada ulitsa улица наименованиеулицы улицаназвание вулиця οδος ονομαοδου רחוב שםרחוב 도로명 街路段 路名 街道 街路 道路 oazacho
    شارع الشارع اسمالشارع اسمشارع streetname1 situsstreet sitestreet sitestreetname propertystreet strasseseg`),
  number: words(`
    fulladdressnumber addnofull addressnumberfull streetnumber addrhousenumber housenumber houseno housenum housenbr hausnummer hausnr hnr hsnr sitenumber sitenum siteno addressnumber
    addressno addressnum addnumber addnum addrnum addrnumber addrno addno addrhn stnum stno streetno streetnum numero numerovoie numvoie numerodevoie
    numerodomicilio numdomicilio numeroportal portal numerocalle numeropolicia numpol huisnummer huisnr husnr husnummer civico buildingnumber
    buildingnum paostartnumber pao number num no nr nro nummer numero1 hno houseid nummerhaus eingang hausnum
    stnm hno addrnocom numberfirst numextnum numext katunumero osoitenumero numer numerporzadkowy nrporzadkowy cisloorientacni cislodomovni cislopopisne orientacnecislo supisnecislo
    deinr eingangsnummer numendereco numporta adrnumber adrnumero anumber adrno adrnr altura hausnrzahl1 hausnummernzahl hausnrtext hazszam hsstevilka
    hisnastevilka kucnibroj kbr cislo nrdomu numerdomu adressplats adressplatsnummer tase7nimetusliigiga tase7nimetus majanumber namonr porta strnr strno bldgno
    blknum kapino diskapino binano дом номердома домномер номердом будинок номербудинку αριθμος מספרבית מסבית 건물본번 본번 번지 號 門牌 門牌號 门牌 门牌号 sonha civico doorno blkno blk designator locatordesignator primernumero addrhouse nrimovel numciv
    番地 番地号 番号 住居番号 地番 街区符号番号 街区符号地番 街区符号 رقم رقمالمنزل رقمالمبنى رقمالبيت رقمالعقار situsnumber`),
  unit: words(`
    unit addrunit unitnumber unitno unitnum unitid apt aptno aptnum aptnumber apartment apartmentnumber suite flat flatnumber addrflats addrdoor subaddress subbuilding
    subunit occupancyidentifier wohnung wohnungsnummer wohneinheit tuer top appartement logement complemento complement piso puerta vivienda
    部屋番号 号室 الشقة شقة رقمالشقة lbunit`),
  postcode: words(`
    codepostalimmeuble postcode addrpostcode postalcode zip zipcode zip5 zipcd plz postleitzahl codepostal codpostal codigopostal cp cep
    ziplabel plz4 dplz4 postinumero kodpocztowy pna irsz iranyitoszam postanskibroj postniokolissifra codpost codpostale cap eircode postakodu pastokodas
    postiindeks sihtnumber indekss pincode kodepos postal mailpostalcode situszip индекс почтовыйиндекс поштовийіндекс τκ ταχυδρομικοςκωδικας מיקוד
    우편번호 邮编 邮政编码 郵遞區號 郵便番号 الرمزالبريدي رمزبريدي postnr postnummer postkode postalcd pcode lzip psc`),
  city: words(`
    city addrcity town posttown municipality municipalityname cityname placename locality ort ortsname ortname gemeinde gemeindename stadt
    commune nomcommune nomcom ville ciudad municipio localidad poblacion woonplaats woonplaatsnaam plaats cidade nmmunicipio poststed
    postort postnrnavn kommunenavn postitoimipaikka kunta miejscowosc obec nazevobce telepules naselje naseljenaziv comune localita localidade concelho
    suburblocality suburb towncity localityname postcity incmuni zustellort comname csdengname csdname ctuname dplzname onm pon ilce город населенныйпункт
    місто πολη δημος יישוב עיר 시군구명 城市 市 鄉鎮市區 市区町村 市区町村名 市町村名 المدينة مدينة localite gmdname`),
  address: words(`
    fulladdress fulladdr addressfull addrfull address addr siteaddress siteaddr situsaddress situs propertyaddress locaddress locationaddress
    streetaddress singlelineaddress addressline addressline1 address1 addr1 addline1 fulladd stdaddress adresse adressecomplete adressetext adres volledigadres
    direccion domicilio direccioncompleta endereco morada indirizzo osoite 住所 所在地 住所表記 العنوان عنوان addresstext
    displayaddress physicaladdress masteraddress premaddr addresslabel propaddr locadd proplocat texte gatuadress besoksadress lahiaadress taisaadress aadress
    adreses adresa acikadres diachi alamat адрес полныйадрес адреса διευθυνση כתובת 도로명주소 주소 소재지 지번주소 地址 详细地址`),
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
    電柱番号 柱番号 名称 رقمالعمود الاسم number facilityid equipmentid polecode polenr unitid supportid structureno poleref polnr stolpnr id`),
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
      'predir predirabbr predirec stnameprd strdir stpredir predirectional streetpredirectional streetprefix streetprefx prefx prefix stprefix stpre dirpre predirection predirabrv stpremod prdir strdir streetdir streetdirection',
    ),
  },
  {
    before: true,
    names: words(
      'viaclase pretype stpretyp streetpretype pretyp tipovia tipodevia tipovial tipologradouro tipologr nomtiposeglogr typevoie typedevoie clasevia tipcalle',
    ),
  },
  {
    before: true,
    names: words('viapar nomtituloseglogr titulologradouro particulavia'),
  },
  {
    before: false,
    names: words(
      'kozteruletjelleg kozteruletjellege roadtypename strnametype chome posttype stpostyp stnamepot streettypecode streettype sttype suftype stsuffix suffix streetsuffix strtype roadtype posttyp streetposttype feattype suffixtype',
    ),
  },
  {
    before: false,
    names: words(
      'streetdirection strdir streetdir quadrant postdir postdirabb postdirabbr stposdir postdirectional streetpostdirectional sufdir dirsuf suffixdir sufdirabrv stposmod',
    ),
  },
];

/** These follow the number: 'bis', 'a', '-2'. */
export const NUMBER_PARTS: readonly string[] = words(`
  cpnovoie complementnumerovoie complementnumerovoieimmeuble   zus bokstavstillagg barrato suffixe rep hnosuffix numberfirstsuffix repetition indicerepetition addrhousenumbersuffix hausnummernzusatz hausnummerzusatz hausnrzusatz hnrzusatz hnrzus hsnrzus adz zusatz huisletter huisnummertoevoeging toevoeging
  addnumsuf addnumbersuffix addressnumbersuffix numbersuffix housenumbersuffix numsuffix numsuf sufijo bisnumero paostartsuffix bokstav bis littera letra duplicado hzus adrnosfx adrnosuffix anumbersuf hsdodatek extension esponente hausnrbuchstabe1 znakcislaorientacniho 건물부번 부번 rsdtnum 枝番 addsuf`);
