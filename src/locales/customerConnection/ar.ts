import type { ConnectionMessages } from './en.ts';

/** The messages in Arabic of the plugin that connects customers. */
export const messages: ConnectionMessages = {
  title: 'توصيل المشتركين',

  intro:
    'ينشئ وصلة ألياف ضوئية من عمود إلى كل عنوان: صندوق جداري وجهاز ONT ومسار هوائي وكابل توصيل المشترك، ملحومة بمقسّم ضوئي على العمود. ويُضاف عمود جديد كلما امتلأ المقسّم.',
  intro_background: 'يجري العمل على الخادم. يمكنك إغلاق هذه النافذة والعودة إليها لاحقًا.',

  label_design: 'التصميم',
  label_pole: 'عمود البداية',
  label_count: 'الوصلات',
  label_selection: 'العناوين',
  selection_random: 'عشوائيًا',
  selection_nearest: 'الأقرب أولًا',
  selection_within: 'ضمن نصف قطر',
  label_radius: 'نصف القطر',
  choose_pole: 'اختر عمودًا',
  poles_loading: 'جارٍ البحث عن أعمدة هذا التصميم…',
  create: 'إنشاء الوصلات',

  reason_nothing_selected: 'حدّد على الخريطة عمودًا ينتمي إلى تصميم.',
  reason_wrong_type: '{title} ليس عمودًا. حدّد عمودًا ينتمي إلى تصميم.',
  reason_pole_in_master: 'هذا العمود لا ينتمي إلى أي تصميم. حدّد عمودًا ينتمي إلى تصميم.',
  reason_pick_pole: 'اختر عمود البداية من هذا التصميم.',
  reason_no_poles: 'لا توجد أعمدة في هذا التصميم بعد. أضف عمودًا ثم حدّده.',
  reason_poles_failed: 'تعذّرت قراءة أعمدة هذا التصميم. حدّد عمودًا على الخريطة.',
  count_invalid: 'أدخل عددًا صحيحًا من {min, number} إلى {max, number}.',
  radius_invalid: 'أدخل نصف قطر من {min, number} إلى {max, number} م.',

  step_1: 'قراءة التصميم',
  step_2: 'اختيار العناوين',
  step_3: 'تجهيز العمود',
  step_4: 'توصيل العناوين',
  step_5: 'حفظ الشبكة',
  connected:
    '{total, plural, zero {{done, number} / # عنوان موصول} one {{done, number} / # عنوان موصول} two {{done, number} / # عنوانان موصولان} few {{done, number} / # عناوين موصولة} many {{done, number} / # عنوانًا موصولًا} other {{done, number} / # عنوان موصول}}',

  result_heading:
    '{count, plural, zero {لم يُوصَل أي عنوان} one {تم توصيل عنوان واحد} two {تم توصيل عنوانين} few {تم توصيل # عناوين} many {تم توصيل # عنوانًا} other {تم توصيل # عنوان}}',
  result_connections: 'الوصلات',
  result_poles: 'الأعمدة الجديدة',
  result_cables: 'الكابلات',
  result_length: 'طول الكابلات',
  zoom_to_result: 'عرض النتيجة',

  'error_not-enough-addresses': 'لا توجد عناوين غير موصولة كافية.',

  parameter_pole_id: 'العمود',
  parameter_count: 'عدد الوصلات',
  parameter_selection: 'طريقة اختيار العناوين',
  parameter_radius_metres: 'نصف القطر',
  parameter_seed: 'بذرة العشوائية',
  'problem_too-many': 'أكثر من العناوين المتاحة للتوصيل.',
  'problem_too-many_available':
    '{available, plural, =0 {لم يبقَ أي عنوان للتوصيل.} zero {لم يبقَ أي عنوان للتوصيل.} one {لم يبقَ سوى عنوان واحد للتوصيل.} two {لم يبقَ سوى عنوانين للتوصيل.} few {لم يبقَ سوى # عناوين للتوصيل.} many {لم يبقَ سوى # عنوانًا للتوصيل.} other {لم يبقَ سوى # عنوان للتوصيل.}}',
};
