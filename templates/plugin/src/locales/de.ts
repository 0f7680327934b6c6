import type { en } from './en.ts';

export const de: typeof en = {
  title: 'Muffen setzen',
  intro: 'Setzt an jeden Mast um den ausgewählten eine Muffe.',
  design: 'Entwurf',
  pole: 'Mast',
  radius: 'Umkreis in Metern',
  radius_invalid: 'Geben Sie einen Umkreis von {min, number} bis {max, number} Metern ein.',
  select_pole: 'Wählen Sie auf der Karte einen Mast eines Entwurfs aus.',
  start: 'Muffen setzen',
  progress_detail: '{done, number} von {total, number} Masten',
  placed: '{count, plural, =0 {Keine Muffe fehlte} one {# Muffe gesetzt} other {# Muffen gesetzt}}',
  'error_pole-not-in-design':
    'Der ausgewählte Mast ist nicht mehr in diesem Entwurf. Wählen Sie einen anderen aus.',
};
