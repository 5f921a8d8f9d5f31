import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRules, RulesRefused, type Rules } from './rules';

const noon = '2022-03-15T12:00:00+08:00';
const policy = {
  version: 'lz-gate-2022@1',
  signs: { fever: 'hold', fever_tenths: 373, temperature_missing: 'register_first' },
  nat: { window_hours_out: 48, overdue_out: 'refuse' },
};
let rules: Rules;
// From the folder of the pages, where vitest runs: script/build puts it there.
beforeAll(async () => {
  rules = await loadRules(readFileSync('shared/rules/rules.wasm'));
});

describe('the rules on the phone', () => {
  it('ask nothing of whoever loads them', () => {
    const module = new WebAssembly.Module(readFileSync('shared/rules/rules.wasm'));
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });
  it('give outcome and reasons with what decided', () => {
    const nat = {
      state: 'negative' as const,
      last_negative: { sampled_at: '2022-03-13T11:59:59+08:00', reported_at: '2022-03-14T00:00:00+08:00' },
    };
    const verdict = rules.decide({ direction: 'out', nat, temperature_tenths: 384 }, policy, noon);
    expect(verdict.outcome).toBe('hold');
    expect(verdict.reasons.map((each) => [each.clause, each.reason, each.parameter])).toEqual([
      ['GATE-5', 'fever', 'gate.signs.fever'],
      ['GATE-13', 'nat_expired', 'gate.nat.overdue_out'],
    ]);
    expect(verdict.reasons[1]!.hours).toBe(48);
  });
  it('open for an emergency, whatever else is true', () => {
    const verdict = rules.decide({ emergency: 'medical', temperature_tenths: 399 }, policy, noon);
    expect(verdict.outcome).toBe('pass_with_reminder');
    expect(verdict.reasons.map((each) => each.recorded_only)).toEqual([false, true, true]);
  });
  it('refuse what they do not know, and go on', () => {
    const unknown = { colour: 'green' } as object;
    expect(() => rules.decide(unknown, policy, noon)).toThrow(RulesRefused);
    expect(() => rules.decide({}, { nat: { window: 1 } }, noon)).toThrow(
      'json.unknown_field /policy/nat/window',
    );
    expect(() => rules.decide({}, policy, 'soon')).toThrow('json.wrong_type /now');
    expect(rules.decide({ temperature_tenths: 365 }, { version: 'v' }, noon).outcome).toBe('pass');
  });
  it('answer a thousand times without growing', () => {
    const decide = () => rules.decide({ temperature_tenths: 365, mask: 'missing' }, policy, noon);
    const first = JSON.stringify(decide());
    for (let i = 0; i < 1000; i += 1) decide();
    expect(JSON.stringify(decide())).toBe(first);
  });
});
