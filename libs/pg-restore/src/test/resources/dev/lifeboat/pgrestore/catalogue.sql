-- Everything that a database's catalogues say, with names in place of OIDs: two databases that were restored from one archive say the
-- same. For servers whose pg_dump is not at hand. Needs PostgreSQL 14.
SET search_path = '';
SET quote_all_identifiers = off;
CREATE FUNCTION pg_temp.named(catalogue regclass, object oid) RETURNS text LANGUAGE sql AS
    $$ SELECT CASE WHEN object = 0 THEN '-' ELSE (SELECT type || ' ' || identity FROM pg_identify_object(catalogue, object, 0)) END $$;
CREATE FUNCTION pg_temp.rows_of(catalogue regclass) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE columns text;
BEGIN
    SELECT string_agg(format('%L', attname || '=') || ' || ' || CASE
        WHEN key.pktable IS NULL THEN format('coalesce(%I::text, %L)', attname, 'NULL')
        WHEN key.is_array THEN format('coalesce((SELECT string_agg(pg_temp.named(%L, each.o), %L ORDER BY n) FROM unnest(%I) WITH ORDINALITY each (o, n)), %L)',
            key.pktable, ',', attname, 'NULL')
        ELSE format('coalesce(pg_temp.named(%L, %I), %L)', key.pktable, attname, 'NULL') END, $s$ || ' ' || $s$ ORDER BY attnum)
    INTO columns
    FROM pg_attribute LEFT JOIN pg_get_catalog_foreign_keys() key ON key.fktable = attrelid AND key.fkcols = ARRAY[attname::text]
    WHERE attrelid = catalogue AND attnum > 0 AND atttypid <> 'pg_node_tree'::regtype
        -- What is numbered anew, and what says where and when.
        AND attname NOT IN ('oid', 'relfilenode', 'relfrozenxid', 'relminmxid', 'reltoastrelid', 'relpages', 'reltuples', 'relallvisible',
            'relallfrozen');
    RETURN QUERY EXECUTE format('SELECT %L || %s FROM %s WHERE %s', catalogue || ': ', columns, catalogue,
        CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = catalogue AND attname = 'oid') THEN 'oid >= 16384' ELSE 'true' END);
END $$;
SELECT regexp_replace(translate(line, E'\n\r', '  '), '((?:RI|Unique|PK)_ConstraintTrigger_(?:[ac]_)?|pg_toast_)\d+', '\1N', 'g') FROM (
    SELECT pg_temp.rows_of(c.oid) AS line FROM pg_class c WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared
        AND relname NOT IN ('pg_depend', 'pg_rewrite', 'pg_init_privs', 'pg_largeobject', 'pg_largeobject_metadata', 'pg_description')
    UNION ALL SELECT concat_ws(' ', 'comment', type, identity, objsubid, description)
        FROM pg_description, pg_identify_object(classoid, objoid, objsubid) WHERE objoid >= 16384 AND classoid <> 'pg_largeobject'::regclass
    UNION ALL SELECT concat_ws(' ', 'comment', objoid, description) FROM pg_description WHERE classoid = 'pg_largeobject'::regclass
    UNION ALL SELECT concat_ws(' ', 'counted', oid::regclass, relpages, reltuples) FROM pg_class WHERE reltuples >= 0 AND oid >= 16384
        AND relnamespace <> 'pg_toast'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'view', oid::regclass, pg_get_viewdef(oid)) FROM pg_class WHERE relkind IN ('v', 'm')
    UNION ALL SELECT concat_ws(' ', 'bound', oid::regclass, pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid)) FROM pg_class WHERE relkind IN ('r', 'p', 'f')
    UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) FROM pg_index
    UNION ALL SELECT concat_ws(' ', 'constraint', conname, conrelid::regclass, contypid::regtype, pg_get_constraintdef(oid)) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', 'rule', ev_class::regclass, ev_enabled, pg_get_ruledef(oid)) FROM pg_rewrite
    UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure, pg_get_functiondef(oid)) FROM pg_proc WHERE prokind <> 'a' AND oid >= 16384
    UNION ALL SELECT concat_ws(' ', 'default', adrelid::regclass, adnum, pg_get_expr(adbin, adrelid)) FROM pg_attrdef
    UNION ALL SELECT concat_ws(' ', 'policy', polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
    UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext
    UNION ALL SELECT concat_ws(' ', 'filter', prrelid::regclass, pg_get_expr(prqual, prrelid)) FROM pg_publication_rel
    UNION ALL SELECT concat_ws(' ', 'type', oid::regtype, typdefault) FROM pg_type WHERE oid >= 16384
    UNION ALL SELECT concat_ws(' ', 'subscription', subname, subowner::regrole, subenabled, subconninfo, subslotname, subpublications)
        FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT concat_ws(' ', 'large object', oid, lomowner::regrole, lomacl, md5(lo_get(oid))) FROM pg_largeobject_metadata
) lines WHERE line !~ 'pg_(toast_)?temp|^pg_statistic: starelid=table pg_catalog' ORDER BY line COLLATE "C";
