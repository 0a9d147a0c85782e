-- What is asked most of a whole population — sex, age, citizenship, heads, families, areas — is counted from this index without
-- opening the spans themselves, which halves the work.

drop index registry.citizen_spans_by_day;
create index citizen_spans_by_day on registry.citizen_spans (tenant_id, until, booked_on)
  include (status, gender, birth_date, citizenship, is_head_of_family, family_id, hamlet_id, area_id);
