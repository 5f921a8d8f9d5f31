import { describe, expect, it } from 'vitest';
import chinese from '@shared/words/gate.zh-CN.json';
import type { Outcome, Passage } from '@shared/api/types';
import { isRefusal, reasonLine, verdictView, worstFirst, worstOutcome } from './verdict';

const outcomes: Outcome[] = ['pass', 'pass_with_reminder', 'register_first', 'refuse', 'hold'];
const words = chinese as Record<string, string>;

describe('verdictView', () => {
  it.each([
    ['pass', 'pass', false],
    ['pass_with_reminder', 'remind', false],
    ['register_first', 'remind', true],
    ['refuse', 'refuse', true],
    ['hold', 'hold', true],
  ] as const)('%s looks like %s', (outcome, tone, refusal) => {
    expect(verdictView(outcome, []).tone).toBe(tone);
    expect(isRefusal(outcome)).toBe(refusal);
  });
  it('has words to show and to say for every outcome', () => {
    for (const outcome of outcomes) {
      const view = verdictView(outcome, []);
      for (const key of [view.signKey, view.outcomeKey, view.speechKey]) expect(words[key], key).toBeTruthy();
      expect(words[view.speechKey]).not.toMatch(/\{/);
    }
  });
  it('says an emergency as one', () => {
    const reasons = [
      { clause: 'GATE-1', reason: 'emergency_exit', next: 'go_and_write_down_later' } as const,
    ];
    expect(verdictView('pass', reasons).speechKey).toBe('speech.emergency');
  });
  it('fills what a reason counts', () => {
    expect(
      reasonLine({ clause: 'GATE-5', reason: 'fever', next: 'wait_here_for_staff', tenths: 385 }),
    ).toMatchObject({
      textKey: 'reason.fever',
      nextKey: 'next.wait_here_for_staff',
      params: { degrees: '38.5' },
    });
  });
});

describe('a family', () => {
  const person = (passage_id: string, outcome: Outcome): Passage => ({
    passage_id,
    outcome,
    name_masked: '',
    household_label: '',
    reasons: [],
    policy_version: '',
    undo_until: '',
  });
  const family = [
    person('1', 'pass'),
    person('2', 'hold'),
    person('3', 'pass'),
    person('4', 'register_first'),
  ];
  it('has its worst on top and keeps the order of equals', () => {
    expect(worstFirst(family).map((each) => each.passage_id)).toEqual(['2', '4', '1', '3']);
    expect(worstOutcome(family)).toBe('hold');
  });
  it('does not pass when there is nobody', () => {
    expect(worstOutcome([])).toBe('register_first');
  });
});
