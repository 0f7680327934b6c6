/**
 * The English words for what may go wrong when customers are connected. They are fetched like the other packs: until
 * they are there, the server's own English message is shown.
 */
export const enErrors = {
  'error_not-enough-addresses': 'There are not enough addresses that are not yet connected.',

  parameter_pole_id: 'Pole',
  parameter_count: 'Number of connections',
  parameter_selection: 'Choice of addresses',
  parameter_radius_metres: 'Radius',
  parameter_seed: 'Seed',
  'problem_too-many': 'more than there are addresses to connect.',
  'problem_too-many_available':
    '{available, plural, =0 {no address is left to connect.} one {only # address is left to connect.} other {only # addresses are left to connect.}}',
} as const;

export { enErrors as messages };
