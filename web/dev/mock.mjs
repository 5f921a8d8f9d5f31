// A stand-in for the server, for looking at pages and testing them without it. Generated data, no rules, no safety: for
// developers only. PORT chooses the port, which is always on this machine.
import { createServer } from 'node:http';
import { readFileSync, existsSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accounts, gates, householdOf, people, places } from './mock_data.mjs';
import { verdictOf } from './mock_verdict.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const port = Number(process.env.PORT ?? 8080);
const pagePolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; " +
  "font-src 'self' data:; worker-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'";
const stamp = (ms = Date.now()) => new Date(ms + 8 * 3600e3).toISOString().replace('Z', '+08:00');
const sessions = new Map();
const devices = new Map();
const passages = new Map();
const done = new Map(); // Command id to its answer.
const streams = new Set();
const alarms = [];
const freshShift = () => ({
  passes: 0,
  reminders: 0,
  registers: 0,
  refusals: 0,
  holds: 0,
  overrides: 0,
  emergencies: 0,
  by_direction: { in: 0, out: 0 },
});
let shift = null;
let handoverNote = '301 的老人晚饭后要去取药，已和网格员说好。';
let serial = 1;
const counterOf = {
  pass: 'passes',
  pass_with_reminder: 'reminders',
  register_first: 'registers',
  refuse: 'refusals',
  hold: 'holds',
};

class Refused extends Error {
  constructor(status, code, title, title_zh, more = {}) {
    super(code);
    this.body = { type: 'about:blank', status, code, title, title_zh, ...more };
  }
}
const refuse = (...parts) => {
  throw new Refused(...parts);
};
const unknownPath = () =>
  refuse(404, 'request.unknown_path', 'There is nothing at this address', '没有这个地址');

function tell(gateId, name, data) {
  const id = String((serial += 1));
  const text = `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify({ id, at: stamp(), gate_id: gateId, ...data })}\n\n`;
  for (const stream of streams) if (!stream.gate || stream.gate === gateId) stream.response.write(text);
}
function raise(kind, gate, outcome, reasons, note, passage_id) {
  const alarm = {
    alarm_id: String((serial += 1)),
    kind,
    at: stamp(),
    gate_id: gate.gate_id,
    gate_name: gate.name,
    outcome,
    reasons,
    note,
    seen_by: [],
    needs: 2,
  };
  alarms.unshift(alarm);
  tell(gate.gate_id, 'alarm', { alarm_id: alarm.alarm_id, alarm_kind: kind, passage_id });
  alarm.passage_id = passage_id;
  return alarm;
}
function see(alarm, { account_id, display_name }) {
  if (!alarm.seen_by.some((each) => each.account_id === account_id))
    alarm.seen_by.push({ account_id, display_name, at: stamp() });
  tell(alarm.gate_id, 'alarm_seen', {
    alarm_id: alarm.alarm_id,
    alarm_kind: alarm.kind,
    passage_id: alarm.passage_id,
    seen_by: display_name,
  });
  return alarm;
}

function passagesOf(gate, body, persons) {
  const nowMs = Date.now();
  const items = persons.map((person) => {
    const { outcome, reasons } = verdictOf(person, body);
    const before = [...passages.values()].find(
      (each) =>
        each.person_id === person.person_id &&
        nowMs - each.ms < 30_000 &&
        each.direction === body.direction &&
        !each.undone &&
        each.outcome === outcome,
    );
    const item = {
      passage_id: before?.passage_id ?? String((serial += 1)),
      person_id: person.person_id,
      name_masked: person.name_masked,
      household_label: householdOf(person).label,
      outcome,
      reasons,
      policy_version: 'mock',
      undo_until: stamp(nowMs + 10_000),
      ...(before ? { repeated_seconds: Math.floor((nowMs - before.ms) / 1000) } : {}),
    };
    if (!before) {
      passages.set(item.passage_id, { ...item, ms: nowMs, direction: body.direction });
      if (shift) {
        shift[counterOf[outcome]] += 1;
        shift.by_direction[body.direction] += 1;
      }
      tell(gate.gate_id, 'passage', {
        direction: body.direction,
        outcome,
        reasons,
        passage_id: item.passage_id,
        recognised_by: body.recognised_by,
        name_masked: item.name_masked,
        household_label: item.household_label,
      });
      if (outcome === 'hold') {
        const alarm = raise('hold', gate, outcome, reasons, '', item.passage_id);
        setTimeout(() => see(alarm, { account_id: '1', display_name: '书记 甲' }), 2500).unref();
      }
    }
    return item;
  });
  return { at: stamp(nowMs), gate_id: gate.gate_id, items };
}
function recognise(body) {
  if (body.person_ids?.length)
    return body.person_ids.map((id) => people.get(id) ?? unknown('person.unknown'));
  if (body.id_number)
    return [
      [...people.values()].find((each) => each.id_number === body.id_number) ??
        unknown('person.unknown_id_number'),
    ];
  const id = /^mock-code-(\d+)$/.exec(body.token ?? '')?.[1];
  return [people.get(id) ?? unknown('person.unknown_code')];
}
const unknown = (code) => refuse(404, code, 'Nobody was found by this', '没有查到这个人');

const sessionOf = (request) => sessions.get(/fl_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]);
const deviceOf = (request) => devices.get(/fl_device=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]);
const signedIn = ({ session }) => session ?? refuse(401, 'session.none', 'Please sign in', '请先登录');
const gateOf = (id) =>
  gates.find((each) => each.gate_id === id) ?? refuse(404, 'gate.unknown', 'No such gate', '没有这个卡口');
const me = (call) => people.get(signedIn(call).person_id) ?? people.get('500001');
const live = (gate) => {
  const mine = [...passages.values()];
  const count = (outcome) =>
    mine.filter((each) => each.outcome === outcome).length + (outcome === 'pass' ? 240 : 3);
  return {
    gate,
    devices_online: 1,
    devices_away: [],
    devices: 2,
    last_passage_at: stamp(),
    today: {
      in: 212,
      out: 198,
      pass: count('pass'),
      pass_with_reminder: count('pass_with_reminder'),
      register_first: count('register_first'),
      refuse: count('refuse'),
      hold: count('hold'),
      overrides: alarms.filter((each) => each.kind === 'override').length,
      emergencies: 0,
    },
  };
};

const routes = [
  [
    'POST',
    '/session',
    ({ body, cookie }) => {
      const account = accounts.find((each) => each.login === body.login && each.password === body.password);
      if (!account)
        refuse(401, 'session.wrong_credentials', 'The login or the password is wrong', '账号或密码不正确');
      if (account.totp && body.totp !== account.totp)
        refuse(
          401,
          'session.totp_required',
          'Please enter the six digits of your code app',
          '请输入动态验证码',
        );
      const key = randomUUID();
      const session = {
        account_id: account.account_id,
        login: account.login,
        display_name: account.display_name,
        person_id: account.person_id,
        roles: account.roles.map(([role, area_id, area_name]) => ({ role, area_id, area_name })),
        csrf: randomUUID(),
        expires_at: stamp(Date.now() + 8 * 3600e3),
        generated: true,
      };
      sessions.set(key, session);
      cookie('fl_session', key);
      return session;
    },
  ],
  ['GET', '/office', () => ({ generated: true, phone: '0931-0000000' })],
  ['GET', '/session', (call) => signedIn(call)],
  ['POST', '/session/end', (call) => (call.cookie('fl_session', ''), {})],
  [
    'GET',
    '/device',
    ({ device }) => device ?? refuse(401, 'device.none', 'This phone is not enrolled', '这部手机没有登记'),
  ],
  [
    'POST',
    '/gates/:gate/enrolments',
    ({ gate }) => ({
      code: `mock-${gate.gate_id}`,
      url: `/enrol/mock-${gate.gate_id}`,
      qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      expires_at: stamp(Date.now() + 600e3),
    }),
  ],
  [
    'POST',
    '/devices',
    ({ body, cookie }) => {
      const gate = gates.find((each) => body.code === `mock-${each.gate_id}`);
      if (!gate) refuse(404, 'enrolment.unknown', 'This enrolment code is not valid', '登记码无效或已用过');
      const key = randomUUID();
      const device = { device_id: String((serial += 1)), name: '值守手机', gate, enrolled_at: stamp() };
      devices.set(key, device);
      cookie('fl_device', key);
      return { ...device, token: key };
    },
  ],
  ['GET', '/gates/:gate', ({ gate }) => gate],
  [
    'GET',
    '/gates/:gate/places',
    ({ gate, query }) => ({
      items: [...places.values()].filter((each) => each.parent === (query.get('parent') ?? gate.compound_id)),
    }),
  ],
  [
    'GET',
    '/gates/:gate/people',
    ({ query }) => ({
      items: [...people.values()]
        .filter((each) => each.household === query.get('household'))
        .map(({ person_id, name_masked, age_band, marks }) => ({ person_id, name_masked, age_band, marks })),
    }),
  ],
  [
    'POST',
    '/gates/:gate/passages',
    (call) => (signedIn(call), passagesOf(call.gate, call.body, recognise(call.body))),
  ],
  [
    'POST',
    '/gates/:gate/passages/:passage/undo',
    ({ parts }) => {
      const passage = passages.get(parts.passage) ?? unknown('passage.unknown');
      if (Date.now() - passage.ms > 10_000)
        refuse(409, 'passage.undo_too_late', 'It is too late to undo this', '超过 10 秒，不能撤销');
      passage.undone = true;
      if (shift) {
        shift[counterOf[passage.outcome]] -= 1;
        shift.by_direction[passage.direction] -= 1;
      }
      return {};
    },
  ],
  [
    'POST',
    '/gates/:gate/passages/:passage/override',
    ({ gate, parts, body }) => {
      const passage = passages.get(parts.passage) ?? unknown('passage.unknown');
      if (shift) shift.overrides += 1;
      return {
        alarm_id: raise('override', gate, passage.outcome, passage.reasons, body.note, passage.passage_id)
          .alarm_id,
      };
    },
  ],
  [
    'POST',
    '/gates/:gate/emergencies',
    ({ gate, session, device }) => {
      if (!session && !device) refuse(401, 'session.none', 'Please sign in', '请先登录');
      if (shift) shift.emergencies += 1;
      const reasons = [{ clause: 'GATE-1', reason: 'emergency_exit', next: 'go_and_write_down_later' }];
      return {
        passage_id: String((serial += 1)),
        alarm_id: raise('emergency', gate, 'pass', reasons).alarm_id,
        outcome: 'pass',
        reasons,
      };
    },
  ],
  [
    'GET',
    '/gates/:gate/alarms',
    (call) => ({
      items: alarms
        .filter((each) => each.gate_id === call.parts.gate)
        .map(({ alarm_id, passage_id, kind, at, seen_by }) => ({
          alarm_id,
          passage_id,
          kind,
          at,
          seen_by: seen_by.map((one) => one.display_name),
        })),
    }),
  ],
  ['GET', '/gates/:gate/shift', () => ({ ...(shift ?? freshShift()), handover_note: handoverNote })],
  [
    'POST',
    '/gates/:gate/shifts',
    () => {
      shift ??= { shift_id: String((serial += 1)), started_at: stamp(), ...freshShift() };
      return { ...shift, handover_note: handoverNote };
    },
  ],
  [
    'POST',
    '/gates/:gate/handovers',
    ({ body }) => {
      handoverNote = body.note || handoverNote;
      const closed = shift ?? freshShift();
      shift = null;
      return closed;
    },
  ],
  [
    'GET',
    '/my/communities',
    (call) => (
      signedIn(call),
      { items: [{ community_id: gates[0].community_id, name: gates[0].community_name }] }
    ),
  ],
  ['GET', '/my/gates', (call) => (signedIn(call), { items: gates.slice(0, 1) })],
  [
    'GET',
    '/my/household',
    (call) => {
      const mine = me(call);
      const all = [...people.values()].filter((each) => each.household === mine.household);
      return {
        household_id: mine.household,
        address: `${gates[0].compound_name}${householdOf(mine).label}`,
        gates: gates.slice(0, 2),
        people: all.map((each) => ({
          person_id: each.person_id,
          name: each.name,
          is_me: each === mine,
          colour: each.state === 'red' ? 'red' : 'green',
          colour_at: stamp(Date.now() - 3600e3),
          nat_state: each.state === 'old_test' ? 'expired' : 'negative',
          nat_sampled_at: stamp(Date.now() - 30 * 3600e3),
          nat_reported_at: stamp(Date.now() - 20 * 3600e3),
        })),
      };
    },
  ],
  [
    'GET',
    '/my/code',
    (call) => ({
      token: `mock-code-${me(call).person_id}`,
      step_seconds: 30,
      expires_at: stamp(Date.now() + 30e3),
    }),
  ],
  [
    'GET',
    '/venues/:venue',
    ({ parts }) =>
      gates.find((each) => each.venue_code === parts.venue) ??
      refuse(404, 'venue.unknown', 'No such place', '没有这个场所码'),
  ],
  [
    'POST',
    '/venues/:venue/passages',
    (call) => {
      const gate = gates.find((each) => each.venue_code === call.parts.venue) ?? unknownPath();
      const wanted = call.body.person_ids?.length
        ? call.body.person_ids.map((id) => people.get(id))
        : [me(call)];
      return passagesOf(gate, { ...call.body, recognised_by: 'venue_code' }, wanted);
    },
  ],
  ['GET', '/communities/:community/gates', () => ({ items: gates.map(live) })],
  [
    'GET',
    '/communities/:community/board',
    () => ({ flow_from: new Date(Date.now() - 7_200_000).toISOString(), flow: [], refusals: [] }),
  ],
  [
    'GET',
    '/communities/:community/flow',
    () => ({
      items: gates.flatMap(({ gate_id }, at) =>
        Array.from({ length: 24 }, (_, hour) => ({
          gate_id,
          hour,
          in: hour < 6 ? 1 : 8 + ((hour * 7 + at * 5) % 23),
          out: hour < 6 ? 0 : 6 + ((hour * 5 + at * 3) % 27),
          refused: hour % 5 === at ? 2 : 0,
        })),
      ),
    }),
  ],
  ['GET', '/communities/:community/isolation-alerts', () => ({ items: [] })],
  [
    'GET',
    '/communities/:community/alarms',
    () => ({ items: alarms.filter((each) => each.seen_by.length < each.needs) }),
  ],
  [
    'POST',
    '/communities/:community/alarms/:alarm/seen',
    (call) => see(alarms.find((each) => each.alarm_id === call.parts.alarm) ?? unknownPath(), signedIn(call)),
  ],
  [
    'GET',
    '/communities/:community/devices',
    () => ({
      items: [...devices.values()].map(({ device_id, name, gate, enrolled_at }) => ({
        device_id,
        name,
        gate_id: gate.gate_id,
        gate_name: gate.name,
        enrolled_at,
        last_seen_at: stamp(),
      })),
    }),
  ],
  [
    'POST',
    '/devices/:device/revoke',
    ({ parts }) => {
      for (const [key, device] of devices) if (device.device_id === parts.device) devices.delete(key);
      return {};
    },
  ],
  [
    'GET',
    '/communities/:community/people/:person',
    ({ parts }) => {
      const person = people.get(parts.person) ?? unknown('person.unknown');
      return {
        person_id: person.person_id,
        name_masked: person.name_masked,
        age_band: person.age_band,
        marks: person.marks,
        address_masked: `${gates[0].compound_name}***`,
      };
    },
  ],
  [
    'POST',
    '/communities/:community/people/:person/reveal',
    ({ parts }) => {
      const person = people.get(parts.person) ?? unknown('person.unknown');
      return { name: person.name, id_number: person.id_number, address: householdOf(person).label };
    },
  ],
  [
    'GET',
    '/policies/in-force',
    () => ({
      version: 'mock',
      packs: [{ id: 'mock', issuer: '模拟', document: '演示规则', valid_from: '2022-03-01' }],
      risk_places: [],
      parameters: [
        { name: 'gate.nat.hours', value: '72', unit: 'h', pack: 'mock', source: '演示', grade: 'C' },
      ],
    }),
  ],
].map(([method, path, run]) => ({
  method,
  run,
  path: new RegExp(`^/api/v1${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}));

async function answerApi(request, response, url) {
  const streamPath = /^\/api\/v1\/(gates|communities)\/([^/]+)\/stream$/.exec(url.pathname);
  if (streamPath) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 500\n\n');
    const stream = { response, gate: streamPath[1] === 'gates' ? streamPath[2] : '' };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
    return;
  }
  const cookies = [];
  const json = (status, body, type = 'application/json') => {
    response.writeHead(status, {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      ...(cookies.length ? { 'Set-Cookie': cookies } : {}),
    });
    response.end(JSON.stringify(body));
  };
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    if (body.id && done.has(body.id)) return json(200, done.get(body.id));
    for (const route of routes) {
      const found = route.method === request.method ? route.path.exec(url.pathname) : null;
      if (!found) continue;
      if (request.method !== 'GET' && !request.headers['x-firstline-csrf'])
        refuse(
          403,
          'request.forged',
          'The request did not come from our own page',
          '请求不是来自本系统的页面',
        );
      const parts = found.groups ?? {};
      const answer = route.run({
        body,
        parts,
        query: url.searchParams,
        session: sessionOf(request),
        device: deviceOf(request),
        gate: parts.gate ? gateOf(parts.gate) : undefined,
        cookie: (name, value) =>
          cookies.push(`${name}=${value}; Path=/; HttpOnly; SameSite=Strict${value ? '' : '; Max-Age=0'}`),
      });
      if (body.id) done.set(body.id, answer);
      return json(200, answer);
    }
    unknownPath();
  } catch (fault) {
    if (fault instanceof Refused) return json(fault.body.status, fault.body, 'application/problem+json');
    console.error(fault);
    json(
      500,
      { status: 500, code: 'mock.broken', title: String(fault), title_zh: '模拟服务出错' },
      'application/problem+json',
    );
  }
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
function answerPage(response, url) {
  const move = (where) => response.writeHead(302, { Location: where }).end();
  const venue = /^\/v\/([^/]+)$/.exec(url.pathname);
  if (venue) return move(`/resident/#/scan/${venue[1]}`);
  const enrol = /^\/enrol\/([^/]+)$/.exec(url.pathname);
  if (enrol) return move(`/gate/#/enrol/${enrol[1]}`);
  const app = url.pathname.split('/')[1];
  if (app && existsSync(join(dist, app)) && url.pathname === `/${app}`) return move(`/${app}/`);
  const inApp = app && existsSync(join(dist, app)) && app !== 'assets';
  let path = join(dist, inApp ? normalize(url.pathname) : join('landing', normalize(url.pathname)));
  if (existsSync(path) && statSync(path).isDirectory()) path = join(path, 'index.html');
  if (!path.startsWith(dist) || !existsSync(path)) return response.writeHead(404).end('not found');
  response.writeHead(200, {
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': pagePolicy,
    'Permissions-Policy': 'camera=(self)',
  });
  response.end(readFileSync(path));
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname === '/healthz') return response.writeHead(200).end('ok');
  if (url.pathname.startsWith('/api/')) return void answerApi(request, response, url);
  answerPage(response, url);
}).listen(port, '127.0.0.1', () => console.log(`mock: http://127.0.0.1:${port}`));
