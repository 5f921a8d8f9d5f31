"""The rule of tracing as SQL, for engines that have window functions. docs/trace.md says the rule in words.

`direct` joins on the place and time, as one would write it with an index on (place, enter). `by_hour` is for engines that join by hashing: a
short scan can only meet a stay that begins in its hour or the one before, so it is found by place and hour; the rest, by place and each hour of
the longest stay. Both give the same rows; a bench takes the faster.
"""

LEAST = {'duckdb': ('least', 'greatest'), 'postgresql': ('least', 'greatest'), 'sqlite': ('min', 'max')}


def joined(name, source, keys):
    """Intervals [s, e) of one key that overlap become one; touching is not overlapping."""
    return f'''
{name}_marked as (select *, case when s < max(e) over (partition by {keys} order by s, e rows between unbounded preceding and 1 preceding)
  then 0 else 1 end as fresh from {source}),
{name}_numbered as (select *, sum(fresh) over (partition by {keys} order by s, e rows unbounded preceding) as n from {name}_marked),
{name} as (select {keys}, min(s) as s, max(e) as e from {name}_numbered group by {keys}, n)'''


def met(prefix, asked, engine, form, linger, overlap, longest):
    """Who was met by each (c, y, f, u) of `asked`: the case, the person who is looked at, and the window."""
    least, greatest = LEAST[engine]
    end = f'{greatest}(x.leave, x.enter + {linger})'
    start_of = f'{greatest}(x.enter, o.s) as s, {least}({end}, o.e) as e'
    columns = f'o.c, o.y, o.place, o.s as os, x.person as x, {start_of}'
    if form == 'direct':
        pairs = f'''select {columns} from {prefix}_stay o join scan x on x.place = o.place and x.enter < o.e and x.enter > o.s - {longest}
    where {end} > o.s and x.person <> o.y'''
    else:
        def part(kind, reach, which):
            return f'''select {columns} from (select *, unnest(range((s - {reach}) // 3600, (e - 1) // 3600 + 1)) as hour from {prefix}_stay) o
    join scan x on x.place = o.place and x.enter // 3600 = o.hour and {which}
    where x.enter < o.e and {end} > o.s and x.person <> o.y'''
        pairs = part('short', linger, f'x.leave - x.enter <= {linger}') + ' union all ' + part('long', longest, f'x.leave - x.enter > {linger}')
    return f'''
{prefix}_own as (select * from (select a.c, a.y, x.place, {greatest}(x.enter, a.f) as s, {least}({end}, a.u) as e
  from {asked} a join scan x on x.person = a.y) own where s < e),
{joined(prefix + '_stay', prefix + '_own', 'c, y, place')},
{prefix}_pair as ({pairs}),
{joined(prefix + '_encounter', prefix + '_pair', 'c, y, place, os, x')},
{prefix}_met as (select c, y, x, count(*) as encounters, sum(e - s) as overlap_seconds, min(s) as first, max(e) as last
  from {prefix}_encounter group by c, y, x having sum(e - s) >= {overlap})'''


def question(engine, form, depth, linger, overlap, longest):
    text = '''with asked as (select person as c, person as y, from_second as f, until_second as u from index_case),''' + met(
        'first', 'asked', engine, form, linger, overlap, longest)
    answer = 'select c, x, encounters, overlap_seconds, first, last from first_met'
    if depth == 2:
        text += f''',
further as (select m.c, m.x as y, m.first as f, a.u from first_met m join asked a on a.c = m.c),{met('second', 'further', engine, form, linger, overlap, longest)}'''
        answer += '''
union all select s.c, s.x, cast(sum(s.encounters) as bigint), cast(sum(s.overlap_seconds) as bigint), min(s.first), max(s.last) from second_met s
  where s.x <> s.c and not exists (select 1 from first_met m where m.c = s.c and m.x = s.x) group by s.c, s.x'''
    return f'{text}\n{answer}'
