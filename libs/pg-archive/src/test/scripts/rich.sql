-- A database of many kinds of objects, for make-fixtures.sh: what servers of version 13 know, then what later ones added.
CREATE ROLE fixture_owner;
CREATE ROLE fixture_reader;
COMMENT ON DATABASE fixture IS 'a small one of everything';
CREATE EXTENSION hstore;
CREATE SCHEMA stock AUTHORIZATION fixture_owner;
COMMENT ON SCHEMA stock IS 'E''\ and "quotes"';
GRANT CREATE, USAGE ON SCHEMA stock TO fixture_owner;
GRANT USAGE ON SCHEMA stock TO fixture_reader;

CREATE TYPE stock.colour AS ENUM ('red', 'green');
ALTER TYPE stock.colour ADD VALUE 'amber' BEFORE 'green';
CREATE TYPE stock.place AS (aisle int, shelf text COLLATE "C");
COMMENT ON COLUMN stock.place.aisle IS 'from the left';
CREATE TYPE stock.span;
CREATE FUNCTION stock.span_canonical(stock.span) RETURNS stock.span LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE FUNCTION stock.int4_less(int, int) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT AS 'SELECT ($1 - $2)::float8';
CREATE TYPE stock.span AS RANGE (subtype = int4, subtype_diff = stock.int4_less, canonical = stock.span_canonical);
CREATE DOMAIN stock.code AS text DEFAULT 'none' CONSTRAINT code_has_letters CHECK (VALUE ~ '^[a-z]+$');
ALTER DOMAIN stock.code ADD CONSTRAINT short CHECK (length(VALUE) < 90) NOT VALID;
COMMENT ON CONSTRAINT code_has_letters ON DOMAIN stock.code IS 'small ones';
CREATE DOMAIN stock.codes AS stock.code[] COLLATE "C";

CREATE TYPE stock.grade;
CREATE FUNCTION stock.grade_in(cstring) RETURNS stock.grade LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION stock.grade_out(stock.grade) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE stock.grade (INPUT = stock.grade_in, OUTPUT = stock.grade_out, LIKE = int4, CATEGORY = 'N', DEFAULT = '7');
CREATE CAST (int4 AS stock.grade) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (stock.grade AS int4) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (stock.grade AS int4) IS 'the same bytes';
CREATE FUNCTION stock.grade_lt(stock.grade, stock.grade) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE FUNCTION stock.grade_le(stock.grade, stock.grade) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4le';
CREATE FUNCTION stock.grade_eq(stock.grade, stock.grade) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE FUNCTION stock.grade_ge(stock.grade, stock.grade) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4ge';
CREATE FUNCTION stock.grade_gt(stock.grade, stock.grade) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4gt';
CREATE FUNCTION stock.grade_cmp(stock.grade, stock.grade) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE OPERATOR stock.< (FUNCTION = stock.grade_lt, LEFTARG = stock.grade, RIGHTARG = stock.grade, COMMUTATOR = OPERATOR(stock.>), NEGATOR = OPERATOR(stock.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR stock.<= (FUNCTION = stock.grade_le, LEFTARG = stock.grade, RIGHTARG = stock.grade, COMMUTATOR = OPERATOR(stock.>=));
CREATE OPERATOR stock.= (FUNCTION = stock.grade_eq, LEFTARG = stock.grade, RIGHTARG = stock.grade, COMMUTATOR = OPERATOR(stock.=), MERGES, HASHES);
CREATE OPERATOR stock.>= (FUNCTION = stock.grade_ge, LEFTARG = stock.grade, RIGHTARG = stock.grade, COMMUTATOR = OPERATOR(stock.<=));
CREATE OPERATOR stock.> (FUNCTION = stock.grade_gt, LEFTARG = stock.grade, RIGHTARG = stock.grade, COMMUTATOR = OPERATOR(stock.<));
COMMENT ON OPERATOR stock.< (stock.grade, stock.grade) IS 'worse';
CREATE OPERATOR FAMILY stock.grade_family USING btree;
CREATE OPERATOR CLASS stock.grade_ops DEFAULT FOR TYPE stock.grade USING btree FAMILY stock.grade_family AS
    OPERATOR 1 stock.<, OPERATOR 2 stock.<=, OPERATOR 3 stock.=, OPERATOR 4 stock.>=, OPERATOR 5 stock.>,
    FUNCTION 1 stock.grade_cmp(stock.grade, stock.grade);
ALTER OPERATOR CLASS stock.grade_ops USING btree OWNER TO fixture_owner;
ALTER OPERATOR FAMILY stock.grade_family USING btree OWNER TO fixture_owner;
ALTER OPERATOR stock.> (stock.grade, stock.grade) OWNER TO fixture_owner;
COMMENT ON OPERATOR CLASS stock.grade_ops USING btree IS 'by number';
ALTER TYPE stock.grade OWNER TO fixture_owner;

CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD hash_too TYPE INDEX HANDLER hashhandler;
CREATE OPERATOR CLASS stock.int4_too DEFAULT FOR TYPE int4 USING hash_too AS OPERATOR 1 =, FUNCTION 1 hashint4(int4);
CREATE COLLATION stock.bytes (provider = libc, locale = 'C');
CREATE COLLATION stock.natural (provider = icu, locale = 'en-u-kn', deterministic = false);
CREATE CONVERSION stock.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
ALTER CONVERSION stock.latin OWNER TO fixture_owner;
CREATE TEXT SEARCH PARSER stock.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE stock.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY stock.stopping (TEMPLATE = stock.plain, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION stock.search (PARSER = stock.words);
ALTER TEXT SEARCH CONFIGURATION stock.search ADD MAPPING FOR asciiword, word WITH stock.stopping, simple;
ALTER TEXT SEARCH CONFIGURATION stock.search OWNER TO fixture_owner;
ALTER TEXT SEARCH DICTIONARY stock.stopping OWNER TO fixture_owner;
COMMENT ON TEXT SEARCH CONFIGURATION stock.search IS 'two dictionaries';
CREATE FUNCTION stock.hstore_out(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'textlike_support';
CREATE TRANSFORM FOR hstore LANGUAGE plpgsql (FROM SQL WITH FUNCTION stock.hstore_out(internal));
-- With handlers that are not the system's own, which pg_dump would leave out.
CREATE FUNCTION stock.plother_call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION stock.plother_inline(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION stock.plother_validator(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE plother HANDLER stock.plother_call INLINE stock.plother_inline VALIDATOR stock.plother_validator;
ALTER LANGUAGE plother OWNER TO fixture_owner;
REVOKE USAGE ON LANGUAGE plother FROM PUBLIC;
GRANT USAGE ON LANGUAGE plother TO fixture_reader;

CREATE FUNCTION stock.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION stock.total(VARIADIC parts int[] DEFAULT '{1,2}', OUT sum int, OUT n int) LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 7
    SET search_path = stock, pg_temp SET work_mem TO '8MB' AS 'SELECT sum(p), count(*) FROM unnest(parts) p';
CREATE PROCEDURE stock.settle(INOUT n int) LANGUAGE plother SECURITY DEFINER AS $$ BEGIN n := n + 1; COMMIT; END $$;
CREATE AGGREGATE stock.plus(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE,
    MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int);
CREATE AGGREGATE stock.nth(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
REVOKE ALL ON FUNCTION stock.plus(int) FROM PUBLIC;
ALTER AGGREGATE stock.plus(int) OWNER TO fixture_owner;
ALTER PROCEDURE stock.settle(int) OWNER TO fixture_owner;
GRANT EXECUTE ON PROCEDURE stock.settle(int) TO fixture_reader WITH GRANT OPTION;
SET check_function_bodies = off;
CREATE FUNCTION stock.size_of(stock.colour) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM stock.items WHERE colour = $1';
COMMENT ON FUNCTION stock.size_of(stock.colour) IS 'made before the table that it reads';

SET ROLE fixture_owner;
CREATE TABLE stock.items (
    id int GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 3 MAXVALUE 1000000 CYCLE) PRIMARY KEY,
    colour stock.colour NOT NULL DEFAULT 'red', place stock.place, code stock.code, grade stock.grade, lies stock.span,
    gone text, words tsvector, name text COLLATE stock.natural, doc jsonb DEFAULT '{"a": "b''"}',
    area int GENERATED ALWAYS AS (length(name) * 2) STORED, tags hstore, at timestamptz, cost money,
    CONSTRAINT items_code CHECK (code <> 'forbidden') NO INHERIT,
    CONSTRAINT items_lie EXCLUDE USING gist (lies WITH &&) WHERE (id < 0) DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE stock.items DROP COLUMN gone, ALTER COLUMN doc SET STORAGE EXTERNAL, ALTER COLUMN doc SET STATISTICS 50,
    ALTER COLUMN name SET (n_distinct = -0.5), ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
INSERT INTO stock.items (colour, place, code, grade, lies, words, name, doc, tags, at, cost)
SELECT (enum_range(NULL::stock.colour))[1 + i % 3], ROW(i, E'a\t\\"')::stock.place, 'abc', (i % 7)::text::stock.grade, stock.span(i, i + 2),
    to_tsvector('simple', 'a b' || i), 'name ' || i % 40 || E'\n\\.\r', jsonb_build_object('n', i, 'ü', E'\u2603'), hstore('k', NULL),
    timestamptz '2026-03-29 00:30:00+00' + i * interval '1 hour', i::numeric::money / 3 FROM generate_series(1, 120) i;
CREATE INDEX items_words ON stock.items USING gin (words) WITH (fastupdate = off);
CREATE INDEX items_expression ON stock.items (lower(code::text) DESC, ((place).aisle) NULLS FIRST) INCLUDE (colour) WHERE colour = 'red';
ALTER INDEX stock.items_expression ALTER COLUMN 2 SET STATISTICS 300;
CREATE INDEX items_name ON stock.items USING hash (name) WITH (fillfactor = 50);
CREATE UNIQUE INDEX items_unique ON stock.items (id, colour);
CREATE INDEX items_grade ON stock.items (grade stock.grade_ops);
ALTER TABLE stock.items CLUSTER ON items_unique, REPLICA IDENTITY USING INDEX items_unique;
COMMENT ON INDEX stock.items_name IS 'equality alone';
COMMENT ON CONSTRAINT named ON stock.items IS 'from now on';
COMMENT ON COLUMN stock.items.lies IS 'where';
CREATE STATISTICS stock.items_both (ndistinct, dependencies, mcv) ON colour, code FROM stock.items;
ALTER STATISTICS stock.items_both SET STATISTICS 77;
COMMENT ON STATISTICS stock.items_both IS 'they go together';
CREATE TRIGGER items_note BEFORE INSERT OR UPDATE OF name ON stock.items FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION stock.note('x''y', '2');
CREATE CONSTRAINT TRIGGER items_late AFTER DELETE ON stock.items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock.note();
CREATE TRIGGER items_seen AFTER INSERT ON stock.items REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION stock.note();
ALTER TABLE stock.items DISABLE TRIGGER items_seen, ENABLE ALWAYS TRIGGER items_late;
COMMENT ON TRIGGER items_note ON stock.items IS 'with arguments';
ALTER TABLE stock.items ENABLE ROW LEVEL SECURITY;
CREATE POLICY items_read ON stock.items FOR SELECT TO fixture_reader, fixture_owner USING (id > 0);
CREATE POLICY items_write ON stock.items AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (grade > '0'::stock.grade);
COMMENT ON POLICY items_read ON stock.items IS 'none below';

CREATE SEQUENCE stock.numbers AS smallint INCREMENT -2 MINVALUE -500 MAXVALUE 100 START 100 CACHE 5;
SELECT nextval('stock.numbers'), nextval('stock.numbers');
CREATE TABLE stock.orders (id bigserial, item int REFERENCES stock.items MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE,
    day date NOT NULL, number int DEFAULT nextval('stock.numbers'), PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE stock.orders_old PARTITION OF stock.orders (CONSTRAINT positive CHECK (id > 0)) FOR VALUES FROM (MINVALUE) TO ('2026-01-01') PARTITION BY LIST (id);
CREATE TABLE stock.orders_old_1 PARTITION OF stock.orders_old FOR VALUES IN (1, 2, 7);
CREATE TABLE stock.orders_old_rest PARTITION OF stock.orders_old DEFAULT;
CREATE TABLE stock.orders_new (number int, day date NOT NULL, item int, junk text, id bigint NOT NULL);
ALTER TABLE stock.orders_new DROP COLUMN junk;
ALTER TABLE stock.orders ATTACH PARTITION stock.orders_new FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
CREATE INDEX orders_item ON stock.orders (item);
CREATE TRIGGER orders_note AFTER UPDATE ON stock.orders FOR EACH ROW EXECUTE FUNCTION stock.note();
ALTER TABLE stock.orders_new DISABLE TRIGGER orders_note;
INSERT INTO stock.orders (item, day) SELECT 10 + 3 * (i % 50), date '2025-12-01' + i FROM generate_series(1, 60) i;
CREATE TABLE stock.hashed (a int, b text) PARTITION BY HASH (a, lower(b));
CREATE TABLE stock.hashed_0 PARTITION OF stock.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE stock.hashed_1 PARTITION OF stock.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO stock.hashed SELECT i, 'b' || i FROM generate_series(1, 20) i;

CREATE TABLE stock.base (id int NOT NULL, kind text DEFAULT 'base', CONSTRAINT base_id CHECK (id > 0));
CREATE TABLE stock.more (name text, kind text DEFAULT 'more') INHERITS (stock.base);
CREATE TABLE stock.other (id int NOT NULL, kind text, CONSTRAINT base_id CHECK (id > 0));
ALTER TABLE stock.other INHERIT stock.base;
INSERT INTO stock.base VALUES (1); INSERT INTO stock.more VALUES (2, 'more', 'x'); INSERT INTO stock.other VALUES (3, NULL);
CREATE TABLE stock.typed OF stock.place (aisle WITH OPTIONS PRIMARY KEY);
INSERT INTO stock.typed VALUES (1, 'top');
ALTER TABLE stock.typed FORCE ROW LEVEL SECURITY;
CREATE UNLOGGED TABLE stock.passing (id int) WITH (autovacuum_enabled = off);
INSERT INTO stock.passing VALUES (1);

CREATE VIEW stock.red WITH (security_barrier) AS SELECT id, name FROM stock.items WHERE colour = 'red' WITH CASCADED CHECK OPTION;
ALTER VIEW stock.red ALTER COLUMN name SET DEFAULT 'red one';
COMMENT ON COLUMN stock.red.name IS 'its name';
CREATE RECURSIVE VIEW stock.counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 5;
CREATE FUNCTION stock.instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER red_instead INSTEAD OF DELETE ON stock.red FOR EACH ROW EXECUTE FUNCTION stock.instead();
CREATE MATERIALIZED VIEW stock.z_first AS SELECT colour, count(*) AS n FROM stock.items GROUP BY 1;
CREATE MATERIALIZED VIEW stock.a_second AS SELECT sum(n) AS total FROM stock.z_first;
CREATE VIEW stock.between AS SELECT total * 2 AS twice FROM stock.a_second;
CREATE MATERIALIZED VIEW stock.a_third AS SELECT twice + 1 AS more FROM stock.between;
CREATE MATERIALIZED VIEW stock.never AS SELECT 1 AS one WITH NO DATA;
CREATE UNIQUE INDEX z_first_colour ON stock.z_first (colour);
-- A primary key that a view's GROUP BY leans on: the view comes after the data.
CREATE VIEW stock.leaning AS SELECT i.id, i.name, count(o.id) FROM stock.items i LEFT JOIN stock.orders o ON o.item = i.id GROUP BY i.id;
CREATE RULE base_quiet AS ON UPDATE TO stock.base WHERE OLD.id = 1 DO INSTEAD NOTHING;
CREATE RULE red_insert AS ON INSERT TO stock.red DO INSTEAD (INSERT INTO stock.passing VALUES (NEW.id); NOTIFY red);
ALTER TABLE stock.base DISABLE RULE base_quiet;
COMMENT ON RULE red_insert ON stock.red IS 'two commands; one rule';
GRANT SELECT ON stock.items TO fixture_reader WITH GRANT OPTION;
GRANT UPDATE (name), REFERENCES (id) ON stock.items TO fixture_reader;
GRANT ALL ON SEQUENCE stock.numbers TO PUBLIC;
SET ROLE fixture_reader;
GRANT SELECT ON stock.items TO PUBLIC;
RESET ROLE;
REVOKE ALL ON TYPE stock.grade FROM PUBLIC;
GRANT USAGE ON DOMAIN stock.code TO fixture_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner IN SCHEMA stock GRANT SELECT ON TABLES TO fixture_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner GRANT USAGE ON TYPES TO fixture_reader WITH GRANT OPTION;
CREATE TABLE stock.heaped (a int) USING heap_too;
INSERT INTO stock.heaped VALUES (1), (2);
CREATE INDEX heaped_too ON stock.heaped USING hash_too (a);

CREATE FOREIGN DATA WRAPPER none OPTIONS (debug 'true');
CREATE SERVER far TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER none OPTIONS (host 'a''b');
ALTER SERVER far OWNER TO fixture_owner;
GRANT USAGE ON FOREIGN DATA WRAPPER none TO fixture_owner;
GRANT USAGE ON FOREIGN SERVER far TO fixture_reader;
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'u');
CREATE USER MAPPING FOR fixture_reader SERVER far;
CREATE FOREIGN TABLE stock.afar (a int OPTIONS (name 'A') NOT NULL, CHECK (a > 0)) SERVER far OPTIONS (table 't');
CREATE FOREIGN TABLE stock.afar_child () INHERITS (stock.base) SERVER far;
CREATE PUBLICATION one_table FOR TABLE stock.items, ONLY stock.base WITH (publish = 'insert, delete');
CREATE PUBLICATION by_root FOR ALL TABLES WITH (publish_via_partition_root = true);
ALTER PUBLICATION one_table OWNER TO fixture_owner;
COMMENT ON PUBLICATION one_table IS 'two tables';
CREATE SUBSCRIPTION afar CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p WITH (connect = false, slot_name = 'a_slot');
SELECT lo_from_bytea(5000, 'one'), lo_from_bytea(5001, decode(repeat('00ff', 3000), 'hex')), lo_from_bytea(5002, '');
ALTER LARGE OBJECT 5001 OWNER TO fixture_owner;
GRANT SELECT ON LARGE OBJECT 5001 TO fixture_reader;
COMMENT ON LARGE OBJECT 5002 IS 'empty';
CREATE TABLE public.ddl_log (tag text);
CREATE FUNCTION public.log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.ddl_log VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER log_some ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'COMMENT') EXECUTE FUNCTION public.log_ddl();
ALTER EVENT TRIGGER log_some ENABLE REPLICA;
COMMENT ON EVENT TRIGGER log_some IS 'of replicas';
ALTER DATABASE fixture SET work_mem = '5MB';
ALTER ROLE fixture_reader IN DATABASE fixture SET search_path = stock, public;
SELECT current_setting('server_version_num')::int >= 140000 AS at_least_14, current_setting('server_version_num')::int >= 150000 AS at_least_15,
    current_setting('server_version_num')::int >= 160000 AS at_least_16, current_setting('server_version_num')::int >= 170000 AS at_least_17,
    current_setting('server_version_num')::int >= 180000 AS at_least_18 \gset
\if :at_least_14
CREATE TYPE stock.hours AS RANGE (subtype = time, multirange_type_name = stock.many_hours);
CREATE TABLE stock.opening (h stock.many_hours, packed text COMPRESSION pglz);
INSERT INTO stock.opening VALUES ('{[08:00,12:00), [13:00,18:00)}', repeat('packed', 900));
CREATE FUNCTION stock.atomic(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + (SELECT count(*) FROM stock.items)::int; END;
CREATE STATISTICS stock.items_expressions ON (lower(name)), (id % 7) FROM stock.items;
\endif
\if :at_least_15
CREATE TABLE stock.nulls (a int, b text, UNIQUE NULLS NOT DISTINCT (a));
CREATE PUBLICATION filtered FOR TABLE stock.items (id, colour) WHERE (id > 20);
CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA stock;
CREATE VIEW stock.invoking WITH (security_invoker = true) AS SELECT id FROM stock.items;
ALTER TABLE stock.base SET ACCESS METHOD heap_too;
GRANT SET ON PARAMETER work_mem TO fixture_reader;
\endif
\if :at_least_16
CREATE COLLATION stock.ruled (provider = icu, locale = 'und', rules = '&a < g');
ALTER TABLE stock.opening ALTER COLUMN packed SET STORAGE MAIN;
\endif
\if :at_least_17
CREATE COLLATION stock.inbuilt (provider = builtin, locale = 'C.UTF-8');
GRANT MAINTAIN ON stock.items TO fixture_reader;
CREATE TABLE stock.counting (id int GENERATED ALWAYS AS IDENTITY, at date) PARTITION BY RANGE (at);
CREATE TABLE stock.counting_1 PARTITION OF stock.counting FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO stock.counting (at) VALUES ('2026-02-03'), ('2026-02-04');
CREATE TABLE stock.heaped_parts (a int) PARTITION BY LIST (a) USING heap_too;
CREATE EVENT TRIGGER at_login ON login EXECUTE FUNCTION public.log_ddl();
ALTER EVENT TRIGGER at_login DISABLE;
\endif
\if :at_least_18
CREATE EXTENSION btree_gist;
CREATE TABLE stock.rooms (id int, during tstzrange, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL,
    CONSTRAINT rooms_key PRIMARY KEY (id, during WITHOUT OVERLAPS), CONSTRAINT id_there CHECK (id > 0) NOT ENFORCED);
CREATE TABLE stock.bookings (room int CONSTRAINT room_there NOT NULL NO INHERIT, during tstzrange,
    FOREIGN KEY (room, PERIOD during) REFERENCES stock.rooms (id, PERIOD during));
INSERT INTO stock.rooms VALUES (1, '[2026-01-01, 2026-02-01)'), (1, '[2026-02-01, 2026-03-01)');
INSERT INTO stock.bookings VALUES (1, '[2026-01-20, 2026-02-10)');
ALTER TABLE stock.bookings ADD CONSTRAINT during_there NOT NULL during NOT VALID;
ALTER TABLE stock.orders_new ADD CONSTRAINT some_item FOREIGN KEY (item) REFERENCES stock.items NOT ENFORCED;
\endif
-- Not the foreign tables, which nobody can read.
ANALYZE stock.items, stock.orders, stock.hashed, stock.more, stock.z_first;
