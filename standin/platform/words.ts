import type { MessageFile } from '../../src/host/localisation.ts';

/** The group of the texts that the stand-in itself shows. An application may replace any of them in its `messages`. */
export const STAND_IN_GROUP = 'standIn';

/** The platform's common texts: any class of the platform finds them beside those of its own message group. */
export const COMMON_GROUP = 'myWorld';

const en = {
  messages: 'Messages',
  dismiss: 'Dismiss',
  taskRefused: 'The server refused the task {name}',
};

export type StandInKey = keyof typeof en;

const texts: Record<string, Record<StandInKey, string>> = {
  en,
  de: {
    messages: 'Meldungen',
    dismiss: 'Ausblenden',
    taskRefused: 'Der Server hat die Aufgabe {name} abgelehnt',
  },
  fr: { messages: 'Messages', dismiss: 'Masquer', taskRefused: 'Le serveur a refusé la tâche {name}' },
  es: { messages: 'Mensajes', dismiss: 'Descartar', taskRefused: 'El servidor rechazó la tarea {name}' },
  ja: {
    messages: 'メッセージ',
    dismiss: '閉じる',
    taskRefused: 'サーバーがタスク {name} を拒否しました',
  },
  ar: { messages: 'الرسائل', dismiss: 'إخفاء', taskRefused: 'رفض الخادم المهمة {name}' },
};

// In the order of KEYS.
const KEYS = [
  'ok_btn',
  'cancel_btn',
  'close_btn',
  'save_btn',
  'apply_btn',
  'done_btn',
  'delete_btn',
  'clear_btn',
];
const common: Record<string, string[]> = {
  en: ['OK', 'Cancel', 'Close', 'Save', 'Apply', 'Done', 'Delete', 'Clear'],
  de: ['OK', 'Abbrechen', 'Schließen', 'Speichern', 'Anwenden', 'Fertig', 'Löschen', 'Leeren'],
  fr: ['OK', 'Annuler', 'Fermer', 'Enregistrer', 'Appliquer', 'Terminé', 'Supprimer', 'Effacer'],
  es: ['Aceptar', 'Cancelar', 'Cerrar', 'Guardar', 'Aplicar', 'Listo', 'Eliminar', 'Borrar'],
  ja: ['OK', 'キャンセル', '閉じる', '保存', '適用', '完了', '削除', 'クリア'],
  ar: ['موافق', 'إلغاء', 'إغلاق', 'حفظ', 'تطبيق', 'تم', 'حذف', 'مسح'],
};

/** Message files by language, for `createApplication({ messages })`. */
export const standInMessages: Record<string, MessageFile> = Object.fromEntries(
  Object.entries(texts).map(([language, own]) => {
    const values = common[language] ?? [];
    const shared = Object.fromEntries(KEYS.map((key, index) => [key, values[index] ?? key]));
    return [language, { [STAND_IN_GROUP]: own, [COMMON_GROUP]: shared }];
  }),
);
