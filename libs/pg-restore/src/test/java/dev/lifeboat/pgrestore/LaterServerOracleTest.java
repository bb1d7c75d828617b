package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/**
 * What we restore into a server of PostgreSQL 18 is what that version's pg_restore restores, as the catalogues say it; its pg_restore
 * is not at hand here, but lies in the fixtures as the script that it made of the archive.
 */
@ExtendWith(LeakCheck.class)
class LaterServerOracleTest {
    private static final Path VERSIONS = Path.of(
            System.getProperty("lifeboat.root"), "libs/pg-archive/src/test/resources/dev/lifeboat/pgarchive/versions");

    private static RealPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        try (InputStream packed = LaterServerOracleTest.class.getResourceAsStream("/postgres-linux-x86_64.txz");
                InputStream tar = new XZInputStream(packed)) {
            server = RealPostgres.startOf(tar);
        }
        server.psql("postgres", "CREATE ROLE fixture_owner; CREATE ROLE fixture_reader");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16-rich", "16-rich-pipe", "17-rich", "17-rich-pipe", "18-rich", "18-rich-pipe"})
    void anArchiveOfALaterVersionIsRestoredAsPgRestoreDoes(String name) {
        Dump dump = Dump.of(VERSIONS.resolve(name + ".dump"));
        String restored = "of_" + name.replace('-', '_');

        CheckResult check =
                Recovery.of(server, dump, restored + "_live", restored).restore();

        assertThat(check.mismatches()).isEmpty();
        List<String> ours = catalogue(restored);
        List<String> oracle = catalogue(restoredByScript(name.replace("-pipe", ""), restored + "_oracle"));
        assertThat(ours).hasSizeGreaterThan(5_000).anyMatch(line -> line.startsWith("view stock.leaning"));
        Set<String> inOracle = Set.copyOf(oracle);
        Set<String> inOurs = Set.copyOf(ours);
        assertThat(ours)
                .filteredOn(line -> !isStatistics(line) && !inOracle.contains(line))
                .isEmpty();
        boolean dumpedStatistics = name.startsWith("18");
        assertThat(oracle)
                .filteredOn(line ->
                        (!isStatistics(line) || (dumpedStatistics && isGathered(line))) && !inOurs.contains(line))
                .isEmpty();
        assertThat(oracle.stream().anyMatch(line -> line.startsWith("pg_statistic: starelid=table stock.items ")))
                .isEqualTo(dumpedStatistics);
    }

    /** Whether rich.sql analysed what it is about: the other tables' statistics say that nobody knows, until we count. */
    private static boolean isGathered(String line) {
        return !line.startsWith("counted ") || line.matches("counted stock\\.(items|orders|hashed|more|z_first)\\b.*");
    }

    private static boolean isStatistics(String line) {
        return line.startsWith("counted ")
                || line.startsWith("pg_statistic: ")
                || line.startsWith("pg_statistic_ext_data: ");
    }

    private static String restoredByScript(String name, String database) {
        try {
            server.psql("postgres", "CREATE DATABASE " + database + " TEMPLATE template0");
            server.psql(database, Files.readString(VERSIONS.resolve(name + ".sql")));
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> catalogue(String database) {
        return server.psql(database, "\\t on\n\\pset format unaligned\n" + Resources.text("catalogue.sql"))
                .output()
                .lines()
                .toList();
    }
}
