"""The engines that the trace index is held against: each loads scans.csv and cases.csv of a folder and answers a question."""
import json
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

from postgresql import PostgresqlServer
from questions import question
from running import progress

HERE = Path(__file__).resolve().parent
COLUMNS = ('person', 'place', 'enter', 'leave')


def package_folder(keep):
    """DuckDB from npm, installed once; its library comes inside the package."""
    folder = keep / 'duckdb'
    folder.mkdir(parents=True, exist_ok=True)
    for name in ('package.json', 'ask.mjs'):
        shutil.copy(HERE / 'duckdb' / name, folder / name)
    if not (folder / 'node_modules/@duckdb/node-api').exists():
        progress('installing DuckDB')
        subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--silent'], cwd=folder, check=True, stdout=sys.stderr)
    return folder


class DuckDb:
    name = 'duckdb'

    def __init__(self, keep, folder):
        package = package_folder(keep)
        self.process = subprocess.Popen(['node', 'ask.mjs', ':memory:', '8GB'], cwd=package, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask(f"set temp_directory = '{folder}/duckdb-temporary'")
        columns = ', '.join(f"'{name}': 'bigint'" for name in COLUMNS)
        self.ask(f"create table scan as select * from read_csv('{folder}/scans.csv', header = true, columns = {{{columns}}})")
        self.cases(folder / 'cases.csv')
        self.longest = int(self.ask('select cast(max(leave - enter) as bigint) from scan')['rows'][0][0])

    def ask(self, sql):
        self.process.stdin.write(json.dumps({'sql': sql}) + '\n')
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if 'error' in answer:
            sys.exit(f'DuckDB: {answer["error"]}')
        return answer

    def cases(self, path):
        self.ask(f'create or replace table index_case as select person, "from" as from_second, until as until_second '
                 f"from read_csv('{path}', header = true, columns = {{'person': 'bigint', 'from': 'bigint', 'until': 'bigint'}})")

    def measure(self, depth, linger, overlap, seconds):
        """The faster of two forms, by the median of its rounds."""
        best = None
        for form in ('direct', 'by_hour'):
            text = question('duckdb', form, depth, linger, overlap, self.longest)
            rounds, end = [], time.monotonic() + seconds
            while not rounds or (len(rounds) < 21 and time.monotonic() < end):
                rounds.append(self.ask(f'create or replace temp table answer as {text}'))
            figures = {'ms': statistics.median(r['ms'] for r in rounds), 'cpu_ms': statistics.median(r['cpu_ms'] for r in rounds), 'form': form}
            progress(f'duckdb {form}: {figures["ms"]:.0f} ms ({figures["cpu_ms"]:.0f} ms of CPU), {len(rounds)} rounds')
            if best is None or figures['ms'] < best['ms']:
                best = figures
        best['rows'] = int(self.ask('select count(*) from answer')['rows'][0][0])
        return best

    def answers_file(self, depth, linger, overlap, path):
        self.ask(f"copy (select * from ({question('duckdb', 'by_hour', depth, linger, overlap, self.longest)}) order by 1, 2) to '{path}' (header false)")

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Postgresql:
    name = 'postgresql'

    def __init__(self, folder, longest):
        self.longest = longest
        self.server = PostgresqlServer('-c shared_buffers=1GB -c max_wal_size=8GB -c work_mem=256MB -c maintenance_work_mem=1GB -c fsync=off')
        self.psql('create unlogged table scan (person bigint, place bigint, enter bigint, leave bigint);'
                  'create table index_case (person bigint, from_second bigint, until_second bigint)')
        for table, name in (('scan', 'scans.csv'), ('index_case', 'cases.csv')):
            self.psql(f"\\copy {table} from '{folder / name}' with (format csv, header true)")
        self.psql('create index on scan (person)')
        self.psql('create index on scan (place, enter) include (leave, person)')
        self.psql('vacuum analyze')

    def psql(self, *commands):
        words = [word for command in commands for word in ('-c', command)]
        return subprocess.run(['psql', '-q', '-v', 'ON_ERROR_STOP=1', self.server.url, *words], check=True, capture_output=True, text=True).stdout

    def measure(self, depth, linger, overlap, seconds):
        text = question('postgresql', 'direct', depth, linger, overlap, max(self.longest, linger))
        rounds, end = [], time.monotonic() + seconds
        while not rounds or (len(rounds) < 21 and time.monotonic() < end):
            shown = self.psql('\\timing on', f'create temp table answer as {text}', f'create temp table again as {text}', 'select count(*) as rows from again')
            times = [float(ms) for ms in re.findall(r'Time: ([\d.]+) ms', shown)]
            rounds.append(times[1])
        rows = int(re.search(r'rows\s+-+\s+(\d+)', shown).group(1))
        return {'ms': statistics.median(rounds), 'rows': rows}

    def stop(self):
        self.server.stop()


class Sqlite:
    name = 'sqlite'

    def __init__(self, folder, longest):
        self.longest = longest
        path = folder / 'scans.db'
        path.unlink(missing_ok=True)
        subprocess.run(['sqlite3', path], check=True, stdout=subprocess.DEVNULL, text=True, input=f'''
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000;
create table scan (person integer, place integer, enter integer, leave integer);
create table index_case (person integer, from_second integer, until_second integer);
.import --csv --skip 1 {folder / 'scans.csv'} scan
.import --csv --skip 1 {folder / 'cases.csv'} index_case
create index scan_person on scan (person, enter);
create index scan_place on scan (place, enter, leave, person);
analyze;
''')
        self.connection = sqlite3.connect(path)
        self.connection.execute('pragma cache_size = -1000000')

    def measure(self, depth, linger, overlap, seconds):
        text = question('sqlite', 'direct', depth, linger, overlap, max(self.longest, linger))
        rounds, end = [], time.monotonic() + seconds
        while len(rounds) < 2 or (len(rounds) < 21 and time.monotonic() < end):
            self.connection.execute('drop table if exists temp.answer')
            begin = time.perf_counter()
            self.connection.execute(f'create temp table answer as {text}')
            rounds.append((time.perf_counter() - begin) * 1e3)
        return {'ms': statistics.median(rounds[1:]), 'rows': self.connection.execute('select count(*) from answer').fetchone()[0]}

    def stop(self):
        self.connection.close()
