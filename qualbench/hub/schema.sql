-- The hub of one study: one DATABASE a study (own backup, own CONNECT right, DROP DATABASE at the end of retention), one
-- LOGIN a person. Run once, by whoever administers the server.
--
--   * A row is one entry of a study's journal: the exact text that was hashed. Every column is derived from that text here.
--   * An audience is '*' (the whole team) or one login. A login reads '*' and its own, and nothing else.
--   * Opening a transcript puts the coders' rows into '*' once more, at new positions, so that no reader misses them.
--   * Positions come from a locked head row: gapless, in the order of commits, and they tell nothing of other audiences.
--   * No advisory locks, no sequences, no policy with a subquery: any engine that speaks PostgreSQL can hold it.
do $$ begin
  if to_regrole('hub_owner') is null then create role hub_owner nologin; end if;
  if to_regrole('hub_member') is null then create role hub_member nologin; end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_owner to %I', current_user);
  end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant create on database %I to hub_owner', current_database());
end $$;
revoke all on schema public from public;
create schema hub authorization hub_owner;
set role hub_owner;

-- ---- what there is --------------------------------------------------------------------------------------------------

create table hub.study(study text not null, name text not null, coders int not null, schema_version int not null,
  generation uuid not null default gen_random_uuid());
create table hub.member(
  login text primary key check (login ~ '^[a-z_][a-z0-9_]{0,62}$'),  -- '*' can never be a login
  person text not null unique check (person <> ''), is_lead boolean not null default false);
create table hub.lead_kind(kind text primary key);      -- what only a lead may say
create table hub.private_kind(kind text primary key);   -- what never is everybody's at once
create table hub.after_seal(kind text primary key);     -- what a corrected text asks of a pass that is sealed
create table hub.of_others(kind text primary key);      -- what anybody may say of a pass that is opened

create table hub.device(device text primary key, person text not null);
create table hub.chain(device text, subject text, lane text, seq bigint not null, hash text not null,
  primary key (device, subject, lane));
create table hub.lane(            -- private work: a pass (of a round, perhaps ''), a memo, what a judge writes on a case
  lane text primary key, subject text not null, person text not null, round text, published boolean not null default false);
create index lane_place on hub.lane(subject, round);

create table hub.gate(doc text, round text, state text not null default 'blind' check (state in ('blind', 'open')),
  opened_by text, opened_at timestamptz, reason text not null default '', passes text[] not null default '{}',
  primary key (doc, round));
create table hub.assigned(doc text, round text, person text, primary key (doc, round, person));
create table hub.sealed(doc text, round text, login text, person text not null, at timestamptz not null default clock_timestamp(),
  primary key (doc, round, login));

create table hub.head(audience text primary key, head bigint not null default 0);
create table hub.event(
  audience text not null, pos bigint not null, ev_id text not null, author text not null, device text not null,
  step text not null, subject text not null, lane text not null, seq bigint not null, kind text not null,
  phase text not null check (phase in ('founded', 'shared', 'independent', 'late')),
  server_at timestamptz not null default clock_timestamp(), body text not null, prev text not null, hash text not null,
  primary key (audience, pos));
create unique index event_once on hub.event(ev_id, audience);
create index event_place on hub.event(device, seq);
create index event_lane on hub.event(lane) where audience <> '*';
create index event_step on hub.event(step, author);

create table hub.word(            -- words, sealed with a key that the hub never has
  audience text not null, lane text not null, hash text not null, author text not null, doc text not null,
  key uuid not null, pos bigint not null, cipher bytea not null, primary key (audience, lane, hash, author));
create index word_pos on hub.word(audience, pos);
create table hub.doc_key(         -- the keys, each wrapped for one member
  doc text, login text references hub.member, key uuid not null, sealed_to text not null, wrapped bytea not null,
  primary key (doc, login));
create table hub.erased(hash text primary key);

-- ---- who reads what -------------------------------------------------------------------------------------------------

alter table hub.event enable row level security;
alter table hub.event force row level security;
create policy event_owner on hub.event to hub_owner using (true) with check (true);
create policy event_read on hub.event for select to hub_member using (audience in ('*', session_user::text));
alter table hub.word enable row level security;
alter table hub.word force row level security;
create policy word_owner on hub.word to hub_owner using (true) with check (true);
create policy word_read on hub.word for select to hub_member using (audience in ('*', session_user::text));
alter table hub.head enable row level security;
alter table hub.head force row level security;
create policy head_owner on hub.head to hub_owner using (true) with check (true);
create policy head_read on hub.head for select to hub_member using (audience in ('*', session_user::text));
alter table hub.sealed enable row level security;
alter table hub.sealed force row level security;
create policy sealed_owner on hub.sealed to hub_owner using (true) with check (true);
create policy sealed_read on hub.sealed for select to hub_member using (login = session_user::text);
alter table hub.gate enable row level security;
alter table hub.gate force row level security;
create policy gate_owner on hub.gate to hub_owner using (true) with check (true);
create policy gate_read on hub.gate for select to hub_member using (state = 'open');
alter table hub.doc_key enable row level security;
alter table hub.doc_key force row level security;
create policy key_owner on hub.doc_key to hub_owner using (true) with check (true);
create policy key_read on hub.doc_key for select to hub_member using (login = session_user::text);

grant usage on schema hub to hub_member;
grant select on hub.study, hub.member, hub.event, hub.word, hub.head, hub.sealed, hub.gate, hub.doc_key to hub_member;
-- nobody holds INSERT, UPDATE or DELETE: what follows is the only way anything is written

-- ---- writing --------------------------------------------------------------------------------------------------------

create type hub.entry as (ord bigint, parts int, ev_id text, device text, step text, subject text, actor text, kind text, data text,
  lane text, seq bigint, body text, prev text, hash text, audience text, phase text);

create function hub.refuse(why text, x hub.entry) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%', why using errcode = '42501', detail = json_build_array((x).device, (x).subject, (x).lane)::text;
end $$;

create function hub.read_entries(bodies text[], prevs text[], hashes text[]) returns hub.entry[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array_agg(row(ord, case when whole = b then jsonb_array_length(j) end, j->>0, j->>1, j->>2, j->>3, j->>4, j->>6, j->>7, j->>8, (j->>9)::bigint,
      b, p, h, null, null)::hub.entry order by ord)
    from unnest(bodies, prevs, hashes) with ordinality r(b, p, h, ord)
    cross join lateral (select r.b::jsonb as j offset 0) jj
    -- the one way to write an entry as text, so that whoever reads it makes the same text, and the same hash, of it again
    cross join lateral (select '[' || string_agg(to_json(v)::text, ',' order by n) || ']' as whole
      from jsonb_array_elements_text(j) with ordinality e(v, n)) ww $$;

-- where an entry stands: its count in the upper half, in the lower a number made from its device, as store/order.py has it
create function hub.number_of(device text) returns bigint language sql immutable set search_path = pg_catalog, pg_temp as $$
  select ('x' || encode(substr(sha256(convert_to(device, 'UTF8')), 1, 4), 'hex'))::bit(32)::bigint $$;

-- what the words of some kinds change on the server: who is asked to code what, and what was destroyed
create function hub.follow(q hub.entry[]) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare x hub.entry;
begin
  for x in select * from unnest(q) y where y.kind in ('round_planned', 'round_withdrawn', 'words_erased') order by ord loop
    if x.kind = 'round_planned' then
      insert into hub.assigned(doc, round, person)
        select a.key, x.data::jsonb->>'round', p from jsonb_each(x.data::jsonb->'assignments') a,
          jsonb_array_elements_text(a.value) p
        where not exists (select 1 from hub.assigned s where s.round = x.data::jsonb->>'round')
        on conflict do nothing;
    elsif x.kind = 'round_withdrawn' then
      delete from hub.assigned where round = x.data::jsonb->>'round'
        and not exists (select 1 from hub.lane l where l.round = x.data::jsonb->>'round');
    else
      insert into hub.erased select jsonb_array_elements_text(x.data::jsonb->'hashes') on conflict do nothing;
      delete from hub.word where hash in (select jsonb_array_elements_text(x.data::jsonb->'hashes'));
      delete from hub.doc_key where doc = x.data::jsonb->>'transcript';
    end if;
  end loop;
end $$;

create function hub.push(bodies text[], prevs text[], hashes text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me text := session_user; who hub.member; q hub.entry[]; bad hub.entry; a text; v_head bigint; k bigint; n bigint := 0;
begin
  select * into who from hub.member where login = me;
  if not found then raise exception 'You are no member of this study.' using errcode = '42501'; end if;
  if cardinality(bodies) > 5000 or cardinality(bodies) is distinct from cardinality(prevs)
    or cardinality(bodies) is distinct from cardinality(hashes) or exists (select 1 from unnest(bodies) b where octet_length(b) > 16777216)
  then raise exception 'Too many entries at once.' using errcode = '22000'; end if;
  begin
    q := hub.read_entries(bodies, prevs, hashes);
  exception when data_exception or program_limit_exceeded then
    raise exception 'That is no entry of a journal.' using errcode = '22000';
  end;
  if q is null then return 0; end if;
  -- 1. author is the login, never a claim
  for bad in select * from unnest(q) x where x.parts is distinct from 10 or x.seq <= 0
      or x.body not like '%,"' || x.seq || '"]' or x.seq % 4294967296 <> hub.number_of(x.device)
      or x.subject <> 'cqr' and x.lane like '%/%' or length(x.kind) > 200
      or greatest(length(x.ev_id), length(x.device), length(x.step), length(x.subject), length(x.lane)) > 500 limit 1 loop
    perform hub.refuse('That is no entry of a journal.', bad); end loop;
  for bad in select * from unnest(q) x where x.actor is distinct from who.person limit 1 loop
    perform hub.refuse('It was written as somebody else than ' || who.person || '.', bad); end loop;
  for bad in select x.* from unnest(q) x join hub.lead_kind using (kind) where not who.is_lead limit 1 loop
    perform hub.refuse('Only the lead of a study may say that (' || bad.kind || ').', bad); end loop;
  for bad in select x.* from unnest(q) x join hub.private_kind using (kind) where x.lane is distinct from case x.subject
      when 'notes' then x.data::jsonb->>'note' when 'cqr' then (x.data::jsonb->>'judge') || '/' || (x.data::jsonb->>'about')
      else x.data::jsonb->>'pass_id' end limit 1 loop
    perform hub.refuse('What is private must stay in its own lane.', bad); end loop;
  for bad in select * from unnest(q) x where x.kind in ('step_undone', 'step_redone') and exists (select 1 from hub.event e
      where e.step = x.data::jsonb->>'target' and e.body::jsonb->>4 <> who.person) limit 1 loop
    perform hub.refuse('It undoes what somebody else did.', bad); end loop;
  for bad in select x.* from unnest(q) x where x.step in (select s from (select distinct y.step as s from unnest(q) y) d
      where exists (select 1 from hub.event e where e.step = s and e.author < me)
        or exists (select 1 from hub.event e where e.step = s and e.author > me)) limit 1 loop
    perform hub.refuse('It adds to what somebody else did.', bad); end loop;
  insert into hub.device select distinct device, who.person from unnest(q) order by 1 on conflict do nothing;
  for bad in select x.* from unnest(q) x join hub.device d using (device) where d.person <> who.person limit 1 loop
    perform hub.refuse('This computer belongs to somebody else on the hub.', bad); end loop;
  -- 2. lanes that begin here; whoever begins one owns it
  perform hub.follow(array(select x from unnest(q) x where x.kind = 'round_planned'));
  for bad in select * from unnest(q) x where x.kind = 'pass_opened' and (x.data::jsonb->>'coder' is distinct from who.person
      or x.data::jsonb->>'pass_id' is distinct from x.lane or x.data::jsonb->>'transcript' is distinct from x.subject
      or x.data::jsonb->>'round' <> '' and not exists (select 1 from hub.assigned s where s.doc = x.subject
        and s.round = x.data::jsonb->>'round' and s.person = who.person)) limit 1 loop
    perform hub.refuse(who.person || ' is not asked to code this.', bad); end loop;
  for bad in select * from unnest(q) x where x.subject = 'cqr' and x.lane <> ''
      and left(x.lane, length(who.person) + 1) <> who.person || '/' limit 1 loop
    perform hub.refuse('It was written as another judge.', bad); end loop;
  insert into hub.lane(lane, subject, person, round)
    select distinct on (x.lane) x.lane, x.subject, who.person,
        case when x.kind = 'pass_opened' then coalesce(x.data::jsonb->>'round', '') end
      from unnest(q) x where x.kind = 'pass_opened' or x.lane <> '' and x.subject in ('notes', 'cqr')
      order by x.lane, x.ord on conflict do nothing;
  insert into hub.gate(doc, round) select distinct l.subject, l.round from unnest(q) x join hub.lane l using (lane)
    where l.round is not null order by 1, 2 on conflict do nothing;
  -- 3. the gates of what is touched, in a fixed order: opening waits for us, or we wait for it; then the own head
  perform 1 from hub.gate g where (g.doc, g.round) in
    (select l.subject, l.round from unnest(q) x join hub.lane l using (lane)) order by doc, round for share;
  perform 1 from hub.head where audience = me for update;
  -- 4. a new statement, which sees what the locks waited for: drop what is here already, and say who may read the rest
  select array_agg((x.ord, x.parts, x.ev_id, x.device, x.step, x.subject, x.actor, x.kind, x.data, x.lane, x.seq, x.body, x.prev,
      x.hash,
      case when x.lane = '' or g.state = 'open' or l.published then '*' else me end,
      case when x.lane = '' or l.round is null or g.state = 'open' and (l.person <> who.person or s.login is not null) then 'shared'
           when g.state = 'open' then 'late' else 'independent' end)::hub.entry order by x.ord) into q
    from unnest(q) x
    left join hub.chain c on c.device = x.device and c.subject = x.subject and c.lane = x.lane
    left join hub.lane l on l.lane = x.lane
    left join hub.gate g on g.doc = l.subject and g.round = l.round
    left join hub.sealed s on s.doc = l.subject and s.round = l.round and s.person = l.person
    where x.seq > coalesce(c.seq, 0);
  if q is null then return 0; end if;
  -- an id and a place are used once, or no reader could keep both
  for bad in select * from unnest(q) x where exists (select 1 from hub.event e where e.ev_id = x.ev_id)
      or exists (select 1 from hub.event e where e.device = x.device and e.seq = x.seq)
      or (select count(*) > least(count(distinct y.ev_id), count(distinct (y.device, y.seq))) from unnest(q) y) limit 1 loop
    perform hub.refuse('There is another entry in its place.', bad); end loop;
  -- 5. whose lane it is, and whether it is closed
  for bad in select x.* from unnest(q) x left join hub.lane l using (lane)
      where x.lane <> '' and (l.lane is null or l.subject <> x.subject
        or l.person <> who.person and (l.round is null or x.audience <> '*'
          or x.kind not in (select kind from hub.of_others))) limit 1 loop
    perform hub.refuse('It belongs to the private work of somebody else, or to a pass that nobody began.', bad); end loop;
  for bad in select x.* from unnest(q) x join hub.lane l using (lane)
      join hub.sealed s on s.doc = l.subject and s.round = l.round and s.login = me
      where x.phase = 'independent' and x.kind not in (select kind from hub.after_seal) limit 1 loop
    perform hub.refuse('The transcript was sealed before; what came after waits until it is opened.', bad); end loop;
  -- 6. the chains
  for bad in select y.ord, y.parts, y.ev_id, y.device, y.step, y.subject, y.actor, y.kind, y.data, y.lane, y.seq, y.body, y.prev,
        y.hash, y.audience, y.phase
      from (select x.*, lag(x.hash) over w as last, lag(x.seq) over w as before from unnest(q) x
            window w as (partition by x.device, x.subject, x.lane order by x.ord)) y
      left join hub.chain c on c.device = y.device and c.subject = y.subject and c.lane = y.lane
      where y.prev is distinct from coalesce(y.last, c.hash, '') or y.seq <= coalesce(y.before, c.seq, 0)
        or y.hash is distinct from encode(sha256(convert_to(y.prev || y.body, 'UTF8')), 'hex') limit 1 loop
    raise exception 'The chain of entries is broken.' using errcode = '22000',
      detail = json_build_array(bad.device, bad.subject, bad.lane)::text; end loop;
  -- 7. positions; a head stays locked to the commit
  for a in select audience from unnest(q) group by audience order by audience = '*' loop
    select head into v_head from hub.head where audience = a for update;
    insert into hub.event(audience, pos, ev_id, author, device, step, subject, lane, seq, kind, phase, body, prev, hash)
      select a, v_head + row_number() over (order by ord), ev_id, me, device, step, subject, lane, seq, kind, phase, body, prev, hash
        from unnest(q) x where x.audience = a;
    get diagnostics k = row_count;
    update hub.head set head = v_head + k where audience = a;
    n := n + k;
    if a = '*' then perform pg_notify('hub', ''); end if;  -- no payload: any login can listen
  end loop;
  insert into hub.chain(device, subject, lane, seq, hash)
    select distinct on (device, subject, lane) device, subject, lane, seq, hash from unnest(q) x
      order by device, subject, lane, seq desc
    on conflict (device, subject, lane) do update set seq = excluded.seq, hash = excluded.hash;
  perform hub.follow(array(select x from unnest(q) x where x.kind in ('round_withdrawn', 'words_erased')));
  return n;
end $$;

-- words go where the rows go that name them
create function hub.put_words(lanes text[], hashes text[], docs text[], keys uuid[], ciphers bytea[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me text := session_user; who hub.member; k bigint;
begin
  select * into who from hub.member where login = me;
  if not found then
    raise exception 'You are no member of this study.' using errcode = '42501'; end if;
  if exists (select 1 from unnest(ciphers) c where octet_length(c) > 67108864) or cardinality(ciphers) > 5000
  then raise exception 'Too many words at once.' using errcode = '22000'; end if;
  perform 1 from hub.gate g where (g.doc, g.round) in (select l.subject, l.round from hub.lane l where l.lane = any(lanes))
    order by doc, round for share;
  perform 1 from hub.head where audience = me for update;
  perform 1 from hub.head where audience = '*' for update;
  if exists (select 1 from unnest(lanes) w(lane) left join hub.lane l using (lane)
      left join hub.gate g on g.doc = l.subject and g.round = l.round
      where w.lane <> '' and (l.lane is null or l.person <> who.person and g.state is distinct from 'open' and not l.published)) then
    raise exception 'These words belong to the private work of somebody else.' using errcode = '42501'; end if;
  insert into hub.word(audience, lane, hash, author, doc, key, pos, cipher)
    select distinct on (h.audience, w.lane, w.hash) h.audience, w.lane, w.hash, me, w.doc, w.key, h.head, w.cipher
      from unnest(lanes, hashes, docs, keys, ciphers) w(lane, hash, doc, key, cipher)
      left join hub.lane l on l.lane = w.lane
      left join hub.gate g on g.doc = l.subject and g.round = l.round
      join hub.head h on h.audience = case when w.lane = '' or g.state = 'open' or l.published then '*' else me end
      where not exists (select 1 from hub.erased e where e.hash = w.hash)
    on conflict (audience, lane, hash, author) do update set doc = excluded.doc, key = excluded.key,
      cipher = excluded.cipher;
  get diagnostics k = row_count;
  return k;
end $$;

create function hub.seal(p_doc text, p_round text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare who hub.member;
begin
  select * into who from hub.member where login = session_user::text;
  perform 1 from hub.gate where doc = p_doc and round = p_round for update;
  if not exists (select 1 from hub.lane where subject = p_doc and round = p_round and person = who.person) then
    raise exception 'There is no pass of yours to seal.' using errcode = '42501'; end if;
  if exists (select 1 from hub.gate where doc = p_doc and round = p_round and state = 'open') then
    raise exception 'It is opened already.' using errcode = '55000'; end if;
  insert into hub.sealed(doc, round, login, person) values (p_doc, p_round, who.login, who.person) on conflict do nothing;
  perform pg_notify('hub', '');
end $$;

-- the rows and words of some lanes, once more, for everybody
create function hub.republish(p_lanes text[]) returns bigint language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_head bigint; k bigint;
begin
  select head into v_head from hub.head where audience = '*' for update;
  insert into hub.event(audience, pos, ev_id, author, device, step, subject, lane, seq, kind, phase, server_at, body, prev, hash)
    select '*', v_head + row_number() over (order by author, device, seq), ev_id, author, device, step, subject, lane, seq, kind,
        case phase when 'independent' then 'independent' else 'shared' end, server_at, body, prev, hash
      from hub.event e where lane = any(p_lanes) and audience <> '*'
        and not exists (select 1 from hub.event s where s.audience = '*' and s.ev_id = e.ev_id);
  get diagnostics k = row_count;
  update hub.head set head = v_head + k where audience = '*';
  insert into hub.word(audience, lane, hash, author, doc, key, pos, cipher)
    select '*', lane, hash, author, doc, key, v_head + k, cipher from hub.word where lane = any(p_lanes) and audience <> '*'
    on conflict do nothing;
  perform pg_notify('hub', '');
  return k;
end $$;

create function hub.awaited(p_doc text, p_round text) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  with asked as (
    select person from hub.assigned where doc = p_doc and round = p_round
    union select l.person from hub.lane l where l.subject = p_doc and l.round = p_round),
  done as (select s.person from hub.sealed s where s.doc = p_doc and s.round = p_round)
  select array(select person from asked except select person from done order by 1)
    || case when exists (select 1 from hub.assigned where doc = p_doc and round = p_round) then '{}'::text[]
       else array_fill('?'::text, array[greatest(0, (select coders from hub.study)
         - (select count(*)::int from (select person from asked union select person from done) x))]) end $$;

create function hub.open_consensus(p_doc text, p_round text, p_reason text default '') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare missing text[]; mine text[]; in_time text[];
begin
  if not exists (select 1 from hub.member where login = session_user::text and is_lead) then
    raise exception 'Only the lead opens a transcript.' using errcode = '42501'; end if;
  perform 1 from hub.gate where doc = p_doc and round = p_round for update;
  if not exists (select 1 from hub.gate where doc = p_doc and round = p_round) then
    raise exception 'Nobody has coded it.' using errcode = '55000', detail = '[]'; end if;
  if exists (select 1 from hub.gate where doc = p_doc and round = p_round and state = 'open') then return 0; end if;
  missing := hub.awaited(p_doc, p_round);
  if coalesce(btrim(p_reason), '') = '' and cardinality(missing) > 0 then
    raise exception 'Not everybody has sealed it.' using errcode = '55000', detail = to_json(missing)::text; end if;
  in_time := array(select l.lane from hub.lane l join hub.sealed s on s.doc = l.subject and s.round = l.round
    and s.person = l.person where l.subject = p_doc and l.round = p_round order by 1);
  if cardinality(in_time) = 0 then  -- unfinished work would be read by all, and nothing would be in time
    raise exception 'Nobody has sealed it, so there is nothing to open.' using errcode = '55000', detail = '[]'; end if;
  update hub.gate set state = 'open', opened_by = session_user, opened_at = clock_timestamp(),
      reason = coalesce(btrim(p_reason), ''), passes = in_time
    where doc = p_doc and round = p_round;
  mine := array(select lane from hub.lane where subject = p_doc and round = p_round);
  return hub.republish(mine);
end $$;

create function hub.publish(p_lanes text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from hub.head where audience = session_user::text for update;
  if exists (select 1 from unnest(p_lanes) w(lane) left join hub.lane l using (lane)
      where l.person is distinct from (select person from hub.member where login = session_user::text)
        or l.round is not null) then
    raise exception 'Only your own memos and judgements are yours to show.' using errcode = '42501'; end if;
  p_lanes := array(select lane from hub.lane where lane = any(p_lanes) and not published);
  if cardinality(p_lanes) = 0 then return 0; end if;
  update hub.lane set published = true where lane = any(p_lanes);
  return hub.republish(p_lanes);
end $$;

-- what a person's own devices have here, and which of their lanes everybody reads
create function hub.own_chains() returns table(device text, subject text, lane text, seq bigint, hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.device, c.subject, c.lane, c.seq, c.hash from hub.chain c join hub.device d using (device)
    join hub.member m using (person) where m.login = session_user::text $$;
create function hub.own_lanes() returns table(lane text, subject text, published boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.lane, l.subject, l.published from hub.lane l join hub.member m using (person) where m.login = session_user::text $$;

create function hub.keys_held() returns table(doc text, login text, key uuid, sealed_to text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from hub.member m where m.login = session_user::text and m.is_lead) then
    raise exception 'Only the lead gives keys.' using errcode = '42501'; end if;
  return query select k.doc, k.login, k.key, k.sealed_to from hub.doc_key k;
end $$;
create function hub.put_keys(docs text[], logins text[], keys uuid[], seals text[], wraps bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from hub.member m where m.login = session_user::text and m.is_lead) then
    raise exception 'Only the lead gives keys.' using errcode = '42501'; end if;
  insert into hub.doc_key(doc, login, key, sealed_to, wrapped)
    select * from unnest(docs, logins, keys, seals, wraps)
    on conflict (doc, login) do update set key = excluded.key, sealed_to = excluded.sealed_to, wrapped = excluded.wrapped;
  perform pg_notify('hub', '');
end $$;

-- ---- for whoever administers it; no member may run these ------------------------------------------------------------

create function hub.add_member(p_login text, p_person text, p_lead boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into hub.member values (p_login, p_person, p_lead);
  insert into hub.head(audience) values (p_login) on conflict do nothing;
end $$;

-- what was everybody's before there was a hub; its chains were checked when it came into the study
create function hub.found(p_lead text, bodies text[], prevs text[], hashes text[], seqs bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_head bigint; k bigint; q hub.entry[];
begin
  q := array(select (x.ord, x.parts, x.ev_id, x.device, x.step, x.subject, x.actor, x.kind, x.data, coalesce(x.lane, ''),
      seqs[x.ord], x.body, x.prev, x.hash, '*', 'founded')::hub.entry from unnest(hub.read_entries(bodies, prevs, hashes)) x);
  select head into v_head from hub.head where audience = '*' for update;
  insert into hub.event(audience, pos, ev_id, author, device, step, subject, lane, seq, kind, phase, body, prev, hash)
    select '*', v_head + row_number() over (order by ord), ev_id, p_lead, device, step, subject, lane, seq, kind, phase, body, prev,
      hash from unnest(q) x;
  get diagnostics k = row_count;
  update hub.head set head = v_head + k where audience = '*';
  insert into hub.chain(device, subject, lane, seq, hash)
    select distinct on (device, subject, lane) device, subject, lane, seq, hash from unnest(q) x
      order by device, subject, lane, seq desc
    on conflict (device, subject, lane) do update set seq = excluded.seq, hash = excluded.hash;
  perform hub.follow(q);
  insert into hub.lane(lane, subject, person, round, published)
    select distinct on (lane) lane, subject, actor, case when kind = 'pass_opened' then data::jsonb->>'round' end, true
      from unnest(q) x where lane <> '' order by lane, kind <> 'pass_opened' on conflict do nothing;
  insert into hub.gate(doc, round, state) select distinct subject, round, 'open' from hub.lane where round is not null
    on conflict do nothing;
end $$;

insert into hub.head(audience) values ('*');
revoke all on all functions in schema hub from public;
grant execute on function hub.push, hub.put_words, hub.seal, hub.open_consensus, hub.publish, hub.own_chains, hub.own_lanes,
  hub.keys_held, hub.put_keys to hub_member;
reset role;
