package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Against the real thing: archives of pg_dump, with pg_restore and the dumped database as oracles. */
@ExtendWith(RealPostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealArchiveTest {
    @TempDir
    private static Path directory;

    private RealPostgres postgres;
    private RealDumps dumps;
    private String database;
    private Path file;
    private Path pipe;
    private Instant before;

    @BeforeAll
    void dump(RealPostgres server) throws IOException {
        postgres = server;
        dumps = new RealDumps(server, directory);
        database = dumps.database(RealDumps.AWKWARD);
        before = Instant.now();
        file = dumps.toFile(database);
        pipe = dumps.toPipe(database);
    }

    @Test
    void readsTheHeader() throws Exception {
        String version;
        try (Connection connection = postgres.connect("postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery("SHOW server_version")) {
            result.next();
            version = result.getString(1);
        }
        try (PgArchive archive = open(file)) {
            ArchiveHeader header = archive.header();
            assertThat(header.databaseName()).isEqualTo(database);
            assertThat(header.serverVersion()).isEqualTo(version);
            assertThat(header.dumpVersion()).isEqualTo(version);
            assertThat(header.compression()).isEqualTo(Compression.GZIP);
            assertThat(header.entryCount()).isEqualTo(archive.entries().size());
            assertThat(archive.encoding()).isEqualTo("UTF8");
            // The archive holds a local time: this machine's zone stands between the two.
            Instant local =
                    before.atZone(ZoneId.systemDefault()).toLocalDateTime().toInstant(ZoneOffset.UTC);
            assertThat(Duration.between(header.createdAt(), local).abs()).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void listsWhatPgRestoreLists() throws IOException {
        for (Path dump : List.of(file, pipe)) {
            List<String> expected = postgres.run("pg_restore", "--list", dump.toString())
                    .orFail()
                    .output()
                    .lines()
                    .filter(line -> !line.startsWith(";"))
                    .toList();
            List<String> listed = new ArrayList<>();
            TreeSet<String> hidden = new TreeSet<>();
            try (PgArchive archive = open(dump)) {
                for (TocEntry entry : archive.entries()) {
                    if (expected.contains(listed(entry))) {
                        listed.add(listed(entry));
                    } else {
                        hidden.add(entry.kind());
                    }
                }
            }
            assertThat(listed).isEqualTo(expected).hasSizeGreaterThan(25);
            // Settings of the session, and the database itself, which pg_restore lists with --create alone.
            assertThat(hidden)
                    .containsExactly("DATABASE", "DATABASE PROPERTIES", "ENCODING", "SEARCHPATH", "STDSTRINGS");
        }
    }

    private static String listed(TocEntry entry) {
        return String.format(
                "%d; %d %d %s %s %s %s",
                entry.dumpId(),
                entry.catalogOid(),
                entry.objectOid(),
                entry.kind(),
                entry.schema() == null || entry.schema().isEmpty() ? "-" : entry.schema(),
                entry.name().replace('\n', ' '),
                entry.owner() == null ? "" : entry.owner());
    }

    @Test
    void aFileHasOffsetsAndAPipeHasNone() throws IOException {
        try (PgArchive fromFile = open(file);
                PgArchive fromPipe = open(pipe)) {
            assertThat(fromFile.entries())
                    .anyMatch(TocEntry::hasData)
                    .allMatch(entry -> entry.dataOffset().isPresent() == entry.hasData());
            assertThat(fromPipe.entries())
                    .anyMatch(TocEntry::hasData)
                    .allMatch(entry -> entry.dataOffset().isEmpty());
            Map<Integer, Long> sizes = new HashMap<>();
            for (TocEntry entry : fromFile.entries()) {
                sizes.put(entry.dumpId(), fromFile.compressedSize(entry));
            }
            for (TocEntry entry : fromPipe.entries()) {
                assertThat(fromPipe.compressedSize(entry)).isEqualTo(sizes.get(entry.dumpId()));
            }
            long data = sizes.values().stream().mapToLong(Long::longValue).sum();
            TocEntry first = fromFile.entries().stream()
                    .filter(TocEntry::hasData)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.dataOffset().orElseThrow() + data).isEqualTo(Files.size(file));
        }
    }

    @Test
    void givesTheRowsThatPgRestoreGives() throws IOException {
        for (Path dump : List.of(file, pipe, dumps.toFile(database, "--compress=0"), dumps.toPipe(database, "-Z1"))) {
            try (PgArchive archive = open(dump)) {
                List<TocEntry> tables =
                        archive.entries().stream().filter(TocEntry::isTableData).toList();
                assertThat(tables).hasSize(9);
                for (TocEntry table : tables) {
                    assertThat(rows(archive, table)).isEqualTo(rowsByPgRestore(dump, table));
                }
            }
        }
    }

    private static String rows(PgArchive archive, TocEntry entry) throws IOException {
        try (InputStream data = archive.openData(entry)) {
            return new String(data.readAllBytes(), UTF_8);
        }
    }

    private String rowsByPgRestore(Path dump, TocEntry table) {
        String script = postgres.run(
                        "pg_restore",
                        "--file=-",
                        "--data-only",
                        "--schema=" + table.schema(),
                        "--table=" + table.name(),
                        dump.toString())
                .orFail()
                .output();
        String copy = table.copyStatement();
        int start = script.indexOf(copy) + copy.length();
        assertThat(start).isGreaterThanOrEqualTo(copy.length());
        int end = script.startsWith("\\.\n", start) ? start : script.indexOf("\n\\.\n", start) + 1;
        return script.substring(start, end);
    }

    @Test
    void countsAndFingerprintsAreThoseOfTheLiveTables() throws Exception {
        for (Path dump : List.of(
                file,
                pipe,
                dumps.toFile(database, "--compress=0"),
                dumps.toPipe(database, "--compress=0"),
                dumps.toFile(database, "--compress=1"),
                dumps.toFile(database, "--compress=9"))) {
            ArchiveVerification verification = verify(dump);
            assertThat(verification.problems()).isEmpty();
            assertThat(verification.sound()).isTrue();
            assertThat(verification.unsupported()).isFalse();
            assertThat(verification.bytesRead()).isEqualTo(Files.size(dump));
            assertThat(verification.tables()).hasSize(9);
            Map<String, String> found = new TreeMap<>();
            Map<String, String> live = new TreeMap<>();
            try (Connection connection = postgres.connect(database)) {
                for (TableContent table : verification.tables()) {
                    found.put(table.entry().label(), table.rows() + " " + table.fingerprint());
                    live.put(
                            table.entry().label(),
                            liveRows(connection, table) + " " + liveFingerprint(connection, table));
                }
            }
            assertThat(found).isEqualTo(live);
        }
    }

    private static long liveRows(Connection connection, TableContent table) throws SQLException {
        String name = "\"" + table.entry().schema().replace("\"", "\"\"") + "\".\""
                + table.entry().name() + "\"";
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM ONLY " + name)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String liveFingerprint(Connection connection, TableContent table) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("SET DateStyle = ISO; SET IntervalStyle = postgres; SET extra_float_digits = 3");
            // The database's own setting, which pg_dump's session takes over.
            statement.execute("SET TimeZone = 'Etc/UTC'");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String copy = table.entry().copyStatement().replace("FROM stdin;\n", "TO STDOUT");
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, text);
        RowFingerprint fingerprint = new RowFingerprint();
        fingerprint.update(text.toByteArray(), 0, text.size());
        return fingerprint.value();
    }

    @Test
    void severalThreadsReadAtOnce() throws Exception {
        for (Path dump : List.of(file, pipe)) {
            Map<TocEntry, String> expected = new HashMap<>();
            verify(dump).tables().forEach(table -> expected.put(table.entry(), table.fingerprint()));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try (PgArchive archive = open(dump)) {
                Map<TocEntry, Future<String>> found = new HashMap<>();
                expected.keySet().forEach(table -> found.put(table, threads.submit(() -> fingerprint(archive, table))));
                for (Map.Entry<TocEntry, Future<String>> table : found.entrySet()) {
                    assertThat(table.getValue().get()).isEqualTo(expected.get(table.getKey()));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static String fingerprint(PgArchive archive, TocEntry table) throws IOException {
        RowFingerprint fingerprint = new RowFingerprint();
        try (InputStream rows = archive.openData(table)) {
            byte[] text = rows.readAllBytes();
            fingerprint.update(text, 0, text.length);
        }
        return fingerprint.value();
    }

    @Test
    void givesTheLargeObjects() throws IOException {
        for (Path dump : List.of(file, pipe, dumps.toFile(database, "--compress=0"))) {
            Map<Long, byte[]> found = new TreeMap<>();
            try (PgArchive archive = open(dump);
                    LargeObjects objects = archive.openLargeObjects(archive.entries().stream()
                            .filter(TocEntry::isLargeObjects)
                            .findFirst()
                            .orElseThrow())) {
                while (objects.next()) {
                    found.put(objects.oid(), objects.content().readAllBytes());
                }
                assertThat(objects.next()).isFalse();
            }
            assertThat(found).containsOnlyKeys(3000L, 3001L, 4000000000L);
            assertThat(found.get(3000L)).asString(UTF_8).isEqualTo("large ".repeat(100000));
            assertThat(found.get(3001L)).isEmpty();
            assertThat(found.get(4000000000L)).containsExactly(0, 1, 10, 0x5c, 0x2e, 10);
        }
    }

    @Test
    void goesPastLargeObjectsThatNobodyReads() throws IOException {
        try (PgArchive archive = open(pipe);
                LargeObjects objects = archive.openLargeObjects(archive.entries().stream()
                        .filter(TocEntry::isLargeObjects)
                        .findFirst()
                        .orElseThrow())) {
            List<Long> oids = new ArrayList<>();
            while (objects.next()) {
                oids.add(objects.oid());
                assertThat(objects.content().read()).isLessThan(256);
            }
            assertThat(oids).containsExactly(3000L, 3001L, 4000000000L);
        }
    }

    @Test
    void namesAreReadInTheEncodingOfTheDump() throws IOException {
        String text = "CREATE TABLE \"Größe\" (t text); INSERT INTO \"Größe\" VALUES ('é');";
        try (PgArchive archive = open(dumps.toFile(dumps.database(text), "--encoding=LATIN1"))) {
            assertThat(archive.encoding()).isEqualTo("LATIN1");
            TocEntry table = archive.entries().stream()
                    .filter(TocEntry::isTableData)
                    .findFirst()
                    .orElseThrow();
            assertThat(table.name()).isEqualTo("Größe");
            try (InputStream rows = archive.openData(table)) {
                assertThat(rows.readAllBytes()).containsExactly(0xe9, '\n');
            }
        }
    }

    @Test
    void rowsAsInsertStatementsAreRefusedAndCalledUnsupported() throws IOException {
        Path dump = dumps.toFile(dumps.database("CREATE TABLE t (id int); INSERT INTO t VALUES (1);"), "--inserts");
        ArchiveVerification verification = verify(dump);
        assertThat(verification.sound()).isFalse();
        assertThat(verification.unsupported()).isTrue();
        assertThat(verification.problems())
                .singleElement()
                .asString()
                .endsWith(
                        " TABLE DATA public.t): its rows are INSERT statements, expected COPY text. HINT: Dump without --inserts, "
                                + "--column-inserts and --rows-per-insert.");
    }

    private static PgArchive open(Path dump) throws IOException {
        return PgArchive.open(new FileByteSource(dump));
    }

    private static ArchiveVerification verify(Path dump) throws IOException {
        try (InputStream whole = Files.newInputStream(dump)) {
            return ArchiveVerifier.verify(dump.toString(), whole, ArchiveVerifier.Observer.NONE);
        }
    }
}
