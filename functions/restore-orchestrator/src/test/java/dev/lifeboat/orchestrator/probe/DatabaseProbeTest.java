package dev.lifeboat.orchestrator.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.orchestrator.application.ApplicationHealth;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class DatabaseProbeTest {
    private static final String ROLE = "probe_application";

    private RealPostgres postgres;
    private String database;
    private FakePlace place;
    private Credentials credentials = new Credentials(ROLE, "secret");
    private S3Client s3;
    private InvariantRecords records;

    @BeforeEach
    void openBucket(S3MockServer server) {
        String bucket = "backups-" + UUID.randomUUID();
        s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(r -> r.bucket(bucket));
        records = new InvariantRecords(new Journal(s3, bucket));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    @BeforeEach
    void open(RealPostgres server) throws SQLException {
        postgres = server;
        database = server.createDatabase();
        place = new FakePlace(server.port());
        execute(
                "postgres",
                "DO $$ BEGIN CREATE ROLE " + ROLE
                        + " LOGIN PASSWORD 'secret'; EXCEPTION WHEN duplicate_object THEN END $$");
    }

    @Test
    void aRowIsAnAnswer() throws SQLException {
        createUsers("INSERT INTO users VALUES (1), (2)");

        assertThat(look("SELECT 1 FROM users"))
                .returns("app", ProbeResult::target)
                .returns(true, ProbeResult::answering)
                .returns("The query returned a row.", ProbeResult::reason);
    }

    @Test
    void anEmptyTableIsNoAnswer() throws SQLException {
        createUsers();

        assertThat(look("SELECT 1 FROM users"))
                .returns(false, ProbeResult::answering)
                .returns("The query returned no row.", ProbeResult::reason);
    }

    @Test
    void aFreshDatabaseDoesNotAnswer() {
        assertThat(look("SELECT 1 FROM users"))
                .returns(false, ProbeResult::answering)
                .extracting(ProbeResult::reason)
                .asString()
                .startsWith("42P01: relation \"users\" does not exist");
    }

    @Test
    void aMissingDatabaseDoesNotAnswer() {
        database = "never_made";

        assertThat(look("SELECT 1"))
                .returns(false, ProbeResult::answering)
                .returns("3D000: database \"never_made\" does not exist", ProbeResult::reason);
    }

    @Test
    void aRoleThatWasLostWithTheDataDoesNotGetAnAnswer() {
        credentials = new Credentials("gone_with_the_data", "secret");

        assertThat(look("SELECT 1"))
                .returns(false, ProbeResult::answering)
                .extracting(ProbeResult::reason)
                .asString()
                .startsWith("28P01: ");
    }

    @Test
    void aRoleThatMayNotReadDoesNotGetAnAnswer() throws SQLException {
        execute(database, "CREATE TABLE users (id int)", "INSERT INTO users VALUES (1)");

        assertThat(look("SELECT 1 FROM users"))
                .returns(false, ProbeResult::answering)
                .returns("42501: permission denied for table users", ProbeResult::reason);
    }

    @Test
    void aServerThatIsGoneDoesNotAnswer() throws IOException {
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place.port = reserved.getLocalPort();
        }

        assertThat(look("SELECT 1")).returns(false, ProbeResult::answering);
    }

    @Test
    void noPodIsNoAnswer() {
        place.kubernetesAnswers = false;

        assertThat(look("SELECT 1"))
                .returns(false, ProbeResult::answering)
                .returns("Kubernetes is down. HINT: Wait.", ProbeResult::reason);
    }

    @Test
    void aQueryThatTakesTooLongIsNoAnswer() {
        assertThat(look("SELECT pg_sleep(30)"))
                .returns(false, ProbeResult::answering)
                .returns("57014: canceling statement due to statement timeout", ProbeResult::reason);
    }

    @Test
    void theProbeCannotWrite() throws SQLException {
        createUsers("GRANT INSERT ON users TO " + ROLE);

        assertThat(look("INSERT INTO users VALUES (1) RETURNING id"))
                .returns(false, ProbeResult::answering)
                .returns("25006: cannot execute INSERT in a read-only transaction", ProbeResult::reason);
    }

    @Test
    void aQueryThatIsNoSqlIsAFaultOfTheInstallation() {
        assertThatThrownBy(() -> look("SELEKT 1"))
                .isExactlyInstanceOf(MisconfiguredException.class)
                .hasMessage("The probe's query 'SELEKT 1' is no SQL: 42601: syntax error at or near"
                        + " \"SELEKT\". HINT: Correct the parameter ProbeQuery.");
    }

    @Test
    void aSecretThatCannotBeReadLeavesTheMetricMissingWhichBreachesToo() {
        TargetLogins logins = new TargetLogins(place, secret -> {
            throw new AwsUnavailableException("Secrets Manager is down.", "Wait.");
        });

        assertThatThrownBy(() -> new DatabaseProbe(logins).look(request("SELECT 1")))
                .isExactlyInstanceOf(AwsUnavailableException.class);
    }

    @Test
    void publishesTheMetricWithTheTargetAsItsOnlyDimension() throws Exception {
        createUsers("INSERT INTO users VALUES (1)");

        assertThat(publish("SELECT 1 FROM users").get("DatabaseAnswering").intValue())
                .isEqualTo(1);
        JsonNode none = publish("SELECT 1 FROM users WHERE false");
        assertThat(none.get("DatabaseAnswering").intValue()).isZero();
        assertThat(none.get("Target").textValue()).isEqualTo("app");
        assertThat(none.get("reason").textValue()).isEqualTo("The query returned no row.");
        JsonNode metrics = none.get("_aws").get("CloudWatchMetrics").get(0);
        assertThat(metrics.get("Namespace").textValue()).isEqualTo("Lifeboat");
        assertThat(metrics.get("Dimensions")).hasToString("[[\"Target\"]]");
    }

    @Test
    void howFarTheSlowestReplicaIsBehindIsNotMeasuredWhereThereIsNoSlot() throws Exception {
        createUsers("INSERT INTO users VALUES (1)");

        assertThat(look("SELECT 1 FROM users").replicationLagBytes()).isNull();
        assertThat(publish("SELECT 1 FROM users").has("ReplicationLag")).isFalse();
        // An error would look the same: the server takes the query, and knows of no slot.
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet lag = statement.executeQuery(DatabaseProbe.REPLICATION_LAG)) {
            assertThat(lag.next()).isTrue();
            assertThat(lag.getObject(1)).isNull();
        }
    }

    @Test
    void anInvariantThatIsViolatedIsMeasuredAndNamed() throws Exception {
        createUsers("INSERT INTO users VALUES (1), (1)");

        List<JsonNode> lines = publish(request(
                invariant("users are there", "SELECT count(*) FROM users", 1.0, null),
                invariant("ids are unique", "SELECT count(*) = count(DISTINCT id) FROM users", null, null),
                invariant("slow", "SELECT true FROM pg_sleep(30)", null, null)));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).get("InvariantsHolding").intValue()).isZero();
        assertThat(lines.get(1).get("Target").textValue()).isEqualTo("app");
        assertThat(lines.get(1).get("violated").textValue()).isEqualTo("ids are unique: The query says false.");
    }

    @Test
    void anInvariantSaysYesOrNoOrNothingAtAll() throws SQLException {
        createUsers("INSERT INTO users VALUES (1), (2)", "GRANT INSERT ON users TO " + ROLE);

        assertThat(ask("SELECT count(*) FROM users", 1.0, 2.0))
                .isEqualTo(new InvariantResult(
                        "i", Answer.YES, 2.0, "The query says 2, expected at least 1.0, at most 2.0."));
        assertThat(ask("SELECT 2.5", null, 2.0))
                .isEqualTo(new InvariantResult("i", Answer.NO, 2.5, "The query says 2.5, expected at most 2.0."));
        assertThat(ask("SELECT 1", null, null))
                .isEqualTo(new InvariantResult(
                        "i",
                        Answer.UNKNOWN,
                        null,
                        "The query says 1, expected true or false, or a number and bounds for it."));
        assertThat(ask("SELECT true FROM users WHERE false", null, null).answer())
                .isEqualTo(Answer.UNKNOWN);
        assertThat(ask("SELECT true FROM gone", null, null).reason()).startsWith("42P01: relation \"gone\" does not");
        assertThat(ask("SELECT true FROM pg_sleep(30)", null, null).reason())
                .isEqualTo("57014: canceling statement due to statement timeout.");
        assertThat(ask("INSERT INTO users VALUES (3) RETURNING true", null, null)
                        .reason())
                .isEqualTo("25006: cannot execute INSERT in a read-only transaction.");
    }

    @Test
    void whenAllInvariantsHeldLastIsRecordedWithThePositionInTheWal() throws SQLException {
        createUsers("INSERT INTO users VALUES (1), (2)");
        Invariant kept = new Invariant("users stay", "SELECT count(*) FROM users", null, null, true, 1);
        ProbeRequest request = request(kept, invariant("fine", "SELECT true", null, null));
        InvariantProbe probe = new InvariantProbe(logins(), () -> records);
        String before = text("SELECT pg_current_wal_insert_lsn()");

        assertThat(probe.look(request)).extracting(InvariantResult::answer).containsOnly(Answer.YES);

        InvariantRecord good = records.find(request.target()).orElseThrow();
        assertThat(good.holding()).isTrue();
        assertThat(good.numbers()).containsExactly(Map.entry("users stay", 2.0));
        assertThat(text("SELECT '" + good.lastGood().lsn() + "'::pg_lsn >= '" + before + "'::pg_lsn"))
                .isEqualTo("t");

        execute(database, "DELETE FROM users WHERE id = 2");
        assertThat(probe.look(request).get(0))
                .returns(Answer.NO, InvariantResult::answer)
                .returns("The query says 1, expected no less than the 2.0 of before.", InvariantResult::reason);
        assertThat(records.find(request.target()).orElseThrow())
                .returns(false, InvariantRecord::holding)
                .returns(good.lastGood(), InvariantRecord::lastGood);

        // What is not known ends no time that was good, and begins none.
        InvariantRecord unknown =
                after(probe, request(kept, invariant("slow", "SELECT true FROM pg_sleep(30)", null, null)), 3);
        assertThat(unknown.holding()).isNull();
        assertThat(unknown.lastGood()).isEqualTo(good.lastGood());
    }

    private InvariantRecord after(InvariantProbe probe, ProbeRequest request, int more) throws SQLException {
        execute(database, "INSERT INTO users VALUES (" + more + ")");
        probe.look(request);
        return records.find(request.target()).orElseThrow();
    }

    @Test
    void aBucketThatDoesNotAnswerHidesNoViolation() throws SQLException {
        createUsers("INSERT INTO users VALUES (1)");
        InvariantProbe probe = new InvariantProbe(logins(), () -> {
            throw new StorageUnavailableException("S3 is down.", "Wait.");
        });

        assertThat(probe.look(request(invariant("no user", "SELECT count(*) FROM users", null, 0.0))))
                .extracting(InvariantResult::answer)
                .containsExactly(Answer.NO);
    }

    @Test
    void twoInvariantsOfOneNameAreRefused() {
        assertThatThrownBy(() ->
                        request(invariant("a", "SELECT true", null, null), invariant("a", "SELECT false", null, null)))
                .hasMessage(
                        "Two invariants have the same name. HINT: Correct the parameter Invariants of template.yaml.");
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void invariantsThatTakeTooLongOrAreNoSingleStatementAreRefused() {
        assertThatThrownBy(() -> request(
                        new Invariant("a", "SELECT 1", 1.0, null, null, 10),
                        new Invariant("b", "SELECT 1", 1.0, null, null, 10),
                        new Invariant("c", "SELECT 1", 1.0, null, null, 6)))
                .hasMessageContaining("invariants[].timeoutSeconds, all together,");
        assertThatThrownBy(() -> invariant("two", "SELECT true; DELETE FROM users", null, null))
                .hasMessageContaining("Field 'sql' of invariant 'two' has a semicolon");
    }

    private InvariantResult ask(String sql, Double atLeast, Double atMost) {
        return new InvariantLooks(() -> logins().as(TestTargets.live(database), "application"), database, Map.of())
                .look(List.of(invariant("i", sql, atLeast, atMost)))
                .get(0);
    }

    private static Invariant invariant(String name, String sql, Double atLeast, Double atMost) {
        return new Invariant(name, sql, atLeast, atMost, null, 1);
    }

    private ProbeRequest request(Invariant... invariants) {
        return new ProbeRequest(
                TestTargets.live(database), "application", "SELECT 1 FROM users", List.of(invariants), "off");
    }

    private JsonNode publish(String query) throws IOException {
        return publish(request(query)).get(0);
    }

    /** The lines that are printed for CloudWatch. */
    private List<JsonNode> publish(ProbeRequest request) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T03:15:00Z"), ZoneOffset.UTC);
        ProbeHandler handler = new ProbeHandler(
                new DatabaseProbe(logins()),
                new InvariantProbe(logins(), () -> records),
                new ClusterProbe(
                        cluster -> {
                            throw new AwsUnavailableException("EKS is down.", "Wait.");
                        },
                        cluster -> {
                            throw new AssertionError("Nothing is asked of a cluster that EKS said nothing of");
                        }),
                new BackupJobProbe(cluster -> {
                    throw new KubernetesUnavailableException("Cluster " + cluster + " is down.", "Wait.");
                }),
                new WalArchiveProbe(
                        () -> {
                            throw new AssertionError("Nothing is archived, so nobody asks");
                        },
                        clock),
                new ApplicationProbe(
                        new ApplicationHealth(
                                cluster -> {
                                    throw new KubernetesUnavailableException(
                                            "Cluster " + cluster + " is down.", "Wait.");
                                },
                                clock),
                        () -> {
                            throw new AssertionError("Nothing was seen, so nothing is recorded");
                        }),
                () -> EmbeddedMetrics.to(out, clock),
                (question, readiness) -> {});
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Json.write(request)), answer, null);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }

    private ProbeResult look(String query) {
        return new DatabaseProbe(logins()).look(request(query));
    }

    private TargetLogins logins() {
        return new TargetLogins(place, secret -> credentials);
    }

    private ProbeRequest request(String query) {
        return new ProbeRequest(TestTargets.live(database), "application", query, List.of(), "off");
    }

    private void createUsers(String... more) throws SQLException {
        execute(database, "CREATE TABLE users (id int)", "GRANT SELECT ON users TO " + ROLE);
        execute(database, more);
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
