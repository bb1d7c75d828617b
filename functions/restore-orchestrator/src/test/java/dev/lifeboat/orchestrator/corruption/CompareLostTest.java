package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two real servers, as a corrupt database and its restored one are. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class, LeakCheck.class})
final class CompareLostTest {
    private static final String DATABASE = "app";
    private static final RecoveryScope SCOPE = TestTargets.scope(TestTargets.live(DATABASE));
    private static RealPostgres second;

    private TestingBucket bucket;
    private RealPostgres lost;
    private long nextXid;

    @BeforeEach
    void open(RealPostgres server, S3MockServer s3) throws SQLException {
        lost = server;
        second = second == null ? RealPostgres.start() : second;
        bucket = new TestingBucket(s3);
        for (RealPostgres each : List.of(lost, second)) {
            execute(each, "postgres", "DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE);
        }
    }

    @AfterEach
    void close() throws SQLException {
        bucket.close();
        execute(lost, "postgres", "DROP DATABASE IF EXISTS " + DATABASE);
    }

    @AfterAll
    static void stop() {
        if (second != null) {
            second.close();
            second = null;
        }
    }

    @Test
    void saysByTableWhichRowsAreLostAndExportsThem() throws SQLException {
        both(
                "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                "INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 5000) i",
                "CREATE TABLE untouched (id int PRIMARY KEY, at timestamptz, f float8, b bytea)",
                "INSERT INTO untouched VALUES (1, '2026-11-23 03:14:15+01', 0.1, '\\x00ff')");
        execute(
                lost,
                DATABASE,
                "INSERT INTO customers VALUES (6000, NULL)",
                "UPDATE customers SET name = 'broken, \"so\"' WHERE id = 77",
                "DELETE FROM customers WHERE id = 5000");
        // What a server is set to, and whoever logs in, makes no row another one.
        execute(
                lost,
                "postgres",
                "ALTER DATABASE app SET DateStyle = 'German'",
                "ALTER DATABASE app SET extra_float_digits = 0");

        LostRows found = compare(Duration.ofMinutes(1));

        assertThat(found.tables())
                .containsExactly(new LostTable("public", "customers", List.of("id"), true, 1, 1, 1, 3, null));
        assertThat(found)
                .returns(true, LostRows::complete)
                .returns(1, LostRows::same)
                .returns(3L, LostRows::changed);
        assertThat(export("customers")).isEqualTo("""
                        "lost_change","id","name"
                        "deleted","5000","customer 5000"
                        "inserted","6000",
                        "updated","77","broken, ""so""\"
                        """);
        assertThat(Json.read("lost", bucket.text("recoveries/incident-1/lost.json"), LostRows.class))
                .isEqualTo(found);
    }

    @Test
    void aTableWithoutAPrimaryKeyIsComparedByWholeRowsAndTheirNumber() throws SQLException {
        both(
                "CREATE TABLE events (what text, n int)",
                "INSERT INTO events VALUES ('a', 1), ('a', 1), ('b', 2), ('ä', 3), (NULL, NULL)");
        execute(
                lost,
                DATABASE,
                "INSERT INTO events VALUES ('a', 1), (NULL, NULL)",
                "DELETE FROM events WHERE what = 'b'",
                "UPDATE events SET n = 4 WHERE what = 'ä'");

        LostTable events = compare(Duration.ofMinutes(1)).tables().get(0);

        assertThat(events).isEqualTo(new LostTable("public", "events", List.of(), true, 3, 0, 2, 5, null));
        assertThat(export("events").lines().skip(1))
                .containsExactlyInAnyOrder(
                        "\"inserted\",\"a\",\"1\"",
                        "\"inserted\",,",
                        "\"inserted\",\"ä\",\"4\"",
                        "\"deleted\",\"ä\",\"3\"",
                        "\"deleted\",\"b\",\"2\"");
    }

    @Test
    void keysOfSeveralColumnsPartitionsAndOddNamesAreCompared() throws SQLException {
        both(
                "CREATE SCHEMA \"odd.schema\"",
                "CREATE TABLE \"odd.schema\".\"a %s \"\"t\"\"?\" (\"k?\" text, k2 date, v json, g int GENERATED ALWAYS AS (length(\"k?\")) STORED,"
                        + " PRIMARY KEY (k2, \"k?\")) PARTITION BY RANGE (k2)",
                "CREATE TABLE \"odd.schema\".part PARTITION OF \"odd.schema\".\"a %s \"\"t\"\"?\" DEFAULT",
                "INSERT INTO \"odd.schema\".part (\"k?\", k2, v) VALUES ('x', '2026-11-23', '{\"a\": 1}'), ('y', '2026-11-24', NULL)");
        execute(lost, DATABASE, "UPDATE \"odd.schema\".part SET v = '{\"a\":  1}' WHERE \"k?\" = 'x'");

        LostRows found = compare(Duration.ofMinutes(1));

        assertThat(found.tables())
                .containsExactly(new LostTable("odd.schema", "part", List.of("k2", "k?"), true, 0, 1, 0, 1, null));
        assertThat(bucket.text("recoveries/incident-1/lost/odd.schema.part/part-00001.csv"))
                .isEqualTo(
                        "\"lost_change\",\"k?\",\"k2\",\"v\"\n\"updated\",\"x\",\"2026-11-23\",\"{\"\"a\"\":  1}\"\n");
    }

    @Test
    void tablesThatWereMadeDroppedOrChangedSinceAreSaid() throws SQLException {
        both(
                "CREATE TABLE changed (id int PRIMARY KEY, name text)",
                "INSERT INTO changed VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE dropped (id int)",
                "INSERT INTO dropped VALUES (1)");
        execute(
                lost,
                DATABASE,
                "DROP TABLE dropped",
                "CREATE TABLE made (id int)",
                "INSERT INTO made SELECT generate_series(1, 3)",
                "ALTER TABLE changed ADD COLUMN more int DEFAULT 7",
                "UPDATE changed SET name = 'zwei' WHERE id = 2");

        assertThat(compare(Duration.ofMinutes(1)).tables())
                .containsExactlyInAnyOrder(
                        new LostTable(
                                "public",
                                "changed",
                                List.of("id"),
                                true,
                                0,
                                1,
                                0,
                                1,
                                "Its columns were changed since; only those that both have were compared: id, name."),
                        new LostTable("public", "made", List.of(), true, 3, 0, 0, 3, "Only the lost database has it."),
                        new LostTable(
                                "public",
                                "dropped",
                                List.of(),
                                true,
                                0,
                                0,
                                1,
                                1,
                                "Only the restored database has it."));
    }

    @Test
    void whatUsersWriteIntoTheRestoredOneMeanwhileIsNoDifference() throws SQLException {
        both(
                "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                "INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 10) i",
                "CREATE TABLE events (what text)",
                "INSERT INTO events VALUES ('a')");
        execute(
                lost,
                DATABASE,
                "INSERT INTO customers VALUES (11, 'lost')",
                "DELETE FROM customers WHERE id = 1",
                "INSERT INTO events VALUES ('lost')");
        execute(
                second,
                DATABASE,
                "INSERT INTO customers VALUES (12, 'a new one'), (13, 'another')",
                "INSERT INTO events VALUES ('new')",
                "CREATE TABLE made_now (id int)",
                "INSERT INTO made_now VALUES (1)");

        assertThat(compare(Duration.ofMinutes(1)).tables())
                .containsExactlyInAnyOrder(
                        new LostTable("public", "customers", List.of("id"), true, 1, 0, 1, 2, null),
                        new LostTable("public", "events", List.of(), true, 1, 0, 0, 1, null),
                        new LostTable(
                                "public",
                                "made_now",
                                List.of(),
                                true,
                                0,
                                0,
                                0,
                                0,
                                "Only the restored database has it."));
    }

    @Test
    void whatTheTimeDoesNotDoForIsSaidAndNotMissing() throws SQLException {
        both("CREATE TABLE customers (id int PRIMARY KEY)");

        LostRows found = compare(Duration.ZERO);

        assertThat(found.complete()).isFalse();
        assertThat(found.tables())
                .containsExactly(LostTable.notCompared("public", "customers", "The time for comparing was up."));
    }

    @Test
    void aServerThatIsGoneIsAnErrorThatIsTriedAgain() {
        assertThatThrownBy(() -> new CompareLost(bucket.s3, bucket.name, Clock.systemUTC())
                        .compare(
                                SCOPE,
                                login(lost),
                                new PostgresLogin("127.0.0.1", 1, credentials(lost)),
                                3,
                                Duration.ofSeconds(5)))
                .isExactlyInstanceOf(DatabaseUnavailableException.class)
                .hasMessageStartingWith("What is lost cannot be compared: 08001: ");
    }

    @Test
    void whoIsConnectedWithTheLostDatabaseMayWriteWhatIsNotSeen() throws SQLException {
        both("CREATE TABLE customers (id int PRIMARY KEY)");
        LostRows found;
        try (Connection pastTheService = lost.connect(DATABASE)) {
            assertThat(pastTheService.isValid(1)).isTrue();
            found = compare(Duration.ofMinutes(1));
        }

        assertThat(found).returns(1, LostRows::clients).returns(false, LostRows::complete);
    }

    @Test
    void theSameAgainWritesTheSameObjects() throws SQLException {
        both("CREATE TABLE customers (id int PRIMARY KEY)");
        execute(lost, DATABASE, "INSERT INTO customers SELECT generate_series(1, 2000)");
        compare(Duration.ofMinutes(1));
        String before = export("customers");

        LostRows again = compare(Duration.ofMinutes(1));

        assertThat(export("customers")).isEqualTo(before);
        assertThat(again.changed()).isEqualTo(2000);
        assertThat(bucket.keys("recoveries/")).hasSize(2);
    }

    private LostRows compare(Duration limit) {
        return new CompareLost(bucket.s3, bucket.name, Clock.systemUTC())
                .compare(SCOPE, login(lost), login(second), nextXid, limit);
    }

    private String export(String table) {
        return bucket.text("recoveries/incident-1/lost/public." + table + "/part-00001.csv");
    }

    private static PostgresLogin login(RealPostgres server) {
        return new PostgresLogin(server.host(), server.port(), credentials(server));
    }

    private static Credentials credentials(RealPostgres server) {
        return new Credentials(server.superuser(), server.password());
    }

    private void both(String... statements) throws SQLException {
        execute(lost, DATABASE, statements);
        execute(second, DATABASE, statements);
        nextXid = nextXid(second);
    }

    private static long nextXid(RealPostgres server) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")) {
            row.next();
            return Long.parseLong(row.getString(1));
        }
    }

    private static void execute(RealPostgres server, String database, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
