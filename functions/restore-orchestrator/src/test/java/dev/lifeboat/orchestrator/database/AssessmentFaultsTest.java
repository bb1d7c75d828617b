package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same healthy database, and what may be wrong around it: each has a decision of its own, and none is to restore it. */
@Timeout(60)
final class AssessmentFaultsTest {
    private static final String DATABASE = "app";
    private static final List<CatalogueEntry> BACKUPS =
            List.of(TestBackups.verified("recent/backup_20261123_030000", TestBackups.table("users", 3)));

    private static RealPostgres postgres;
    private FakePlace place;
    private String password;

    @BeforeAll
    static void start() {
        postgres = RealPostgres.startWithChecksums(Map.of("wal_level", "replica"));
        postgres.psql("postgres", "CREATE DATABASE " + DATABASE);
        postgres.psql(DATABASE, "CREATE TABLE users AS SELECT 1 AS id");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void place() {
        place = new FakePlace(postgres.port());
        password = postgres.password();
    }

    @Test
    void aFalseAlarmIsSeenInSecondsAndLeavesNothing() {
        long start = System.nanoTime();

        Assessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.NOT_NEEDED);
        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(5);
        assertThat(assessment.looks())
                .filteredOn(look -> look.answer() != Answer.YES)
                .extracting(LookResult::look)
                .containsExactly(Look.LARGER_THAN_EMPTY);
        assertThat(assessment.rejected()).extracting(RejectedRung::rung).doesNotContain(Rung.LEAVE_ALONE);
        assertThat(TestAssessment.look(assessment, Look.WRITABLE).reason()).startsWith("128 KiB were written up to ");
        assertThat(count("postgres", "pg_class WHERE relnamespace = 'lifeboat_scratch'::regnamespace"))
                .isEqualTo("0");
        assertThat(count(DATABASE, "pg_namespace WHERE nspname LIKE 'lifeboat%'"))
                .isEqualTo("0");
    }

    @Test
    void twoLooksAtOnceDoNotMindEachOther() {
        List<Assessment> both =
                List.of(1, 2).parallelStream().map(twin -> assess()).toList();

        assertThat(both).extracting(Assessment::decision).containsOnly(Decision.NOT_NEEDED);
    }

    @Test
    void aPausedServerIsWorthARestartOfItsPod() {
        Assessment assessment;
        postgres.pause();
        try {
            assessment = assess();
        } finally {
            postgres.resume();
        }

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.RESTART_POD);
        assertThat(assessment.reason()).startsWith("PostgreSQL does not answer: ");
        assertThat(TestAssessment.look(assessment, Look.PORT_OPEN).answer()).isEqualTo(Answer.YES);
    }

    @Test
    void aWrongPasswordIsForAPersonToCorrect() {
        password = "wrong";

        Assessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.CORRECT_LOGIN);
        assertThat(assessment.reason()).startsWith("PostgreSQL does not admit the administrator: 28P01: ");
    }

    @Test
    void aConnectionThatIsRefusedThoughThePodIsReadyIsTheNetworks() throws IOException {
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place.port = reserved.getLocalPort();
        }

        Assessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.RECONNECT);
        assertThat(assessment.reason()).endsWith(" comes about: Connection refused.");
    }

    @Test
    void soIsAHostThatIsSilent() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place.port = full.getLocalPort();
            fill(queue, full);

            Assessment assessment = assess();

            assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.RECONNECT);
            assertThat(assessment.reason()).endsWith(" comes about within 3 s.");
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    /** Whose queue is full, Linux answers with silence ("SYNs to LISTEN sockets dropped"). */
    private static void fill(List<Socket> queue, ServerSocket full) throws IOException {
        while (true) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void aVolumeThatIsGoneIsForAPersonToReplace() {
        place.claims = List.of(new ClaimState("data-postgres-0", "Lost", "pvc-1"));
        place.phase = "Pending";
        place.ready = false;
        place.hasAddress = false;

        Assessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.REPLACE_VOLUME);
        assertThat(assessment.reason()).isEqualTo("claim data-postgres-0 is Lost: its volume pvc-1 is gone");
    }

    @Test
    void aVolumeThatWasDeletedBehindKubernetesBackIsForAPersonToReplace() {
        place.volumeState = Optional.empty();
        place.phase = "Pending";
        place.ready = false;
        place.hasAddress = false;

        Assessment assessment = assess();

        assertThat(TestAssessment.look(assessment, Look.VOLUME_BOUND).answer()).isEqualTo(Answer.YES);
        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.REPLACE_VOLUME);
        assertThat(assessment.reason()).isEqualTo("EBS volume vol-1 of claim data-postgres-0 does not exist");
    }

    @ParameterizedTest
    @CsvSource({"available, YES", "in-use, YES", "creating, UNKNOWN", "deleting, NO", "deleted, NO", "error, NO"})
    void whatEbsSaysOfTheVolumeCounts(String state, Answer answer) {
        place.volumeState = Optional.of(state);

        assertThat(TestAssessment.look(assess(), Look.VOLUME_EXISTS).answer()).isEqualTo(answer);
    }

    @Test
    void aClaimThatWaitsForItsVolumeSaysNothingOfEbs() {
        place.claims = List.of(
                new ClaimState("data-postgres-0", "Bound", "pvc-1"),
                new ClaimState("more-postgres-0", "Pending", null));

        LookResult<Look> look = TestAssessment.look(assess(), Look.VOLUME_EXISTS);

        assertThat(look.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(look.reason())
                .isEqualTo("EBS volume vol-1 of claim data-postgres-0 is in-use; claim more-postgres-0 has no volume");
    }

    @Test
    void aFullDiskIsForAPersonToMakeRoomOn() {
        try (RealPostgres server = RealPostgres.start();
                SmallDisk disk = SmallDisk.mount(server, 100)) {
            server.psql("postgres", "CREATE DATABASE " + DATABASE);
            // Kept over the restart that follows, though this server commits without waiting for its disk.
            server.psql(DATABASE, "CREATE TABLE users AS SELECT 1 AS id; CHECKPOINT");
            disk.take(server, "base");
            disk.leave(0);
            place.port = server.port();
            password = server.password();

            Assessment assessment = assess();

            assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.MAKE_ROOM);
            assertThat(assessment.reason()).startsWith("The disk is full: 53100: ");
            assertThat(TestAssessment.look(assessment, Look.SERVER_ANSWERS).answer())
                    .isEqualTo(Answer.YES);
            disk.makeRoom();
            Assessment withRoom = assess();
            assertThat(withRoom.decision())
                    .as("%s then %s", assessment, withRoom)
                    .isEqualTo(Decision.NOT_NEEDED);
            server.stop();
        }
    }

    @Test
    void aStandbyIsLookedAtAgain() throws IOException {
        Path standby = postgres.dataDirectory().resolve("standby.signal");
        postgres.stop();
        Files.createFile(standby);
        postgres.startServer();
        try {
            Assessment assessment = assess();

            assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.LOOK_AGAIN);
            assertThat(assessment.reason()).startsWith("PostgreSQL is in recovery");
            assertThat(TestAssessment.look(assessment, Look.WRITABLE).reason())
                    .startsWith("PostgreSQL does not write: 25006: ");
        } finally {
            postgres.stop();
            Files.delete(standby);
            postgres.startServer();
        }
    }

    @Test
    void countedChecksumFailuresInWhatNobodyReadAreForAPersonToExamine() throws IOException, SQLException {
        postgres.psql("postgres", "CREATE DATABASE damaged");
        postgres.psql(
                "damaged",
                "CREATE TABLE users AS SELECT 1 AS id;"
                        + " CREATE TABLE other AS SELECT repeat('x', 500) AS filler FROM generate_series(1, 100); CHECKPOINT");
        String file = postgres.run("psql", "-Atc", "SELECT pg_relation_filepath('other')", "damaged")
                .orFail()
                .output()
                .strip();
        postgres.stop();
        try (RandomAccessFile pages =
                new RandomAccessFile(postgres.dataDirectory().resolve(file).toFile(), "rw")) {
            pages.seek(2 * 8192 + 4000);
            pages.write("damage".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        postgres.startServer();
        assertThat(postgres.run("psql", "-Atc", "SELECT count(*) FROM other", "damaged")
                        .exitCode())
                .isNotZero();

        Assessment assessment = TestAssessment.of(place, administrator(), "damaged", BACKUPS);

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(Decision.EXAMINE);
        assertThat(assessment.reason()).startsWith("1 checksum failures are counted, the last at ");
    }

    private Assessment assess() {
        return TestAssessment.of(place, administrator(), DATABASE, BACKUPS);
    }

    private Credentials administrator() {
        return new Credentials(postgres.superuser(), password);
    }

    private static String count(String database, String from) {
        return postgres.run("psql", "-Atc", "SELECT count(*) FROM " + from, database)
                .orFail()
                .output()
                .strip();
    }
}
