package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What pg_dump 13 did with comments on a domain's constraint that is NOT VALID. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class EarlyCommentsTest {
    private static final String COMMENT = "CONSTRAINT \"is Short\" ON DOMAIN ";

    @Test
    void aCommentBeforeItsConstraintIsReplayedAfterIt(RealPostgres postgres, @TempDir Path directory)
            throws IOException {
        String source = postgres.createDatabase();
        postgres.psql(source, """
                CREATE SCHEMA s;
                CREATE DOMAIN s."a Code" AS text CONSTRAINT filled CHECK (VALUE <> '');
                ALTER DOMAIN s."a Code" ADD CONSTRAINT "is Short" CHECK (length(VALUE) < 90) NOT VALID;
                COMMENT ON CONSTRAINT "is Short" ON DOMAIN s."a Code" IS 'late';
                COMMENT ON CONSTRAINT filled ON DOMAIN s."a Code" IS 'early';
                CREATE TABLE s.t (a s."a Code", CONSTRAINT "is Short" CHECK (a <> 'b'));
                COMMENT ON CONSTRAINT "is Short" ON s.t IS 'of a table';
                """);
        Dump dump = Dump.of(postgres, source, directory);
        List<TocEntry> entries;
        try (PgArchive archive = dump.open()) {
            entries = asVersion13HasThem(archive.entries());
        }
        RestorePasses passes = new RestorePasses(entries);

        assertThat(passes.preData())
                .filteredOn(entry -> entry.kind().equals("COMMENT"))
                .extracting(TocEntry::name)
                .containsExactlyInAnyOrder("CONSTRAINT filled ON DOMAIN \"a Code\"", "CONSTRAINT \"is Short\" ON t");
        String restored = source + "_r";
        postgres.run("createdb", "--template=template0", restored).orFail();
        try (Session session = Sessions.connect(postgres::connect, restored)) {
            passes.preData().forEach(entry -> session.transaction("test", () -> EntryReplay.replay(session, entry)));
            passes.postData().forEach(entry -> session.transaction("test", () -> EntryReplay.replay(session, entry)));
        }
        assertThat(contents(postgres, restored)).isEqualTo(contents(postgres, source));
    }

    /** The comment right behind the domain. */
    private static List<TocEntry> asVersion13HasThem(List<TocEntry> entries) {
        List<TocEntry> others = new ArrayList<>(entries);
        TocEntry comment = others.stream()
                .filter(entry -> entry.kind().equals("COMMENT") && entry.name().startsWith(COMMENT))
                .findFirst()
                .orElseThrow();
        others.remove(comment);
        int domain = others.indexOf(others.stream()
                .filter(entry -> entry.kind().equals("DOMAIN"))
                .findFirst()
                .orElseThrow());
        others.add(domain + 1, comment);
        return others;
    }

    private static String contents(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", database).orFail().output().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
