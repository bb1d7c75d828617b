package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.pgarchive.Section;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many entries one transaction takes. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class ReplayRunTest {
    private static final String ARCHIVE = "archive";
    private static final int GROUPS = 15;
    /** MAX_BLOBS_PER_ARCHIVE_ENTRY of pg_dump.c. */
    private static final int GROUP = 1000;

    /** Version 17 lists a thousand in an entry, and the owner of each takes a lock, of which a server has some 6,400. */
    @Test
    void manyGroupsOfLargeObjectsNeedNoMoreLocksThanTheServerHas(RealPostgres postgres) {
        String database = postgres.createDatabase();
        List<TocEntry> groups =
                IntStream.range(0, GROUPS).mapToObj(ReplayRunTest::group).toList();
        try (Session session = Sessions.connect(postgres::connect, database)) {
            Progress progress = new Progress(session, ARCHIVE, RestoreObserver.NONE);
            progress.create();

            assertThat(new ReplayRun(session, progress, Stage.PRE_DATA, Instant.MAX, Clock.systemUTC())
                            .replay(new RestorePasses(groups).preData(), 100))
                    .isTrue();

            assertThat(session.strings("test", "SELECT count(*) FROM pg_largeobject_metadata"))
                    .containsExactly(Integer.toString(GROUPS * GROUP));
        }
    }

    private static TocEntry group(int number) {
        int first = 100_000 + number * GROUP;
        String oids = IntStream.range(first, first + GROUP)
                .mapToObj(oid -> oid + "\n")
                .collect(Collectors.joining());
        return new TocEntry(
                number + 1,
                LargeObjectGroups.METADATA,
                null,
                first + ".." + (first + GROUP - 1),
                "postgres",
                Section.DATA,
                oids,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                OptionalLong.empty(),
                0,
                0,
                (char) 0);
    }
}
