--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 16.2

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
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
-- Name: natural; Type: COLLATION; Schema: stock; Owner: postgres
--

CREATE COLLATION stock."natural" (provider = icu, deterministic = false, locale = 'en-u-kn');


ALTER COLLATION stock."natural" OWNER TO postgres;

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
 SELECT items.colour,
    count(*) AS n
   FROM stock.items
  GROUP BY items.colour
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.z_first OWNER TO fixture_owner;

--
-- Name: a_second; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.a_second AS
 SELECT sum(z_first.n) AS total
   FROM stock.z_first
  WITH NO DATA;


ALTER MATERIALIZED VIEW stock.a_second OWNER TO fixture_owner;

--
-- Name: between; Type: VIEW; Schema: stock; Owner: fixture_owner
--

CREATE VIEW stock."between" AS
 SELECT (a_second.total * (2)::numeric) AS twice
   FROM stock.a_second;


ALTER VIEW stock."between" OWNER TO fixture_owner;

--
-- Name: a_third; Type: MATERIALIZED VIEW; Schema: stock; Owner: fixture_owner
--

CREATE MATERIALIZED VIEW stock.a_third AS
 SELECT ("between".twice + (1)::numeric) AS more
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
ALTER FOREIGN TABLE stock.afar ALTER COLUMN a OPTIONS (
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
 SELECT counted.n
   FROM counted;


ALTER VIEW stock.counted OWNER TO fixture_owner;

--
-- Name: hashed; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.hashed (
    a integer,
    b text
)
PARTITION BY HASH (a, lower(b));


ALTER TABLE stock.hashed OWNER TO fixture_owner;

SET default_table_access_method = heap;

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
-- Name: invoking; Type: VIEW; Schema: stock; Owner: postgres
--

CREATE VIEW stock.invoking WITH (security_invoker='true') AS
 SELECT items.id
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
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) NOT NULL,
    item integer,
    day date NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
)
PARTITION BY LIST (id);


ALTER TABLE stock.orders_old OWNER TO fixture_owner;

--
-- Name: orders_old_1; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_old_1 (
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) NOT NULL,
    item integer,
    day date NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
);


ALTER TABLE stock.orders_old_1 OWNER TO fixture_owner;

--
-- Name: orders_old_rest; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.orders_old_rest (
    id bigint DEFAULT nextval('stock.orders_id_seq'::regclass) NOT NULL,
    item integer,
    day date NOT NULL,
    number integer DEFAULT nextval('stock.numbers'::regclass),
    CONSTRAINT positive CHECK ((id > 0))
);


ALTER TABLE stock.orders_old_rest OWNER TO fixture_owner;

--
-- Name: other; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.other (
    id integer,
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
 SELECT items.id,
    items.name
   FROM stock.items
  WHERE (items.colour = 'red'::stock.colour)
  WITH CASCADED CHECK OPTION;


ALTER VIEW stock.red OWNER TO fixture_owner;

--
-- Name: COLUMN red.name; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON COLUMN stock.red.name IS 'its name';


--
-- Name: typed; Type: TABLE; Schema: stock; Owner: fixture_owner
--

CREATE TABLE stock.typed OF stock.place (
    aisle NOT NULL
);

ALTER TABLE ONLY stock.typed FORCE ROW LEVEL SECURITY;


ALTER TABLE stock.typed OWNER TO fixture_owner;

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
-- Name: 5000; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('5000');


ALTER LARGE OBJECT 5000 OWNER TO postgres;

--
-- Name: 5001; Type: BLOB; Schema: -; Owner: fixture_owner
--

SELECT pg_catalog.lo_create('5001');


ALTER LARGE OBJECT 5001 OWNER TO fixture_owner;

--
-- Name: 5002; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('5002');


ALTER LARGE OBJECT 5002 OWNER TO postgres;

--
-- Name: LARGE OBJECT 5002; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON LARGE OBJECT 5002 IS 'empty';


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
-- Data for Name: typed; Type: TABLE DATA; Schema: stock; Owner: fixture_owner
--

COPY stock.typed (aisle, shelf) FROM stdin;
1	top
\.


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
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('5000', 131072);
SELECT pg_catalog.lowrite(0, '\x6f6e65');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('5001', 131072);
SELECT pg_catalog.lowrite(0, '\x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('5002', 131072);
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: items items_lie; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.items
    ADD CONSTRAINT items_lie EXCLUDE USING gist (lies WITH &&) WHERE ((id < 0)) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: items items_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (id);


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
-- Name: nulls nulls_a_key; Type: CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER TABLE ONLY stock.nulls
    ADD CONSTRAINT nulls_a_key UNIQUE NULLS NOT DISTINCT (a);


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
-- Name: orders_old_rest orders_old_rest_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.orders_old_rest
    ADD CONSTRAINT orders_old_rest_pkey PRIMARY KEY (day, id);


--
-- Name: code short; Type: CHECK CONSTRAINT; Schema: stock; Owner: postgres
--

ALTER DOMAIN stock.code
    ADD CONSTRAINT short CHECK ((length(VALUE) < 90)) NOT VALID;


--
-- Name: typed typed_pkey; Type: CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE ONLY stock.typed
    ADD CONSTRAINT typed_pkey PRIMARY KEY (aisle);


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
-- Name: items_name; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX items_name ON stock.items USING hash (name) WITH (fillfactor='50');


--
-- Name: INDEX items_name; Type: COMMENT; Schema: stock; Owner: fixture_owner
--

COMMENT ON INDEX stock.items_name IS 'equality alone';


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
-- Name: orders_item; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_item ON ONLY stock.orders USING btree (item);


--
-- Name: orders_new_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_new_item_idx ON stock.orders_new USING btree (item);


--
-- Name: orders_old_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_item_idx ON ONLY stock.orders_old USING btree (item);


--
-- Name: orders_old_1_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_1_item_idx ON stock.orders_old_1 USING btree (item);


--
-- Name: orders_old_rest_item_idx; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE INDEX orders_old_rest_item_idx ON stock.orders_old_rest USING btree (item);


--
-- Name: z_first_colour; Type: INDEX; Schema: stock; Owner: fixture_owner
--

CREATE UNIQUE INDEX z_first_colour ON stock.z_first USING btree (colour);


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
-- Name: orders orders_item_fkey; Type: FK CONSTRAINT; Schema: stock; Owner: fixture_owner
--

ALTER TABLE stock.orders
    ADD CONSTRAINT orders_item_fkey FOREIGN KEY (item) REFERENCES stock.items(id) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE;


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
-- Name: one_table items; Type: PUBLICATION TABLE; Schema: stock; Owner: fixture_owner
--

ALTER PUBLICATION one_table ADD TABLE ONLY stock.items;


--
-- Name: filtered items; Type: PUBLICATION TABLE; Schema: stock; Owner: postgres
--

ALTER PUBLICATION filtered ADD TABLE ONLY stock.items (id, colour) WHERE ((id > 20));


--
-- Name: of_schema stock; Type: PUBLICATION TABLES IN SCHEMA; Schema: stock; Owner: postgres
--

ALTER PUBLICATION of_schema ADD TABLES IN SCHEMA stock;


--
-- Name: afar; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION afar CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p WITH (connect = false, slot_name = 'a_slot', run_as_owner = true);


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
-- Name: z_first; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.z_first;


--
-- Name: a_second; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.a_second;


--
-- Name: a_third; Type: MATERIALIZED VIEW DATA; Schema: stock; Owner: fixture_owner
--

REFRESH MATERIALIZED VIEW stock.a_third;


--
-- PostgreSQL database dump complete
--

