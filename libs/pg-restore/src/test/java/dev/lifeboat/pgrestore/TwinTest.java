package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An older call still runs somewhere while a newer one does the same work. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class TwinTest {
    @TempDir
    private static Path directory;

    private static String source;
    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        postgres.psql("postgres", Resources.text("roles.sql"));
        source = postgres.createDatabase();
        postgres.psql(source, Resources.text("small.sql"));
        dump = Dump.of(postgres, source, directory);
    }

    private static RestoreTarget target(String name, long token) {
        return new RestoreTarget(name, name, name + "_r", token, true);
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aNewerOwnersRaiseEndsTheSessionsOfAnOlderOne(RealPostgres postgres) {
        Sessions old = new Sessions(postgres::connect, target("raise", 7));
        try (Session session = old.administration();
                Session elsewhere = old.open(source)) {
            FencingTable.raise(postgres::connect, "raise", 8);
            assertKind(Kind.UNAVAILABLE, () -> session.execute("Acting late", "SELECT 1"));
            assertKind(Kind.UNAVAILABLE, () -> elsewhere.execute("Acting late", "SELECT 1"));
        }
        assertKind(Kind.FENCED, old::administration);
        assertKind(Kind.FENCED, () -> old.open(source));
        assertKind(Kind.FENCED, () -> FencingTable.raise(postgres::connect, "raise", 7));
    }

    @Test
    void anotherTargetsSessionsAreLeftAlone(RealPostgres postgres) {
        try (Session session = new Sessions(postgres::connect, target("other", 1)).administration()) {
            FencingTable.raise(postgres::connect, "othe", 9);
            FencingTable.raise(postgres::connect, "other.x", 9);
            assertThat(session.asks("Acting", "SELECT true")).isTrue();
        }
    }

    @Test
    void theNewerOfTwoTwinsWinsEvenWhenTheOlderHangsInTheTransactionThatHoldsTheFence(RealPostgres postgres) {
        Sessions sessions = new Sessions(postgres::connect, target("twins", 1));
        try (Session older = sessions.administration()) {
            older.execute("Hanging", "BEGIN");
            FencingTable.lockAndCompare(older, "twins", 1);
            try (Session newer = sessions.administration()) {
                assertThat(newer.asks("Acting", "SELECT true")).isTrue();
                assertKind(Kind.UNAVAILABLE, () -> older.execute("Acting late", "SELECT 1"));
            }
        }
    }

    @Test
    void aShardThatComesAgainLoadsNothingTwice(RealPostgres postgres) {
        Recovery recovery = new Recovery(postgres::connect, dump, target("again", 1));
        recovery.prepare();
        var first = recovery.restoreShards();
        assertThat(recovery.restoreShards()).isEqualTo(first);
        recovery.prepare();
        recovery.finish();
        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void aShardsTwinThatComesAfterTheEndIsShutOut(RealPostgres postgres) {
        Recovery recovery = new Recovery(postgres::connect, dump, target("late", 1));
        recovery.restore().orFail();
        Shard shard = recovery.plan().shards().get(0);
        assertThatThrownBy(() -> recovery.restoreShard(shard))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FENCED))
                .hasMessage("The restore database has gone on from the stage DATA of this backup's restore."
                        + " HINT: Another step has gone on; leave the restore to it.");
        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void anotherBackupsRestoreStartsAfreshAndShutsTheFirstOneOut(RealPostgres postgres) {
        Dump second = Dump.of(postgres, source, directory, "--compress=0");
        Recovery first = new Recovery(postgres::connect, dump, target("afresh", 1));
        first.prepare();
        Recovery next = new Recovery(postgres::connect, second, target("afresh", 1));
        next.prepare();
        assertKind(Kind.FENCED, first::restoreShards);
        assertKind(Kind.REFUSED, first::finish);
        assertThat(next.restore().mismatches()).isEmpty();
        assertKind(Kind.REFUSED, () -> first.cutOver("incident"));
    }

    @Test
    void theWorkAfterTheDataStopsAtItsDeadlineAndGoesOnWhereItStopped(RealPostgres postgres) {
        Recovery recovery = new Recovery(postgres::connect, dump, target("deadline", 1));
        recovery.prepare();
        recovery.restoreShards();
        FinishResult none = recovery.step((restore, archive) -> restore.finish(Instant.EPOCH, 2));
        assertThat(none.finished()).isFalse();
        assertThat(none.done()).isZero();
        FinishResult all = recovery.finish();
        assertThat(all).isEqualTo(new FinishResult(true, none.total(), none.total()));
        assertThat(recovery.finish()).isEqualTo(all);
    }

    @Test
    void theWorkAfterTheDataRefusesToBeginWithoutThem(RealPostgres postgres) {
        Recovery recovery = new Recovery(postgres::connect, dump, target("early", 1));
        assertThatThrownBy(recovery::finish)
                .hasMessage("Database early_r was not prepared from this backup."
                        + " HINT: Prepare it and restore every shard of the plan first.");
        recovery.prepare();
        assertThatThrownBy(recovery::finish)
                .hasMessageMatching(
                        "Database early_r lacks the data of 4 of 4 entries, the first being entry [0-9]+ "
                                + "TABLE DATA public\\.[a-z_]+\\. HINT: Prepare it and restore every shard of the plan first\\.");
    }
}
