-- One of everything that an application may have, and names that a careless restore trips over.
CREATE SCHEMA app AUTHORIZATION harbour_owner;
CREATE SCHEMA "Odd "" Schema";
COMMENT ON SCHEMA app IS 'what the application owns; it''s all here';
CREATE EXTENSION pgcrypto WITH SCHEMA public;
CREATE EXTENSION citext WITH SCHEMA app;
CREATE EXTENSION "uuid-ossp" WITH SCHEMA public;
CREATE EXTENSION hstore WITH SCHEMA public;
COMMENT ON EXTENSION pgcrypto IS 'for gen_random_bytes';

SET ROLE harbour_owner;
CREATE TYPE app.mood AS ENUM ('calm', 'stormy', 'it''s "odd"');
CREATE TYPE app.berth AS (number integer, pier text);
CREATE TYPE app.depths AS RANGE (subtype = numeric);
CREATE DOMAIN app.email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$') NOT NULL;
CREATE COLLATION app.bytewise (provider = libc, locale = 'C');
CREATE SEQUENCE app.ticket_numbers START 1000 INCREMENT 5;

CREATE FUNCTION app.shout(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $body$
    SELECT upper(word) || '; $1 {fn x} ? \n'  -- a ; in a string
$body$;
CREATE FUNCTION app.add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
        SELECT a + b;
    END;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.touched := NEW.touched + 1;
    RETURN NEW;
END;
$$;
CREATE PROCEDURE app.tidy(INOUT n integer) LANGUAGE plpgsql AS $p$ BEGIN n := n + 1; END; $p$;
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE FUNCTION app.near(a integer, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs(a - b) < 3';
CREATE OPERATOR app.??| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = app.near);
CREATE OPERATOR app.=~= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = app.near);

CREATE TABLE app.users (
    id uuid PRIMARY KEY,
    email app.email UNIQUE,
    handle app.citext,
    mood app.mood DEFAULT 'calm',
    home app.berth,
    address inet,
    settings jsonb NOT NULL DEFAULT '{}',
    tags text[],
    attributes public.hstore,
    draught app.depths,
    secret bytea,
    balance money,
    ratio double precision,
    stay interval,
    born date,
    touched integer NOT NULL DEFAULT 0,
    created timestamptz NOT NULL DEFAULT now(),
    EXCLUDE USING gist (draught WITH &&) WHERE (ratio > 1e300)
);
INSERT INTO app.users
SELECT md5(i::text)::uuid, 'user' || i || '@example.org', 'Handle' || i, (enum_range(NULL::app.mood))[1 + i % 3],
       ROW(i, E'pier\t"' || i || E'"\\ \n')::app.berth, ('10.0.' || i % 256 || '.1')::inet, jsonb_build_object('n', i, 'ü', '☃'),
       ARRAY['a' || i, NULL, '', 'NULL', '\N'], hstore('k' || i, NULL), numrange(i, i + 1)::text::app.depths,
       decode(md5(i::text), 'hex'), (i * 1.5)::numeric::money, i / 3.0, make_interval(days => -i, secs => i),
       date '2000-01-01' + i, 0, timestamptz '2026-01-01 00:00:00+00' + make_interval(hours => i)
FROM generate_series(1, 500) i;
CREATE INDEX users_lower_email ON app.users (lower((email)::text) COLLATE app.bytewise DESC NULLS LAST) WHERE touched = 0;
CREATE INDEX users_settings ON app.users USING gin (settings jsonb_path_ops) WITH (fastupdate = off);
ALTER TABLE app.users CLUSTER ON users_pkey;
ALTER TABLE app.users ALTER COLUMN email SET STATISTICS 200, ALTER COLUMN secret SET STORAGE EXTERNAL;
CREATE STATISTICS app.mood_by_born (dependencies, mcv) ON mood, born FROM app.users;
COMMENT ON COLUMN app.users.email IS 'where letters go';
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON app.users FOR SELECT TO harbour_app, "Weird ""Role"" TO x" USING (touched >= 0);
COMMENT ON POLICY own_rows ON app.users IS 'everyone';

CREATE TABLE app.messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial serial,
    author uuid NOT NULL REFERENCES app.users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    reply_to bigint REFERENCES app.messages,
    body text,
    size integer GENERATED ALWAYS AS (length(body)) STORED,
    loud text GENERATED ALWAYS AS (app.shout(body)) STORED,
    CONSTRAINT "body; is not empty" CHECK (body <> '')
);
INSERT INTO app.messages (author, body, reply_to)
SELECT md5((1 + i % 500)::text)::uuid, 'message ' || i || repeat(E'\r\n\\.\n', i % 3), CASE WHEN i > 1 THEN i - 1 END
FROM generate_series(1, 2000) i;
CREATE TRIGGER touch_users BEFORE UPDATE OF email ON app.users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION app.touch();
CREATE TRIGGER disabled_touch BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.users DISABLE TRIGGER disabled_touch;

CREATE TABLE app.audit (
    happened date NOT NULL, kind app.mood NOT NULL, note text
) PARTITION BY RANGE (happened);
CREATE TABLE app.audit_2025 PARTITION OF app.audit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.audit_2026 (note text, kind app.mood NOT NULL, happened date NOT NULL);
ALTER TABLE app.audit ATTACH PARTITION app.audit_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE app.audit_rest PARTITION OF app.audit DEFAULT PARTITION BY HASH (kind);
CREATE TABLE app.audit_rest_0 PARTITION OF app.audit_rest FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE app.audit_rest_1 PARTITION OF app.audit_rest FOR VALUES WITH (modulus 2, remainder 1);
INSERT INTO app.audit SELECT date '2024-06-01' + i, (enum_range(NULL::app.mood))[1 + i % 3], 'note ' || i
FROM generate_series(1, 1000) i;
ALTER TABLE app.audit ADD PRIMARY KEY (happened, kind);
CREATE INDEX audit_note ON app.audit (note);

CREATE TABLE app.vessels (name text PRIMARY KEY, tons integer);
CREATE TABLE app.tugs (power integer) INHERITS (app.vessels);
INSERT INTO app.vessels VALUES ('Aurora', 100), ('Boreas', 200);
INSERT INTO app.tugs VALUES ('Castor', 30, 900);
CREATE UNLOGGED TABLE app.cache (k text PRIMARY KEY, v text);
INSERT INTO app.cache VALUES ('a', 'b');
CREATE TABLE app.nothing ();
INSERT INTO app.nothing DEFAULT VALUES;
CREATE TABLE app.empty_one (only_generated integer GENERATED ALWAYS AS (1) STORED);

CREATE VIEW app.loud_messages WITH (security_barrier) AS SELECT id, loud FROM app.messages WHERE size > 3;
CREATE VIEW app.circular AS SELECT id, body FROM app.messages;
CREATE FUNCTION app.all_circular() RETURNS SETOF app.circular LANGUAGE sql AS 'SELECT * FROM app.circular';
CREATE OR REPLACE VIEW app.circular AS
    SELECT id, body FROM app.messages WHERE id < 10 OR EXISTS (SELECT FROM app.all_circular() c WHERE c.id = 0 LIMIT 0);
CREATE MATERIALIZED VIEW app.by_day AS
    SELECT date_trunc('day', created)::text AS day, count(*) AS users FROM app.users GROUP BY 1;
CREATE UNIQUE INDEX by_day_day ON app.by_day (day);
CREATE MATERIALIZED VIEW app.days AS SELECT count(*) AS n FROM app.by_day;
CREATE MATERIALIZED VIEW app.unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE RULE no_delete AS ON DELETE TO app.vessels DO INSTEAD NOTHING;
CREATE RULE log_insert AS ON INSERT TO app.vessels DO ALSO
    (INSERT INTO app.cache VALUES (NEW.name, 'x;y'); UPDATE app.cache SET v = 'z' WHERE k = NEW.name);

SELECT setval('app.ticket_numbers', 1234, false);
GRANT USAGE ON SCHEMA app TO harbour_readers;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO harbour_readers;
GRANT SELECT (id, email), UPDATE (email) ON app.users TO "Weird ""Role"" TO x" WITH GRANT OPTION;
REVOKE EXECUTE ON FUNCTION app.shout(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.shout(text) TO harbour_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO harbour_readers;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
RESET ROLE;

CREATE TABLE "Odd "" Schema"."Table; with -- ""every'thing" ("Column 1; $$" int, "select" text COLLATE "C");
INSERT INTO "Odd "" Schema"."Table; with -- ""every'thing" VALUES (1, E'\\.'), (2, NULL);
COMMENT ON TABLE "Odd "" Schema"."Table; with -- ""every'thing" IS E'a comment\nwith a new line; and $tag$';
CREATE TABLE public."from" ("to" int PRIMARY KEY);
INSERT INTO public."from" SELECT generate_series(1, 10);
ALTER SCHEMA public OWNER TO harbour_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SELECT lo_create(424242);
SELECT lowrite(lo_open(424242, 131072), convert_to(repeat('large object ', 50000), 'UTF8'));
ALTER LARGE OBJECT 424242 OWNER TO harbour_app;
GRANT SELECT ON LARGE OBJECT 424242 TO harbour_readers;
COMMENT ON LARGE OBJECT 424242 IS 'a manual';
SELECT lo_create(4242);

CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER far FOREIGN DATA WRAPPER nowhere OPTIONS (host 'it''s far');
CREATE USER MAPPING FOR harbour_app SERVER far OPTIONS (password 'p');
CREATE FOREIGN TABLE public.afar (a int) SERVER far;
-- What ANALYZE can't do: ask a server that is not there, run a function that needs a search_path.
CREATE TABLE app.near_and_far (a int) PARTITION BY LIST (a);
CREATE FOREIGN TABLE app.far_part PARTITION OF app.near_and_far FOR VALUES IN (1) SERVER far;
CREATE FUNCTION app.lost(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM count(*) FROM vessels; RETURN n; END $$;
CREATE STATISTICS app.lost_touched ON (app.lost(touched)) FROM app.users;
CREATE PUBLICATION everything_of_app FOR TABLE app.messages (id, body) WHERE (id > 5), app.vessels;
CREATE PUBLICATION schema_wide FOR TABLES IN SCHEMA app WITH (publish = 'insert');
CREATE TEXT SEARCH DICTIONARY app.plain (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION app.words (COPY = simple);
CREATE FUNCTION public.mood_number(app.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (app.mood AS integer) WITH FUNCTION public.mood_number(app.mood);

-- What an event trigger does must not happen during a restore.
CREATE TABLE public.ddl_log (tag text);
CREATE FUNCTION public.log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO public.ddl_log VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER log_all ON ddl_command_end EXECUTE FUNCTION public.log_ddl();
CREATE EVENT TRIGGER log_drops ON sql_drop EXECUTE FUNCTION public.log_ddl();
ALTER EVENT TRIGGER log_drops ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER log_all IS 'every command';
TRUNCATE public.ddl_log;
