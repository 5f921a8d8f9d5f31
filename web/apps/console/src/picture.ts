// Where the doors of a building stand in its picture: units side by side, floors from the ground up. Pure.

export interface Door {
  id: string;
  label: string;
  unit: string;
  floor: number; // 1 is the ground floor.
  column: number; // Within its unit, from the left.
}
interface Home {
  area_id: string;
  label: string;
}

// "3-2-502" is door 2 on floor 5; what has no such number stands on the ground floor.
export function floorOf(label: string): number {
  const room = /(\d+)\D*$/.exec(label)?.[1] ?? '';
  return room.length > 2 ? Number(room.slice(0, -2)) : 1;
}

export function doorsOf(homes: readonly Home[], unitIds: readonly string[]): Door[] {
  const taken = new Map<string, number>();
  return homes.map((home, at) => {
    const unit = unitIds[at] ?? '';
    const floor = floorOf(home.label);
    const place = `${unit} ${floor}`;
    const column = taken.get(place) ?? 0;
    taken.set(place, column + 1);
    return { id: home.area_id, label: home.label, unit, floor, column };
  });
}
