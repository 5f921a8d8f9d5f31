import { describe, expect, it } from 'vitest';
import { doorsOf, floorOf } from './picture';

describe('the picture of a building', () => {
  it('knows the floor by the room number', () => {
    expect(floorOf('3-2-502')).toBe(5);
    expect(floorOf('1-1-1203')).toBe(12);
    expect(floorOf('1-1-01')).toBe(1);
    expect(floorOf('门卫')).toBe(1);
  });
  it('puts the doors of a floor side by side, unit by unit', () => {
    const homes = ['1-1-101', '1-1-102', '1-1-201', '1-2-101'].map((label) => ({ area_id: label, label }));
    const doors = doorsOf(homes, ['u1', 'u1', 'u1', 'u2']);
    expect(doors.map((door) => [door.unit, door.floor, door.column])).toEqual([
      ['u1', 1, 0],
      ['u1', 1, 1],
      ['u1', 2, 0],
      ['u2', 1, 0],
    ]);
  });
});
