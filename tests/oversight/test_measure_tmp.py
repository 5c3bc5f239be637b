import time
from tests.case_making import open_a_case
from tests.desk_client import actor_of
def test_measure(own_database, owner):
    from faden.kernel.rls import opened_for
    from faden.oversight.queries import logs
    case = open_a_case(); a = actor_of("amal@caritas-ahaus.example")
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(a.organisation_id)])
    owner.execute("""INSERT INTO kernel_look (id, organisation_id, at, user_id, role, mac, kind, page, purpose, subject_id, shown, epoch)
      SELECT gen_random_uuid(), %s, now() - g * interval '20 seconds', 1, 'case_manager', '\\x00', case when g %% 3 = 0 then 'list' else 'case' end, 'case', 'caseload',
      case when g %% 3 = 0 then null else gen_random_uuid() end, case when g %% 3 = 0 then (select array_agg(gen_random_uuid()) from generate_series(1,20) where g > 0) else '{}' end, 1
      FROM generate_series(1, 300000) g""", [a.organisation_id])
    owner.execute("ANALYZE kernel_look")
    with opened_for(a, write=False):
        for asked in (logs.Asked(), logs.Asked(case_id=case.id)):
            t = time.time(); logs.looks(asked); print(asked.case_id, round((time.time()-t)*1000), "ms")
    assert 0
