package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of rich.sql's database, each by the pg_dump of the server's own version; src/test/scripts/make-fixtures.sh made them. */
class RichArchiveTest {
    @ParameterizedTest
    @CsvSource({"13, 1.14, 13", "17, 1.16, 16", "18, 1.16, 18"})
    void everyVersionsArchiveIsSoundWhetherItWasMadeToAFileOrToAPipe(int version, String format, int tables)
            throws IOException {
        ArchiveVerification file = verify(version + "-rich");
        ArchiveVerification pipe = verify(version + "-rich-pipe");

        assertThat(file.problems()).isEmpty();
        assertThat(pipe.problems()).isEmpty();
        assertThat(rows(pipe)).isEqualTo(rows(file)).hasSize(tables);
        assertThat(rows(file).get("stock.items")).startsWith("120 ");
        assertThat(file.header().serverVersion()).startsWith(version + ".");
        assertThat(file.header().formatVersion()).hasToString(format);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void everyVersionsArchiveListsTheSameEntriesToAPipeButForWhereTheirDataLie(int version) throws IOException {
        List<TocEntry> toFile = entries(version + "-rich");
        List<TocEntry> toPipe = entries(version + "-rich-pipe");

        assertThat(toPipe).hasSameSizeAs(toFile);
        for (int i = 0; i < toFile.size(); i++) {
            assertThat(toPipe.get(i).isCopyOf(toFile.get(i)))
                    .as(toFile.get(i).label())
                    .isTrue();
        }
        assertThat(toFile)
                .filteredOn(TocEntry::hasData)
                .allMatch(entry -> entry.dataOffset().isPresent());
        assertThat(toPipe).noneMatch(entry -> entry.dataOffset().isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void everyVersionsArchiveHasTheKindsOfObjectsThatTheDatabaseHas(int version) throws IOException {
        Set<String> kinds =
                entries(version + "-rich").stream().map(TocEntry::kind).collect(Collectors.toSet());

        assertThat(kinds)
                .contains(
                        "ACCESS METHOD",
                        "ACL",
                        "AGGREGATE",
                        "CAST",
                        "COLLATION",
                        "COMMENT",
                        "CONVERSION",
                        "DEFAULT ACL",
                        "DOMAIN",
                        "EVENT TRIGGER",
                        "FK CONSTRAINT",
                        "FOREIGN DATA WRAPPER",
                        "FOREIGN TABLE",
                        "INDEX ATTACH",
                        "MATERIALIZED VIEW DATA",
                        "OPERATOR CLASS",
                        "POLICY",
                        "PROCEDURAL LANGUAGE",
                        "PUBLICATION TABLE",
                        "ROW SECURITY",
                        "RULE",
                        "SEQUENCE SET",
                        "SHELL TYPE",
                        "STATISTICS",
                        "SUBSCRIPTION",
                        "TEXT SEARCH PARSER",
                        "TRANSFORM",
                        "TRIGGER",
                        "USER MAPPING");
        assertThat(kinds.contains("TABLE ATTACH")).isEqualTo(version >= 14);
        assertThat(kinds.contains("STATISTICS DATA")).isEqualTo(version >= 18);
    }

    private static ArchiveVerification verify(String name) throws IOException {
        byte[] archive = archive(name);
        try (InputStream in = new BytesSource(archive).open(0, archive.length)) {
            return ArchiveVerifier.verify(name, in, ArchiveVerifier.Observer.NONE);
        }
    }

    private static Map<String, String> rows(ArchiveVerification verification) {
        return verification.tables().stream()
                .collect(Collectors.toMap(
                        table -> table.entry().schema() + "." + table.entry().name(),
                        table -> table.rows() + " " + table.fingerprint()));
    }

    private static List<TocEntry> entries(String name) throws IOException {
        try (PgArchive archive = PgArchive.open(new BytesSource(archive(name)))) {
            return archive.entries();
        }
    }

    private static byte[] archive(String name) throws IOException {
        try (InputStream in = RichArchiveTest.class.getResourceAsStream("versions/" + name + ".dump")) {
            return in.readAllBytes();
        }
    }
}
