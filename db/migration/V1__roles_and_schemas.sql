-- One role per writer. They get LOGIN and a password from the migrate command, never from here.
do $$
declare r text;
begin
  foreach r in array array['mlassets_loader', 'mlassets_trainer', 'mlassets_inference',
                           'mlassets_dispatcher', 'mlassets_registry', 'mlassets_validator', 'mlassets_analyst'] loop
    if not exists (select 1 from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
end $$;

create schema core;
create schema audit;
grant usage on schema core, audit to mlassets_loader, mlassets_trainer, mlassets_inference,
  mlassets_dispatcher, mlassets_registry, mlassets_validator, mlassets_analyst;
-- Everyone may read everything; writing is granted table by table.
alter default privileges in schema core, audit grant select on tables to mlassets_loader, mlassets_trainer,
  mlassets_inference, mlassets_dispatcher, mlassets_registry, mlassets_validator, mlassets_analyst;
alter default privileges in schema core, audit grant usage on sequences to mlassets_loader, mlassets_trainer,
  mlassets_inference, mlassets_dispatcher, mlassets_registry, mlassets_validator;
