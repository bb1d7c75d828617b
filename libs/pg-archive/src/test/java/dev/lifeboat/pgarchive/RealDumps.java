package dev.lifeboat.pgarchive;

import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Dumps of a real database by the real pg_dump. */
final class RealDumps {
    /** A database of everything that is awkward for a reader of archives. */
    static final String AWKWARD = """
            ALTER DATABASE :"DBNAME" SET TimeZone = 'Etc/UTC';
            CREATE SCHEMA "We""ird Schéma";
            CREATE TABLE "We""ird Schéma"."tab le" ("co l" int PRIMARY KEY, "b\\ack" text);
            INSERT INTO "We""ird Schéma"."tab le" VALUES
                (1, E'a\\\\b\\n\\tc'), (2, E'\\\\.'), (3, NULL), (4, ''), (5, E'\\\\N'), (6, E'\\r\\n\\\\.\\n'), (7, 'größe 漢字 🚣');
            CREATE TABLE one_text (t text);
            INSERT INTO one_text VALUES (''), (E'\\\\.'), ('.'), ('\\'), (E'\\n'), (NULL), (E'\\\\.\\n'), ('');
            CREATE TABLE empty (id int);
            CREATE TABLE no_columns ();
            INSERT INTO no_columns DEFAULT VALUES;
            CREATE TABLE big (id int, wide bytea, random text);
            INSERT INTO big SELECT i, decode(repeat(md5(i::text), 40000), 'hex'),
                (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 35000) j) FROM generate_series(1, 3) i;
            CREATE TYPE mood AS ENUM ('low', 'high');
            CREATE TABLE many (id bigserial PRIMARY KEY, at timestamptz, amount numeric, tags text[], doc jsonb, ip inet,
                span interval, mood mood, twice int GENERATED ALWAYS AS (n * 2) STORED, n int, ratio float8);
            INSERT INTO many (at, amount, tags, doc, ip, span, mood, n, ratio) SELECT
                timestamptz '2026-01-01 00:00+00' + i * interval '1 second', i / 7.0, ARRAY['a' || i, NULL, '{"\\'],
                jsonb_build_object('k', i, 't', E'x\\ty'), '10.0.0.1'::inet + i, i * interval '1 hour', 'low', i, i / 3.0
                FROM generate_series(1, 20000) i;
            CREATE TABLE parent (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE child PARTITION OF parent FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            INSERT INTO parent SELECT i, date '2026-01-01' + i % 300 FROM generate_series(1, 1000) i;
            CREATE TABLE base (id int);
            CREATE TABLE derived (extra text) INHERITS (base);
            INSERT INTO base VALUES (1), (2);
            INSERT INTO derived VALUES (3, 'x');
            CREATE MATERIALIZED VIEW summary AS SELECT count(*) FROM many;
            CREATE VIEW seen AS SELECT * FROM many;
            CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';
            CREATE INDEX ON many (lower(tags[1]));
            COMMENT ON TABLE many IS E'two\\nlines';
            GRANT SELECT ON many TO PUBLIC;
            SELECT lo_from_bytea(3000, convert_to(repeat('large ', 100000), 'UTF8'));
            SELECT lo_from_bytea(3001, '');
            SELECT lo_from_bytea(4000000000, '\\x00010a5c2e0a');
            """;

    private final RealPostgres postgres;
    private final Path directory;

    RealDumps(RealPostgres postgres, Path directory) {
        this.postgres = postgres;
        this.directory = directory;
    }

    /** A new database with that in it. */
    String database(String script) {
        String name = postgres.createDatabase();
        postgres.psql(name, script);
        return name;
    }

    /** Written to a file that pg_dump opens: it knows where its data lie. */
    Path toFile(String database, String... options) throws IOException {
        Path file = Files.createTempFile(directory, "file", ".dump");
        postgres.run("pg_dump", arguments(database, options, "--file=" + file)).orFail();
        return file;
    }

    /** Written in directory format. */
    Path toDirectory(String database, String... options) throws IOException {
        Path dump = Files.createTempDirectory(directory, "dump").resolve("of");
        postgres.run("pg_dump", arguments(database, options, "--format=directory", "--file=" + dump))
                .orFail();
        return dump;
    }

    /** Written to a pipe: without offsets. */
    Path toPipe(String database, String... options) throws IOException {
        Path file = Files.createTempFile(directory, "pipe", ".dump");
        List<String> command =
                new ArrayList<>(List.of(postgres.bin().resolve("pg_dump").toString()));
        command.addAll(List.of(arguments(database, options)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(postgres.environment());
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            Files.write(file, output.readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return file;
    }

    private static String[] arguments(String database, String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of("--format=custom", "--no-sync", "--dbname=" + database));
        all.addAll(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
