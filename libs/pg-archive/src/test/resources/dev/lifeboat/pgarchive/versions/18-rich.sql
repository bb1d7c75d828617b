--
-- PostgreSQL database dump
--


-- Dumped from database version 18.0
-- Dumped by pg_dump version 18.6 (Debian 18.6-3)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: stock; Type: SCHEMA; Schema: -; Owner: fixture_owner
--

CREATE SCHEMA stock;


ALTER SCHEMA stock OWNER TO fixture_owner;

--
-- Name: SCHEMA stock; Type: COMMENT; Schema: -; Owner: fixture_owner
--

COMMENT ON SCHEMA stock IS 'E''\ and "quotes"';


--
-- Name: plother_call(); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.plother_call() RETURNS language_handler
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_call_handler';


ALTER FUNCTION stock.plother_call() OWNER TO postgres;

--
-- Name: plother_inline(internal); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.plother_inline(internal) RETURNS void
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_inline_handler';


ALTER FUNCTION stock.plother_inline(internal) OWNER TO postgres;

--
-- Name: plother_validator(oid); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.plother_validator(oid) RETURNS void
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_validator';


ALTER FUNCTION stock.plother_validator(oid) OWNER TO postgres;

--
-- Name: plother; Type: PROCEDURAL LANGUAGE; Schema: -; Owner: fixture_owner
--

CREATE TRUSTED PROCEDURAL LANGUAGE plother HANDLER stock.plother_call INLINE stock.plother_inline VALIDATOR stock.plother_validator;


ALTER PROCEDURAL LANGUAGE plother OWNER TO fixture_owner;

--
-- Name: bytes; Type: COLLATION; Schema: stock; Owner: postgres
--

CREATE COLLATION stock.bytes (provider = libc, locale = 'C');


ALTER COLLATION stock.bytes OWNER TO postgres;

--
-- Name: inbuilt; Type: COLLATION; Schema: stock; Owner: postgres
--

CREATE COLLATION stock.inbuilt (provider = builtin, locale = 'C.UTF-8');


ALTER COLLATION stock.inbuilt OWNER TO postgres;

--
-- Name: natural; Type: COLLATION; Schema: stock; Owner: postgres
--

CREATE COLLATION stock."natural" (provider = icu, deterministic = false, locale = 'en-u-kn-true');


ALTER COLLATION stock."natural" OWNER TO postgres;

--
-- Name: ruled; Type: COLLATION; Schema: stock; Owner: postgres
--

CREATE COLLATION stock.ruled (provider = icu, locale = 'und', rules = '&a < g');


ALTER COLLATION stock.ruled OWNER TO postgres;

--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: hstore_out(internal); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.hstore_out(internal) RETURNS internal
    LANGUAGE internal IMMUTABLE
    AS $$textlike_support$$;


ALTER FUNCTION stock.hstore_out(internal) OWNER TO postgres;

--
-- Name: TRANSFORM FOR public.hstore LANGUAGE plpgsql; Type: TRANSFORM; Schema: -; Owner: -
--

CREATE TRANSFORM FOR public.hstore LANGUAGE plpgsql (FROM SQL WITH FUNCTION stock.hstore_out(internal));


--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: code; Type: DOMAIN; Schema: stock; Owner: postgres
--

CREATE DOMAIN stock.code AS text DEFAULT 'none'::text
	CONSTRAINT code_has_letters CHECK ((VALUE ~ '^[a-z]+$'::text));


ALTER DOMAIN stock.code OWNER TO postgres;

--
-- Name: CONSTRAINT code_has_letters ON DOMAIN code; Type: COMMENT; Schema: stock; Owner: postgres
--

COMMENT ON CONSTRAINT code_has_letters ON DOMAIN stock.code IS 'small ones';


--
-- Name: codes; Type: DOMAIN; Schema: stock; Owner: postgres
--

CREATE DOMAIN stock.codes AS stock.code[] COLLATE pg_catalog."C";


ALTER DOMAIN stock.codes OWNER TO postgres;

--
-- Name: colour; Type: TYPE; Schema: stock; Owner: postgres
--

CREATE TYPE stock.colour AS ENUM (
    'red',
    'amber',
    'green'
);


ALTER TYPE stock.colour OWNER TO postgres;

--
-- Name: grade; Type: SHELL TYPE; Schema: stock; Owner: fixture_owner
--

CREATE TYPE stock.grade;


--
-- Name: grade_in(cstring); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_in(cstring) RETURNS stock.grade
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4in$$;


ALTER FUNCTION stock.grade_in(cstring) OWNER TO postgres;

--
-- Name: grade_out(stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_out(stock.grade) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4out$$;


ALTER FUNCTION stock.grade_out(stock.grade) OWNER TO postgres;

--
-- Name: grade; Type: TYPE; Schema: stock; Owner: fixture_owner
--

CREATE TYPE stock.grade (
    INTERNALLENGTH = 4,
    INPUT = stock.grade_in,
    OUTPUT = stock.grade_out,
    DEFAULT = '7',
    CATEGORY = 'N',
    ALIGNMENT = int4,
    STORAGE = plain,
    PASSEDBYVALUE
);


ALTER TYPE stock.grade OWNER TO fixture_owner;

--
-- Name: hours; Type: TYPE; Schema: stock; Owner: postgres
--

CREATE TYPE stock.hours AS RANGE (
    subtype = time without time zone,
    multirange_type_name = stock.many_hours
);


ALTER TYPE stock.hours OWNER TO postgres;

--
-- Name: place; Type: TYPE; Schema: stock; Owner: postgres
--

CREATE TYPE stock.place AS (
	aisle integer,
	shelf text COLLATE pg_catalog."C"
);


ALTER TYPE stock.place OWNER TO postgres;

--
-- Name: COLUMN place.aisle; Type: COMMENT; Schema: stock; Owner: postgres
--

COMMENT ON COLUMN stock.place.aisle IS 'from the left';


--
-- Name: span; Type: SHELL TYPE; Schema: stock; Owner: postgres
--

CREATE TYPE stock.span;


--
-- Name: int4_less(integer, integer); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.int4_less(integer, integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT
    AS $_$SELECT ($1 - $2)::float8$_$;


ALTER FUNCTION stock.int4_less(integer, integer) OWNER TO postgres;

--
-- Name: span_canonical(stock.span); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.span_canonical(stock.span) RETURNS stock.span
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4range_canonical$$;


ALTER FUNCTION stock.span_canonical(stock.span) OWNER TO postgres;

--
-- Name: span; Type: TYPE; Schema: stock; Owner: postgres
--

CREATE TYPE stock.span AS RANGE (
    subtype = integer,
    multirange_type_name = stock.span_multirange,
    canonical = stock.span_canonical,
    subtype_diff = stock.int4_less
);


ALTER TYPE stock.span OWNER TO postgres;

--
-- Name: CAST (stock.grade AS integer); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (stock.grade AS integer) WITHOUT FUNCTION AS IMPLICIT;


--
-- Name: CAST (stock.grade AS integer); Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON CAST (stock.grade AS integer) IS 'the same bytes';


--
-- Name: CAST (integer AS stock.grade); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (integer AS stock.grade) WITHOUT FUNCTION AS ASSIGNMENT;


--
-- Name: log_ddl(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.log_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO public.ddl_log VALUES (tg_tag); END $$;


ALTER FUNCTION public.log_ddl() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: items; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.items (
    id integer NOT NULL,
    colour stock.colour DEFAULT 'red'::stock.colour NOT NULL,
    place stock.place,
    code stock.code,
    grade stock.grade,
    lies stock.span,
    words tsvector,
    name text COLLATE stock."natural",
    doc jsonb DEFAULT '{"a": "b''"}'::jsonb,
    area integer GENERATED ALWAYS AS ((length(name) * 2)) STORED,
    tags public.hstore,
    at timestamp with time zone,
    cost money,
    CONSTRAINT items_code CHECK (((code)::text <> 'forbidden'::text)) NO INHERIT
)
WITH (fillfactor='80', autovacuum_enabled='false', toast.autovacuum_enabled='false');
ALTER TABLE ONLY stock.items ALTER COLUMN name SET (n_distinct=-0.5);
ALTER TABLE ONLY stock.items ALTER COLUMN doc SET STATISTICS 50;
ALTER TABLE ONLY stock.items ALTER COLUMN doc SET STORAGE EXTERNAL;


ALTER TABLE stock.items OWNER TO fixture_owner;

--
-- Name: COLUMN items.lies; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON COLUMN stock.items.lies IS 'where';


--
-- Name: atomic(integer); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.atomic(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT (a + (( SELECT count(*) AS count
            FROM stock.items))::integer);
END;


ALTER FUNCTION stock.atomic(a integer) OWNER TO postgres;

--
-- Name: grade_cmp(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_cmp(stock.grade, stock.grade) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT
    AS $$btint4cmp$$;


ALTER FUNCTION stock.grade_cmp(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_eq(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_eq(stock.grade, stock.grade) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4eq$$;


ALTER FUNCTION stock.grade_eq(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_ge(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_ge(stock.grade, stock.grade) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4ge$$;


ALTER FUNCTION stock.grade_ge(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_gt(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_gt(stock.grade, stock.grade) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4gt$$;


ALTER FUNCTION stock.grade_gt(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_le(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_le(stock.grade, stock.grade) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4le$$;


ALTER FUNCTION stock.grade_le(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_lt(stock.grade, stock.grade); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.grade_lt(stock.grade, stock.grade) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT
    AS $$int4lt$$;


ALTER FUNCTION stock.grade_lt(stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: instead(); Type: FUNCTION; Schema: stock; Owner: fixture_owner
--

CREATE FUNCTION stock.instead() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END $$;


ALTER FUNCTION stock.instead() OWNER TO fixture_owner;

--
-- Name: note(); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$;


ALTER FUNCTION stock.note() OWNER TO postgres;

--
-- Name: settle(integer); Type: PROCEDURE; Schema: stock; Owner: fixture_owner
--

CREATE PROCEDURE stock.settle(INOUT n integer)
    LANGUAGE plother SECURITY DEFINER
    AS $$ BEGIN n := n + 1; COMMIT; END $$;


ALTER PROCEDURE stock.settle(INOUT n integer) OWNER TO fixture_owner;

--
-- Name: size_of(stock.colour); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.size_of(stock.colour) RETURNS bigint
    LANGUAGE sql STABLE
    AS $_$SELECT count(*) FROM stock.items WHERE colour = $1$_$;


ALTER FUNCTION stock.size_of(stock.colour) OWNER TO postgres;

--
-- Name: FUNCTION size_of(stock.colour); Type: COMMENT; Schema: stock; Owner: postgres
--

COMMENT ON FUNCTION stock.size_of(stock.colour) IS 'made before the table that it reads';


--
-- Name: total(integer[]); Type: FUNCTION; Schema: stock; Owner: postgres
--

CREATE FUNCTION stock.total(VARIADIC parts integer[] DEFAULT '{1,2}'::integer[], OUT sum integer, OUT n integer) RETURNS record
    LANGUAGE sql IMMUTABLE COST 7 PARALLEL SAFE
    SET search_path TO 'stock', 'pg_temp'
    SET work_mem TO '8MB'
    AS $$SELECT sum(p), count(*) FROM unnest(parts) p$$;


ALTER FUNCTION stock.total(VARIADIC parts integer[], OUT sum integer, OUT n integer) OWNER TO postgres;

--
-- Name: nth(double precision, anyelement); Type: AGGREGATE; Schema: stock; Owner: postgres
--

CREATE AGGREGATE stock.nth(double precision ORDER BY anyelement) (
    SFUNC = ordered_set_transition,
    STYPE = internal,
    FINALFUNC = percentile_disc_final,
    FINALFUNC_EXTRA
);


ALTER AGGREGATE stock.nth(double precision ORDER BY anyelement) OWNER TO postgres;

--
-- Name: plus(integer); Type: AGGREGATE; Schema: stock; Owner: fixture_owner
--

CREATE AGGREGATE stock.plus(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0',
    COMBINEFUNC = int4pl,
    MSFUNC = int4pl,
    MINVFUNC = int4mi,
    MSTYPE = integer,
    PARALLEL = safe
);


ALTER AGGREGATE stock.plus(integer) OWNER TO fixture_owner;

--
-- Name: hash_too; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD hash_too TYPE INDEX HANDLER hashhandler;


--
-- Name: heap_too; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;


--
-- Name: <; Type: OPERATOR; Schema: stock; Owner: postgres
--

CREATE OPERATOR stock.< (
    FUNCTION = stock.grade_lt,
    LEFTARG = stock.grade,
    RIGHTARG = stock.grade,
    COMMUTATOR = OPERATOR(stock.>),
    NEGATOR = OPERATOR(stock.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);


ALTER OPERATOR stock.< (stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: OPERATOR < (stock.grade, stock.grade); Type: COMMENT; Schema: stock; Owner: postgres
--

COMMENT ON OPERATOR stock.< (stock.grade, stock.grade) IS 'worse';


--
-- Name: <=; Type: OPERATOR; Schema: stock; Owner: postgres
--

CREATE OPERATOR stock.<= (
    FUNCTION = stock.grade_le,
    LEFTARG = stock.grade,
    RIGHTARG = stock.grade,
    COMMUTATOR = OPERATOR(stock.>=)
);


ALTER OPERATOR stock.<= (stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: =; Type: OPERATOR; Schema: stock; Owner: postgres
--

CREATE OPERATOR stock.= (
    FUNCTION = stock.grade_eq,
    LEFTARG = stock.grade,
    RIGHTARG = stock.grade,
    COMMUTATOR = OPERATOR(stock.=),
    MERGES,
    HASHES
);


ALTER OPERATOR stock.= (stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: >; Type: OPERATOR; Schema: stock; Owner: fixture_owner
--

CREATE OPERATOR stock.> (
    FUNCTION = stock.grade_gt,
    LEFTARG = stock.grade,
    RIGHTARG = stock.grade,
    COMMUTATOR = OPERATOR(stock.<)
);


ALTER OPERATOR stock.> (stock.grade, stock.grade) OWNER TO fixture_owner;

--
-- Name: >=; Type: OPERATOR; Schema: stock; Owner: postgres
--

CREATE OPERATOR stock.>= (
    FUNCTION = stock.grade_ge,
    LEFTARG = stock.grade,
    RIGHTARG = stock.grade,
    COMMUTATOR = OPERATOR(stock.<=)
);


ALTER OPERATOR stock.>= (stock.grade, stock.grade) OWNER TO postgres;

--
-- Name: grade_family; Type: OPERATOR FAMILY; Schema: stock; Owner: fixture_owner
--

CREATE OPERATOR FAMILY stock.grade_family USING btree;


ALTER OPERATOR FAMILY stock.grade_family USING btree OWNER TO fixture_owner;

--
-- Name: grade_ops; Type: OPERATOR CLASS; Schema: stock; Owner: fixture_owner
--

CREATE OPERATOR CLASS stock.grade_ops
    DEFAULT FOR TYPE stock.grade USING btree FAMILY stock.grade_family AS
    OPERATOR 1 stock.<(stock.grade,stock.grade) ,
    OPERATOR 2 stock.<=(stock.grade,stock.grade) ,
    OPERATOR 3 stock.=(stock.grade,stock.grade) ,
    OPERATOR 4 stock.>=(stock.grade,stock.grade) ,
    OPERATOR 5 stock.>(stock.grade,stock.grade) ,
    FUNCTION 1 (stock.grade, stock.grade) stock.grade_cmp(stock.grade,stock.grade);


ALTER OPERATOR CLASS stock.grade_ops USING btree OWNER TO fixture_owner;

--
-- Name: OPERATOR CLASS grade_ops USING btree; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON OPERATOR CLASS stock.grade_ops USING btree IS 'by number';


--
-- Name: int4_too; Type: OPERATOR FAMILY; Schema: stock; Owner: postgres
--

CREATE OPERATOR FAMILY stock.int4_too USING hash_too;


ALTER OPERATOR FAMILY stock.int4_too USING hash_too OWNER TO postgres;

--
-- Name: int4_too; Type: OPERATOR CLASS; Schema: stock; Owner: postgres
--

CREATE OPERATOR CLASS stock.int4_too
    DEFAULT FOR TYPE integer USING hash_too FAMILY stock.int4_too AS
    OPERATOR 1 =(integer,integer) ,
    FUNCTION 1 (integer, integer) hashint4(integer);


ALTER OPERATOR CLASS stock.int4_too USING hash_too OWNER TO postgres;

--
-- Name: latin; Type: CONVERSION; Schema: stock; Owner: fixture_owner
--

CREATE CONVERSION stock.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION stock.latin OWNER TO fixture_owner;

--
-- Name: words; Type: TEXT SEARCH PARSER; Schema: stock; Owner: -
--

CREATE TEXT SEARCH PARSER stock.words (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    LEXTYPES = prsd_lextype );


--
-- Name: plain; Type: TEXT SEARCH TEMPLATE; Schema: stock; Owner: -
--

CREATE TEXT SEARCH TEMPLATE stock.plain (
    INIT = dsimple_init,
    LEXIZE = dsimple_lexize );


--
-- Name: stopping; Type: TEXT SEARCH DICTIONARY; Schema: stock; Owner: fixture_owner
--

CREATE TEXT SEARCH DICTIONARY stock.stopping (
    TEMPLATE = stock.plain,
    stopwords = 'english', accept = 'false' );


ALTER TEXT SEARCH DICTIONARY stock.stopping OWNER TO fixture_owner;

--
-- Name: search; Type: TEXT SEARCH CONFIGURATION; Schema: stock; Owner: fixture_owner
--

CREATE TEXT SEARCH CONFIGURATION stock.search (
    PARSER = stock.words );

ALTER TEXT SEARCH CONFIGURATION stock.search
    ADD MAPPING FOR asciiword WITH stock.stopping, simple;

ALTER TEXT SEARCH CONFIGURATION stock.search
    ADD MAPPING FOR word WITH stock.stopping, simple;


ALTER TEXT SEARCH CONFIGURATION stock.search OWNER TO fixture_owner;

--
-- Name: TEXT SEARCH CONFIGURATION search; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON TEXT SEARCH CONFIGURATION stock.search IS 'two dictionaries';


--
-- Name: none; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER "none" OPTIONS (
    debug 'true'
);


ALTER FOREIGN DATA WRAPPER "none" OWNER TO postgres;

--
-- Name: far; Type: SERVER; Schema: -; Owner: fixture_owner
--

CREATE SERVER far TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER "none" OPTIONS (
    host 'a''b'
);


ALTER SERVER far OWNER TO fixture_owner;

--
-- Name: USER MAPPING fixture_reader SERVER far; Type: USER MAPPING; Schema: -; Owner: fixture_owner
--

CREATE USER MAPPING FOR fixture_reader SERVER far;


--
-- Name: USER MAPPING public SERVER far; Type: USER MAPPING; Schema: -; Owner: fixture_owner
--

CREATE USER MAPPING FOR public SERVER far OPTIONS (
    "user" 'u'
);


--
-- Name: ddl_log; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ddl_log (
    tag text
);


ALTER TABLE public.ddl_log OWNER TO postgres;

--
-- Name: z_first; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.z_first AS
 SELECT colour,
    count(*) AS n
   FROM stock.items
  GROUP BY colour
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.z_first OWNER TO fixture_owner;

--
-- Name: a_second; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.a_second AS
 SELECT sum(n) AS total
   FROM stock.z_first
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.a_second OWNER TO fixture_owner;

--
-- Name: between; Type: VIEW; Schema: stock; Owner: fixture_owner
--

CREATE VIEW stock."between" AS
 SELECT (total * (2)::numeric) AS twice
   FROM stock.a_second;


ALTER VIEW stock."between" OWNER TO fixture_owner;

--
-- Name: a_third; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.a_third AS
 SELECT (twice + (1)::numeric) AS more
   FROM stock."between"
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.a_third OWNER TO fixture_owner;

--
-- Name: afar; Type: FOREIGN TABLE; Schema: stock; Owner: postgres
--

CREATE FOREIGN TABLE stock.afar (
    a integer NOT NULL,
    CONSTRAINT afar_a_check CHECK ((a > 0))
)
SERVER far
OPTIONS (
    "table" 't'
);
ALTER FOREIGN TABLE ONLY stock.afar ALTER COLUMN a OPTIONS (
    name 'A'
);


ALTER FOREIGN TABLE stock.afar OWNER TO postgres;

SET default_table_access_method = heap_too;

--
-- Name: base; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.base (
    id integer NOT NULL,
    kind text DEFAULT 'base'::text,
    CONSTRAINT base_id CHECK ((id > 0))
);


ALTER TABLE stock.base OWNER TO fixture_owner;

--
-- Name: afar_child; Type: FOREIGN TABLE; Schema: stock; Owner: postgres
--

CREATE FOREIGN TABLE stock.afar_child (
)
INHERITS (stock.base)
SERVER far;


ALTER FOREIGN TABLE stock.afar_child OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: bookings; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.bookings (
    room integer CONSTRAINT room_there NOT NULL NO INHERIT,
    during tstzrange
);


ALTER TABLE stock.bookings OWNER TO postgres;

--
-- Name: counted; Type: VIEW; Schema: stock; Owner: fixture_owner
--

CREATE VIEW stock.counted AS
 WITH RECURSIVE counted(n) AS (
         VALUES (1)
        UNION ALL
         SELECT (counted_1.n + 1)
           FROM counted counted_1
          WHERE (counted_1.n < 5)
        )
 SELECT n
   FROM counted;


ALTER VIEW stock.counted OWNER TO fixture_owner;

--
-- Name: counting; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.counting (
    id integer NOT NULL,
    at date
)
PARTITION BY RANGE (at);


ALTER TABLE stock.counting OWNER TO postgres;

--
-- Name: counting_1; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.counting_1 (
    id integer CONSTRAINT counting_id_not_null NOT NULL,
    at date
);


ALTER TABLE stock.counting_1 OWNER TO postgres;

--
-- Name: counting_id_seq; Type: SEQUENCE; Schema: stock; Owner: postgres
--

ALTER TABLE stock.counting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME stock.counting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: hashed; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.hashed (
    a integer,
    b text
)
PARTITION BY HASH (a, lower(b));


ALTER TABLE stock.hashed OWNER TO fixture_owner;

--
-- Name: hashed_0; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.hashed_0 (
    a integer,
    b text
);


ALTER TABLE stock.hashed_0 OWNER TO fixture_owner;

--
-- Name: hashed_1; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.hashed_1 (
    a integer,
    b text
);


ALTER TABLE stock.hashed_1 OWNER TO fixture_owner;

SET default_table_access_method = heap_too;

--
-- Name: heaped; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.heaped (
    a integer
);


ALTER TABLE stock.heaped OWNER TO postgres;

--
-- Name: heaped_parts; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.heaped_parts (
    a integer
)
PARTITION BY LIST (a);


ALTER TABLE stock.heaped_parts OWNER TO postgres;

ALTER TABLE stock.heaped_parts SET ACCESS METHOD heap_too;

--
-- Name: invoking; Type: VIEW; Schema: stock; Owner: postgres
--

CREATE VIEW stock.invoking WITH (security_invoker='true') AS
 SELECT id
   FROM stock.items;


ALTER VIEW stock.invoking OWNER TO postgres;

--
-- Name: items_id_seq; Type: SEQUENCE; Schema: stock; Owner: fixture_owner
--

ALTER TABLE stock.items ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME stock.items_id_seq
    START WITH 10
    INCREMENT BY 3
    NO MINVALUE
    MAXVALUE 1000000
    CACHE 1
    CYCLE
);


--
-- Name: leaning; Type: VIEW; Schema: stock; Owner: fixture_owner
--

CREATE VIEW stock.leaning AS
SELECT
    NULL::integer AS id,
    NULL::text COLLATE stock."natural" AS name,
    NULL::bigint AS count;


ALTER VIEW stock.leaning OWNER TO fixture_owner;

SET default_table_access_method = heap;

--
-- Name: more; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.more (
    kind text DEFAULT 'more'::text,
    name text
)
INHERITS (stock.base);


ALTER TABLE stock.more OWNER TO fixture_owner;

--
-- Name: never; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.never AS
 SELECT 1 AS one
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.never OWNER TO fixture_owner;

--
-- Name: nulls; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.nulls (
    a integer,
    b text
);


ALTER TABLE stock.nulls OWNER TO postgres;

--
-- Name: numbers; Type: SEQUENCE; Schema: stock; Owner: fixture_owner
--

CREATE SEQUENCE stock.numbers
    AS smallint
    START WITH 100
    INCREMENT BY -2
    MINVALUE -500
    MAXVALUE 100
    CACHE 5;


ALTER SEQUENCE stock.numbers OWNER TO fixture_owner;

--
-- Name: opening; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.opening (
    h stock.many_hours,
    packed text
);
ALTER TABLE ONLY stock.opening ALTER COLUMN packed SET STORAGE MAIN;
ALTER TABLE ONLY stock.opening ALTER COLUMN packed SET COMPRESSION pglz;


ALTER TABLE stock.opening OWNER TO postgres;

--
-- Name: orders; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders (
    id bigint NOT NULL,
    item integer,
    day date NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass)
)
PARTITION BY RANGE (day);


ALTER TABLE stock.orders OWNER TO fixture_owner;

--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: stock; Owner: fixture_owner
--

CREATE SEQUENCE stock.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE stock.orders_id_seq OWNER TO fixture_owner;

--
-- Name: orders_id_seq; Type: SEQUENCE OWNED BY; Schema: stock; Owner: fixture_owner
--

ALTER SEQUENCE stock.orders_id_seq OWNED BY stock.orders.id;


--
-- Name: orders_new; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_new (
    number integer DEFAULT NULL,
    day date NOT NULL,
    item integer,
    id bigint DEFAULT NULL NOT NULL
);


ALTER TABLE stock.orders_new OWNER TO fixture_owner;

--
-- Name: orders_old; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_old (
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) CONSTRAINT orders_id_not_null NOT NULL,
    item integer,
    day date CONSTRAINT orders_day_not_null NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
)
PARTITION BY LIST (id);


ALTER TABLE stock.orders_old OWNER TO fixture_owner;

--
-- Name: orders_old_1; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_old_1 (
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) CONSTRAINT orders_id_not_null NOT NULL,
    item integer,
    day date CONSTRAINT orders_day_not_null NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
);


ALTER TABLE stock.orders_old_1 OWNER TO fixture_owner;

--
-- Name: orders_old_rest; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_old_rest (
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) CONSTRAINT orders_id_not_null NOT NULL,
    item integer,
    day date CONSTRAINT orders_day_not_null NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
);


ALTER TABLE stock.orders_old_rest OWNER TO fixture_owner;

--
-- Name: other; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.other (
    id integer NOT NULL,
    kind text DEFAULT NULL,
    CONSTRAINT base_id CHECK ((id > 0))
)
INHERITS (stock.base);


ALTER TABLE stock.other OWNER TO fixture_owner;

--
-- Name: passing; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE UNLOGGED TABLE stock.passing (
    id integer
)
WITH (autovacuum_enabled=off);


ALTER TABLE stock.passing OWNER TO fixture_owner;

--
-- Name: red; Type: VIEW; Schema: stock; Owner: fixture_owner
--

CREATE VIEW stock.red WITH (security_barrier='true') AS
 SELECT id,
    name
   FROM stock.items
  WHERE (colour = 'red'::stock.colour)
  WITH CASCADED CHECK OPTION;


ALTER VIEW stock.red OWNER TO fixture_owner;

--
-- Name: COLUMN red.name; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON COLUMN stock.red.name IS 'its name';


--
-- Name: rooms; Type: TABLE; Schema: stock; Owner: postgres
--

CREATE TABLE stock.rooms (
    id integer NOT NULL,
    during tstzrange NOT NULL,
    twice integer GENERATED ALWAYS AS ((id * 2))
);


ALTER TABLE stock.rooms OWNER TO postgres;

--
-- Name: typed; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.typed OF stock.place (
    aisle NOT NULL
);

ALTER TABLE ONLY stock.typed FORCE ROW LEVEL SECURITY;


ALTER TABLE stock.typed OWNER TO fixture_owner;

--
-- Name: counting_1; Type: TABLE ATTACH; Schema: stock; Owner: postgres
--

ALTER TABLE ONLY stock.counting ATTACH PARTITION stock.counting_1 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');


--
-- Name: hashed_0; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.hashed ATTACH PARTITION stock.hashed_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: hashed_1; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.hashed ATTACH PARTITION stock.hashed_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: orders_new; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders ATTACH PARTITION stock.orders_new FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);


--
-- Name: orders_old; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders ATTACH PARTITION stock.orders_old FOR VALUES FROM (MINVALUE) TO ('2026-01-01');


--
-- Name: orders_old_1; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old ATTACH PARTITION stock.orders_old_1 FOR VALUES IN ('1', '2', '7');


--
-- Name: orders_old_rest; Type: TABLE ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old ATTACH PARTITION stock.orders_old_rest DEFAULT;


--
-- Name: afar_child kind; Type: DEFAULT; Schema: stock; Owner: postgres
--

ALTER FOREIGN TABLE ONLY stock.afar_child ALTER COLUMN kind SET DEFAULT 'base'::text;


--
-- Name: orders id; Type: DEFAULT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders ALTER COLUMN id SET DEFAULT nextval('stock.orders_id_seq'::regclass);


--
-- Name: red name; Type: DEFAULT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.red ALTER COLUMN name SET DEFAULT 'red one'::text;


--
-- Data for Name: ddl_log; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.ddl_log (tag) FROM stdin;
\.


--
-- Data for Name: base; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.base (id, kind) FROM stdin;
1	base
\.


--
-- Data for Name: bookings; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.bookings (room, during) FROM stdin;
1	["2026-01-20 00:00:00+00","2026-02-10 00:00:00+00")
\.


--
-- Data for Name: counting_1; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.counting_1 (id, at) FROM stdin;
1	2026-02-03
2	2026-02-04
\.


--
-- Data for Name: hashed_0; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.hashed_0 (a, b) FROM stdin;
1	b1
2	b2
4	b4
6	b6
7	b7
9	b9
10	b10
11	b11
18	b18
\.


--
-- Data for Name: hashed_1; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.hashed_1 (a, b) FROM stdin;
3	b3
5	b5
8	b8
12	b12
13	b13
14	b14
15	b15
16	b16
17	b17
19	b19
20	b20
\.


--
-- Data for Name: heaped; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.heaped (a) FROM stdin;
1
2
\.


--
-- Data for Name: items; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.items (id, colour, place, code, grade, lies, words, name, doc, tags, at, cost) FROM stdin;
10	amber	(1,"a\t\\\\""")	abc	1	[1,3)	'a':1 'b1':2	name 1\n\\.\r	{"n": 1, "ü": "☃"}	"k"=>NULL	2026-03-29 01:30:00+00	$0.33
13	green	(2,"a\t\\\\""")	abc	2	[2,4)	'a':1 'b2':2	name 2\n\\.\r	{"n": 2, "ü": "☃"}	"k"=>NULL	2026-03-29 02:30:00+00	$0.66
16	red	(3,"a\t\\\\""")	abc	3	[3,5)	'a':1 'b3':2	name 3\n\\.\r	{"n": 3, "ü": "☃"}	"k"=>NULL	2026-03-29 03:30:00+00	$1.00
19	amber	(4,"a\t\\\\""")	abc	4	[4,6)	'a':1 'b4':2	name 4\n\\.\r	{"n": 4, "ü": "☃"}	"k"=>NULL	2026-03-29 04:30:00+00	$1.33
22	green	(5,"a\t\\\\""")	abc	5	[5,7)	'a':1 'b5':2	name 5\n\\.\r	{"n": 5, "ü": "☃"}	"k"=>NULL	2026-03-29 05:30:00+00	$1.66
25	red	(6,"a\t\\\\""")	abc	6	[6,8)	'a':1 'b6':2	name 6\n\\.\r	{"n": 6, "ü": "☃"}	"k"=>NULL	2026-03-29 06:30:00+00	$2.00
28	amber	(7,"a\t\\\\""")	abc	0	[7,9)	'a':1 'b7':2	name 7\n\\.\r	{"n": 7, "ü": "☃"}	"k"=>NULL	2026-03-29 07:30:00+00	$2.33
31	green	(8,"a\t\\\\""")	abc	1	[8,10)	'a':1 'b8':2	name 8\n\\.\r	{"n": 8, "ü": "☃"}	"k"=>NULL	2026-03-29 08:30:00+00	$2.66
34	red	(9,"a\t\\\\""")	abc	2	[9,11)	'a':1 'b9':2	name 9\n\\.\r	{"n": 9, "ü": "☃"}	"k"=>NULL	2026-03-29 09:30:00+00	$3.00
37	amber	(10,"a\t\\\\""")	abc	3	[10,12)	'a':1 'b10':2	name 10\n\\.\r	{"n": 10, "ü": "☃"}	"k"=>NULL	2026-03-29 10:30:00+00	$3.33
40	green	(11,"a\t\\\\""")	abc	4	[11,13)	'a':1 'b11':2	name 11\n\\.\r	{"n": 11, "ü": "☃"}	"k"=>NULL	2026-03-29 11:30:00+00	$3.66
43	red	(12,"a\t\\\\""")	abc	5	[12,14)	'a':1 'b12':2	name 12\n\\.\r	{"n": 12, "ü": "☃"}	"k"=>NULL	2026-03-29 12:30:00+00	$4.00
46	amber	(13,"a\t\\\\""")	abc	6	[13,15)	'a':1 'b13':2	name 13\n\\.\r	{"n": 13, "ü": "☃"}	"k"=>NULL	2026-03-29 13:30:00+00	$4.33
49	green	(14,"a\t\\\\""")	abc	0	[14,16)	'a':1 'b14':2	name 14\n\\.\r	{"n": 14, "ü": "☃"}	"k"=>NULL	2026-03-29 14:30:00+00	$4.66
52	red	(15,"a\t\\\\""")	abc	1	[15,17)	'a':1 'b15':2	name 15\n\\.\r	{"n": 15, "ü": "☃"}	"k"=>NULL	2026-03-29 15:30:00+00	$5.00
55	amber	(16,"a\t\\\\""")	abc	2	[16,18)	'a':1 'b16':2	name 16\n\\.\r	{"n": 16, "ü": "☃"}	"k"=>NULL	2026-03-29 16:30:00+00	$5.33
58	green	(17,"a\t\\\\""")	abc	3	[17,19)	'a':1 'b17':2	name 17\n\\.\r	{"n": 17, "ü": "☃"}	"k"=>NULL	2026-03-29 17:30:00+00	$5.66
61	red	(18,"a\t\\\\""")	abc	4	[18,20)	'a':1 'b18':2	name 18\n\\.\r	{"n": 18, "ü": "☃"}	"k"=>NULL	2026-03-29 18:30:00+00	$6.00
64	amber	(19,"a\t\\\\""")	abc	5	[19,21)	'a':1 'b19':2	name 19\n\\.\r	{"n": 19, "ü": "☃"}	"k"=>NULL	2026-03-29 19:30:00+00	$6.33
67	green	(20,"a\t\\\\""")	abc	6	[20,22)	'a':1 'b20':2	name 20\n\\.\r	{"n": 20, "ü": "☃"}	"k"=>NULL	2026-03-29 20:30:00+00	$6.66
70	red	(21,"a\t\\\\""")	abc	0	[21,23)	'a':1 'b21':2	name 21\n\\.\r	{"n": 21, "ü": "☃"}	"k"=>NULL	2026-03-29 21:30:00+00	$7.00
73	amber	(22,"a\t\\\\""")	abc	1	[22,24)	'a':1 'b22':2	name 22\n\\.\r	{"n": 22, "ü": "☃"}	"k"=>NULL	2026-03-29 22:30:00+00	$7.33
76	green	(23,"a\t\\\\""")	abc	2	[23,25)	'a':1 'b23':2	name 23\n\\.\r	{"n": 23, "ü": "☃"}	"k"=>NULL	2026-03-29 23:30:00+00	$7.66
79	red	(24,"a\t\\\\""")	abc	3	[24,26)	'a':1 'b24':2	name 24\n\\.\r	{"n": 24, "ü": "☃"}	"k"=>NULL	2026-03-30 00:30:00+00	$8.00
82	amber	(25,"a\t\\\\""")	abc	4	[25,27)	'a':1 'b25':2	name 25\n\\.\r	{"n": 25, "ü": "☃"}	"k"=>NULL	2026-03-30 01:30:00+00	$8.33
85	green	(26,"a\t\\\\""")	abc	5	[26,28)	'a':1 'b26':2	name 26\n\\.\r	{"n": 26, "ü": "☃"}	"k"=>NULL	2026-03-30 02:30:00+00	$8.66
88	red	(27,"a\t\\\\""")	abc	6	[27,29)	'a':1 'b27':2	name 27\n\\.\r	{"n": 27, "ü": "☃"}	"k"=>NULL	2026-03-30 03:30:00+00	$9.00
91	amber	(28,"a\t\\\\""")	abc	0	[28,30)	'a':1 'b28':2	name 28\n\\.\r	{"n": 28, "ü": "☃"}	"k"=>NULL	2026-03-30 04:30:00+00	$9.33
94	green	(29,"a\t\\\\""")	abc	1	[29,31)	'a':1 'b29':2	name 29\n\\.\r	{"n": 29, "ü": "☃"}	"k"=>NULL	2026-03-30 05:30:00+00	$9.66
97	red	(30,"a\t\\\\""")	abc	2	[30,32)	'a':1 'b30':2	name 30\n\\.\r	{"n": 30, "ü": "☃"}	"k"=>NULL	2026-03-30 06:30:00+00	$10.00
100	amber	(31,"a\t\\\\""")	abc	3	[31,33)	'a':1 'b31':2	name 31\n\\.\r	{"n": 31, "ü": "☃"}	"k"=>NULL	2026-03-30 07:30:00+00	$10.33
103	green	(32,"a\t\\\\""")	abc	4	[32,34)	'a':1 'b32':2	name 32\n\\.\r	{"n": 32, "ü": "☃"}	"k"=>NULL	2026-03-30 08:30:00+00	$10.66
106	red	(33,"a\t\\\\""")	abc	5	[33,35)	'a':1 'b33':2	name 33\n\\.\r	{"n": 33, "ü": "☃"}	"k"=>NULL	2026-03-30 09:30:00+00	$11.00
109	amber	(34,"a\t\\\\""")	abc	6	[34,36)	'a':1 'b34':2	name 34\n\\.\r	{"n": 34, "ü": "☃"}	"k"=>NULL	2026-03-30 10:30:00+00	$11.33
112	green	(35,"a\t\\\\""")	abc	0	[35,37)	'a':1 'b35':2	name 35\n\\.\r	{"n": 35, "ü": "☃"}	"k"=>NULL	2026-03-30 11:30:00+00	$11.66
115	red	(36,"a\t\\\\""")	abc	1	[36,38)	'a':1 'b36':2	name 36\n\\.\r	{"n": 36, "ü": "☃"}	"k"=>NULL	2026-03-30 12:30:00+00	$12.00
118	amber	(37,"a\t\\\\""")	abc	2	[37,39)	'a':1 'b37':2	name 37\n\\.\r	{"n": 37, "ü": "☃"}	"k"=>NULL	2026-03-30 13:30:00+00	$12.33
121	green	(38,"a\t\\\\""")	abc	3	[38,40)	'a':1 'b38':2	name 38\n\\.\r	{"n": 38, "ü": "☃"}	"k"=>NULL	2026-03-30 14:30:00+00	$12.66
124	red	(39,"a\t\\\\""")	abc	4	[39,41)	'a':1 'b39':2	name 39\n\\.\r	{"n": 39, "ü": "☃"}	"k"=>NULL	2026-03-30 15:30:00+00	$13.00
127	amber	(40,"a\t\\\\""")	abc	5	[40,42)	'a':1 'b40':2	name 0\n\\.\r	{"n": 40, "ü": "☃"}	"k"=>NULL	2026-03-30 16:30:00+00	$13.33
130	green	(41,"a\t\\\\""")	abc	6	[41,43)	'a':1 'b41':2	name 1\n\\.\r	{"n": 41, "ü": "☃"}	"k"=>NULL	2026-03-30 17:30:00+00	$13.66
133	red	(42,"a\t\\\\""")	abc	0	[42,44)	'a':1 'b42':2	name 2\n\\.\r	{"n": 42, "ü": "☃"}	"k"=>NULL	2026-03-30 18:30:00+00	$14.00
136	amber	(43,"a\t\\\\""")	abc	1	[43,45)	'a':1 'b43':2	name 3\n\\.\r	{"n": 43, "ü": "☃"}	"k"=>NULL	2026-03-30 19:30:00+00	$14.33
139	green	(44,"a\t\\\\""")	abc	2	[44,46)	'a':1 'b44':2	name 4\n\\.\r	{"n": 44, "ü": "☃"}	"k"=>NULL	2026-03-30 20:30:00+00	$14.66
142	red	(45,"a\t\\\\""")	abc	3	[45,47)	'a':1 'b45':2	name 5\n\\.\r	{"n": 45, "ü": "☃"}	"k"=>NULL	2026-03-30 21:30:00+00	$15.00
145	amber	(46,"a\t\\\\""")	abc	4	[46,48)	'a':1 'b46':2	name 6\n\\.\r	{"n": 46, "ü": "☃"}	"k"=>NULL	2026-03-30 22:30:00+00	$15.33
148	green	(47,"a\t\\\\""")	abc	5	[47,49)	'a':1 'b47':2	name 7\n\\.\r	{"n": 47, "ü": "☃"}	"k"=>NULL	2026-03-30 23:30:00+00	$15.66
151	red	(48,"a\t\\\\""")	abc	6	[48,50)	'a':1 'b48':2	name 8\n\\.\r	{"n": 48, "ü": "☃"}	"k"=>NULL	2026-03-31 00:30:00+00	$16.00
154	amber	(49,"a\t\\\\""")	abc	0	[49,51)	'a':1 'b49':2	name 9\n\\.\r	{"n": 49, "ü": "☃"}	"k"=>NULL	2026-03-31 01:30:00+00	$16.33
157	green	(50,"a\t\\\\""")	abc	1	[50,52)	'a':1 'b50':2	name 10\n\\.\r	{"n": 50, "ü": "☃"}	"k"=>NULL	2026-03-31 02:30:00+00	$16.66
160	red	(51,"a\t\\\\""")	abc	2	[51,53)	'a':1 'b51':2	name 11\n\\.\r	{"n": 51, "ü": "☃"}	"k"=>NULL	2026-03-31 03:30:00+00	$17.00
163	amber	(52,"a\t\\\\""")	abc	3	[52,54)	'a':1 'b52':2	name 12\n\\.\r	{"n": 52, "ü": "☃"}	"k"=>NULL	2026-03-31 04:30:00+00	$17.33
166	green	(53,"a\t\\\\""")	abc	4	[53,55)	'a':1 'b53':2	name 13\n\\.\r	{"n": 53, "ü": "☃"}	"k"=>NULL	2026-03-31 05:30:00+00	$17.66
169	red	(54,"a\t\\\\""")	abc	5	[54,56)	'a':1 'b54':2	name 14\n\\.\r	{"n": 54, "ü": "☃"}	"k"=>NULL	2026-03-31 06:30:00+00	$18.00
172	amber	(55,"a\t\\\\""")	abc	6	[55,57)	'a':1 'b55':2	name 15\n\\.\r	{"n": 55, "ü": "☃"}	"k"=>NULL	2026-03-31 07:30:00+00	$18.33
175	green	(56,"a\t\\\\""")	abc	0	[56,58)	'a':1 'b56':2	name 16\n\\.\r	{"n": 56, "ü": "☃"}	"k"=>NULL	2026-03-31 08:30:00+00	$18.66
178	red	(57,"a\t\\\\""")	abc	1	[57,59)	'a':1 'b57':2	name 17\n\\.\r	{"n": 57, "ü": "☃"}	"k"=>NULL	2026-03-31 09:30:00+00	$19.00
181	amber	(58,"a\t\\\\""")	abc	2	[58,60)	'a':1 'b58':2	name 18\n\\.\r	{"n": 58, "ü": "☃"}	"k"=>NULL	2026-03-31 10:30:00+00	$19.33
184	green	(59,"a\t\\\\""")	abc	3	[59,61)	'a':1 'b59':2	name 19\n\\.\r	{"n": 59, "ü": "☃"}	"k"=>NULL	2026-03-31 11:30:00+00	$19.66
187	red	(60,"a\t\\\\""")	abc	4	[60,62)	'a':1 'b60':2	name 20\n\\.\r	{"n": 60, "ü": "☃"}	"k"=>NULL	2026-03-31 12:30:00+00	$20.00
190	amber	(61,"a\t\\\\""")	abc	5	[61,63)	'a':1 'b61':2	name 21\n\\.\r	{"n": 61, "ü": "☃"}	"k"=>NULL	2026-03-31 13:30:00+00	$20.33
193	green	(62,"a\t\\\\""")	abc	6	[62,64)	'a':1 'b62':2	name 22\n\\.\r	{"n": 62, "ü": "☃"}	"k"=>NULL	2026-03-31 14:30:00+00	$20.66
196	red	(63,"a\t\\\\""")	abc	0	[63,65)	'a':1 'b63':2	name 23\n\\.\r	{"n": 63, "ü": "☃"}	"k"=>NULL	2026-03-31 15:30:00+00	$21.00
199	amber	(64,"a\t\\\\""")	abc	1	[64,66)	'a':1 'b64':2	name 24\n\\.\r	{"n": 64, "ü": "☃"}	"k"=>NULL	2026-03-31 16:30:00+00	$21.33
202	green	(65,"a\t\\\\""")	abc	2	[65,67)	'a':1 'b65':2	name 25\n\\.\r	{"n": 65, "ü": "☃"}	"k"=>NULL	2026-03-31 17:30:00+00	$21.66
205	red	(66,"a\t\\\\""")	abc	3	[66,68)	'a':1 'b66':2	name 26\n\\.\r	{"n": 66, "ü": "☃"}	"k"=>NULL	2026-03-31 18:30:00+00	$22.00
208	amber	(67,"a\t\\\\""")	abc	4	[67,69)	'a':1 'b67':2	name 27\n\\.\r	{"n": 67, "ü": "☃"}	"k"=>NULL	2026-03-31 19:30:00+00	$22.33
211	green	(68,"a\t\\\\""")	abc	5	[68,70)	'a':1 'b68':2	name 28\n\\.\r	{"n": 68, "ü": "☃"}	"k"=>NULL	2026-03-31 20:30:00+00	$22.66
214	red	(69,"a\t\\\\""")	abc	6	[69,71)	'a':1 'b69':2	name 29\n\\.\r	{"n": 69, "ü": "☃"}	"k"=>NULL	2026-03-31 21:30:00+00	$23.00
217	amber	(70,"a\t\\\\""")	abc	0	[70,72)	'a':1 'b70':2	name 30\n\\.\r	{"n": 70, "ü": "☃"}	"k"=>NULL	2026-03-31 22:30:00+00	$23.33
220	green	(71,"a\t\\\\""")	abc	1	[71,73)	'a':1 'b71':2	name 31\n\\.\r	{"n": 71, "ü": "☃"}	"k"=>NULL	2026-03-31 23:30:00+00	$23.66
223	red	(72,"a\t\\\\""")	abc	2	[72,74)	'a':1 'b72':2	name 32\n\\.\r	{"n": 72, "ü": "☃"}	"k"=>NULL	2026-04-01 00:30:00+00	$24.00
226	amber	(73,"a\t\\\\""")	abc	3	[73,75)	'a':1 'b73':2	name 33\n\\.\r	{"n": 73, "ü": "☃"}	"k"=>NULL	2026-04-01 01:30:00+00	$24.33
229	green	(74,"a\t\\\\""")	abc	4	[74,76)	'a':1 'b74':2	name 34\n\\.\r	{"n": 74, "ü": "☃"}	"k"=>NULL	2026-04-01 02:30:00+00	$24.66
232	red	(75,"a\t\\\\""")	abc	5	[75,77)	'a':1 'b75':2	name 35\n\\.\r	{"n": 75, "ü": "☃"}	"k"=>NULL	2026-04-01 03:30:00+00	$25.00
235	amber	(76,"a\t\\\\""")	abc	6	[76,78)	'a':1 'b76':2	name 36\n\\.\r	{"n": 76, "ü": "☃"}	"k"=>NULL	2026-04-01 04:30:00+00	$25.33
238	green	(77,"a\t\\\\""")	abc	0	[77,79)	'a':1 'b77':2	name 37\n\\.\r	{"n": 77, "ü": "☃"}	"k"=>NULL	2026-04-01 05:30:00+00	$25.66
241	red	(78,"a\t\\\\""")	abc	1	[78,80)	'a':1 'b78':2	name 38\n\\.\r	{"n": 78, "ü": "☃"}	"k"=>NULL	2026-04-01 06:30:00+00	$26.00
244	amber	(79,"a\t\\\\""")	abc	2	[79,81)	'a':1 'b79':2	name 39\n\\.\r	{"n": 79, "ü": "☃"}	"k"=>NULL	2026-04-01 07:30:00+00	$26.33
247	green	(80,"a\t\\\\""")	abc	3	[80,82)	'a':1 'b80':2	name 0\n\\.\r	{"n": 80, "ü": "☃"}	"k"=>NULL	2026-04-01 08:30:00+00	$26.66
250	red	(81,"a\t\\\\""")	abc	4	[81,83)	'a':1 'b81':2	name 1\n\\.\r	{"n": 81, "ü": "☃"}	"k"=>NULL	2026-04-01 09:30:00+00	$27.00
253	amber	(82,"a\t\\\\""")	abc	5	[82,84)	'a':1 'b82':2	name 2\n\\.\r	{"n": 82, "ü": "☃"}	"k"=>NULL	2026-04-01 10:30:00+00	$27.33
256	green	(83,"a\t\\\\""")	abc	6	[83,85)	'a':1 'b83':2	name 3\n\\.\r	{"n": 83, "ü": "☃"}	"k"=>NULL	2026-04-01 11:30:00+00	$27.66
259	red	(84,"a\t\\\\""")	abc	0	[84,86)	'a':1 'b84':2	name 4\n\\.\r	{"n": 84, "ü": "☃"}	"k"=>NULL	2026-04-01 12:30:00+00	$28.00
262	amber	(85,"a\t\\\\""")	abc	1	[85,87)	'a':1 'b85':2	name 5\n\\.\r	{"n": 85, "ü": "☃"}	"k"=>NULL	2026-04-01 13:30:00+00	$28.33
265	green	(86,"a\t\\\\""")	abc	2	[86,88)	'a':1 'b86':2	name 6\n\\.\r	{"n": 86, "ü": "☃"}	"k"=>NULL	2026-04-01 14:30:00+00	$28.66
268	red	(87,"a\t\\\\""")	abc	3	[87,89)	'a':1 'b87':2	name 7\n\\.\r	{"n": 87, "ü": "☃"}	"k"=>NULL	2026-04-01 15:30:00+00	$29.00
271	amber	(88,"a\t\\\\""")	abc	4	[88,90)	'a':1 'b88':2	name 8\n\\.\r	{"n": 88, "ü": "☃"}	"k"=>NULL	2026-04-01 16:30:00+00	$29.33
274	green	(89,"a\t\\\\""")	abc	5	[89,91)	'a':1 'b89':2	name 9\n\\.\r	{"n": 89, "ü": "☃"}	"k"=>NULL	2026-04-01 17:30:00+00	$29.66
277	red	(90,"a\t\\\\""")	abc	6	[90,92)	'a':1 'b90':2	name 10\n\\.\r	{"n": 90, "ü": "☃"}	"k"=>NULL	2026-04-01 18:30:00+00	$30.00
280	amber	(91,"a\t\\\\""")	abc	0	[91,93)	'a':1 'b91':2	name 11\n\\.\r	{"n": 91, "ü": "☃"}	"k"=>NULL	2026-04-01 19:30:00+00	$30.33
283	green	(92,"a\t\\\\""")	abc	1	[92,94)	'a':1 'b92':2	name 12\n\\.\r	{"n": 92, "ü": "☃"}	"k"=>NULL	2026-04-01 20:30:00+00	$30.66
286	red	(93,"a\t\\\\""")	abc	2	[93,95)	'a':1 'b93':2	name 13\n\\.\r	{"n": 93, "ü": "☃"}	"k"=>NULL	2026-04-01 21:30:00+00	$31.00
289	amber	(94,"a\t\\\\""")	abc	3	[94,96)	'a':1 'b94':2	name 14\n\\.\r	{"n": 94, "ü": "☃"}	"k"=>NULL	2026-04-01 22:30:00+00	$31.33
292	green	(95,"a\t\\\\""")	abc	4	[95,97)	'a':1 'b95':2	name 15\n\\.\r	{"n": 95, "ü": "☃"}	"k"=>NULL	2026-04-01 23:30:00+00	$31.66
295	red	(96,"a\t\\\\""")	abc	5	[96,98)	'a':1 'b96':2	name 16\n\\.\r	{"n": 96, "ü": "☃"}	"k"=>NULL	2026-04-02 00:30:00+00	$32.00
298	amber	(97,"a\t\\\\""")	abc	6	[97,99)	'a':1 'b97':2	name 17\n\\.\r	{"n": 97, "ü": "☃"}	"k"=>NULL	2026-04-02 01:30:00+00	$32.33
301	green	(98,"a\t\\\\""")	abc	0	[98,100)	'a':1 'b98':2	name 18\n\\.\r	{"n": 98, "ü": "☃"}	"k"=>NULL	2026-04-02 02:30:00+00	$32.66
304	red	(99,"a\t\\\\""")	abc	1	[99,101)	'a':1 'b99':2	name 19\n\\.\r	{"n": 99, "ü": "☃"}	"k"=>NULL	2026-04-02 03:30:00+00	$33.00
307	amber	(100,"a\t\\\\""")	abc	2	[100,102)	'a':1 'b100':2	name 20\n\\.\r	{"n": 100, "ü": "☃"}	"k"=>NULL	2026-04-02 04:30:00+00	$33.33
310	green	(101,"a\t\\\\""")	abc	3	[101,103)	'a':1 'b101':2	name 21\n\\.\r	{"n": 101, "ü": "☃"}	"k"=>NULL	2026-04-02 05:30:00+00	$33.66
313	red	(102,"a\t\\\\""")	abc	4	[102,104)	'a':1 'b102':2	name 22\n\\.\r	{"n": 102, "ü": "☃"}	"k"=>NULL	2026-04-02 06:30:00+00	$34.00
316	amber	(103,"a\t\\\\""")	abc	5	[103,105)	'a':1 'b103':2	name 23\n\\.\r	{"n": 103, "ü": "☃"}	"k"=>NULL	2026-04-02 07:30:00+00	$34.33
319	green	(104,"a\t\\\\""")	abc	6	[104,106)	'a':1 'b104':2	name 24\n\\.\r	{"n": 104, "ü": "☃"}	"k"=>NULL	2026-04-02 08:30:00+00	$34.66
322	red	(105,"a\t\\\\""")	abc	0	[105,107)	'a':1 'b105':2	name 25\n\\.\r	{"n": 105, "ü": "☃"}	"k"=>NULL	2026-04-02 09:30:00+00	$35.00
325	amber	(106,"a\t\\\\""")	abc	1	[106,108)	'a':1 'b106':2	name 26\n\\.\r	{"n": 106, "ü": "☃"}	"k"=>NULL	2026-04-02 10:30:00+00	$35.33
328	green	(107,"a\t\\\\""")	abc	2	[107,109)	'a':1 'b107':2	name 27\n\\.\r	{"n": 107, "ü": "☃"}	"k"=>NULL	2026-04-02 11:30:00+00	$35.66
331	red	(108,"a\t\\\\""")	abc	3	[108,110)	'a':1 'b108':2	name 28\n\\.\r	{"n": 108, "ü": "☃"}	"k"=>NULL	2026-04-02 12:30:00+00	$36.00
334	amber	(109,"a\t\\\\""")	abc	4	[109,111)	'a':1 'b109':2	name 29\n\\.\r	{"n": 109, "ü": "☃"}	"k"=>NULL	2026-04-02 13:30:00+00	$36.33
337	green	(110,"a\t\\\\""")	abc	5	[110,112)	'a':1 'b110':2	name 30\n\\.\r	{"n": 110, "ü": "☃"}	"k"=>NULL	2026-04-02 14:30:00+00	$36.66
340	red	(111,"a\t\\\\""")	abc	6	[111,113)	'a':1 'b111':2	name 31\n\\.\r	{"n": 111, "ü": "☃"}	"k"=>NULL	2026-04-02 15:30:00+00	$37.00
343	amber	(112,"a\t\\\\""")	abc	0	[112,114)	'a':1 'b112':2	name 32\n\\.\r	{"n": 112, "ü": "☃"}	"k"=>NULL	2026-04-02 16:30:00+00	$37.33
346	green	(113,"a\t\\\\""")	abc	1	[113,115)	'a':1 'b113':2	name 33\n\\.\r	{"n": 113, "ü": "☃"}	"k"=>NULL	2026-04-02 17:30:00+00	$37.66
349	red	(114,"a\t\\\\""")	abc	2	[114,116)	'a':1 'b114':2	name 34\n\\.\r	{"n": 114, "ü": "☃"}	"k"=>NULL	2026-04-02 18:30:00+00	$38.00
352	amber	(115,"a\t\\\\""")	abc	3	[115,117)	'a':1 'b115':2	name 35\n\\.\r	{"n": 115, "ü": "☃"}	"k"=>NULL	2026-04-02 19:30:00+00	$38.33
355	green	(116,"a\t\\\\""")	abc	4	[116,118)	'a':1 'b116':2	name 36\n\\.\r	{"n": 116, "ü": "☃"}	"k"=>NULL	2026-04-02 20:30:00+00	$38.66
358	red	(117,"a\t\\\\""")	abc	5	[117,119)	'a':1 'b117':2	name 37\n\\.\r	{"n": 117, "ü": "☃"}	"k"=>NULL	2026-04-02 21:30:00+00	$39.00
361	amber	(118,"a\t\\\\""")	abc	6	[118,120)	'a':1 'b118':2	name 38\n\\.\r	{"n": 118, "ü": "☃"}	"k"=>NULL	2026-04-02 22:30:00+00	$39.33
364	green	(119,"a\t\\\\""")	abc	0	[119,121)	'a':1 'b119':2	name 39\n\\.\r	{"n": 119, "ü": "☃"}	"k"=>NULL	2026-04-02 23:30:00+00	$39.66
367	red	(120,"a\t\\\\""")	abc	1	[120,122)	'a':1 'b120':2	name 0\n\\.\r	{"n": 120, "ü": "☃"}	"k"=>NULL	2026-04-03 00:30:00+00	$40.00
\.


--
-- Data for Name: more; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.more (id, kind, name) FROM stdin;
2	more	x
\.


--
-- Data for Name: nulls; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.nulls (a, b) FROM stdin;
\.


--
-- Data for Name: opening; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.opening (h, packed) FROM stdin;
{[08:00:00,12:00:00),[13:00:00,18:00:00)}	packedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpackedpacked
\.


--
-- Data for Name: orders_new; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.orders_new (number, day, item, id) FROM stdin;
36	2026-01-01	103	31
34	2026-01-02	106	32
32	2026-01-03	109	33
30	2026-01-04	112	34
28	2026-01-05	115	35
26	2026-01-06	118	36
24	2026-01-07	121	37
22	2026-01-08	124	38
20	2026-01-09	127	39
18	2026-01-10	130	40
16	2026-01-11	133	41
14	2026-01-12	136	42
12	2026-01-13	139	43
10	2026-01-14	142	44
8	2026-01-15	145	45
6	2026-01-16	148	46
4	2026-01-17	151	47
2	2026-01-18	154	48
0	2026-01-19	157	49
-2	2026-01-20	10	50
-4	2026-01-21	13	51
-6	2026-01-22	16	52
-8	2026-01-23	19	53
-10	2026-01-24	22	54
-12	2026-01-25	25	55
-14	2026-01-26	28	56
-16	2026-01-27	31	57
-18	2026-01-28	34	58
-20	2026-01-29	37	59
-22	2026-01-30	40	60
\.


--
-- Data for Name: orders_old_1; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.orders_old_1 (id, item, day, number) FROM stdin;
1	13	2025-12-02	96
2	16	2025-12-03	94
7	31	2025-12-08	84
\.


--
-- Data for Name: orders_old_rest; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.orders_old_rest (id, item, day, number) FROM stdin;
3	19	2025-12-04	92
4	22	2025-12-05	90
5	25	2025-12-06	88
6	28	2025-12-07	86
8	34	2025-12-09	82
9	37	2025-12-10	80
10	40	2025-12-11	78
11	43	2025-12-12	76
12	46	2025-12-13	74
13	49	2025-12-14	72
14	52	2025-12-15	70
15	55	2025-12-16	68
16	58	2025-12-17	66
17	61	2025-12-18	64
18	64	2025-12-19	62
19	67	2025-12-20	60
20	70	2025-12-21	58
21	73	2025-12-22	56
22	76	2025-12-23	54
23	79	2025-12-24	52
24	82	2025-12-25	50
25	85	2025-12-26	48
26	88	2025-12-27	46
27	91	2025-12-28	44
28	94	2025-12-29	42
29	97	2025-12-30	40
30	100	2025-12-31	38
\.


--
-- Data for Name: other; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.other (id, kind) FROM stdin;
3	\N
\.


--
-- Data for Name: passing; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.passing (id) FROM stdin;
1
\.


--
-- Data for Name: rooms; Type: TABLE DATA; Schema: stock; Owner: postgres
--

COPY stock.rooms (id, during) FROM stdin;
1	["2026-01-01 00:00:00+00","2026-02-01 00:00:00+00")
1	["2026-02-01 00:00:00+00","2026-03-01 00:00:00+00")
\.


--
-- Data for Name: typed; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.typed (aisle, shelf) FROM stdin;
1	top
\.


--
-- Name: counting_id_seq; Type: SEQUENCE SET; Schema: stock; Owner: postgres
--

SELECT pg_catalog.setval('stock.counting_id_seq', 2, true);


--
-- Name: items_id_seq; Type: SEQUENCE SET; Schema: stock; Owner: fixture_owner
--

SELECT pg_catalog.setval('stock.items_id_seq', 367, true);


--
-- Name: numbers; Type: SEQUENCE SET; Schema: stock; Owner: fixture_owner
--

SELECT pg_catalog.setval('stock.numbers', -28, true);


--
-- Name: orders_id_seq; Type: SEQUENCE SET; Schema: stock; Owner: fixture_owner
--

SELECT pg_catalog.setval('stock.orders_id_seq', 60, true);


--
-- Name: 5000..5002; Type: BLOB METADATA; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('5000');
SELECT pg_catalog.lo_create('5002');

ALTER LARGE OBJECT 5000 OWNER TO postgres;
ALTER LARGE OBJECT 5002 OWNER TO postgres;

--
-- Name: LARGE OBJECT 5002; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON LARGE OBJECT 5002 IS 'empty';


--
-- Name: 5001; Type: BLOB METADATA; Schema: -; Owner: fixture_owner
--

SELECT pg_catalog.lo_create('5001');

ALTER LARGE OBJECT 5001 OWNER TO fixture_owner;

--
-- Data for Name: 5000..5002; Type: BLOBS; Schema: -; Owner: postgres
--

BEGIN;

SELECT pg_catalog.lo_open('5000', 131072);
SELECT pg_catalog.lowrite(0, '\x6f6e65');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('5002', 131072);
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Data for Name: 5001; Type: BLOBS; Schema: -; Owner: fixture_owner
--

BEGIN;

SELECT pg_catalog.lo_open('5001', 131072);
SELECT pg_catalog.lowrite(0, '\x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Statistics for Name: ddl_log; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'public',
	'relname', 'ddl_log',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: afar; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'afar',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: afar_child; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'afar_child',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: base; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'base',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: bookings; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'bookings',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: counting; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'counting',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: counting_1; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'counting_1',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: hashed; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed',
	'relpages', '-1'::integer,
	'reltuples', '20'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed',
	'attname', 'a',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20}'::text,
	'correlation', '0.83157897'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed',
	'attname', 'b',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '3'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{b1,b10,b11,b12,b13,b14,b15,b16,b17,b18,b19,b2,b20,b3,b4,b5,b6,b7,b8,b9}'::text,
	'correlation', '-0.14135338'::real
);


--
-- Statistics for Name: hashed_0; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_0',
	'relpages', '1'::integer,
	'reltuples', '9'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_0',
	'attname', 'a',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,2,4,6,7,9,10,11,18}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_0',
	'attname', 'b',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '3'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{b1,b10,b11,b18,b2,b4,b6,b7,b9}'::text,
	'correlation', '0'::real
);


--
-- Statistics for Name: hashed_1; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_1',
	'relpages', '1'::integer,
	'reltuples', '11'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_1',
	'attname', 'a',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{3,5,8,12,13,14,15,16,17,19,20}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'hashed_1',
	'attname', 'b',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '3'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{b12,b13,b14,b15,b16,b17,b19,b20,b3,b5,b8}'::text,
	'correlation', '-0.2'::real
);


--
-- Statistics for Name: heaped; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'heaped',
	'relpages', '1'::integer,
	'reltuples', '2'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: heaped_parts; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'heaped_parts',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'relpages', '4'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'area',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{22,20}'::text,
	'most_common_freqs', '{0.75,0.25}'::real[],
	'correlation', '0.7569623'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2026-03-29 01:30:00+00","2026-03-29 02:30:00+00","2026-03-29 03:30:00+00","2026-03-29 04:30:00+00","2026-03-29 05:30:00+00","2026-03-29 06:30:00+00","2026-03-29 08:30:00+00","2026-03-29 09:30:00+00","2026-03-29 10:30:00+00","2026-03-29 11:30:00+00","2026-03-29 12:30:00+00","2026-03-29 14:30:00+00","2026-03-29 15:30:00+00","2026-03-29 16:30:00+00","2026-03-29 17:30:00+00","2026-03-29 18:30:00+00","2026-03-29 20:30:00+00","2026-03-29 21:30:00+00","2026-03-29 22:30:00+00","2026-03-29 23:30:00+00","2026-03-30 00:30:00+00","2026-03-30 01:30:00+00","2026-03-30 03:30:00+00","2026-03-30 04:30:00+00","2026-03-30 05:30:00+00","2026-03-30 06:30:00+00","2026-03-30 07:30:00+00","2026-03-30 09:30:00+00","2026-03-30 10:30:00+00","2026-03-30 11:30:00+00","2026-03-30 12:30:00+00","2026-03-30 13:30:00+00","2026-03-30 15:30:00+00","2026-03-30 16:30:00+00","2026-03-30 17:30:00+00","2026-03-30 18:30:00+00","2026-03-30 19:30:00+00","2026-03-30 21:30:00+00","2026-03-30 22:30:00+00","2026-03-30 23:30:00+00","2026-03-31 00:30:00+00","2026-03-31 01:30:00+00","2026-03-31 02:30:00+00","2026-03-31 04:30:00+00","2026-03-31 05:30:00+00","2026-03-31 06:30:00+00","2026-03-31 07:30:00+00","2026-03-31 08:30:00+00","2026-03-31 10:30:00+00","2026-03-31 11:30:00+00","2026-03-31 12:30:00+00","2026-03-31 13:30:00+00","2026-03-31 14:30:00+00","2026-03-31 16:30:00+00","2026-03-31 17:30:00+00","2026-03-31 18:30:00+00","2026-03-31 19:30:00+00","2026-03-31 20:30:00+00","2026-03-31 22:30:00+00","2026-03-31 23:30:00+00","2026-04-01 00:30:00+00","2026-04-01 01:30:00+00","2026-04-01 02:30:00+00","2026-04-01 03:30:00+00","2026-04-01 05:30:00+00","2026-04-01 06:30:00+00","2026-04-01 07:30:00+00","2026-04-01 08:30:00+00","2026-04-01 09:30:00+00","2026-04-01 11:30:00+00","2026-04-01 12:30:00+00","2026-04-01 13:30:00+00","2026-04-01 14:30:00+00","2026-04-01 15:30:00+00","2026-04-01 17:30:00+00","2026-04-01 18:30:00+00","2026-04-01 19:30:00+00","2026-04-01 20:30:00+00","2026-04-01 21:30:00+00","2026-04-01 23:30:00+00","2026-04-02 00:30:00+00","2026-04-02 01:30:00+00","2026-04-02 02:30:00+00","2026-04-02 03:30:00+00","2026-04-02 04:30:00+00","2026-04-02 06:30:00+00","2026-04-02 07:30:00+00","2026-04-02 08:30:00+00","2026-04-02 09:30:00+00","2026-04-02 10:30:00+00","2026-04-02 12:30:00+00","2026-04-02 13:30:00+00","2026-04-02 14:30:00+00","2026-04-02 15:30:00+00","2026-04-02 16:30:00+00","2026-04-02 18:30:00+00","2026-04-02 19:30:00+00","2026-04-02 20:30:00+00","2026-04-02 21:30:00+00","2026-04-02 22:30:00+00","2026-04-03 00:30:00+00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'code',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '1'::real,
	'most_common_vals', '{abc}'::text,
	'most_common_freqs', '{1}'::real[],
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'colour',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{red,amber,green}'::text,
	'most_common_freqs', '{0.33333334,0.33333334,0.33333334}'::real[],
	'correlation', '0.32203627'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'cost',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{$0.33,$0.66,$1.00,$1.33,$1.66,$2.00,$2.66,$3.00,$3.33,$3.66,$4.00,$4.66,$5.00,$5.33,$5.66,$6.00,$6.66,$7.00,$7.33,$7.66,$8.00,$8.33,$9.00,$9.33,$9.66,$10.00,$10.33,$11.00,$11.33,$11.66,$12.00,$12.33,$13.00,$13.33,$13.66,$14.00,$14.33,$15.00,$15.33,$15.66,$16.00,$16.33,$16.66,$17.33,$17.66,$18.00,$18.33,$18.66,$19.33,$19.66,$20.00,$20.33,$20.66,$21.33,$21.66,$22.00,$22.33,$22.66,$23.33,$23.66,$24.00,$24.33,$24.66,$25.00,$25.66,$26.00,$26.33,$26.66,$27.00,$27.66,$28.00,$28.33,$28.66,$29.00,$29.66,$30.00,$30.33,$30.66,$31.00,$31.66,$32.00,$32.33,$32.66,$33.00,$33.33,$34.00,$34.33,$34.66,$35.00,$35.33,$36.00,$36.33,$36.66,$37.00,$37.33,$38.00,$38.33,$38.66,$39.00,$39.33,$40.00}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'doc',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '36'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"{\"n\": 1, \"ü\": \"☃\"}","{\"n\": 3, \"ü\": \"☃\"}","{\"n\": 5, \"ü\": \"☃\"}","{\"n\": 8, \"ü\": \"☃\"}","{\"n\": 10, \"ü\": \"☃\"}","{\"n\": 12, \"ü\": \"☃\"}","{\"n\": 15, \"ü\": \"☃\"}","{\"n\": 17, \"ü\": \"☃\"}","{\"n\": 20, \"ü\": \"☃\"}","{\"n\": 22, \"ü\": \"☃\"}","{\"n\": 24, \"ü\": \"☃\"}","{\"n\": 27, \"ü\": \"☃\"}","{\"n\": 29, \"ü\": \"☃\"}","{\"n\": 31, \"ü\": \"☃\"}","{\"n\": 34, \"ü\": \"☃\"}","{\"n\": 36, \"ü\": \"☃\"}","{\"n\": 39, \"ü\": \"☃\"}","{\"n\": 41, \"ü\": \"☃\"}","{\"n\": 43, \"ü\": \"☃\"}","{\"n\": 46, \"ü\": \"☃\"}","{\"n\": 48, \"ü\": \"☃\"}","{\"n\": 50, \"ü\": \"☃\"}","{\"n\": 53, \"ü\": \"☃\"}","{\"n\": 55, \"ü\": \"☃\"}","{\"n\": 58, \"ü\": \"☃\"}","{\"n\": 60, \"ü\": \"☃\"}","{\"n\": 62, \"ü\": \"☃\"}","{\"n\": 65, \"ü\": \"☃\"}","{\"n\": 67, \"ü\": \"☃\"}","{\"n\": 70, \"ü\": \"☃\"}","{\"n\": 72, \"ü\": \"☃\"}","{\"n\": 74, \"ü\": \"☃\"}","{\"n\": 77, \"ü\": \"☃\"}","{\"n\": 79, \"ü\": \"☃\"}","{\"n\": 81, \"ü\": \"☃\"}","{\"n\": 84, \"ü\": \"☃\"}","{\"n\": 86, \"ü\": \"☃\"}","{\"n\": 89, \"ü\": \"☃\"}","{\"n\": 91, \"ü\": \"☃\"}","{\"n\": 93, \"ü\": \"☃\"}","{\"n\": 96, \"ü\": \"☃\"}","{\"n\": 98, \"ü\": \"☃\"}","{\"n\": 100, \"ü\": \"☃\"}","{\"n\": 103, \"ü\": \"☃\"}","{\"n\": 105, \"ü\": \"☃\"}","{\"n\": 108, \"ü\": \"☃\"}","{\"n\": 110, \"ü\": \"☃\"}","{\"n\": 112, \"ü\": \"☃\"}","{\"n\": 115, \"ü\": \"☃\"}","{\"n\": 117, \"ü\": \"☃\"}","{\"n\": 120, \"ü\": \"☃\"}"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'grade',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '7'::real,
	'most_common_vals', '{1,0,2,3,4,5,6}'::text,
	'most_common_freqs', '{0.15,0.14166667,0.14166667,0.14166667,0.14166667,0.14166667,0.14166667}'::real[],
	'correlation', '0.14226682'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{10,13,16,19,22,25,31,34,37,40,43,49,52,55,58,61,67,70,73,76,79,82,88,91,94,97,100,106,109,112,115,118,124,127,130,133,136,142,145,148,151,154,157,163,166,169,172,175,181,184,187,190,193,199,202,205,208,211,217,220,223,226,229,232,238,241,244,247,250,256,259,262,265,268,274,277,280,283,286,292,295,298,301,304,307,313,316,319,322,325,331,334,337,340,343,349,352,355,358,361,367}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'lies',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '14'::integer,
	'n_distinct', '-1'::real,
	'range_length_histogram', '{2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2}'::text,
	'range_empty_frac', '0'::real,
	'range_bounds_histogram', '{"[1,3)","[2,4)","[3,5)","[4,6)","[5,7)","[6,8)","[8,10)","[9,11)","[10,12)","[11,13)","[12,14)","[14,16)","[15,17)","[16,18)","[17,19)","[18,20)","[20,22)","[21,23)","[22,24)","[23,25)","[24,26)","[25,27)","[27,29)","[28,30)","[29,31)","[30,32)","[31,33)","[33,35)","[34,36)","[35,37)","[36,38)","[37,39)","[39,41)","[40,42)","[41,43)","[42,44)","[43,45)","[45,47)","[46,48)","[47,49)","[48,50)","[49,51)","[50,52)","[52,54)","[53,55)","[54,56)","[55,57)","[56,58)","[58,60)","[59,61)","[60,62)","[61,63)","[62,64)","[64,66)","[65,67)","[66,68)","[67,69)","[68,70)","[70,72)","[71,73)","[72,74)","[73,75)","[74,76)","[75,77)","[77,79)","[78,80)","[79,81)","[80,82)","[81,83)","[83,85)","[84,86)","[85,87)","[86,88)","[87,89)","[89,91)","[90,92)","[91,93)","[92,94)","[93,95)","[95,97)","[96,98)","[97,99)","[98,100)","[99,101)","[100,102)","[102,104)","[103,105)","[104,106)","[105,107)","[106,108)","[108,110)","[109,111)","[110,112)","[111,113)","[112,114)","[114,116)","[115,117)","[116,118)","[117,119)","[118,120)","[120,122)"}'::text
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'name',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '11'::integer,
	'n_distinct', '-0.5'::real,
	'most_common_vals', '{"name 0
\\.","name 1
\\.","name 2
\\.","name 3
\\.","name 4
\\.","name 5
\\.","name 6
\\.","name 7
\\.","name 8
\\.","name 9
\\.","name 10
\\.","name 11
\\.","name 12
\\.","name 13
\\.","name 14
\\.","name 15
\\.","name 16
\\.","name 17
\\.","name 18
\\.","name 19
\\.","name 20
\\.","name 21
\\.","name 22
\\.","name 23
\\.","name 24
\\.","name 25
\\.","name 26
\\.","name 27
\\.","name 28
\\.","name 29
\\.","name 30
\\.","name 31
\\.","name 32
\\.","name 33
\\.","name 34
\\.","name 35
\\.","name 36
\\.","name 37
\\.","name 38
\\.","name 39
\\."}'::text,
	'most_common_freqs', '{0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025,0.025}'::real[],
	'correlation', '0.3066185'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'place',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '30'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"(1,\"a	\\\\\"\"\")","(2,\"a	\\\\\"\"\")","(3,\"a	\\\\\"\"\")","(4,\"a	\\\\\"\"\")","(5,\"a	\\\\\"\"\")","(6,\"a	\\\\\"\"\")","(8,\"a	\\\\\"\"\")","(9,\"a	\\\\\"\"\")","(10,\"a	\\\\\"\"\")","(11,\"a	\\\\\"\"\")","(12,\"a	\\\\\"\"\")","(14,\"a	\\\\\"\"\")","(15,\"a	\\\\\"\"\")","(16,\"a	\\\\\"\"\")","(17,\"a	\\\\\"\"\")","(18,\"a	\\\\\"\"\")","(20,\"a	\\\\\"\"\")","(21,\"a	\\\\\"\"\")","(22,\"a	\\\\\"\"\")","(23,\"a	\\\\\"\"\")","(24,\"a	\\\\\"\"\")","(25,\"a	\\\\\"\"\")","(27,\"a	\\\\\"\"\")","(28,\"a	\\\\\"\"\")","(29,\"a	\\\\\"\"\")","(30,\"a	\\\\\"\"\")","(31,\"a	\\\\\"\"\")","(33,\"a	\\\\\"\"\")","(34,\"a	\\\\\"\"\")","(35,\"a	\\\\\"\"\")","(36,\"a	\\\\\"\"\")","(37,\"a	\\\\\"\"\")","(39,\"a	\\\\\"\"\")","(40,\"a	\\\\\"\"\")","(41,\"a	\\\\\"\"\")","(42,\"a	\\\\\"\"\")","(43,\"a	\\\\\"\"\")","(45,\"a	\\\\\"\"\")","(46,\"a	\\\\\"\"\")","(47,\"a	\\\\\"\"\")","(48,\"a	\\\\\"\"\")","(49,\"a	\\\\\"\"\")","(50,\"a	\\\\\"\"\")","(52,\"a	\\\\\"\"\")","(53,\"a	\\\\\"\"\")","(54,\"a	\\\\\"\"\")","(55,\"a	\\\\\"\"\")","(56,\"a	\\\\\"\"\")","(58,\"a	\\\\\"\"\")","(59,\"a	\\\\\"\"\")","(60,\"a	\\\\\"\"\")","(61,\"a	\\\\\"\"\")","(62,\"a	\\\\\"\"\")","(64,\"a	\\\\\"\"\")","(65,\"a	\\\\\"\"\")","(66,\"a	\\\\\"\"\")","(67,\"a	\\\\\"\"\")","(68,\"a	\\\\\"\"\")","(70,\"a	\\\\\"\"\")","(71,\"a	\\\\\"\"\")","(72,\"a	\\\\\"\"\")","(73,\"a	\\\\\"\"\")","(74,\"a	\\\\\"\"\")","(75,\"a	\\\\\"\"\")","(77,\"a	\\\\\"\"\")","(78,\"a	\\\\\"\"\")","(79,\"a	\\\\\"\"\")","(80,\"a	\\\\\"\"\")","(81,\"a	\\\\\"\"\")","(83,\"a	\\\\\"\"\")","(84,\"a	\\\\\"\"\")","(85,\"a	\\\\\"\"\")","(86,\"a	\\\\\"\"\")","(87,\"a	\\\\\"\"\")","(89,\"a	\\\\\"\"\")","(90,\"a	\\\\\"\"\")","(91,\"a	\\\\\"\"\")","(92,\"a	\\\\\"\"\")","(93,\"a	\\\\\"\"\")","(95,\"a	\\\\\"\"\")","(96,\"a	\\\\\"\"\")","(97,\"a	\\\\\"\"\")","(98,\"a	\\\\\"\"\")","(99,\"a	\\\\\"\"\")","(100,\"a	\\\\\"\"\")","(102,\"a	\\\\\"\"\")","(103,\"a	\\\\\"\"\")","(104,\"a	\\\\\"\"\")","(105,\"a	\\\\\"\"\")","(106,\"a	\\\\\"\"\")","(108,\"a	\\\\\"\"\")","(109,\"a	\\\\\"\"\")","(110,\"a	\\\\\"\"\")","(111,\"a	\\\\\"\"\")","(112,\"a	\\\\\"\"\")","(114,\"a	\\\\\"\"\")","(115,\"a	\\\\\"\"\")","(116,\"a	\\\\\"\"\")","(117,\"a	\\\\\"\"\")","(118,\"a	\\\\\"\"\")","(120,\"a	\\\\\"\"\")"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'tags',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '14'::integer,
	'n_distinct', '1'::real,
	'most_common_vals', '{"\"k\"=>NULL"}'::text,
	'most_common_freqs', '{1}'::real[],
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items',
	'attname', 'words',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '26'::integer,
	'n_distinct', '-1'::real,
	'most_common_elems', '{a,b1,b2,b3,b4,b5,b6,b7,b8,b9,b10,b11,b12,b13,b14,b15,b16,b17,b18,b19,b20,b21,b22,b23,b24,b25,b26,b27,b28,b29,b30,b31,b32,b33,b34,b35,b36,b37,b38,b39,b40,b41,b42,b43,b44,b45,b46,b47,b48,b49,b50,b51,b52,b53,b54,b55,b56,b57,b58,b59,b60,b61,b62,b63,b64,b65,b66,b67,b68,b69,b70,b71,b72,b73,b74,b75,b76,b77,b78,b79,b80,b81,b82,b83,b84,b85,b86,b87,b88,b89,b90,b91,b92,b93,b94,b95,b96,b97,b98,b99,b100,b101,b102,b103,b104,b105,b106,b107,b108,b109,b110,b111,b112,b113,b114,b115,b116,b117,b118,b119,b120}'::text,
	'most_common_elem_freqs', '{1,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,0.008333334,1}'::real[]
);


--
-- Statistics for Name: more; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'more',
	'relpages', '1'::integer,
	'reltuples', '1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'more',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'more',
	'attname', 'kind',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '5'::integer,
	'n_distinct', '-1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'more',
	'attname', 'name',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '2'::integer,
	'n_distinct', '-1'::real
);


--
-- Statistics for Name: nulls; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'nulls',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: opening; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'opening',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders',
	'relpages', '-1'::integer,
	'reltuples', '60'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders',
	'attname', 'day',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{2025-12-02,2025-12-03,2025-12-04,2025-12-05,2025-12-06,2025-12-07,2025-12-08,2025-12-09,2025-12-10,2025-12-11,2025-12-12,2025-12-13,2025-12-14,2025-12-15,2025-12-16,2025-12-17,2025-12-18,2025-12-19,2025-12-20,2025-12-21,2025-12-22,2025-12-23,2025-12-24,2025-12-25,2025-12-26,2025-12-27,2025-12-28,2025-12-29,2025-12-30,2025-12-31,2026-01-01,2026-01-02,2026-01-03,2026-01-04,2026-01-05,2026-01-06,2026-01-07,2026-01-08,2026-01-09,2026-01-10,2026-01-11,2026-01-12,2026-01-13,2026-01-14,2026-01-15,2026-01-16,2026-01-17,2026-01-18,2026-01-19,2026-01-20,2026-01-21,2026-01-22,2026-01-23,2026-01-24,2026-01-25,2026-01-26,2026-01-27,2026-01-28,2026-01-29,2026-01-30}'::text,
	'correlation', '-0.5009725'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders',
	'attname', 'id',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60}'::text,
	'correlation', '-0.5009725'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders',
	'attname', 'item',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.8333333'::real,
	'most_common_vals', '{13,16,19,22,25,28,31,34,37,40}'::text,
	'most_common_freqs', '{0.033333335,0.033333335,0.033333335,0.033333335,0.033333335,0.033333335,0.033333335,0.033333335,0.033333335,0.033333335}'::real[],
	'histogram_bounds', '{10,43,46,49,52,55,58,61,64,67,70,73,76,79,82,85,88,91,94,97,100,103,106,109,112,115,118,121,124,127,130,133,136,139,142,145,148,151,154,157}'::text,
	'correlation', '-0.31564322'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders',
	'attname', 'number',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{-22,-20,-18,-16,-14,-12,-10,-8,-6,-4,-2,0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42,44,46,48,50,52,54,56,58,60,62,64,66,68,70,72,74,76,78,80,82,84,86,88,90,92,94,96}'::text,
	'correlation', '0.5009725'::real
);


--
-- Statistics for Name: orders_new; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new',
	'relpages', '1'::integer,
	'reltuples', '30'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new',
	'attname', 'day',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{2026-01-01,2026-01-02,2026-01-03,2026-01-04,2026-01-05,2026-01-06,2026-01-07,2026-01-08,2026-01-09,2026-01-10,2026-01-11,2026-01-12,2026-01-13,2026-01-14,2026-01-15,2026-01-16,2026-01-17,2026-01-18,2026-01-19,2026-01-20,2026-01-21,2026-01-22,2026-01-23,2026-01-24,2026-01-25,2026-01-26,2026-01-27,2026-01-28,2026-01-29,2026-01-30}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new',
	'attname', 'item',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{10,13,16,19,22,25,28,31,34,37,40,103,106,109,112,115,118,121,124,127,130,133,136,139,142,145,148,151,154,157}'::text,
	'correlation', '-0.39488322'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new',
	'attname', 'number',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{-22,-20,-18,-16,-14,-12,-10,-8,-6,-4,-2,0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36}'::text,
	'correlation', '-1'::real
);


--
-- Statistics for Name: orders_old; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old',
	'relpages', '-1'::integer,
	'reltuples', '30'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old',
	'attname', 'day',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{2025-12-02,2025-12-03,2025-12-04,2025-12-05,2025-12-06,2025-12-07,2025-12-08,2025-12-09,2025-12-10,2025-12-11,2025-12-12,2025-12-13,2025-12-14,2025-12-15,2025-12-16,2025-12-17,2025-12-18,2025-12-19,2025-12-20,2025-12-21,2025-12-22,2025-12-23,2025-12-24,2025-12-25,2025-12-26,2025-12-27,2025-12-28,2025-12-29,2025-12-30,2025-12-31}'::text,
	'correlation', '0.99555063'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old',
	'attname', 'id',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30}'::text,
	'correlation', '0.99555063'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old',
	'attname', 'item',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{13,16,19,22,25,28,31,34,37,40,43,46,49,52,55,58,61,64,67,70,73,76,79,82,85,88,91,94,97,100}'::text,
	'correlation', '0.99555063'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old',
	'attname', 'number',
	'inherited', 't'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{38,40,42,44,46,48,50,52,54,56,58,60,62,64,66,68,70,72,74,76,78,80,82,84,86,88,90,92,94,96}'::text,
	'correlation', '-0.99555063'::real
);


--
-- Statistics for Name: orders_old_1; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1',
	'relpages', '1'::integer,
	'reltuples', '3'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1',
	'attname', 'day',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{2025-12-02,2025-12-03,2025-12-08}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,2,7}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1',
	'attname', 'item',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{13,16,31}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1',
	'attname', 'number',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{84,94,96}'::text,
	'correlation', '-1'::real
);


--
-- Statistics for Name: orders_old_rest; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest',
	'relpages', '1'::integer,
	'reltuples', '27'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest',
	'attname', 'day',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{2025-12-04,2025-12-05,2025-12-06,2025-12-07,2025-12-09,2025-12-10,2025-12-11,2025-12-12,2025-12-13,2025-12-14,2025-12-15,2025-12-16,2025-12-17,2025-12-18,2025-12-19,2025-12-20,2025-12-21,2025-12-22,2025-12-23,2025-12-24,2025-12-25,2025-12-26,2025-12-27,2025-12-28,2025-12-29,2025-12-30,2025-12-31}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{3,4,5,6,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest',
	'attname', 'item',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{19,22,25,28,34,37,40,43,46,49,52,55,58,61,64,67,70,73,76,79,82,85,88,91,94,97,100}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest',
	'attname', 'number',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{38,40,42,44,46,48,50,52,54,56,58,60,62,64,66,68,70,72,74,76,78,80,82,86,88,90,92}'::text,
	'correlation', '-1'::real
);


--
-- Statistics for Name: other; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'other',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: passing; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'passing',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: rooms; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'rooms',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: typed; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'typed',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Name: heaped_too; Type: INDEX; Schema: stock; Owner: postgres
--

CREATE INDEX heaped_too ON stock.heaped USING hash_too (a);


--
-- Name: items_expression; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX items_expression ON stock.items USING btree (lower((code)::text) DESC, ((place).aisle) NULLS FIRST) INCLUDE (colour) WHERE (colour = 'red'::stock.colour);
ALTER INDEX stock.items_expression ALTER COLUMN 2 SET STATISTICS 300;


--
-- Name: items_grade; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX items_grade ON stock.items USING btree (grade);


--
-- Name: items items_lie; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.items
    ADD CONSTRAINT items_lie EXCLUDE USING gist (lies WITH &&) WHERE ((id < 0)) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: items_name; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX items_name ON stock.items USING hash (name) WITH (fillfactor='50');


--
-- Name: INDEX items_name; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON INDEX stock.items_name IS 'equality alone';


--
-- Name: items items_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (id);


--
-- Name: items_unique; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE UNIQUE INDEX items_unique ON stock.items USING btree (id, colour);

ALTER TABLE stock.items CLUSTER ON items_unique;

ALTER TABLE ONLY stock.items REPLICA IDENTITY USING INDEX items_unique;


--
-- Name: items_words; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX items_words ON stock.items USING gin (words) WITH (fastupdate=off);


--
-- Name: nulls nulls_a_key; Type: CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE ONLY stock.nulls
    ADD CONSTRAINT nulls_a_key UNIQUE NULLS NOT DISTINCT (a);


--
-- Name: orders_item; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_item ON ONLY stock.orders USING btree (item);


--
-- Name: orders_new_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_new_item_idx ON stock.orders_new USING btree (item);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (day, id);


--
-- Name: orders_new orders_new_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_new
    ADD CONSTRAINT orders_new_pkey PRIMARY KEY (day, id);


--
-- Name: orders_old_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_item_idx ON ONLY stock.orders_old USING btree (item);


--
-- Name: orders_old_1_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_1_item_idx ON stock.orders_old_1 USING btree (item);


--
-- Name: orders_old orders_old_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old
    ADD CONSTRAINT orders_old_pkey PRIMARY KEY (day, id);


--
-- Name: orders_old_1 orders_old_1_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old_1
    ADD CONSTRAINT orders_old_1_pkey PRIMARY KEY (day, id);


--
-- Name: orders_old_rest_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_rest_item_idx ON stock.orders_old_rest USING btree (item);


--
-- Name: orders_old_rest orders_old_rest_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old_rest
    ADD CONSTRAINT orders_old_rest_pkey PRIMARY KEY (day, id);


--
-- Name: rooms rooms_key; Type: CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE ONLY stock.rooms
    ADD CONSTRAINT rooms_key PRIMARY KEY (id, during WITHOUT OVERLAPS);


--
-- Name: typed typed_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.typed
    ADD CONSTRAINT typed_pkey PRIMARY KEY (aisle);


--
-- Name: z_first_colour; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE UNIQUE INDEX z_first_colour ON stock.z_first USING btree (colour);


--
-- Name: bookings during_there; Type: CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE stock.bookings
    ADD CONSTRAINT during_there NOT NULL during NOT VALID;


--
-- Name: rooms id_there; Type: CHECK CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE stock.rooms
    ADD CONSTRAINT id_there CHECK ((id > 0)) NOT ENFORCED;


--
-- Name: items named; Type: CHECK CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE stock.items
    ADD CONSTRAINT named CHECK ((name <> ''::text)) NOT VALID;


--
-- Name: CONSTRAINT named ON items; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON CONSTRAINT named ON stock.items IS 'from now on';


--
-- Name: code short; Type: CHECK CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER DOMAIN stock.code
    ADD CONSTRAINT short CHECK ((length(VALUE) < 90)) NOT VALID;


--
-- Name: orders_new_item_idx; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_item ATTACH PARTITION stock.orders_new_item_idx;


--
-- Name: orders_new_pkey; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_pkey ATTACH PARTITION stock.orders_new_pkey;


--
-- Name: orders_old_1_item_idx; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_old_item_idx ATTACH PARTITION stock.orders_old_1_item_idx;


--
-- Name: orders_old_1_pkey; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_old_pkey ATTACH PARTITION stock.orders_old_1_pkey;


--
-- Name: orders_old_item_idx; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_item ATTACH PARTITION stock.orders_old_item_idx;


--
-- Name: orders_old_pkey; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_pkey ATTACH PARTITION stock.orders_old_pkey;


--
-- Name: orders_old_rest_item_idx; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_old_item_idx ATTACH PARTITION stock.orders_old_rest_item_idx;


--
-- Name: orders_old_rest_pkey; Type: INDEX ATTACH; Schema: stock; Owner: fixture_owner
--

ALTER INDEX stock.orders_old_pkey ATTACH PARTITION stock.orders_old_rest_pkey;


--
-- Name: items_both; Type: STATISTICS; Schema: stock; Owner: fixture_owner
--

CREATE STATISTICS stock.items_both ON colour, code FROM stock.items;
ALTER STATISTICS stock.items_both SET STATISTICS 77;


ALTER STATISTICS stock.items_both OWNER TO fixture_owner;

--
-- Name: STATISTICS items_both; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON STATISTICS stock.items_both IS 'they go together';


--
-- Name: items_expressions; Type: STATISTICS; Schema: stock; Owner: postgres
--

CREATE STATISTICS stock.items_expressions ON lower(name), (id % 7) FROM stock.items;


ALTER STATISTICS stock.items_expressions OWNER TO postgres;

--
-- Name: leaning _RETURN; Type: RULE; Schema: stock; Owner: fixture_owner
--

CREATE OR REPLACE VIEW stock.leaning AS
 SELECT i.id,
    i.name,
    count(o.id) AS count
   FROM (stock.items i
     LEFT JOIN stock.orders o ON ((o.item = i.id)))
  GROUP BY i.id;


--
-- Name: base base_quiet; Type: RULE; Schema: stock; Owner: fixture_owner
--

CREATE RULE base_quiet AS
    ON UPDATE TO stock.base
   WHERE (old.id = 1) DO INSTEAD NOTHING;
ALTER TABLE stock.base DISABLE RULE base_quiet;


--
-- Name: red red_insert; Type: RULE; Schema: stock; Owner: fixture_owner
--

CREATE RULE red_insert AS
    ON INSERT TO stock.red DO INSTEAD ( INSERT INTO stock.passing (id)
  VALUES (new.id);

 NOTIFY red;
);


--
-- Name: RULE red_insert ON red; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON RULE red_insert ON stock.red IS 'two commands; one rule';


--
-- Name: items items_late; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--

CREATE CONSTRAINT TRIGGER items_late AFTER DELETE ON stock.items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock.note();

ALTER TABLE stock.items ENABLE ALWAYS TRIGGER items_late;


--
-- Name: items items_note; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--

CREATE TRIGGER items_note BEFORE INSERT OR UPDATE OF name ON stock.items FOR EACH ROW WHEN ((new.name IS NOT NULL)) EXECUTE FUNCTION stock.note('x''y', '2');


--
-- Name: TRIGGER items_note ON items; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON TRIGGER items_note ON stock.items IS 'with arguments';


--
-- Name: items items_seen; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--

CREATE TRIGGER items_seen AFTER INSERT ON stock.items REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION stock.note();

ALTER TABLE stock.items DISABLE TRIGGER items_seen;


--
-- Name: orders orders_note; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--

CREATE TRIGGER orders_note AFTER UPDATE ON stock.orders FOR EACH ROW EXECUTE FUNCTION stock.note();


--
-- Name: orders_new orders_note; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--


ALTER TABLE stock.orders_new DISABLE TRIGGER orders_note;


--
-- Name: red red_instead; Type: TRIGGER; Schema: stock; Owner: fixture_owner
--

CREATE TRIGGER red_instead INSTEAD OF DELETE ON stock.red FOR EACH ROW EXECUTE FUNCTION stock.instead();


--
-- Name: bookings bookings_room_during_fkey; Type: FK CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE ONLY stock.bookings
    ADD CONSTRAINT bookings_room_during_fkey FOREIGN KEY (room, PERIOD during) REFERENCES stock.rooms(id, PERIOD during);


--
-- Name: orders orders_item_fkey; Type: FK CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE stock.orders
    ADD CONSTRAINT orders_item_fkey FOREIGN KEY (item) REFERENCES stock.items(id) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE;


--
-- Name: orders_new some_item; Type: FK CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_new
    ADD CONSTRAINT some_item FOREIGN KEY (item) REFERENCES stock.items(id) NOT ENFORCED;


--
-- Name: items; Type: ROW SECURITY; Schema: stock; Owner: fixture_owner
--

ALTER TABLE stock.items ENABLE ROW LEVEL SECURITY;

--
-- Name: items items_read; Type: POLICY; Schema: stock; Owner: fixture_owner
--

CREATE POLICY items_read ON stock.items FOR SELECT TO fixture_owner, fixture_reader USING ((id > 0));


--
-- Name: POLICY items_read ON items; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON POLICY items_read ON stock.items IS 'none below';


--
-- Name: items items_write; Type: POLICY; Schema: stock; Owner: fixture_owner
--

CREATE POLICY items_write ON stock.items AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (((grade)::integer > ('0'::stock.grade)::integer));


--
-- Name: by_root; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION by_root FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);


ALTER PUBLICATION by_root OWNER TO postgres;

--
-- Name: filtered; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION filtered WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION filtered OWNER TO postgres;

--
-- Name: of_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION of_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION of_schema OWNER TO postgres;

--
-- Name: one_table; Type: PUBLICATION; Schema: -; Owner: fixture_owner
--

CREATE PUBLICATION one_table WITH (publish = 'insert, delete');


ALTER PUBLICATION one_table OWNER TO fixture_owner;

--
-- Name: PUBLICATION one_table; Type: COMMENT; Schema: -; Owner: fixture_owner
--

COMMENT ON PUBLICATION one_table IS 'two tables';


--
-- Name: one_table base; Type: PUBLICATION TABLE; Schema: stock; Owner: fixture_owner
--

ALTER PUBLICATION one_table ADD TABLE ONLY stock.base;


--
-- Name: filtered items; Type: PUBLICATION TABLE; Schema: stock; Owner: postgres
--

ALTER PUBLICATION filtered ADD TABLE ONLY stock.items (id, colour) WHERE ((id > 20));


--
-- Name: one_table items; Type: PUBLICATION TABLE; Schema: stock; Owner: fixture_owner
--

ALTER PUBLICATION one_table ADD TABLE ONLY stock.items;


--
-- Name: of_schema stock; Type: PUBLICATION TABLES IN SCHEMA; Schema: stock; Owner: postgres
--

ALTER PUBLICATION of_schema ADD TABLES IN SCHEMA stock;


--
-- Name: afar; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION afar CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p WITH (connect = false, slot_name = 'a_slot', streaming = parallel);


ALTER SUBSCRIPTION afar OWNER TO postgres;

--
-- Name: SCHEMA stock; Type: ACL; Schema: -; Owner: fixture_owner
--

GRANT USAGE ON SCHEMA stock TO fixture_reader;


--
-- Name: LANGUAGE plother; Type: ACL; Schema: -; Owner: fixture_owner
--

REVOKE ALL ON LANGUAGE plother FROM PUBLIC;
GRANT ALL ON LANGUAGE plother TO fixture_reader;


--
-- Name: TYPE code; Type: ACL; Schema: stock; Owner: postgres
--

GRANT ALL ON TYPE stock.code TO fixture_reader;


--
-- Name: TYPE grade; Type: ACL; Schema: stock; Owner: fixture_owner
--

REVOKE ALL ON TYPE stock.grade FROM PUBLIC;


--
-- Name: TABLE items; Type: ACL; Schema: stock; Owner: fixture_owner
--

GRANT MAINTAIN ON TABLE stock.items TO fixture_reader;
GRANT SELECT ON TABLE stock.items TO fixture_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION fixture_reader;
GRANT SELECT ON TABLE stock.items TO PUBLIC;
RESET SESSION AUTHORIZATION;


--
-- Name: COLUMN items.id; Type: ACL; Schema: stock; Owner: fixture_owner
--

GRANT REFERENCES(id) ON TABLE stock.items TO fixture_reader;


--
-- Name: COLUMN items.name; Type: ACL; Schema: stock; Owner: fixture_owner
--

GRANT UPDATE(name) ON TABLE stock.items TO fixture_reader;


--
-- Name: PROCEDURE settle(INOUT n integer); Type: ACL; Schema: stock; Owner: fixture_owner
--

GRANT ALL ON PROCEDURE stock.settle(INOUT n integer) TO fixture_reader WITH GRANT OPTION;


--
-- Name: FUNCTION plus(integer); Type: ACL; Schema: stock; Owner: fixture_owner
--

REVOKE ALL ON FUNCTION stock.plus(integer) FROM PUBLIC;


--
-- Name: FOREIGN DATA WRAPPER "none"; Type: ACL; Schema: -; Owner: postgres
--

GRANT ALL ON FOREIGN DATA WRAPPER "none" TO fixture_owner;


--
-- Name: FOREIGN SERVER far; Type: ACL; Schema: -; Owner: fixture_owner
--

GRANT ALL ON FOREIGN SERVER far TO fixture_reader;


--
-- Name: SEQUENCE numbers; Type: ACL; Schema: stock; Owner: fixture_owner
--

GRANT ALL ON SEQUENCE stock.numbers TO PUBLIC;


--
-- Name: LARGE OBJECT 5001; Type: ACL; Schema: -; Owner: fixture_owner
--

GRANT SELECT ON LARGE OBJECT 5001 TO fixture_reader;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: stock; Owner: fixture_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner IN SCHEMA stock GRANT SELECT ON TABLES TO fixture_reader;


--
-- Name: DEFAULT PRIVILEGES FOR TYPES; Type: DEFAULT ACL; Schema: -; Owner: fixture_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner GRANT ALL ON TYPES TO fixture_reader WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: fixture_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE fixture_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;


--
-- Name: z_first; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.z_first;


--
-- Name: a_second; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.a_second;


--
-- Statistics for Name: a_second; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'a_second',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Name: a_third; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.a_third;


--
-- Statistics for Name: a_third; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'a_third',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: heaped_too; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'heaped_too',
	'relpages', '10'::integer,
	'reltuples', '2'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_expression; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_expression',
	'relpages', '2'::integer,
	'reltuples', '40'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_expression',
	'attnum', '2'::smallint,
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{3,6,9,12,15,18,21,24,27,30,33,36,39,42,45,48,51,54,57,60,63,66,69,72,75,78,81,84,87,90,93,96,99,102,105,108,111,114,117,120}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_expression',
	'attnum', '1'::smallint,
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '7'::integer,
	'n_distinct', '1'::real,
	'most_common_vals', '{abc}'::text,
	'most_common_freqs', '{1}'::real[],
	'correlation', '1'::real
);


--
-- Statistics for Name: items_grade; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_grade',
	'relpages', '2'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_lie; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_lie',
	'relpages', '1'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_name; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_name',
	'relpages', '4'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_pkey',
	'relpages', '2'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_unique; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_unique',
	'relpages', '2'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: items_words; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'items_words',
	'relpages', '2'::integer,
	'reltuples', '120'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: never; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'never',
	'relpages', '0'::integer,
	'reltuples', '-1'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: nulls_a_key; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'nulls_a_key',
	'relpages', '1'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_item; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_item',
	'relpages', '0'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_new_item_idx; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new_item_idx',
	'relpages', '2'::integer,
	'reltuples', '30'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_new_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_new_pkey',
	'relpages', '2'::integer,
	'reltuples', '30'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_1_item_idx; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1_item_idx',
	'relpages', '2'::integer,
	'reltuples', '3'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_1_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_1_pkey',
	'relpages', '2'::integer,
	'reltuples', '3'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_item_idx; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_item_idx',
	'relpages', '0'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_pkey',
	'relpages', '0'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_rest_item_idx; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest_item_idx',
	'relpages', '2'::integer,
	'reltuples', '27'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_old_rest_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_old_rest_pkey',
	'relpages', '2'::integer,
	'reltuples', '27'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'orders_pkey',
	'relpages', '0'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: rooms_key; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'rooms_key',
	'relpages', '1'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: typed_pkey; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'typed_pkey',
	'relpages', '1'::integer,
	'reltuples', '0'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: z_first; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'z_first',
	'relpages', '1'::integer,
	'reltuples', '3'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'z_first',
	'attname', 'colour',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{red,amber,green}'::text,
	'correlation', '0.5'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'z_first',
	'attname', 'n',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.33333334'::real,
	'most_common_vals', '{40}'::text,
	'most_common_freqs', '{1}'::real[],
	'correlation', '1'::real
);


--
-- Statistics for Name: z_first_colour; Type: STATISTICS DATA; Schema: stock; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'stock',
	'relname', 'z_first_colour',
	'relpages', '2'::integer,
	'reltuples', '3'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Name: at_login; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER at_login ON login
   EXECUTE FUNCTION public.log_ddl();

ALTER EVENT TRIGGER at_login DISABLE;


ALTER EVENT TRIGGER at_login OWNER TO postgres;

--
-- Name: log_some; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER log_some ON ddl_command_end
         WHEN TAG IN ('CREATE TABLE', 'COMMENT')
   EXECUTE FUNCTION public.log_ddl();

ALTER EVENT TRIGGER log_some ENABLE REPLICA;


ALTER EVENT TRIGGER log_some OWNER TO postgres;

--
-- Name: EVENT TRIGGER log_some; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER log_some IS 'of replicas';


--
-- PostgreSQL database dump complete
--


