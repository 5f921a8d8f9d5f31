// The grounds of a community as its editor sees them: grids, compounds with buildings, gates.
import { command, get, getItems } from '@shared/api/client';
import type { AreaShown, Grounds } from '@shared/api/types';
import { pathOf } from './community';

export interface GridColumn {
  grid: AreaShown | null; // Null: the buildings that nobody looks after.
  workers: string[];
  buildings: { building: AreaShown; compound: string }[];
}

export const loadGrounds = () => get<Grounds>(pathOf('/grounds'));
export const loadWorkers = async (): Promise<Map<string, string[]>> =>
  new Map(
    (await getItems<{ grid_id: string; display_names: string[] }>(pathOf('/grid-workers'))).map((one) => [
      one.grid_id,
      one.display_names,
    ]),
  );

export function columnsOf(grounds: Grounds, workers: ReadonlyMap<string, string[]>): GridColumn[] {
  const all = grounds.compounds.flatMap(({ compound, buildings }) =>
    buildings.map((building) => ({ building, compound: compound.name })),
  );
  const columns: GridColumn[] = grounds.grids.map((grid) => ({
    grid,
    workers: workers.get(grid.area_id) ?? [],
    buildings: all.filter((one) => one.building.grid_id === grid.area_id),
  }));
  const known = new Set(grounds.grids.map((grid) => grid.area_id));
  const loose = all.filter((one) => !one.building.grid_id || !known.has(one.building.grid_id));
  return loose.length ? [...columns, { grid: null, workers: [], buildings: loose }] : columns;
}

export const putIntoGrid = (building: AreaShown, grid: string) =>
  command<AreaShown>(pathOf(`/buildings/${building.area_id}/grid`), {
    base_version: building.version,
    grid_id: grid,
  });
export const rename = (area: AreaShown, name: string) =>
  command<AreaShown>(pathOf(`/areas/${area.area_id}/rename`), { base_version: area.version, name });
export const addArea = (parent: string, kind: AreaShown['kind'], name: string, grid?: string) =>
  command<AreaShown>(pathOf('/areas'), { parent_id: parent, kind, name, ...(grid ? { grid_id: grid } : {}) });
