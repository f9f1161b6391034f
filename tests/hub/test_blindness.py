"""Nobody reads another's coding before it is opened: the server sees to that, and the tests would tell."""

from __future__ import annotations

import pytest

from qualbench.hub.rights import LEADS
from qualbench.hub.server import schema
from qualbench.project.parcel import THE_LEADS
from tests.hub.attacks import attack
from tests.hub.servers import Server


def test_every_attack_is_held(server: Server) -> None:
    held = attack(server)
    assert len(held) >= 58
    assert [name for name, well in held.items() if not well] == []


def test_what_only_leads_say_in_packages_only_leads_say_on_a_hub() -> None:
    assert THE_LEADS <= LEADS


WAITS = "order by doc, round for share;\n  perform 1 from hub.head where audience = me for update;\n  -- 4."
BROKEN = {
    "entries are read by all": (
        "create policy event_read on hub.event for select to hub_member using (audience in ('*', session_user::text));",
        "create policy event_read on hub.event for select to hub_member using (true);",
    ),
    "no rules on entries": ("alter table hub.event enable row level security;", ""),
    "words are read by all": (
        "on hub.word for select to hub_member using (audience in ('*', session_user::text))",
        "on hub.word for select to hub_member using (true)",
    ),
    "heads are read by all": (
        "on hub.head for select to hub_member using (audience in ('*', session_user::text))",
        "on hub.head for select to hub_member using (true)",
    ),
    "seals are read by all": (
        "on hub.sealed for select to hub_member using (login = session_user::text)",
        "on hub.sealed for select to hub_member using (true)",
    ),
    "keys are read by all": (
        "on hub.doc_key for select to hub_member using (login = session_user::text)",
        "on hub.doc_key for select to hub_member using (true)",
    ),
    "gates are read while blind": ("using (state = 'open')", "using (true)"),
    "everybody may write": (
        "-- nobody holds INSERT",
        "grant insert, update, delete on hub.event to hub_member;\n"
        "create policy w on hub.event to hub_member using (true);\n--",
    ),
    "the author is a claim": ("x.actor is distinct from who.person", "false"),
    "computers belong to nobody": ("where d.person <> who.person limit 1", "where false limit 1"),
    "everybody leads": (
        "join hub.lead_kind using (kind) where not who.is_lead",
        "join hub.lead_kind using (kind) where false",
    ),
    "private work in the open": (
        "using (kind) where x.lane is distinct",
        "using (kind) where false and x.lane is distinct",
    ),
    "passes in another's name": ("x.data::jsonb->>'coder' is distinct from who.person", "false"),
    "passes that nobody asked for": ("x.data::jsonb->>'round' <> '' and not exists", "false and not exists"),
    "lanes belong to nobody": (
        "or l.person <> who.person and (l.round is null or x.audience",
        "or false and (l.round is null or x.audience",
    ),
    "anything in opened passes": ("or x.kind not in (select kind from hub.of_others)", "or false"),
    "others' steps are undone": ("and e.body::jsonb->>4 <> who.person", "and false"),
    "hashes are believed": (
        "or y.hash is distinct from encode(sha256(convert_to(y.prev || y.body, 'UTF8')), 'hex')",
        "",
    ),
    "entries are written in any way": ("case when whole = b then jsonb_array_length(j) end", "jsonb_array_length(j)"),
    "places of anybody": ("or x.seq % 4294967296 <> hub.number_of(x.device)", ""),
    "places are used twice": ("or exists (select 1 from hub.event e where e.device = x.device and e.seq = x.seq)", ""),
    "ids are used twice": ("exists (select 1 from hub.event e where e.ev_id = x.ev_id)", "false"),
    "steps belong to nobody": ("e.step = s and e.author > me", "false"),
    "lanes for judges are anybody's": ("x.subject <> 'cqr' and x.lane like '%/%'", "false"),
    "forks are believed": ("where y.prev is distinct from coalesce(y.last, c.hash, '') or", "where"),
    "coding after sealing": ("x.phase = 'independent' and x.kind not in (select kind from hub.after_seal)", "false"),
    "the same is taken twice": ("where x.seq > coalesce(c.seq, 0);", ";"),
    "opening by anybody": (
        "and is_lead) then\n    raise exception 'Only the lead opens",
        ") then\n    raise exception 'Only the lead opens",
    ),
    "opening before all have sealed": ("and cardinality(missing) > 0 then", "and false then"),
    "opening what nobody has sealed": ("if cardinality(in_time) = 0 then", "if false then"),
    "opening shows all transcripts": (
        "from hub.event e where lane = any(p_lanes) and audience <> '*'",
        "from hub.event e where audience <> '*'",
    ),
    "opening shows no words": (
        "from hub.word where lane = any(p_lanes) and audience <> '*'",
        "from hub.word where false",
    ),
    "opening does not wait": (WAITS, WAITS.replace(" for share", "")),
    "late work passes for independent": (
        "when g.state = 'open' then 'late'",
        "when g.state = 'open' then 'independent'",
    ),
    "positions have holes": (
        "update hub.head set head = v_head + k where audience = a;",
        "update hub.head set head = v_head + k + 1 where audience = a;",
    ),
    "memos are shown by others": (
        "where l.person is distinct from (select person",
        "where false and l.person is distinct from (select person",
    ),
    "words in others' passes": (
        "where w.lane <> '' and (l.lane is null or l.person <> who.person",
        "where false and (l.lane is null or l.person <> who.person",
    ),
    "keys by anybody": ("raise exception 'Only the lead gives keys.' using errcode = '42501'; end if;", "end if;"),
    "wake-up calls for blind work": (
        "if a = '*' then perform pg_notify('hub', ''); end if;",
        "perform pg_notify('hub', a);",
    ),
    "tables of one's own": ("execute format('revoke all on database %I from public', current_database());", ""),
    "functions for all": (
        "revoke all on all functions in schema hub from public;",
        "grant execute on function hub.add_member to hub_member;\nalter function hub.add_member security definer;",
    ),
}
"""The schema broken on purpose: what is replaced by what."""


@pytest.mark.parametrize("how", BROKEN)
def test_a_hub_that_is_broken_on_purpose_is_caught(server: Server, how: str) -> None:
    whole, (old, new) = schema(), BROKEN[how]
    assert old in whole
    held = attack(server, whole.replace(old, new))
    assert not all(held.values())
    assert "a hub that can be used" not in held, "it must be caught by an attack, not by standing still"
