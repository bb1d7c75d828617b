package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain dumps by the real pg_dump, whole, damaged and strange. */
@ExtendWith(RealPostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlainScriptTest {
    private static final int FLIPS = 1000;
    private static final int GZIP_TRAILER_BYTES = 8;
    private static final String BODIES = """
            CREATE FUNCTION atomic(a int) RETURNS int LANGUAGE sql
                BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 0 THEN 2 ELSE 3 END; END;
            CREATE FUNCTION quoted() RETURNS text LANGUAGE plpgsql AS
                $outer$ BEGIN RETURN $$a; '$$ || E'\\'; --'; /* ; */ END $outer$;
            CREATE RULE twice AS ON INSERT TO one_text DO ALSO (INSERT INTO empty VALUES (1); INSERT INTO empty VALUES (2));
            COMMENT ON FUNCTION quoted() IS E'it''s \\\\ ; -- "\\n\\\\.\\nCOPY a.b (c) FROM stdin;\\n';
            """;

    @TempDir
    private static Path directory;

    private byte[] script;
    private byte[] archive;
    private byte[] small;

    @BeforeAll
    void dump(RealPostgres postgres) throws IOException {
        RealDumps dumps = new RealDumps(postgres, directory);
        String database = dumps.database(RealDumps.AWKWARD + BODIES);
        archive = Files.readAllBytes(dumps.toFile(database));
        script = plain(postgres, database, "--create");
        String little = dumps.database("""
                CREATE TABLE first (id int PRIMARY KEY, t text);
                INSERT INTO first SELECT i, md5(i::text) FROM generate_series(1, 40) i;
                CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;
                SELECT lo_from_bytea(3000, 'a large object');
                """);
        small = plain(postgres, little);
    }

    private static byte[] plain(RealPostgres postgres, String database, String... options) throws IOException {
        Path file = Files.createTempFile(directory, "plain", ".sql");
        List<String> arguments = Stream.concat(Stream.of(options), Stream.of("--file=" + file, database))
                .toList();
        postgres.run("pg_dump", arguments.toArray(String[]::new)).orFail();
        return Files.readAllBytes(file);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ArchiveVerification verify(byte[] content, boolean gzipped) {
        try {
            ArchiveVerification found = ScriptVerifier.verify(
                    "x.sql", new ByteArrayInputStream(content), gzipped, ArchiveVerifier.Observer.NONE);
            assertThat(found.bytesRead()).isEqualTo(content.length);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tables(ArchiveVerification verification) {
        return verification.tables().stream()
                .map(t -> t.entry().schema() + " . " + t.entry().name() + " " + t.rows() + " " + t.fingerprint() + " "
                        + t.entry().copyStatement())
                .sorted()
                .toList();
    }

    @Test
    void aScriptHoldsTheTablesRowsAndFingerprintsOfAnArchiveOfTheSameDatabase() throws IOException {
        ArchiveVerification oracle =
                ArchiveVerifier.verify("x", new ByteArrayInputStream(archive), ArchiveVerifier.Observer.NONE);
        assertThat(oracle.tables()).hasSizeGreaterThan(8);
        for (boolean gzipped : List.of(false, true)) {
            ArchiveVerification found = verify(gzipped ? gzip(script) : script, gzipped);
            assertThat(found.problems()).isEmpty();
            assertThat(tables(found)).isEqualTo(tables(oracle));
            assertThat(found.header().databaseName()).isEqualTo(oracle.header().databaseName());
            assertThat(found.header().serverVersion()).isEqualTo(oracle.header().serverVersion());
            assertThat(found.header().dumpVersion()).isEqualTo(oracle.header().dumpVersion());
        }
    }

    @Test
    void rowsThatAreLoadedThroughAPartitionRootAreThoseOfTheirPartition(RealPostgres postgres) throws IOException {
        String database = new RealDumps(postgres, directory).database("""
                CREATE TABLE parent (id int) PARTITION BY RANGE (id);
                CREATE TABLE "chi;ld" PARTITION OF parent FOR VALUES FROM (0) TO (5);
                CREATE TABLE other PARTITION OF parent FOR VALUES FROM (5) TO (9);
                INSERT INTO parent SELECT generate_series(0, 7);
                """);
        ArchiveVerification found = verify(plain(postgres, database, "--load-via-partition-root"), false);
        assertThat(found.problems()).isEmpty();
        assertThat(found.tables())
                .extracting(
                        t -> t.entry().name() + " " + t.rows() + " " + t.entry().copyStatement())
                .containsExactlyInAnyOrder(
                        "chi;ld 5 COPY public.parent (id) FROM stdin;\n",
                        "other 3 COPY public.parent (id) FROM stdin;\n");
    }

    @Test
    void aScriptCutAnywhereIsNeverSound() {
        // The last two bytes are line feeds, which nothing depends on.
        for (int length = 0; length < small.length - 2; length++) {
            assertThat(verify(Arrays.copyOf(small, length), false).sound())
                    .as("cut at %d of %d", length, small.length)
                    .isFalse();
        }
        byte[] gzipped = gzip(small);
        for (int length = 0; length < gzipped.length; length++) {
            assertThat(verify(Arrays.copyOf(gzipped, length), true).sound())
                    .as("cut at %d of %d", length, gzipped.length)
                    .isFalse();
        }
        assertThat(verify(small, false).problems()).isEmpty();
        assertThat(verify(gzipped, true).problems()).isEmpty();
    }

    @Test
    void aFlippedBitDoesNoHarmAndIsAlwaysFoundInAGzipFile() {
        Random random = new Random(20261126);
        byte[] gzipped = gzip(small);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = small.clone();
            int bit = random.nextInt(damaged.length * 8);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            verify(damaged, false);
            byte[] damagedGzip = gzipped.clone();
            // Time stamp, level and system are of no use to anybody.
            int inContent = 80 + random.nextInt(damagedGzip.length * 8 - 80);
            damagedGzip[inContent / 8] ^= (byte) (1 << inContent % 8);
            // The deflate stream ends within this byte: what is left of it is padding.
            boolean padding = inContent / 8 == damagedGzip.length - GZIP_TRAILER_BYTES - 1;
            assertThat(verify(damagedGzip, true).sound() && !padding)
                    .as("bit %d of %d bytes", inContent, damagedGzip.length)
                    .isFalse();
        }
    }

    @Test
    void aGzipFileMayHaveSeveralMembersButNothingElseBehindThem() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(Arrays.copyOf(small, 1000)));
        members.write(gzip(new byte[0]));
        members.write(gzip(Arrays.copyOfRange(small, 1000, small.length)));
        assertThat(verify(members.toByteArray(), true).problems()).isEmpty();
        members.write(new byte[10]);
        assertThat(verify(members.toByteArray(), true).problems())
                .singleElement()
                .asString()
                .startsWith("Archive 'x.sql' is corrupt at byte ")
                .contains("no gzip member begins where one must: magic 0, method 0, flags 0, expected magic 8b1f");
    }

    private static String with(String what) {
        return "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.1\n-- Dumped by pg_dump version 15.2\n\n"
                + what.replace("|", "\n") + "\n--\n-- PostgreSQL database dump complete\n--\n\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\\! rm -rf / ~ can't be read by this version at byte 118 (line 8): it has the meta-command \\!, which only psql could obey (line 8).",
                "SET a = 1;|SELECT \\gexec ~ (line 9): it has the meta-command \\gexec, which only psql could obey (line 9).",
                "\\connect other ~ it has \\connect to database 'other', but creates none.",
                "CREATE DATABASE one;|\\connect other ~ it has \\connect to database 'other', expected 'one', which it creates.",
                "CREATE DATABASE a;|CREATE DATABASE b; ~ it creates a second database, 'CREATE DATABASE b'.",
                "\\restrict a|\\unrestrict b ~ is corrupt at byte 132 (line 9): \\unrestrict has another key than \\restrict.",
                "INSERT INTO t VALUES (1); ~ its rows are INSERT statements, expected COPY text.",
                "COPY t FROM PROGRAM 'x'; ~ line 8 is 'COPY t FROM PROGRAM 'x'', expected COPY schema.table (columns) FROM stdin.",
                "1 2 3; ~ line 8 begins with '1 2 3', expected a statement of pg_dump's.",
                "SELECT 'x ~ is truncated at byte 161 (line 13): it ends within a quoted string (line 8).",
                "SET standard_conforming_strings = off; ~ it was dumped with standard_conforming_strings = off.",
                "SET client_encoding = 'EBCDIC'; ~ its encoding is 'EBCDIC', which this library does not know.",
                "-- PostgreSQL database dump complete|SELECT 1; ~ a statement follows the comment",
            })
    void whatPgDumpDoesNotWriteIsRefusedByName(String what, String why) {
        assertThat(verify(with(what).getBytes(StandardCharsets.UTF_8), false).problems())
                .singleElement()
                .asString()
                .contains(why)
                .contains(" HINT: ");
    }

    @Test
    void anOddDatabasesConnectIsUnderstood() {
        String script = with(
                "CREATE DATABASE \"we'ird \"\"x\\\";|\\connect -reuse-previous=on \"dbname='we\\'ird \"\"x\\\\'\"|SELECT 1;");
        assertThat(verify(script.getBytes(StandardCharsets.UTF_8), false).problems())
                .isEmpty();
    }

    @Test
    void aScriptThatPgDumpDidNotWriteIsUnsupported() {
        ArchiveVerification found = verify("SELECT 1;\n".getBytes(StandardCharsets.UTF_8), false);
        assertThat(found.unsupported()).isTrue();
        assertThat(found.problems())
                .singleElement()
                .asString()
                .contains("it begins with 'a statement', expected '-- Post");
        assertThat(verify("--\n-- PostgreSQL database cluster dump\n".getBytes(StandardCharsets.UTF_8), false)
                        .problems())
                .singleElement()
                .asString()
                .contains("it begins with '-- PostgreSQL database cluster dump'");
    }
}
