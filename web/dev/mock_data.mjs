// Generated people and places for the mock server. Nobody here exists.

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡'];
export const community = { id: '620102001001', name: '雁滩社区' };
export const gates = ['东门', '西门', '南门'].map((name, at) => ({
  gate_id: String(9001 + at),
  name,
  compound_id: at < 2 ? '8001' : '8002',
  compound_name: at < 2 ? '和园小区' : '兰馨苑',
  community_id: community.id,
  community_name: community.name,
  venue_code: `DEMO${9001 + at}`,
  generated: true,
}));
export const places = new Map(); // area_id to Place, with its parent
export const people = new Map(); // person_id to a person
let next = 20_000;
const put = (parent, kind, name, label) => {
  const place = { area_id: String((next += 1)), parent, kind, name, label };
  places.set(place.area_id, place);
  return place;
};
for (let building = 1; building <= 6; building += 1) {
  const tower = put('8001', 'building', `${building}号楼`, `${building}号楼`);
  for (let unit = 1; unit <= 2; unit += 1) {
    const stair = put(tower.area_id, 'unit', `${unit}单元`, `${tower.label}${unit}单元`);
    for (let floor = 1; floor <= 6; floor += 1) {
      const level = put(stair.area_id, 'floor', `${floor}层`, `${stair.label}${floor}层`);
      for (let door = 1; door <= 2; door += 1) {
        const home = put(level.area_id, 'household', `${floor}0${door}`, `${stair.label}${floor}0${door}`);
        const size = 1 + ((building + unit + floor + door) % 4);
        for (let each = 0; each < size; each += 1) {
          const id = String(500_000 + people.size);
          const surname = surnames[(people.size * 7) % surnames.length];
          people.set(id, {
            person_id: id,
            household: home.area_id,
            name: `${surname}生成${each + 1}`,
            name_masked: `${surname}**`,
            age_band: size === 1 ? 'elder' : each === 2 ? 'child' : each === 3 ? 'elder' : 'adult',
            marks: size === 1 ? ['lone_elder', 'no_phone'] : [],
            // What the mock's verdict turns on; ordinary people pass.
            state: ['fine', 'fine', 'old_test', 'no_code', 'fine', 'sealed', 'red', 'fine'][people.size % 8],
            id_number: `62010219${String(50 + (people.size % 50))}0101${String(people.size).padStart(3, '0')}X`,
          });
        }
      }
    }
  }
}
for (const place of places.values())
  if (place.kind === 'household')
    place.people = [...people.values()].filter((each) => each.household === place.area_id).length;

export const householdOf = (person) => places.get(person.household);
export const accounts = [
  { login: 'keeper', password: 'demo', display_name: '值守 甲', roles: [['keeper', '9001', '东门']] },
  {
    login: 'resident',
    password: 'demo',
    display_name: '居民 甲',
    roles: [['resident', '8001', '和园小区']],
    person_id: '500001',
  },
  {
    login: 'resident2',
    password: 'demo',
    display_name: '居民 乙',
    roles: [['resident', '8001', '和园小区']],
    person_id: '500004',
  },
  {
    login: 'grid',
    password: 'demo',
    display_name: '网格员 甲',
    roles: [['grid_worker', community.id, community.name]],
  },
  {
    login: 'secretary',
    password: 'demo',
    display_name: '书记 甲',
    roles: [['secretary', community.id, community.name]],
  },
  {
    login: 'officer',
    password: 'demo',
    display_name: '卫生专员 甲',
    roles: [['health_officer', community.id, community.name]],
    totp: '123456',
  },
].map((account, at) => ({ ...account, account_id: String(700 + at) }));
