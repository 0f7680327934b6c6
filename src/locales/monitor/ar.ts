import type { MonitorMessages } from './en.ts';

/** The messages of the task monitor in Arabic. */
export const messages: MonitorMessages = {
  tasks: 'المهام',
  tasks_named: 'المهام، {running, number} قيد التنفيذ، {waiting, number} في الانتظار',
  active: 'النشطة',
  finished: 'المنتهية',
  waiting: 'في الانتظار',
  ended_now: 'انتهت قبل لحظات',
  as_page: 'فتح كصفحة',
  as_panel: 'عرض بجانب الخريطة',
  list_of_tasks: 'قائمة المهام',
  tasks_of: 'مهام {name}',

  search: 'بحث',
  mine: 'مهامي',
  in_view: 'في نطاق الخريطة',
  tasks_here: 'المهام هنا',
  any: 'الكل',
  design: 'التصميم',
  all_filters: 'كل عوامل التصفية',
  filters: 'التصفية',
  filter_name: 'المهمة',
  filter_status: 'الحالة',
  filter_tag: 'الوسم',
  filter_time: 'وقت الإنشاء',
  time_hour: 'خلال الساعة الماضية',
  time_day: 'خلال 24 ساعة الماضية',
  time_week: 'خلال 7 أيام الماضية',
  clear_filter: 'إزالة التصفية',

  more: 'المزيد',
  zoom_to_task: 'تكبير إلى المهمة',
  open_run: 'فتح التشغيل',
  run_again: 'تشغيل مرة أخرى',
  copy_details: 'نسخ التفاصيل',
  copy_link: 'نسخ الرابط',
  copied: 'تم النسخ',
  clear: 'إزالة',
  retry_count: 'إعادة {count, number}',
  try_again: 'إعادة المحاولة',

  attempt: 'المحاولة {attempt, number}',
  asked_by: 'بطلب من {name}',
  asked_by_you: 'بطلب منك',
  as_of: 'حتى {time}',
  out_of_sight: 'تعذّرت متابعة المهمة، وقد تكون لا تزال قيد التنفيذ. آخر ظهور {time}.',
  design_changed: 'تغيّر التصميم منذ ذلك الحين',
  design_deleted: 'حُذف التصميم',
  joined: '{first}، {second}',

  loading: 'جارٍ قراءة المهام…',
  empty: 'لا شيء قيد التنفيذ ولا في الانتظار',
  empty_more: 'تظهر هنا المهام التي تبدؤها من أي علامة تبويب.',
  empty_finished: 'لم تنتهِ أي مهمة بعد',
  show_finished: 'عرض المنتهية',
  no_fit: 'لا توجد مهمة تطابق هذه التصفية',
  hidden:
    '{count, plural, =0 {لا تخفي التصفية أي مهمة هنا.} zero {لا تخفي التصفية أي مهمة هنا.} one {تخفي التصفية مهمة واحدة.} two {تخفي التصفية مهمتين.} few {تخفي التصفية # مهام.} many {تخفي التصفية # مهمة.} other {تخفي التصفية # مهمة.}}',
  hidden_least: 'تخفي التصفية {count, number} مهمة أو أكثر.',
  offline: 'أنت غير متصل بالشبكة. تستمر المهام على الخادم، وهذه القائمة بتاريخ {time}.',
  list_failed: 'تعذّرت قراءة المهام',
  no_list: 'لا يوفّر خادم المهام هذا قائمة بالمهام.',

  select_task: 'تحديد {name}',
  selected:
    '{count, plural, zero {لا شيء محدد} one {مهمة واحدة محددة} two {مهمتان محددتان} few {# مهام محددة} many {# مهمة محددة} other {# مهمة محددة}}',
  select_all:
    '{count, plural, zero {لا مهام تطابق التصفية} one {المهمة التي تطابق التصفية} two {المهمتان اللتان تطابقان التصفية} few {كل # مهام تطابق التصفية} many {كل # مهمة تطابق التصفية} other {كل # مهمة تطابق التصفية}}',
  select_none: 'إلغاء التحديد',
  cancel: 'إلغاء',
  retry_tasks: 'إعادة',
  confirm_cancel:
    '{count, plural, zero {ألا تُلغى أي مهمة؟} one {إلغاء مهمة واحدة؟} two {إلغاء مهمتين؟} few {إلغاء # مهام؟} many {إلغاء # مهمة؟} other {إلغاء # مهمة؟}}',
  confirm_retry:
    '{count, plural, zero {ألا تُعاد أي مهمة؟} one {إعادة مهمة واحدة؟} two {إعادة مهمتين؟} few {إعادة # مهام؟} many {إعادة # مهمة؟} other {إعادة # مهمة؟}}',
  confirm_clear:
    '{count, plural, zero {ألا تُزال أي مهمة؟} one {إزالة مهمة واحدة؟} two {إزالة مهمتين؟} few {إزالة # مهام؟} many {إزالة # مهمة؟} other {إزالة # مهمة؟}}',
  confirm_states: '{running, number} قيد التنفيذ، {waiting, number} في الانتظار.',
  confirm_capped: 'هناك المزيد: لم يعدّ الخادم كل المهام.',
  confirm_clear_more: 'ينساها الخادم مع سجلاتها، ويبقى ما أنشأته.',
  confirm_others:
    '{count, plural, zero {لم يبدأ غيرك أيًا منها.} one {بدأ شخص آخر واحدة منها.} two {بدأ آخرون اثنتين منها.} few {بدأ آخرون # منها.} many {بدأ آخرون # منها.} other {بدأ آخرون # منها.}}',
  do_cancel:
    '{count, plural, zero {لا إلغاء} one {إلغاء مهمة واحدة} two {إلغاء مهمتين} few {إلغاء # مهام} many {إلغاء # مهمة} other {إلغاء # مهمة}}',
  do_retry:
    '{count, plural, zero {لا إعادة} one {إعادة مهمة واحدة} two {إعادة مهمتين} few {إعادة # مهام} many {إعادة # مهمة} other {إعادة # مهمة}}',
  do_clear:
    '{count, plural, zero {لا إزالة} one {إزالة مهمة واحدة} two {إزالة مهمتين} few {إزالة # مهام} many {إزالة # مهمة} other {إزالة # مهمة}}',
  doing_cancel:
    '{count, plural, zero {جارٍ الإلغاء} one {جارٍ إلغاء مهمة واحدة} two {جارٍ إلغاء مهمتين} few {جارٍ إلغاء # مهام} many {جارٍ إلغاء # مهمة} other {جارٍ إلغاء # مهمة}}',
  doing_retry:
    '{count, plural, zero {جارية الإعادة} one {جارية إعادة مهمة واحدة} two {جارية إعادة مهمتين} few {جارية إعادة # مهام} many {جارية إعادة # مهمة} other {جارية إعادة # مهمة}}',
  doing_clear:
    '{count, plural, zero {جارية الإزالة} one {جارية إزالة مهمة واحدة} two {جارية إزالة مهمتين} few {جارية إزالة # مهام} many {جارية إزالة # مهمة} other {جارية إزالة # مهمة}}',
  action_failed: 'لم ينجح هذا الإجراء',

  column_progress: 'التقدّم',
  column_owner: 'بدأها',
  column_started: 'البداية',
  column_ended: 'النهاية',
  column_attempt: 'المحاولة',
  column_tags: 'الوسوم',

  task_ended: '{task}: {outcome}',
  tasks_ended:
    '{count, plural, zero {لم تنتهِ أي مهمة} one {انتهت مهمة واحدة} two {انتهت مهمتان} few {انتهت # مهام} many {انتهت # مهمة} other {انتهت # مهمة}}',
  tasks_ended_failed:
    '{count, plural, zero {لم تنتهِ أي مهمة} one {انتهت مهمة واحدة} two {انتهت مهمتان} few {انتهت # مهام} many {انتهت # مهمة} other {انتهت # مهمة}}، {failed, plural, zero {لم تفشل أي منها} one {فشلت واحدة} two {فشلت اثنتان} few {فشلت # منها} many {فشلت # منها} other {فشلت # منها}}',
  task_started: 'بدأت {task}',
  connection_lost: 'انقطع الاتصال بخادم المهام',
  connection_back: 'عاد الاتصال بخادم المهام',

  task_bulk_tasks: 'إجراء على عدة مهام',
  task_customer_connection_task: 'توصيل المشتركين',
  step_customer_connection_task_1: 'قراءة التصميم',
  step_customer_connection_task_2: 'اختيار العناوين',
  step_customer_connection_task_3: 'تجهيز العمود',
  step_customer_connection_task_4: 'توصيل العناوين',
  step_customer_connection_task_5: 'حفظ الشبكة',
  count_customer_connection_task:
    '{total, plural, zero {{done, number} / # عنوان موصول} one {{done, number} / # عنوان موصول} two {{done, number} / # عنوانان موصولان} few {{done, number} / # عناوين موصولة} many {{done, number} / # عنوانًا موصولًا} other {{done, number} / # عنوان موصول}}',
  ended_customer_connection_task:
    '{count, plural, zero {لم يُوصَل أي عنوان} one {تم توصيل عنوان واحد} two {تم توصيل عنوانين} few {تم توصيل # عناوين} many {تم توصيل # عنوانًا} other {تم توصيل # عنوان}}',
  task_undo_task: 'تراجع',
  task_plan_area_task: 'تخطيط منطقة',
  step_plan_area_task_1: 'قراءة المنطقة',
  step_plan_area_task_2: 'وصل الشوارع والأعمدة',
  step_plan_area_task_3: 'اختيار علب التوزيع',
  step_plan_area_task_4: 'بناء الرسم البياني',
  step_plan_area_task_5: 'البحث عن أخف شجرة',
  step_plan_area_task_6: 'مد الألياف',
  step_plan_area_task_7: 'المسارات والأجهزة',
  step_plan_area_task_8: 'الكابلات',
  step_plan_area_task_9: 'اللحامات',
  step_plan_area_task_10: 'وصلات المنازل',
};
