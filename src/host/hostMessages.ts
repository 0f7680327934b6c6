import type { MessageFile } from './localisation.ts';

/** The group of the host's own texts; an application may replace any of them in its `messages`. */
export const HOST_GROUP = 'host';

const en = {
  close: 'Close',
  fold: 'Fold',
  unfold: 'Unfold',
  moveDialog: 'Move the dialog with the arrow keys',
  toolbar: 'Toolbar',
  palette: 'Tools',
  details: 'Selected feature',
  nothingSelected: 'Nothing is selected. Select a feature on the map.',
  type: 'Type',
  design: 'Design',
  master: 'none (master)',
  noProperties: 'This feature has no properties.',
  property: 'Property',
  value: 'Value',
  yes: 'Yes',
  no: 'No',
};

export type HostMessageKey = keyof typeof en;
type Pack = Record<HostMessageKey, string>;

const de: Pack = {
  close: 'Schließen',
  fold: 'Einklappen',
  unfold: 'Ausklappen',
  moveDialog: 'Dialog mit den Pfeiltasten verschieben',
  toolbar: 'Werkzeugleiste',
  palette: 'Werkzeuge',
  details: 'Ausgewähltes Objekt',
  nothingSelected: 'Nichts ausgewählt. Wählen Sie ein Objekt auf der Karte.',
  type: 'Typ',
  design: 'Entwurf',
  master: 'keiner (Master)',
  noProperties: 'Dieses Objekt hat keine Eigenschaften.',
  property: 'Eigenschaft',
  value: 'Wert',
  yes: 'Ja',
  no: 'Nein',
};

const fr: Pack = {
  close: 'Fermer',
  fold: 'Réduire',
  unfold: 'Agrandir',
  moveDialog: 'Déplacer la fenêtre avec les touches fléchées',
  toolbar: 'Barre d’outils',
  palette: 'Outils',
  details: 'Objet sélectionné',
  nothingSelected: 'Rien n’est sélectionné. Sélectionnez un objet sur la carte.',
  type: 'Type',
  design: 'Projet',
  master: 'aucun (master)',
  noProperties: 'Cet objet n’a pas de propriétés.',
  property: 'Propriété',
  value: 'Valeur',
  yes: 'Oui',
  no: 'Non',
};

const es: Pack = {
  close: 'Cerrar',
  fold: 'Plegar',
  unfold: 'Desplegar',
  moveDialog: 'Mover el cuadro de diálogo con las teclas de flecha',
  toolbar: 'Barra de herramientas',
  palette: 'Herramientas',
  details: 'Elemento seleccionado',
  nothingSelected: 'No hay nada seleccionado. Seleccione un elemento en el mapa.',
  type: 'Tipo',
  design: 'Diseño',
  master: 'ninguno (master)',
  noProperties: 'Este elemento no tiene propiedades.',
  property: 'Propiedad',
  value: 'Valor',
  yes: 'Sí',
  no: 'No',
};

const ja: Pack = {
  close: '閉じる',
  fold: '折りたたむ',
  unfold: '展開する',
  moveDialog: '矢印キーでダイアログを移動',
  toolbar: 'ツールバー',
  palette: 'ツール',
  details: '選択中の地物',
  nothingSelected: '何も選択されていません。地図上で地物を選択してください。',
  type: '種類',
  design: '設計',
  master: 'なし(マスター)',
  noProperties: 'この地物には属性がありません。',
  property: '属性',
  value: '値',
  yes: 'はい',
  no: 'いいえ',
};

const ar: Pack = {
  close: 'إغلاق',
  fold: 'طي',
  unfold: 'توسيع',
  moveDialog: 'تحريك مربع الحوار بمفاتيح الأسهم',
  toolbar: 'شريط الأدوات',
  palette: 'الأدوات',
  details: 'العنصر المحدد',
  nothingSelected: 'لم يتم تحديد أي شيء. حدد عنصرًا على الخريطة.',
  type: 'النوع',
  design: 'التصميم',
  master: 'لا يوجد (الرئيسي)',
  noProperties: 'لا توجد خصائص لهذا العنصر.',
  property: 'الخاصية',
  value: 'القيمة',
  yes: 'نعم',
  no: 'لا',
};

/** The host's own texts, by language. */
export const hostMessages: Record<string, MessageFile> = {
  en: { [HOST_GROUP]: en },
  de: { [HOST_GROUP]: de },
  fr: { [HOST_GROUP]: fr },
  es: { [HOST_GROUP]: es },
  ja: { [HOST_GROUP]: ja },
  ar: { [HOST_GROUP]: ar },
};
