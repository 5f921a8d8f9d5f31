// A stand-in for the server's verdict: one fixed answer for each generated state, so that every screen can be looked at.

const row = (clause, reason, next, more = {}) => ({ clause, reason, next, ...more });

export function verdictOf(person, seen) {
  const reasons = [];
  let outcome = 'pass';
  const add = (reached, ...reason) => {
    const order = ['pass', 'pass_with_reminder', 'register_first', 'refuse', 'hold'];
    if (order.indexOf(reached) > order.indexOf(outcome)) outcome = reached;
    reasons.push(row(...reason));
  };
  if (person.state === 'red' || seen.colour_seen === 'red')
    add('hold', 'GATE-2', 'red_code', 'wait_here_for_staff');
  if (seen.temperature_tenths >= 373)
    add('hold', 'GATE-5', 'fever', 'wait_here_for_staff', { tenths: seen.temperature_tenths });
  if (person.state === 'sealed') add('refuse', 'GATE-7', 'home_sealed', 'stay_at_home');
  if (person.state === 'no_code' && !seen.colour_seen)
    add('register_first', 'GATE-9', 'code_missing', 'show_id_card');
  if (seen.colour_seen === 'green') add('pass_with_reminder', 'GATE-12', 'seen_by_eye', 'scan_to_verify');
  if (person.state === 'old_test')
    add('pass_with_reminder', 'GATE-13', 'nat_expired', 'sample_at_point', { hours: 72 });
  if (seen.mask === 'missing') add('register_first', 'GATE-19', 'mask_missing', 'wear_mask');
  return { outcome, reasons };
}
