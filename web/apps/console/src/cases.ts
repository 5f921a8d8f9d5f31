// What the pages of cases share. Knows no screen.
export const statuses = ['suspected', 'confirmed', 'asymptomatic', 'excluded', 'recovered', 'died'] as const;
export const openStatuses = ['suspected', 'confirmed', 'asymptomatic'] as const;
export const linkKinds = [
  'household',
  'stairwell',
  'work',
  'meal',
  'care',
  'hand_over',
  'transport',
  'other',
] as const;
export const confidences = ['certain', 'probable', 'possible'] as const;
export const moments = ['onset', 'sampled', 'reported', 'transferred'] as const;
