-- Run once by a superuser in Balai's database when its own role is not one (managed servers): lets search use its indexes.
-- Why this is safe: docs/decisions/0004-leakproof-search.md
alter function pg_catalog.texticlike(text, text) leakproof;
alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
alter function public.st_dwithin(geography, geography, double precision, boolean) leakproof;
alter function public.geography_overlaps(geography, geography) leakproof;
