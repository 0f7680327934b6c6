/** The texts of the harness in Arabic. */

import type { HarnessPack } from './pack.ts';

export const ar: HarnessPack = {
  title: 'مخطِّط الشبكة',
  map: 'الخريطة',
  zoomIn: 'تكبير',
  zoomOut: 'تصغير',
  showAll: 'عرض الكل',
  legend: 'مفتاح الخريطة',
  legend_pole: 'عمود',
  legend_designPole: 'عمود في تصميم',
  legend_address: 'عنوان',
  legend_committed: 'الشبكة',
  legend_uncommitted: 'قيد الإنشاء',
  panel: 'المعالم',
  showPanel: 'إظهار اللوحة',
  hidePanel: 'إخفاء اللوحة',
  search: 'اختيار معلم',
  searchHint: 'اسم تصميم أو عمود',
  searchNone: 'لا يوجد تصميم أو عمود بهذا الاسم.',
  openFiles: 'فتح ملفات…',
  openFilesHint: 'ملفات GeoJSON للعناوين والأعمدة والشوارع، أو أفلتها على الخريطة',
  dropHere: 'أفلت ملفات GeoJSON هنا',
  loading: 'جارٍ التحميل…',
  loaded: 'العناوين: {addresses} · الأعمدة: {poles} · الشوارع: {streets} · التصاميم: {designs}',
  dismiss: 'إغلاق',
  refused: 'لم تُفتح الملفات، والخريطة لم تتغير.',
  unrecognised:
    '{file}: ليست عناوين ولا أعمدة ولا شوارع. سمِّ الملف بحسب محتواه (addresses أو poles أو streets).',
  badFile: '{file}: {reason}',
  sameKind: 'يحتوي {file} على النوع نفسه الذي في {other}. افتح ملفًا واحدًا من كل نوع.',
  needsAddresses: 'ينقص ملف بالعناوين.',
  needsPoles: 'ينقص ملف بالأعمدة.',
  mapFailed: 'تعذّر تحميل الخريطة: {reason}',
};
