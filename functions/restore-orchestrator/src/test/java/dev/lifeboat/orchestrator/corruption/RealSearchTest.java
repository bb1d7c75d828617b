package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.pointintime.RecoveryPoint;
import dev.lifeboat.orchestrator.pointintime.RestoreStep;
import dev.lifeboat.orchestrator.probe.Invariant;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import dev.lifeboat.orchestrator.probe.InvariantRecord.LastGood;
import dev.lifeboat.orchestrator.probe.InvariantRecords;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The search against PostgreSQL itself: its WAL, its recovery targets, its pg_waldump. */
@ExtendWith(S3MockExtension.class)
final class RealSearchTest {
    private static final String DATABASE = "app";
    private static final RecoveryScope SCOPE = new RecoveryScope("incident-1", TestTargets.live(DATABASE), 5);
    private static final Invariant POSITIVE = new Invariant(
            "no negative price", "SELECT NOT EXISTS (SELECT FROM orders WHERE price < 0)", null, null, null, 5);

    @TempDir
    private Path directory;

    /** The live server's; the instance beside it is a copy, passwords and all. */
    private String password;

    @Test
    void theTransactionThatBrokeTheDataIsFoundAmongHundreds(S3MockServer s3) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path archive = Files.createDirectory(directory.resolve("archive"));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path base = directory.resolve("base");
        try (BesideServer beside = new BesideServer(base, archive);
                RealPostgres live = RealPostgres.start(Map.of(
                        "wal_level", "replica",
                        "max_wal_senders", "2",
                        "archive_mode", "on",
                        "archive_command", "cp %p " + archive + "/%f && chmod a+r " + archive + "/%f"));
                TestingBucket bucket = new TestingBucket(s3)) {
            password = live.password();
            text(live, "postgres", "CREATE DATABASE " + DATABASE);
            text(live, DATABASE, "CREATE TABLE orders (id int PRIMARY KEY, price int)");
            live.run("pg_basebackup", "--pgdata=" + base, "--wal-method=none", "--checkpoint=fast")
                    .orFail();
            // By this one the instance beside finds out when it is up.
            String next = beside.server().password();
            text(live, DATABASE, "ALTER ROLE " + live.superuser() + " PASSWORD '" + next + "'");
            password = next;
            write(live, 1, 50);
            String lastGood = text(live, DATABASE, "SELECT pg_current_wal_insert_lsn()::text");
            write(live, 51, 136);
            long before = Long.parseLong(text(live, DATABASE, insert(137)));
            long bad = Long.parseLong(text(
                    live, DATABASE, "UPDATE orders SET price = -1 WHERE id = 7 RETURNING pg_current_xact_id()::text"));
            write(live, 138, 300);
            remember(bucket, lastGood);

            SearchResult result = search(bucket, live, beside);

            assertThat(result)
                    .returns(SearchResult.Ending.FOUND, SearchResult::ending)
                    .returns(true, SearchResult::exact);
            assertThat(result.firstBad().xid()).isEqualTo(bad);
            assertThat(result.lastGood().xid()).isEqualTo(before);
            // The point that is gone back to has every row up to it, and none after.
            RecoveryPoint point =
                    new RecoveryPoint(RecoveryPoint.Type.LSN, result.before().toString(), false, null);
            beside.take(new RestoreStep(99, RestoreStep.From.BACKUP, false, null, point, null, null));
            assertThat(text(
                            beside.server(),
                            DATABASE,
                            "SELECT count(*) || ' ' || max(id) || ' ' || min(price) FROM orders"))
                    .isEqualTo("137 137 10");
        }
    }

    private SearchResult search(TestingBucket bucket, RealPostgres live, BesideServer beside) {
        Searches searches = new Searches(bucket.s3, bucket.name);
        FindLastGood find = new FindLastGood(
                searches,
                new InvariantRecords(new Journal(bucket.s3, bucket.name)),
                logins(live),
                new FindLastGood.Archive() {
                    @Override
                    public String backup(RecoveryScope scope, RecoveryPoint point) {
                        return "base";
                    }

                    @Override
                    public List<Lsn> backupEnds() {
                        return List.of();
                    }
                },
                Clock.systemUTC());
        JudgeStep judge = new JudgeStep(searches, scope -> logins(beside.server()), Clock.systemUTC());
        int steps = 0;
        StepTold told = find.tell(SCOPE);
        while (!told.done()) {
            // Whoever asks again is told the same, and a judgement that comes twice is one.
            assertThat(find.tell(SCOPE)).isEqualTo(told);
            beside.take(told.step());
            int number = (int) told.step().number();
            Attempt judged = judge.judge(SCOPE, number, null);
            assertThat(judge.judge(SCOPE, number, "It came twice.")).isEqualTo(judged);
            assertThat(++steps).isLessThan(25);
            told = find.tell(SCOPE);
        }
        assertThatThrownBy(() -> judge.judge(SCOPE, 77, null))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Step 77 of the search of incident 'incident-1' was never asked for.");
        assertThatThrownBy(() -> find.tell(new RecoveryScope("incident-1", SCOPE.target(), 4)))
                .isExactlyInstanceOf(FencedOffException.class)
                .hasMessageContaining("token 5, newer than this one's 4");
        return told.result();
    }

    private static void remember(TestingBucket bucket, String lastGood) {
        new Journal(bucket.s3, bucket.name)
                .put(
                        BucketLayout.invariants("app"),
                        new InvariantRecord(
                                1,
                                Instant.now(),
                                false,
                                "application",
                                List.of(POSITIVE),
                                new LastGood(Instant.now(), lastGood, Map.of())));
    }

    private TargetLogins logins(RealPostgres server) {
        return new TargetLogins(new FakePlace(server.port()), secret -> new Credentials(server.superuser(), password));
    }

    private static String insert(int id) {
        return "INSERT INTO orders VALUES (" + id + ", " + id * 10 + ") RETURNING pg_current_xact_id()::text";
    }

    private void write(RealPostgres server, int from, int to) throws SQLException {
        for (int id = from; id <= to; id++) {
            text(server, DATABASE, insert(id));
        }
    }

    private String text(RealPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database, server.superuser(), password);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
