/** The words of this plugin. Progress, errors and connection speak for themselves: lrt-plugin has words for those. */
export const en = {
  title: 'Place closures',
  intro: 'Places a splice closure at every pole around the selected one.',
  design: 'Design',
  pole: 'Pole',
  radius: 'Radius in metres',
  radius_invalid: 'Enter a radius from {min, number} to {max, number} metres.',
  select_pole: 'Select a pole of a design on the map.',
  start: 'Place closures',
  progress_detail: '{done, number} of {total, number} poles',
  placed: '{count, plural, =0 {No closure was missing} one {# closure placed} other {# closures placed}}',
  'error_pole-not-in-design': 'The selected pole is no longer in this design. Select another one.',
};
