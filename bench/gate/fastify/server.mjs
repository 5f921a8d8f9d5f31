// The comparator: what a good small team would write on the usual stack, doing the same job as one gate check of Firstline.
// One request = session by token hash, CSRF, person, home, standing (code and test), outings, a verdict, the passage row,
// one commit (SQLite WAL, synchronous=FULL), then the answer.
//
//   node server.mjs fill DIR PEOPLE      makes the directory once
//   node server.mjs serve DIR PORT       GET /healthz, POST /api/v1/gates/:gate/passages

import { createHmac, createHash, timingSafeEqual } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

const [, , task, folder, number] = process.argv
const secret = createHash('sha256').update('firstline bench').digest()
const tokenHash = (token) => createHmac('sha256', secret).update(token).digest()
const csrfOf = (token) => createHmac('sha256', secret).update('csrf').update(token).digest('base64url')
const codeOf = (person, step) =>
  `${person}.${step}.${createHmac('sha256', secret).update(`${person}.${step}`).digest('base64url').slice(0, 22)}`
const idNumberOf = (id) => `00${String(id).padStart(16, '0')}`
const stepSeconds = 30

function open() {
  mkdirSync(folder, { recursive: true })
  const database = new Database(`${folder}/fastify.db`)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  return database
}

function fill(people) {
  const database = open()
  database.exec(`
    create table if not exists gate (id integer primary key, compound_id integer not null, path text not null);
    create table if not exists household (id integer primary key, compound_id integer not null, label text not null, path text not null);
    create table if not exists person (id integer primary key, household_id integer not null, name text not null, born_on integer not null);
    create table if not exists person_key (id_hash blob primary key, person_id integer not null) without rowid;
    create table if not exists standing (person_id integer primary key, colour text, code_at integer, nat_state text, nat_sampled_at integer, nat_reported_at integer);
    create table if not exists session (token_hash blob primary key, account_id integer not null, role text not null, path text not null, expires_at integer not null) without rowid;
    create table if not exists outing (household_id integer not null, day integer not null, outings integer not null, primary key (household_id, day)) without rowid;
    create table if not exists passage (
      id integer primary key, command_id blob not null unique, gate_id integer not null, person_id integer not null,
      household_id integer not null, at integer not null, device_at integer not null, direction text not null,
      recognised_by text not null, outcome text not null, policy_version text not null, arguments text not null,
      reasons text not null, account_id integer not null);`)
  if (database.prepare('select count(*) as n from person').get().n >= people) return
  const gates = Math.max(1, Math.round(people / 1667))
  const put = Object.fromEntries(
    [['gate', 3], ['household', 4], ['person', 4], ['person_key', 2], ['standing', 6]].map(([table, columns]) => [
      table, database.prepare(`insert or replace into ${table} values (${Array(columns).fill('?').join(',')})`)]))
  const now = Date.now()
  database.transaction(() => {
    for (let gate = 1; gate <= gates; gate++) put.gate.run(gate, gate, `620102/020/${gate}`)
    for (let id = 1; id <= people; id++) {
      const household = Math.ceil(id / 3), compound = 1 + (household % gates)
      if (id % 3 === 1) put.household.run(household, compound, `${household % 9}-${household % 4}-${household % 700}`, `620102/020/${compound}/h${household}`)
      put.person.run(id, household, `人${id}`, -id % 30000)
      put.person_key.run(tokenHash(idNumberOf(id)), id)
      put.standing.run(id, id % 500 ? 'green' : 'yellow', now - 3600e3, 'negative', now - (id % 60) * 3600e3, now - (id % 60) * 3600e3 + 6 * 3600e3)
    }
  })()
}

// "gate ID TOKEN CSRF" and "coded GATE_INDEX ID ID_NUMBER CODE", as firstline_load reads them.
function writeLoadFile(file, people, wanted) {
  const database = open()
  const gates = database.prepare('select id, path from gate order by id').all()
  const put = database.prepare('insert or replace into session values (?, ?, ?, ?, ?)')
  const lines = gates.map(({ id, path }) => {
    const token = createHmac('sha256', secret).update(`session ${id}`).digest('base64url')
    put.run(tokenHash(token), id, 'keeper', path, Date.now() + 864e5)
    return `gate ${id} ${token} ${csrfOf(token)}`
  })
  const step = Math.floor(Date.now() / 1000 / stepSeconds)
  const stride = Math.max(1, Math.floor(people / wanted))
  for (let i = 0; i < wanted; i++) {
    const id = 1 + ((i * stride + Math.floor(Math.random() * stride)) % people)  // Nobody twice.
    const compound = 1 + (Math.ceil(id / 3) % gates.length)
    lines.push(`coded ${compound - 1} ${id} ${idNumberOf(id)} ${codeOf(id, step)}`)
  }
  writeFileSync(file, lines.join('\n') + '\n')
}

// Comparable to the national 8th edition with a gate overlay: nine checks, the worst outcome wins.
const outcomes = ['pass', 'pass_with_reminder', 'register_first', 'refuse', 'hold']
const policy = { version: 'fastify-1', natHours: 48, codeHours: 24, feverTenths: 373, outingsPerDay: 2 }
function decide(seen, now) {
  const reasons = []
  const add = (clause, reason, outcome, next) => reasons.push({ clause, reason, outcome, next })
  if (seen.colour === 'red') add('GATE-2', 'red_code', 'hold', 'wait_here_for_staff')
  if (seen.nat_state === 'positive') add('GATE-2', 'nat_positive', 'hold', 'wait_here_for_staff')
  if (seen.temperature_tenths >= policy.feverTenths) add('GATE-5', 'fever', 'hold', 'wait_here_for_staff')
  if (!seen.colour) add('GATE-9', 'code_missing', 'register_first', 'show_id_card')
  else if (now - seen.code_at > policy.codeHours * 3600e3) add('GATE-9', 'code_stale', 'register_first', 'read_code_again')
  if (seen.colour === 'yellow') add('GATE-10', 'yellow_code', seen.direction === 'out' ? 'refuse' : 'pass_with_reminder', 'report_to_community')
  if (!seen.nat_sampled_at) add('GATE-12', 'nat_missing', 'refuse', 'sample_at_point')
  else if (now - seen.nat_reported_at > policy.natHours * 3600e3) add('GATE-12', 'nat_expired', 'refuse', 'sample_at_point')
  if (seen.direction === 'out' && seen.outings >= policy.outingsPerDay) add('GATE-17', 'outings_used_up', 'refuse', 'go_tomorrow')
  if (seen.mask === 'missing') add('GATE-24', 'mask_missing', 'pass_with_reminder', 'wear_mask')
  let worst = 0
  for (const { outcome } of reasons) worst = Math.max(worst, outcomes.indexOf(outcome))
  return { outcome: outcomes[worst], reasons }
}

async function serve(port) {
  const { default: fastify } = await import('fastify')
  const database = open()
  const find = {
    session: database.prepare('select * from session where token_hash = ?'),
    gate: database.prepare('select * from gate where id = ?'),
    idNumber: database.prepare('select person_id from person_key where id_hash = ?'),
    person: database.prepare('select p.*, h.label, h.path, h.compound_id from person p join household h on h.id = p.household_id where p.id = ?'),
    standing: database.prepare('select * from standing where person_id = ?'),
    outings: database.prepare('select outings from outing where household_id = ? and day = ?'),
    command: database.prepare('select id, outcome, reasons from passage where command_id = ?'),
  }
  const insert = database.prepare('insert into passage values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const outing = database.prepare('insert into outing values (?, ?, 1) on conflict (household_id, day) do update set outings = outings + 1')
  const recent = new Map()
  let lastId = Date.now() * 4096
  const refuse = (status, code) => Object.assign(new Error(code), { statusCode: status, code })

  function recognise(command, now) {
    if (command.recognised_by === 'personal_code') {
      const [person, step, mac] = command.token.split('.')
      const age = Math.floor(now / 1000 / stepSeconds) - Number(step)
      const good = codeOf(person, step)
      if (good.length !== command.token.length || !timingSafeEqual(Buffer.from(good), Buffer.from(command.token))) throw refuse(404, 'person.unknown_code')
      if (age > 40) throw refuse(409, 'code.expired')
      return Number(person)
    }
    if (command.recognised_by === 'id_number') {
      const found = find.idNumber.get(tokenHash(command.id_number))
      if (!found) throw refuse(404, 'person.unknown_id_number')
      return found.person_id
    }
    return Number(command.person_ids[0])
  }

  const record = database.transaction((gateId, token, csrf, command) => {
    const now = Date.now()
    const session = find.session.get(tokenHash(token))
    if (!session || session.expires_at < now) throw refuse(401, 'session.expired')
    if (csrf !== csrfOf(token)) throw refuse(403, 'csrf')
    const gate = find.gate.get(gateId)
    if (!gate || !gate.path.startsWith(session.path)) throw refuse(403, 'access.denied')
    const commandId = Buffer.from(command.id.replaceAll('-', ''), 'hex')
    if (find.command.get(commandId)) throw refuse(409, 'command.repeated')
    const person = find.person.get(recognise(command, now))
    if (!person) throw refuse(404, 'person.unknown')
    const standing = find.standing.get(person.id) ?? {}
    const day = Math.floor((now + 288e5) / 864e5)
    const outings = find.outings.get(person.household_id, day)?.outings ?? 0
    const seen = { direction: command.direction, temperature_tenths: command.temperature_tenths, mask: command.mask, outings, ...standing }
    const verdict = decide(seen, now)
    const last = recent.get(person.id)
    const repeated = last && now - last < 30e3 ? Math.floor((now - last) / 1000) : undefined
    recent.set(person.id, now)
    const id = ++lastId
    insert.run(id, commandId, gate.id, person.id, person.household_id, now, Date.parse(command.at), command.direction, command.recognised_by,
      verdict.outcome, policy.version, JSON.stringify(seen), JSON.stringify(verdict.reasons), session.account_id)
    if (command.direction === 'out' && verdict.outcome.startsWith('pass')) outing.run(person.household_id, day)
    return {
      at: new Date(now).toISOString(), gate_id: String(gate.id),
      items: [{ passage_id: String(id), person_id: String(person.id), name_masked: person.name[0] + '**', household_label: person.label,
        outcome: verdict.outcome, reasons: verdict.reasons, policy_version: policy.version, repeated_seconds: repeated,
        undo_until: new Date(now + 10e3).toISOString() }],
    }
  })

  const text = { type: 'string' }
  const app = fastify({ logger: false })
  app.get('/healthz', () => 'ok')
  app.post('/api/v1/gates/:gate/passages', {
    schema: {
      body: {
        type: 'object', required: ['id', 'at', 'direction', 'recognised_by'],
        properties: {
          id: { type: 'string', minLength: 36, maxLength: 36 }, at: text, direction: { enum: ['in', 'out'] }, recognised_by: text, token: text,
          id_number: text, person_ids: { type: 'array', items: text }, temperature_tenths: { type: 'integer' }, mask: text,
        },
      },
      response: { 200: { type: 'object', properties: { at: text, gate_id: text, items: { type: 'array', items: { type: 'object', properties: {
        passage_id: text, person_id: text, name_masked: text, household_label: text, outcome: text, policy_version: text, undo_until: text,
        repeated_seconds: { type: 'integer' },
        reasons: { type: 'array', items: { type: 'object', properties: { clause: text, reason: text, outcome: text, next: text } } } } } } } } },
    },
  }, (request) => {
    const token = /(?:^|; )fl_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
    if (!token) throw refuse(401, 'session.none')
    return record.immediate(Number(request.params.gate), token, request.headers['x-firstline-csrf'], request.body)
  })
  await app.listen({ host: '127.0.0.1', port })
}

if (task === 'fill') fill(Number(number))
else if (task === 'load-file') writeLoadFile(process.argv[5], Number(number), Number(process.argv[6]))
else if (task === 'serve') await serve(Number(number))
else process.exitCode = 2
