// DuckDB behind a pipe: a line of JSON {sql} in, a line {ms, cpu_ms, rows} or {error} out.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2] ?? ':memory:', process.argv[3] ? { memory_limit: process.argv[3] } : {});
const connection = await instance.connect();
for await (const line of createInterface({ input: process.stdin })) {
  const { sql } = JSON.parse(line);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  try {
    const result = await connection.runAndReadAll(sql);
    const ms = performance.now() - begin;
    const used = process.cpuUsage(cpu);
    const rows = result.getRowsJson();
    process.stdout.write(JSON.stringify({ ms, cpu_ms: (used.user + used.system) / 1000, rows: rows.slice(0, 10) }) + '\n');
  } catch (trouble) {
    process.stdout.write(JSON.stringify({ error: String(trouble) }) + '\n');
  }
}
