package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.orchestrator.database.Assessment.TakeOver;
import dev.lifeboat.orchestrator.database.Decision;
import dev.lifeboat.orchestrator.database.Look;
import dev.lifeboat.orchestrator.probe.Invariant;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import dev.lifeboat.orchestrator.probe.InvariantRecords;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The looks that are this assessment's own, at a real server; what the database's assessment says is given. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class, LeakCheck.class})
final class AssessCorruptionTest {
    private static final Invariant NAMED = new Invariant(
            "every user has a name", "SELECT NOT EXISTS (SELECT FROM users WHERE name IS NULL)", null, null, null, 5);
    private static final Invariant KEPT =
            new Invariant("users stay", "SELECT count(*) FROM users", null, null, true, 5);

    private RealPostgres postgres;
    private String database;
    private TestingBucket bucket;
    private Decision decision = Decision.NOT_NEEDED;
    private TakeOver takeOver = TakeOver.NONE;
    private boolean tookOver;
    private boolean heldForTheProbe;
    private Instant askedAt = Instant.now();

    @BeforeEach
    void open(RealPostgres server, S3MockServer s3) throws SQLException {
        postgres = server;
        database = server.createDatabase();
        bucket = new TestingBucket(s3);
        execute("CREATE TABLE users (id int PRIMARY KEY, name text)", "INSERT INTO users VALUES (1, 'a'), (2, 'b')");
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void whatHoldsIsNotNeeded() throws SQLException {
        execute("CREATE EXTENSION amcheck");
        heldForTheProbe = true;

        CorruptionAssessment found = assess(NAMED, KEPT);

        assertThat(found.decision()).isEqualTo(CorruptionDecision.NOT_NEEDED);
        assertThat(found.looks()).allMatch(look -> look.answer() == Answer.YES);
        assertThat(reason(found, CorruptionLook.INDEXES_WHOLE)).endsWith(" B-tree indexes are in order.");
        assertThat(found.rejected()).hasSize(CorruptionDecision.values().length - 1);
    }

    @Test
    void aViolatedInvariantThatTheProbeSawTooIsSearchedFor() throws SQLException {
        execute("UPDATE users SET name = NULL WHERE id = 2");

        CorruptionAssessment found = assess(NAMED, KEPT);

        assertThat(found)
                .returns(CorruptionDecision.SEARCH, CorruptionAssessment::decision)
                .returns("every user has a name: The query says false.", CorruptionAssessment::reason);
        assertThat(reason(found, CorruptionLook.INDEXES_WHOLE))
                .isEqualTo("Extension amcheck is not installed in " + database + ".");
        assertThat(reason(found, CorruptionLook.HELD_FOR_THE_PROBE))
                .endsWith("all of them held last at 2026-11-23T03:00:00Z, 0/3000000.");
    }

    @Test
    void aNumberThatFellIsSearchedFor() throws SQLException {
        execute("DELETE FROM users WHERE id = 2");

        assertThat(assess(NAMED, KEPT))
                .returns(CorruptionDecision.SEARCH, CorruptionAssessment::decision)
                .returns(
                        "users stay: The query says 1, expected no less than the 2.0 of before.",
                        CorruptionAssessment::reason);
    }

    @Test
    void whatTheProbeDidNotSeeOrSawLongAgoIsLookedAtAgain() throws SQLException {
        execute("UPDATE users SET name = NULL WHERE id = 2");
        heldForTheProbe = true;
        assertThat(assess(NAMED).decision()).isEqualTo(CorruptionDecision.LOOK_AGAIN);

        heldForTheProbe = false;
        askedAt = Instant.now().minus(Duration.ofMinutes(6));
        assertThat(assess(NAMED).decision()).isEqualTo(CorruptionDecision.LOOK_AGAIN);
    }

    @Test
    void aQueryThatFailsIsEvidenceForNothing() {
        CorruptionAssessment found = assess(new Invariant("gone", "SELECT true FROM gone", null, null, null, 5), KEPT);

        assertThat(found.decision()).isEqualTo(CorruptionDecision.LOOK_AGAIN);
        assertThat(reason(found, CorruptionLook.INVARIANTS_HOLD)).startsWith("gone: 42P01: relation \"gone\" does not");
    }

    @Test
    void withoutARecordOfTheProbesNothingIsKnown() {
        CorruptionAssessment found = assessment().assess(scope(), false);

        assertThat(found.decision()).isEqualTo(CorruptionDecision.LOOK_AGAIN);
        assertThat(reason(found, CorruptionLook.INVARIANTS_HOLD))
                .isEqualTo("The probe has recorded no invariant of target app.");
    }

    @Test
    void aDatabaseThatIsLostIsTheOtherRecoverys() {
        decision = Decision.RESTORE;

        assertThat(assess(NAMED).decision()).isEqualTo(CorruptionDecision.RECOVER_DATABASE);
    }

    @ParameterizedTest
    @CsvSource({
        // who has put the live instance in place, whether it was who asks: what follows
        "NONE, false, NOT_NEEDED",
        "OURS, false, SEARCH",
        "OURS, true, NOT_NEEDED",
        "UNFINISHED, false, RECOVER_DATABASE"
    })
    void whatARecoveryThatDiedHasPutInPlaceIsFinished(TakeOver by, boolean itself, CorruptionDecision expected) {
        heldForTheProbe = true;
        takeOver = by;
        tookOver = itself;

        assertThat(assess(NAMED).decision()).isEqualTo(expected);
    }

    @Test
    void aDamagedIndexIsExaminedAndNothingIsTakenBackForIt() throws Exception {
        execute(
                "CREATE EXTENSION amcheck",
                "INSERT INTO users SELECT i, 'n' || i FROM generate_series(3, 5000) i",
                "UPDATE users SET name = NULL WHERE id = 2",
                "CHECKPOINT");
        String file = text("SELECT pg_relation_filepath('users_pkey')");
        postgres.stop();
        try (RandomAccessFile index =
                new RandomAccessFile(postgres.dataDirectory().resolve(file).toFile(), "rw")) {
            // The line pointers of the first leaf page, in the opposite order: the page is one, and its keys are not
            // sorted.
            swapLinePointers(index, 8192);
        } finally {
            postgres.startServer();
        }

        CorruptionAssessment found = assess(NAMED);

        assertThat(found.decision()).isEqualTo(CorruptionDecision.EXAMINE);
        assertThat(reason(found, CorruptionLook.INDEXES_WHOLE)).startsWith("Index users_pkey is damaged: XX002: ");
    }

    private static void swapLinePointers(RandomAccessFile file, long page) throws IOException {
        long first = page + 24 + 4 * 4L;
        byte[] one = new byte[4];
        byte[] other = new byte[4];
        file.seek(first);
        file.readFully(one);
        file.seek(first + 40);
        file.readFully(other);
        file.seek(first);
        file.write(other);
        file.seek(first + 40);
        file.write(one);
    }

    private CorruptionAssessment assess(Invariant... invariants) {
        new Journal(bucket.s3, bucket.name)
                .put(
                        BucketLayout.invariants("app"),
                        new InvariantRecord(
                                1,
                                askedAt,
                                heldForTheProbe,
                                "application",
                                List.of(invariants),
                                new InvariantRecord.LastGood(
                                        Instant.parse("2026-11-23T03:00:00Z"),
                                        "0/3000000",
                                        Map.of("users stay", 2.0))));
        return assessment().assess(scope(), tookOver);
    }

    private AssessCorruption assessment() {
        TargetLogins logins = new TargetLogins(
                new FakePlace(postgres.port()), secret -> new Credentials(postgres.superuser(), postgres.password()));
        return new AssessCorruption(
                scope -> database(),
                logins,
                new InvariantRecords(new Journal(bucket.s3, bucket.name)),
                Clock.systemUTC());
    }

    private RecoveryScope scope() {
        return TestTargets.scope(TestTargets.live(database));
    }

    private Assessment database() {
        return new Assessment(
                decision.condition(),
                decision,
                "It was seen.",
                Instant.now(),
                Arrays.stream(Look.values())
                        .map(look -> new LookResult<>(look, Answer.YES, "It was seen.", 1))
                        .toList(),
                List.of(),
                null,
                false,
                false,
                takeOver);
    }

    private static String reason(CorruptionAssessment found, CorruptionLook look) {
        return LookResult.of(found.looks(), look).reason();
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
