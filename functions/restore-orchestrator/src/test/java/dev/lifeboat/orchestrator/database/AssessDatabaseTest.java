package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.Assessment.Condition;
import dev.lifeboat.pgrestore.FencingTable;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RealPostgresExtension.class)
final class AssessDatabaseTest {
    private static final List<CatalogueEntry> BACKUPS = List.of(TestBackups.verified(
            "recent/backup_20261123_030000",
            TestBackups.table("users", 3),
            TestBackups.table("messages", 50),
            TestBackups.table("schema_version", 7),
            TestBackups.table("drafts", 0)));

    private RealPostgres postgres;
    private String database;
    private FakePlace place;
    private String password;
    private List<CatalogueEntry> backups = BACKUPS;

    @BeforeEach
    void open(RealPostgres server) {
        postgres = server;
        database = server.createDatabase();
        place = new FakePlace(server.port());
        password = server.password();
    }

    @Test
    void aDatabaseThatHoldsRowsIsHealthy() throws SQLException {
        createTables();
        fill("users", "messages");

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(assessment.reason()).isEqualTo("2 of 3 tables that held rows in the backup do now.");
        assertThat(assessment.at()).isEqualTo(TestAssessment.NOW);
        assertThat(assessment.pod()).isEqualTo(new Assessment.Pod("postgres-0", "uid-1"));
        assertThat(assessment.decision()).isEqualTo(Decision.NOT_NEEDED);
        assertThat(assessment.looks()).extracting(LookResult::look).containsExactly(Look.values());
    }

    @ParameterizedTest
    @CsvSource({
        // whose the last take-over is, whether what was live before is still in use: what is left
        "incident-1, true, OURS, This incident's recovery has put this instance in place",
        "incident-1, false, OURS, This incident's recovery has put this instance in place",
        "incident-0, true, UNFINISHED, An earlier recovery has put this instance in place and died",
        "incident-0, false, NONE, 2 of 3 tables"
    })
    void aHealthyInstanceThatARecoveryHasPutInPlaceMayHaveLeftSomethingToBeDone(
            String incident, boolean unfinished, Assessment.TakeOver takeOver, String reason) throws SQLException {
        createTables();
        fill("users", "messages");
        place.lastTakeOver =
                Optional.of(new LastTakeOver("postgres-pit-7", "postgres", incident, false, false, unfinished));

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(assessment.takeOver()).isEqualTo(takeOver);
        assertThat(assessment.reason()).contains(reason);
        assertThat(assess(TestTargets.scope(TestTargets.drill(database + "_drill", database)))
                        .takeOver())
                .isEqualTo(Assessment.TakeOver.NONE);
    }

    @Test
    void anInstanceThatIsRestoredInPlaceAndHasNoAddressYetIsBegunAgainAtOnce() {
        place.lastTakeOver = Optional.of(new LastTakeOver("postgres", null, "incident-0", true, true, false));
        place.hasAddress = false;

        Assessment assessment = assess();

        assertThat(assessment.takeOver()).isEqualTo(Assessment.TakeOver.BEGUN);
        assertThat(assessment.condition()).isNotEqualTo(Condition.HEALTHY);
        assertThat(assessment.reason()).contains("It is being restored in place, by a recovery that died");
    }

    /** What its environment still says was done: the recovery died after the promotion. */
    @Test
    void anInstanceThatTakesWritesIsNotRestoredOnceMore() throws SQLException {
        createTables();
        fill("users", "messages");
        place.lastTakeOver = Optional.of(new LastTakeOver("postgres", null, "incident-1", true, true, false));

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(assessment.takeOver()).isEqualTo(Assessment.TakeOver.OURS);
    }

    @Test
    void aMissingDatabaseIsLost() {
        database = "never_made";

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(assessment.reason()).isEqualTo("Database never_made does not exist.");
    }

    @Test
    void aFreshDatabaseIsLost() {
        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(assessment.reason()).isEqualTo("The database has no table of its own.");
    }

    @Test
    void tablesThatAnApplicationMadeAnewInAnEmptyDatabaseAreNoData() throws SQLException {
        createTables();
        fill("schema_version");

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(assessment.reason()).isEqualTo("1 of 3 tables that held rows in the backup do now.");
    }

    @Test
    void tablesThatTheBackupHasAndTheDatabaseHasNotHoldNoRows() throws SQLException {
        execute(database, "CREATE TABLE users (id int)", "INSERT INTO users VALUES (1)");

        assertThat(assess().condition()).isEqualTo(Condition.LOST);
    }

    @Test
    void rowsInTablesThatTheBackupDoesNotHaveAreNoLoss() throws SQLException {
        execute(database, "CREATE TABLE accounts (id int)", "INSERT INTO accounts VALUES (1)");

        Assessment assessment = assess();

        assertThat(assessment.decision()).isEqualTo(Decision.LOOK_AGAIN);
        assertThat(assessment.reason())
                .isEqualTo("0 of 3 tables that held rows in the backup do now. But 1 of 1 tables that the backup does"
                        + " not have hold rows, \"public\".\"accounts\" for one.");
    }

    @Test
    void withoutAVerifiedBackupAnyRowIsData() throws SQLException {
        backups = List.of(TestBackups.unjudged("recent/backup_20261123_030000"));
        createTables();
        assertThat(assess().condition()).isEqualTo(Condition.LOST);

        fill("schema_version");
        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(assessment.reason())
                .isEqualTo("1 of 4 tables hold rows; which tables ought to hold rows is not known: there is no"
                        + " verified backup of database " + database);
    }

    @Test
    void anEmptyDatabaseThatARecoveryHasClosedIsStillLost() throws SQLException {
        execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(assessment.reason()).startsWith("Database " + database + " accepts no connections; it has ");
    }

    @Test
    void aDatabaseWithDataThatSomebodyHasClosedIsForAPersonToDecideOn() throws SQLException {
        execute(database, "CREATE TABLE users AS SELECT repeat(md5(i::text), 10) FROM generate_series(1, 20000) i");
        execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.UNDECIDED);
        assertThat(assessment.reason()).startsWith("Database " + database + " accepts no connections; it has ");
    }

    @Test
    void aDatabaseWithDataThatACutOverClosedBeforeItDiedIsOpenedAndLookedInto() throws SQLException {
        createTables();
        fill("users", "messages");
        execute(database, "CREATE TABLE large AS SELECT repeat(md5(i::text), 10) FROM generate_series(1, 20000) i");
        String target = TestTargets.live(database).name();
        long token = TestTargets.scope(TestTargets.live(database)).token();
        FencingTable.raise(postgres::connect, target, token);
        execute(
                "postgres",
                "UPDATE lifeboat.fence SET closed_database = '" + database + "' WHERE target = '" + target + "'",
                "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(assessment.cutOver()).isFalse();
        execute(database, "SELECT 1");
        execute("postgres", "DROP SCHEMA lifeboat CASCADE");
    }

    @Test
    void whileWhoeverActedBeforeCannotBeKeptOffNothingIsKnownOfTheDatabase() throws SQLException {
        RecoveryScope second = new RecoveryScope("incident-2", TestTargets.live("never_made"), 2);
        FencingTable.raise(postgres::connect, second.target().name(), 1);
        execute("postgres", "ALTER TABLE lifeboat.fence ADD CONSTRAINT refuses CHECK (token < 2)");

        Assessment refused = assess(second);
        execute("postgres", "ALTER TABLE lifeboat.fence DROP CONSTRAINT refuses");
        Assessment fenced = assess(second);

        execute("postgres", "DROP SCHEMA lifeboat CASCADE");
        assertThat(refused.decision()).isEqualTo(Decision.LOOK_AGAIN);
        assertThat(refused.reason())
                .startsWith(
                        "Whoever acted under token 1 may still change the database, since our token could not be noted: ")
                .contains("refuses");
        assertThat(answer(refused, Look.SERVER_ANSWERS)).isEqualTo(Answer.YES);
        assertThat(fenced.decision()).isEqualTo(Decision.RESTORE);
    }

    @Test
    void anAdministratorThatIsNotAdmittedKnowsNothingOfTheData() {
        password = "wrong";

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.UNDECIDED);
        assertThat(assessment.reason()).startsWith("PostgreSQL does not admit the administrator: 28P01: ");
        assertThat(answer(assessment, Look.SERVER_ANSWERS)).isEqualTo(Answer.YES);
    }

    @Test
    void aServerThatDoesNotAnswerInAPodThatIsNotReadyIsUnreachableAndItsPodWorthARestart() throws IOException {
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place.port = reserved.getLocalPort();
        }
        place.ready = false;

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.UNREACHABLE);
        assertThat(assessment.reason()).startsWith("PostgreSQL does not answer: 08001: ");
        assertThat(assessment.decision()).isEqualTo(Decision.RESTART_POD);
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingIsUnreachableWithinItsTimeLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            place.port = silent.getLocalPort();
            long start = System.nanoTime();

            Assessment assessment = assess();

            assertThat(assessment.condition()).isEqualTo(Condition.UNREACHABLE);
            assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(15);
        }
    }

    @Test
    void aPodThatIsOnlyStartingIsNotRestarted() throws IOException {
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place.port = reserved.getLocalPort();
        }
        place.phase = "Pending";

        assertThat(assess().decision()).isEqualTo(Decision.LOOK_AGAIN);
    }

    @Test
    void withoutKubernetesNothingCanBeReachedAndNothingIsRestarted() {
        place.kubernetesAnswers = false;

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.UNREACHABLE);
        assertThat(assessment.reason()).isEqualTo("Kubernetes is down. HINT: Wait.");
        assertThat(assessment.pod()).isNull();
        assertThat(assessment.decision()).isEqualTo(Decision.LOOK_AGAIN);
    }

    @Test
    void aTableWhoseFileIsGoneMakesTheDatabaseLost() throws SQLException, IOException {
        createTables();
        fill("users", "messages");
        Path file = postgres.dataDirectory().resolve(fileOf("users"));
        execute("postgres", "CHECKPOINT");
        Files.delete(file);
        postgres.stop();
        postgres.startServer();

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(assessment.reason()).startsWith("PostgreSQL reports damage: 58P01: ");
    }

    @Test
    void aDatabaseWhoseDirectoryIsGoneIsLost() throws SQLException, IOException {
        createTables();
        Path directory = postgres.dataDirectory().resolve(fileOf("users")).getParent();
        postgres.stop();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        postgres.startServer();

        Assessment assessment = assess();

        assertThat(assessment.condition()).isEqualTo(Condition.LOST);
        assertThat(answer(assessment, Look.DATABASE_EXISTS)).isEqualTo(Answer.YES);
        execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    @Test
    void aTableThatIsLockedIsNoLoss() throws SQLException {
        createTables();
        fill("users", "messages", "schema_version");
        try (Connection holder = postgres.connect(database);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");

            Assessment assessment = assess();

            assertThat(assessment.condition()).isEqualTo(Condition.HEALTHY);
        }
    }

    private Assessment assess() {
        return TestAssessment.of(place, new Credentials(postgres.superuser(), password), database, backups);
    }

    private Assessment assess(RecoveryScope scope) {
        return TestAssessment.of(place, new Credentials(postgres.superuser(), password), scope, backups);
    }

    private static Answer answer(Assessment assessment, Look look) {
        return TestAssessment.look(assessment, look).answer();
    }

    private void createTables() throws SQLException {
        for (String table : List.of("users", "messages", "schema_version", "drafts")) {
            execute(database, "CREATE TABLE " + table + " (id int)");
        }
    }

    private void fill(String... tables) throws SQLException {
        for (String table : tables) {
            execute(database, "INSERT INTO " + table + " VALUES (1)");
        }
    }

    private String fileOf(String table) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_relation_filepath('" + table + "')")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String where, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(where);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
