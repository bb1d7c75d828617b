package dev.lifeboat.local.scripts;

import dev.lifeboat.contract.backup.TableCount;
import java.util.List;

/** One of each kind of relation, and names that break a script which pastes them together. */
final class AwkwardTables {
    static final String NAME = "ta'b\\le \"\" {}:x :'y' $1 \t\né";

    /** To be run by psql. */
    static final String SQL = """
            CREATE TABLE plain (a int); INSERT INTO plain SELECT generate_series(1, 1000);
            CREATE TABLE empty (a int);
            CREATE SCHEMA "we""ird \\ 'schema'";
            SELECT format('CREATE TABLE "we""ird \\ ''schema''".%I (a int)', convert_from(decode('NAME', 'hex'), 'UTF8')) \\gexec
            SELECT format('INSERT INTO "we""ird \\ ''schema''".%I VALUES (1), (2)', convert_from(decode('NAME', 'hex'), 'UTF8')) \\gexec
            CREATE TABLE parent (a int); CREATE TABLE child () INHERITS (parent);
            INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2), (3);
            CREATE TABLE part (a int, b text) PARTITION BY LIST (a);
            CREATE TABLE part1 PARTITION OF part FOR VALUES IN (1);
            CREATE TABLE part2 PARTITION OF part FOR VALUES IN (2) PARTITION BY LIST (b);
            CREATE TABLE part2_rest PARTITION OF part2 DEFAULT;
            INSERT INTO part VALUES (1, 'x'), (2, 'y'), (2, 'z');
            CREATE UNLOGGED TABLE unlogged (a int); INSERT INTO unlogged VALUES (1);
            CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES;
            CREATE TABLE only_generated (a int GENERATED ALWAYS AS (2) STORED); INSERT INTO only_generated DEFAULT VALUES;
            CREATE TABLE secured (a int); ALTER TABLE secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            INSERT INTO secured VALUES (1), (2);
            CREATE MATERIALIZED VIEW matview AS SELECT * FROM plain;
            CREATE VIEW view AS SELECT 1 AS a;
            CREATE FOREIGN DATA WRAPPER wrapper; CREATE SERVER server FOREIGN DATA WRAPPER wrapper;
            CREATE FOREIGN TABLE elsewhere (a int) SERVER server;
            CREATE SEQUENCE sequence;
            """.replace("NAME", hex());

    /** An extension's own table, and one that it declares as configuration: nothing that CREATE EXTENSION would bring back. */
    static final String OF_AN_EXTENSION = """
            CREATE EXTENSION pgcrypto;
            CREATE TABLE of_extension (a int); INSERT INTO of_extension VALUES (1);
            CREATE TABLE configuration (a int); INSERT INTO configuration VALUES (1), (2), (3);
            ALTER EXTENSION pgcrypto ADD TABLE of_extension;
            ALTER EXTENSION pgcrypto ADD TABLE configuration;
            UPDATE pg_extension SET extconfig = ARRAY['configuration'::regclass::oid], extcondition = ARRAY['WHERE a > 1']
            WHERE extname = 'pgcrypto';
            """;

    static final List<TableCount> ROWS = List.of(
            new TableCount("public", "plain", 1000),
            new TableCount("public", "empty", 0),
            new TableCount("we\"ird \\ 'schema'", NAME, 2),
            new TableCount("public", "parent", 1),
            new TableCount("public", "child", 2),
            new TableCount("public", "part1", 1),
            new TableCount("public", "part2_rest", 2),
            new TableCount("public", "unlogged", 1),
            new TableCount("public", "no_columns", 1),
            new TableCount("public", "only_generated", 1),
            new TableCount("public", "secured", 2),
            new TableCount("public", "configuration", 2));

    private AwkwardTables() {}

    private static String hex() {
        return java.util.HexFormat.of().formatHex(NAME.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
