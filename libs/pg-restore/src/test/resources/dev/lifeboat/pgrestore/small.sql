-- A little of what a restore treats differently: rows, a partition root, large objects, refreshes, privileges, event triggers.
CREATE TABLE public.letters (id int PRIMARY KEY, body text);
INSERT INTO public.letters SELECT i, 'letter ' || i FROM generate_series(1, 100) i;
CREATE TABLE public.stamps (letter int REFERENCES public.letters, seq serial);
INSERT INTO public.stamps SELECT i FROM generate_series(1, 100) i;
CREATE TYPE public.colour AS ENUM ('red', 'blue');
CREATE TABLE public.envelopes (colour public.colour) PARTITION BY LIST (colour);
CREATE TABLE public.red_envelopes PARTITION OF public.envelopes FOR VALUES IN ('red') PARTITION BY HASH (colour);
CREATE TABLE public.only_red PARTITION OF public.red_envelopes FOR VALUES WITH (modulus 1, remainder 0);
INSERT INTO public.envelopes SELECT 'red' FROM generate_series(1, 50);
CREATE FUNCTION public.count_stamp() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO public.letters VALUES (-NEW.seq, 'by a trigger'); RETURN NEW; END $$;
CREATE TRIGGER count_stamp AFTER INSERT ON public.stamps FOR EACH ROW EXECUTE FUNCTION public.count_stamp();
CREATE MATERIALIZED VIEW public.letter_count AS SELECT count(*) FROM public.letters;
GRANT SELECT ON public.letters TO harbour_readers;
SELECT lo_from_bytea(77, 'seventy-seven');
CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no more changes'; END $$;
CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('DROP SCHEMA', 'CREATE SCHEMA')
    EXECUTE FUNCTION public.refuse();
