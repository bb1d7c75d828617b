package dev.lifeboat.orchestrator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.aws.EksClusters;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.orchestrator.application.ApplicationHealth;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.probe.ClusterProbe.Seen;
import dev.lifeboat.testsupport.BlackHole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/** One server is EKS and the API server: it answers word for word what it is told. */
final class ClusterProbeTest {
    private static final String EKS = "/clusters/cluster";
    private static final String READY = "{\"type\": \"Ready\", \"status\": \"True\"}";
    private static final String GONE = "{\"type\": \"Ready\", \"status\": \"Unknown\"}";

    private final Map<String, Answers> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private EksClient eks;
    private String api;

    /** Closes the connection without a word when the status is 0. */
    private record Answers(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", exchange -> {
            Answers answer = answers.getOrDefault(exchange.getRequestURI().getPath(), new Answers(501, "{}"));
            if (answer.status() != 0) {
                byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        api = "http://127.0.0.1:" + server.getAddress().getPort();
        eks = EksClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .endpointOverride(URI.create(api))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        on(EKS, 200, "{\"cluster\": {\"name\": \"cluster\", \"status\": \"ACTIVE\"}}");
        on("/readyz", 200, "ok");
        nodes(READY, GONE);
    }

    @AfterEach
    void stop() {
        eks.close();
        server.stop(0);
    }

    private void on(String path, int status, String body) {
        answers.put(path, new Answers(status, body));
    }

    private void nodes(String... conditions) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < conditions.length; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"apiVersion\": \"v1\", \"kind\": \"Node\", \"metadata\": {\"name\": \"n" + i
                            + "\"}, \"status\": {\"conditions\": [" + conditions[i] + "]}}");
        }
        on(
                "/api/v1/nodes",
                200,
                "{\"apiVersion\": \"v1\", \"kind\": \"NodeList\", \"metadata\": {}, \"items\": [" + items + "]}");
    }

    private Function<String, Optional<String>> eks() {
        return new EksClusters(
                eks, StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")), Region.US_EAST_1)::status;
    }

    private ClusterConnection connection(String cluster) {
        return new ClusterConnection(cluster, api, null, () -> "token");
    }

    private Seen look() {
        return new ClusterProbe(eks(), this::connection)
                .begin(TestTargets.live("app"))
                .await();
    }

    @Test
    void aClusterWithANodeThatIsReadyIsAvailable() {
        assertThat(look()).isEqualTo(new Seen(Answer.YES, "The API server answers, and 1 of 2 nodes are ready."));
    }

    @Test
    void aClusterWithoutANodeThatIsReadyIsLost() {
        nodes(GONE, GONE);
        assertThat(look()).isEqualTo(new Seen(Answer.NO, "The API server answers, and 0 of 2 nodes are ready."));
        nodes();
        assertThat(look().available()).isEqualTo(Answer.NO);
    }

    @Test
    void aClusterThatEksDoesNotKnowIsLost() {
        on(EKS, 404, "{\"__type\": \"ResourceNotFoundException\", \"message\": \"No cluster found.\"}");
        assertThat(look()).isEqualTo(new Seen(Answer.NO, "EKS does not know cluster cluster."));
    }

    @ParameterizedTest
    @CsvSource({"FAILED, NO", "DELETING, NO", "CREATING, UNKNOWN", "HIBERNATING, UNKNOWN", "UPDATING, YES"})
    void whatEksCallsItCounts(String status, Answer expected) {
        on(EKS, 200, "{\"cluster\": {\"name\": \"cluster\", \"status\": \"" + status + "\"}}");
        assertThat(look().available()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException",
        "403, AccessDeniedException",
        "429, TooManyRequestsException",
        "500, ServerException",
        "503, ServiceUnavailableException",
        "0, none"
    })
    void eksThatDoesNotSayIsNoLostCluster(int status, String type) {
        on(EKS, status, "{\"__type\": \"" + type + "\", \"message\": \"no\"}");
        // Not even when the API server does not answer: its address may be an old one.
        on("/readyz", 503, "");
        assertThat(look().available()).isEqualTo(Answer.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void anApiServerThatRefusesIsThere(int status) {
        on("/readyz", status, "{\"kind\": \"Status\", \"code\": " + status + ", \"message\": \"no\"}");
        assertThat(look())
                .returns(Answer.YES, Seen::available)
                .extracting(Seen::reason)
                .asString()
                .startsWith("The API server is there, and refuses: Cannot ask for /readyz in cluster cluster: ");
    }

    @Test
    void nodesThatMayNotBeListedAreNoLostNodes() {
        on("/api/v1/nodes", 403, "{\"kind\": \"Status\", \"code\": 403, \"message\": \"nodes is forbidden\"}");
        assertThat(look())
                .returns(Answer.YES, Seen::available)
                .extracting(Seen::reason)
                .asString()
                .contains("says nothing of its nodes", "nodes is forbidden");
    }

    @ParameterizedTest
    @CsvSource({"500, NO", "503, NO", "0, NO", "429, UNKNOWN"})
    void anApiServerThatIsNotReadyIsLostAndOneThatIsBusyIsNot(int status, Answer expected) {
        on("/readyz", status, "{\"kind\": \"Status\", \"code\": " + status + ", \"message\": \"etcd failed\"}");
        assertThat(look().available()).isEqualTo(expected);
    }

    @Test
    void nodesThatAreNotTold() {
        on("/api/v1/nodes", 500, "{}");
        assertThat(look().available()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aPortThatNobodyListensAtIsALostApiServer() throws IOException {
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            api = "http://127.0.0.1:" + reserved.getLocalPort();
        }
        assertThat(look().available()).isEqualTo(Answer.NO);
    }

    @Test
    void aNameThatCannotBeResolvedSaysNothing() {
        api = "https://api.example.invalid";
        assertThat(look().available()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void anApiServerThatIsSilentIsLostWellWithinTheProbesMinute() throws IOException {
        try (BlackHole hole = BlackHole.before("127.0.0.1", server.getAddress().getPort())) {
            hole.swallow();
            api = "http://127.0.0.1:" + hole.port();
            long start = System.nanoTime();

            assertThat(look().available()).isEqualTo(Answer.NO);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ClusterProbe.LIMIT);
        }
    }

    @Test
    void aLookThatIsNotBackInTimeKnowsNothing() {
        Seen seen = new ClusterProbe(
                        cluster -> {
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Optional.empty();
                        },
                        this::connection,
                        Duration.ofMillis(200))
                .begin(TestTargets.live("app"))
                .await();

        assertThat(seen.available()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatIsKnownIsMeasuredWhateverTheLookAtTheDatabaseLacks() throws Exception {
        assertThat(publish()).contains("\"ClusterAvailable\":1").contains("\"Target\":\"app\"");
        nodes(GONE);
        assertThat(publish())
                .contains("\"ClusterAvailable\":0")
                .contains("\"reason\":\"The API server answers, and 0 of 1 nodes are ready.\"");
    }

    @Test
    void whatIsUnknownIsNotMeasured() throws Exception {
        on(EKS, 503, "{}");
        assertThat(publish()).doesNotContain("ClusterAvailable");
    }

    /** What is printed for CloudWatch while Secrets Manager is down, so that nothing can be asked of the database. */
    private String publish() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        TargetLogins logins = new TargetLogins(new FakePlace(1), secret -> {
            throw new AwsUnavailableException("Secrets Manager is down.", "Wait.");
        });
        ProbeHandler handler = new ProbeHandler(
                new DatabaseProbe(logins),
                new InvariantProbe(logins, () -> {
                    throw new AssertionError("Nothing is asked of a database that does not answer");
                }),
                new ClusterProbe(eks(), this::connection),
                new BackupJobProbe(this::down),
                new WalArchiveProbe(
                        () -> {
                            throw new AssertionError("Nothing is archived, so nobody asks");
                        },
                        Clock.systemUTC()),
                new ApplicationProbe(new ApplicationHealth(this::down, Clock.systemUTC()), () -> {
                    throw new AssertionError("Nothing was seen, so nothing is recorded");
                }),
                () -> EmbeddedMetrics.to(out, Clock.systemUTC()),
                (question, readiness) -> {});
        byte[] event =
                Json.write(new ProbeRequest(TestTargets.live("app"), "application", "SELECT 1", List.of(), "off"));
        try {
            handler.handleRequest(new ByteArrayInputStream(event), new ByteArrayOutputStream(), null);
            throw new AssertionError("The probe lacks its secret, and says so");
        } catch (AwsUnavailableException | IOException expected) {
            return printed.toString(StandardCharsets.UTF_8);
        }
    }

    private ClusterConnection down(String cluster) {
        throw new KubernetesUnavailableException("Cluster " + cluster + " is down.", "Wait.");
    }
}
