package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.application.ApplicationHealth.Seen;
import dev.lifeboat.orchestrator.application.ApplicationResults.RolledBackAll;
import dev.lifeboat.orchestrator.application.ApplicationResults.Rollout;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.testsupport.NeedsKubernetes;
import dev.lifeboat.testsupport.RealKubernetes;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The application of {@code k8s/} on a real control plane with kwok's nodes, and the function RecoverApplication, event by event, with the
 * rights that {@code k8s/rbac.yaml} gives it and no others.
 */
@NeedsKubernetes(controllers = true)
@ExtendWith(S3MockExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollBackKubernetesTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String NAMESPACE = "cloudtolocalllm";
    private static final String BUCKET = "rollback-kubernetes";
    private static final String RECOVERY = "lifeboat:recovery";
    private static final String PROBE = "lifeboat:probe";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Two nodes, and volumes that stand for EBS': the claims of k8s/ name no class, and a cluster of its own has none. */
    private static final String VOLUMES = """
            {apiVersion: v1, kind: PersistentVolume, metadata: {name: data}, spec: {capacity: {storage: 20Gi},
              accessModes: [ReadWriteOnce], hostPath: {path: /none},
              claimRef: {namespace: cloudtolocalllm, name: data-postgres-0, kind: PersistentVolumeClaim, apiVersion: v1}}}
            ---
            {apiVersion: v1, kind: PersistentVolume, metadata: {name: backups}, spec: {capacity: {storage: 20Gi},
              accessModes: [ReadWriteOnce], hostPath: {path: /none},
              claimRef: {namespace: cloudtolocalllm, name: postgres-backups, kind: PersistentVolumeClaim, apiVersion: v1}}}
            """;

    private static RealKubernetes kubernetes;
    private static HttpServer outside;
    private static S3Client s3;
    private static HealthyRevisions records;

    @BeforeAll
    static void start(S3MockServer storage) throws IOException {
        s3 = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(storage.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
        s3.createBucket(r -> r.bucket(BUCKET));
        records = new HealthyRevisions(new Journal(s3, BUCKET), Clock.systemUTC());
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        outside.start();
        kubernetes = RealKubernetes.start(RECOVERY, PROBE);
        kubernetes.startControllers(List.of("node-a", "node-b"));
        kubernetes.kubectl(VOLUMES, "create", "-f", "-").orFail();
        kubernetes
                .kubectl(Files.readString(ROOT.resolve("k8s/namespace.yaml")), "create", "-f", "-")
                .orFail();
        kubernetes
                .kubectl(
                        Files.readString(ROOT.resolve("k8s/secrets.yaml.template")),
                        "create",
                        "--namespace=" + NAMESPACE,
                        "-f",
                        "-")
                .orFail();
        kubernetes
                .kubectl("", "apply", "--server-side", "--kustomize=" + ROOT.resolve("k8s"))
                .orFail();
        await("the application's first rollout", () -> see().settled());
    }

    @AfterAll
    static void stop() {
        if (kubernetes != null) {
            kubernetes.close();
        }
        if (outside != null) {
            outside.stop(0);
        }
        if (s3 != null) {
            s3.close();
        }
    }

    @Test
    @Order(1)
    void aBadImageIsRolledBackToTheRevisionThatTheProbeSawHealthy() throws IOException {
        recordHealthy();
        assertThat(assess(3).decision()).isEqualTo(ApplicationDecision.NOT_NEEDED);

        deploy("cloudtolocalllm/cloudtolocalllm-api:withdrawn");
        await("a pod that cannot pull its image", () -> !see().healthy());
        assertThat(see().reason()).contains("ImagePullBackOff");

        ApplicationAssessment assessment = assess(3);
        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(assessment.rollBacks()).singleElement().satisfies(back -> {
            assertThat(back.deployment()).isEqualTo("api-backend");
            assertThat(back.fromRevision()).isEqualTo(2);
            assertThat(back.fromImages()).containsExactly("cloudtolocalllm/cloudtolocalllm-api:withdrawn");
            assertThat(back.toRevision()).isEqualTo(1);
            assertThat(back.toImages()).containsExactly("cloudtolocalllm/cloudtolocalllm-api:latest");
        });
        String stable = deployed("api-backend", "{.metadata.uid}");

        RolledBackAll first = rollBack(3, assessment);
        assertThat(first.deployments())
                .singleElement()
                .satisfies(each -> assertThat(each.changed()).isTrue());
        assertThat(rollBack(3, assessment).deployments())
                .as("started again after it died")
                .singleElement()
                .satisfies(each -> assertThat(each.changed()).isFalse());
        assertThatExceptionOfType(FencedOffException.class)
                .as("an older recovery that still runs")
                .isThrownBy(() -> rollBack(2, assessment));

        await(
                "the rollout",
                () -> call(new ApplicationRequest.RolloutStatus(scope(3)), Rollout.class)
                        .complete());
        Instant[] wellSince = new Instant[1];
        await("it to be well for long enough", () -> {
            Verified verified = call(new ApplicationRequest.Verify(scope(3), wellSince[0]), Verified.class);
            wellSince[0] = verified.wellSince();
            return verified.held();
        });
        assertThat(deployed("api-backend", "{.spec.template.spec.containers[0].image}"))
                .isEqualTo("cloudtolocalllm/cloudtolocalllm-api:latest");
        assertThat(deployed("api-backend", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"))
                .as("the controller counts on")
                .isEqualTo("3");
        assertThat(deployed("api-backend", "{.metadata.annotations.kubernetes\\.io/change-cause}"))
                .isEqualTo("Lifeboat rolled back to revision 1 for application-cloudtolocalllm-20261127T000000Z");
        assertThat(deployed("api-backend", "{.metadata.uid}")).isEqualTo(stable);
        assertThat(deployed("web-app", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"))
                .as("what did not fail")
                .isEqualTo("1");
        assertThat(assess(3)).satisfies(after -> {
            assertThat(after.decision()).isEqualTo(ApplicationDecision.NOT_NEEDED);
            assertThat(after.acted()).as("it was this incident").isTrue();
        });
    }

    @Test
    @Order(2)
    void aNodeIsLeftPodByPodAsTheDisruptionBudgetsAllow() throws IOException {
        Failover.Cordoned cordoned = call(new ApplicationRequest.Cordon(scope(4), target()), Failover.Cordoned.class);
        assertThat(cordoned.pods()).hasSizeGreaterThanOrEqualTo(2);

        Failover.Progress[] progress = {new Failover.Progress(false, cordoned.pods(), 0, 0, 0, null, 0, "It begins.")};
        await("every pod to run elsewhere", () -> {
            progress[0] = call(
                    new ApplicationRequest.Evict(scope(4), target(), cordoned.node(), progress[0]),
                    Failover.Progress.class);
            return progress[0].done();
        });
        assertThat(progress[0].failed()).isZero();
        assertThat(kubernetes
                        .kubectl(
                                "",
                                "get",
                                "pods",
                                "--namespace=" + NAMESPACE,
                                "--selector=app.kubernetes.io/name in (web-app, api-backend)",
                                "--field-selector=spec.nodeName=" + cordoned.node(),
                                "--output=name")
                        .orFail()
                        .output())
                .isEmpty();

        assertThat(call(new ApplicationRequest.Uncordon(scope(4), target()), Failover.Uncordoned.class)
                        .nodes())
                .containsExactly(cordoned.node());
        assertThat(kubernetes
                        .kubectl("", "get", "node", cordoned.node(), "--output=jsonpath={.spec.unschedulable}")
                        .orFail()
                        .output())
                .isEmpty();
    }

    /** As the probe does each minute; healthy is what has been for a second, here. */
    private static void recordHealthy() {
        await("the revisions to be recorded", () -> {
            Seen seen = see();
            records.well(target(), seen.inUse());
            return seen.inUse().entrySet().stream()
                    .allMatch(each -> records.find(
                                    target(),
                                    each.getKey(),
                                    each.getValue().revision().fingerprint())
                            .isPresent());
        });
        // A creation has no fractions of a second: what was recorded within it may seem younger than what is deployed
        // next.
        pause(Duration.ofSeconds(1));
    }

    private static Seen see() {
        return new ApplicationHealth(cluster -> connection(PROBE), Clock.systemUTC()).look(target());
    }

    private static void deploy(String image) {
        kubernetes
                .kubectl(
                        "",
                        "set",
                        "image",
                        "deployment/api-backend",
                        "api-backend=" + image,
                        "--namespace=" + NAMESPACE)
                .orFail();
    }

    private static String deployed(String deployment, String path) {
        return kubernetes
                .kubectl("", "get", "deployment", deployment, "--namespace=" + NAMESPACE, "--output=jsonpath=" + path)
                .orFail()
                .output();
    }

    private static ApplicationAssessment assess(long token) {
        return call(new ApplicationRequest.Assess(scope(token), List.of()), ApplicationAssessment.class);
    }

    private static RolledBackAll rollBack(long token, ApplicationAssessment assessment) {
        return call(new ApplicationRequest.RollBack(scope(token), assessment.rollBacks()), RolledBackAll.class);
    }

    /** Through the function's own door: from one JSON to another. */
    private static <T> T call(ApplicationRequest request, Class<T> answer) {
        RecoverApplicationHandler handler = new RecoverApplicationHandler(
                new ApplicationRecovery(cluster -> connection(RECOVERY), scope -> {}, Clock.systemUTC()),
                new AssessApplication(
                        cluster -> connection(RECOVERY), () -> records, asked -> Found.NOT_ASKED, Clock.systemUTC()),
                null,
                new Failover(cluster -> connection(RECOVERY), scope -> {}, Clock.systemUTC(), Failover::pause),
                null,
                (question, readiness) -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(Json.write(request)), out, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Json.read("an answer", out.toString(StandardCharsets.UTF_8), answer);
    }

    private static ClusterConnection connection(String group) {
        return new ClusterConnection(
                "cloudtolocalllm-eks",
                kubernetes.endpoint().toString(),
                kubernetes.certificateAuthority(),
                () -> kubernetes.token(group));
    }

    private static RecoveryScope scope(long token) {
        return new RecoveryScope("application-cloudtolocalllm-20261127T000000Z", target(), token);
    }

    private static Target target() {
        return new Target(
                NAMESPACE,
                Target.Purpose.LIVE,
                "cloudtolocalllm-eks",
                NAMESPACE,
                "postgres",
                "cloudtolocalllm",
                "cloudtolocalllm",
                "cloudtolocalllm/database-admin",
                List.of("web-app", "api-backend"),
                List.of("http://127.0.0.1:" + outside.getAddress().getPort() + "/health"),
                null,
                null,
                null,
                new ApplicationPolicy(null, 1, null, null, null, null));
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "Waited " + PATIENCE.toSeconds() + " s in vain for " + what + ":\n" + kubernetes.logs());
            }
            pause(Duration.ofMillis(200));
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
