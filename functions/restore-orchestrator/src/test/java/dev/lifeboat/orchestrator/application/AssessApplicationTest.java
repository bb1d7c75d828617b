package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3MockExtension.class)
class AssessApplicationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String BUCKET = "assess-application";
    private static final ApplicationPolicy POLICY = ApplicationPolicy.DEFAULT;

    // Held here: the log manager forgets the level of a logger that nobody refers to.
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private KubernetesMockServer server;
    private KubernetesClient client;
    private HttpServer outside;
    private int status = 200;
    private ApplicationPolicy policy = POLICY;
    private S3Client s3;
    private HealthyRevisions records;
    private String target;
    private final List<String> deployments = new ArrayList<>();

    @BeforeEach
    void start(S3MockServer storage) throws IOException {
        target = "shop-" + UUID.randomUUID().toString().substring(0, 8);
        s3 = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(storage.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
        if (s3.listBuckets().buckets().stream()
                .noneMatch(bucket -> bucket.name().equals(BUCKET))) {
            s3.createBucket(r -> r.bucket(BUCKET));
        }
        records = new HealthyRevisions(new Journal(s3, BUCKET), Clock.fixed(NOW, ZoneOffset.UTC));
        MOCK_LOG.setLevel(Level.WARNING);
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        client = server.createClient();
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        outside.start();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("postgres")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "postgres"))
                        .endSpec()
                        .build())
                .create();
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
        create(pod("postgres-0", "postgres", null, true, null));
    }

    @AfterEach
    void stop() {
        s3.close();
        outside.stop(0);
        client.close();
        server.destroy();
    }

    @Test
    void anApplicationThatServesAndAnswersNeedsNothing() {
        deploy("web", true, 1);
        create(pod("web-1", "web", "web-1", true, null));

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.NOT_NEEDED);
        assertThat(assessment.rejected()).hasSize(ApplicationDecision.values().length - 1);
        assertThat(assessment.acted()).isFalse();
    }

    @Test
    void aRevisionWhoseImageCannotBePulledIsRolledBackToTheLastOneThatWasRecorded() {
        deploy("web", false, 4);
        healthy("web", 1);
        healthy("web", 2);
        create(pod("web-3", "web", "web-2", true, null), pod("web-4", "web", "web-4", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(assessment.reason()).startsWith("web: It fails, was never seen healthy, and an older revision was.");
        assertThat(assessment.rollBacks()).singleElement().satisfies(back -> {
            assertThat(back.fromRevision()).isEqualTo(4);
            assertThat(back.toRevision()).as("3 was never recorded").isEqualTo(2);
            assertThat(back.toImages()).containsExactly("shop/web:2");
        });
    }

    @Test
    void whatWasTriedInVainIsNotTriedAgain() {
        deploy("web", false, 3);
        healthy("web", 1);
        healthy("web", 2);
        create(pod("web-4", "web", "web-3", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = assess(new TriedRevision("web", fingerprint("web", 2)));

        assertThat(assessment.rollBacks()).extracting(RollBackTo::toRevision).containsExactly(1L);
        assertThat(assess(
                                new TriedRevision("web", fingerprint("web", 2)),
                                new TriedRevision("web", fingerprint("web", 1)))
                        .decision())
                .isEqualTo(ApplicationDecision.EXAMINE);
    }

    @Test
    void aRevisionThatNobodySawHealthyIsNoWayBack() {
        deploy("web", false, 2);
        create(pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.EXAMINE);
    }

    @Test
    void aRevisionThatWasHealthyIsRestartedOnceWhenItsDatabaseIsBack() {
        deploy("web", true, 2);
        healthy("web", 1);
        healthy("web", 2);
        create(pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.RESTART);
        assertThat(assessment.restarts()).containsExactly("web");
    }

    @Test
    void withoutTheDatabaseTheApplicationIsNotTouched() {
        client.pods().inNamespace("shop").withName("postgres-0").delete();
        deploy("web", false, 2);
        healthy("web", 1);
        create(pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.RECOVER_DATABASE);
    }

    @Test
    void withoutAReadyNodeItIsTheCluster() {
        client.nodes().withName("n1").delete();
        deploy("web", false, 1);

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.RECOVER_CLUSTER);
    }

    @Test
    void twoDeploymentsOfOneReleaseGoBackTogetherAndNotAtAllWhenOneCannot() {
        deploy("web", true, 2);
        deploy("api", false, 2);
        healthy("web", 1);
        healthy("api", 1);
        create(pod("web-2", "web", "web-2", true, null), pod("api-2", "api", "api-2", false, "ImagePullBackOff"));

        assertThat(assess().rollBacks()).extracting(RollBackTo::deployment).containsExactly("api", "web");

        ApplicationAssessment oneCannot = assess(new TriedRevision("web", fingerprint("web", 1)));
        assertThat(oneCannot.decision()).isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(oneCannot.reason())
                .isEqualTo(
                        "api: It was deployed together with web, which cannot go back: each alone would be a version that never ran.");
    }

    @Test
    void whatWasHealthyBeforeTheFailingRevisionWasMadeStays() {
        deploy("web", true, 1);
        deploy("api", false, 2);
        healthy("web", 1);
        healthy("api", 1);
        create(pod("web-1", "web", "web-1", true, null), pod("api-2", "api", "api-2", false, "ImagePullBackOff"));

        assertThat(assess().rollBacks()).extracting(RollBackTo::deployment).containsExactly("api");
    }

    @Test
    void aPausedRolloutIsSomebodys() {
        deploy("web", false, 2);
        healthy("web", 1);
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found ->
                        found.edit().editSpec().withPaused(true).endSpec().build());
        create(pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.RESUME);
    }

    @Test
    void whatGitHasIsChangedInGitUnlessThePolicySaysOtherwise() {
        deploy("web", false, 2);
        healthy("web", 1);
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToAnnotations("argocd.argoproj.io/tracking-id", "storefront:apps/Deployment:shop/web")
                        .endMetadata()
                        .build());
        create(pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        ApplicationAssessment told = assess();
        policy = new ApplicationPolicy(ApplicationPolicy.GitOps.ROLLBACK, null, null, null, null, null);

        assertThat(told.decision()).isEqualTo(ApplicationDecision.REVERT_IN_GIT);
        assertThat(told.reason()).contains("It is managed by Argo CD (storefront)");
        assertThat(assess().decision()).isEqualTo(ApplicationDecision.ROLL_BACK);
    }

    @Test
    void aRollBackBelowTheDatabasesSchemaIsRefused() {
        policy = new ApplicationPolicy(null, null, null, null, "SELECT max(version) FROM migrations", null);
        deploy("web", false, 2);
        healthy("web", 1);
        create(pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        assertThat(assess("41").decision()).as("the image's is 41 as well").isEqualTo(ApplicationDecision.ROLL_BACK);
        ApplicationAssessment refused = assess("42");
        assertThat(refused.decision()).isEqualTo(ApplicationDecision.KEEP_SCHEMA);
        assertThat(refused.reason()).endsWith("The older revision is of schema 41, the database of 42.");
        assertThat(assess("unknown").decision()).isEqualTo(ApplicationDecision.KEEP_SCHEMA);
    }

    @Test
    void whatKubernetesSeesWellAndUsersDoNotIsTheRoutesWhenItWasHealthyBefore() {
        deploy("web", true, 1);
        healthy("web", 1);
        create(pod("web-1", "web", "web-1", true, null));
        status = 503;

        ApplicationAssessment assessment = assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.CHECK_ROUTE);
        assertThat(assessment.reason()).endsWith("/health: answers 503, expected 200");
    }

    @Test
    void withoutKubernetesItIsLookedAtAgain() {
        deploy("web", true, 1);
        server.destroy();

        assertThat(assess().decision()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
    }

    private ApplicationAssessment assess(TriedRevision... tried) {
        return assess("41", tried);
    }

    private ApplicationAssessment assess(String schema, TriedRevision... tried) {
        String endpoint = client.getMasterUrl().toString();
        return new AssessApplication(
                        cluster -> new ClusterConnection(cluster, endpoint, null, () -> "token"),
                        () -> records,
                        asked -> asked.policy().schemaQuery() == null ? Found.NOT_ASKED : new Found(true, schema, null),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .assess(new RecoveryScope("incident", target(), 3), List.of(tried));
    }

    private Target target() {
        return new Target(
                target,
                Target.Purpose.LIVE,
                "shop-eks",
                "shop",
                "postgres",
                "shop",
                "shop",
                "shop/admin",
                deployments,
                List.of("http://127.0.0.1:" + outside.getAddress().getPort() + "/health"),
                null,
                null,
                null,
                policy);
    }

    private void create(Pod... pods) {
        for (Pod pod : pods) {
            client.resource(pod).create();
        }
    }

    /** As the probe would have, over more than a minute. */
    private void healthy(String deployment, int revision) {
        Revision seen = new Revision(
                revision,
                deployment + "-" + revision,
                fingerprint(deployment, revision),
                List.of("shop/" + deployment + ":" + revision),
                NOW,
                Map.of());
        for (int seconds : new int[] {0, 30, 61}) {
            new HealthyRevisions(
                            new Journal(s3, BUCKET),
                            Clock.fixed(created(revision).plusSeconds(seconds), ZoneOffset.UTC))
                    .well(target(), Map.of(deployment, seen));
        }
    }

    private String fingerprint(String deployment, int revision) {
        try (KubernetesAccess access = KubernetesAccess.open(
                new ClusterConnection("shop-eks", client.getMasterUrl().toString(), null, () -> "token"))) {
            WorkloadState state = access.rollOuts().state("shop", deployment);
            return Stream.concat(Stream.of(state.current()), state.earlier().stream())
                    .filter(each -> each.number() == revision)
                    .findFirst()
                    .orElseThrow()
                    .fingerprint();
        }
    }

    private static Instant created(int revision) {
        return NOW.minusSeconds(3600).plusSeconds(300L * revision);
    }

    private void deploy(String name, boolean rolledOut, int revisions) {
        deployments.add(name);
        Deployment deployment =
                client.resource(deployment(name, rolledOut, revisions)).create();
        for (int revision = 1; revision <= revisions; revision++) {
            client.resource(new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName(name + "-" + revision)
                            .withLabels(Map.of("app", name))
                            .withCreationTimestamp(created(revision).toString())
                            .addToAnnotations("deployment.kubernetes.io/revision", Integer.toString(revision))
                            .addNewOwnerReference()
                            .withKind("Deployment")
                            .withUid(deployment.getMetadata().getUid())
                            .endOwnerReference()
                            .endMetadata()
                            .withNewSpec()
                            .withTemplate(template(name, revision))
                            .endSpec()
                            .build())
                    .create();
        }
    }

    private static PodTemplateSpec template(String name, int revision) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .withAnnotations(Map.of("lifeboat.dev/schema-version", "41"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("shop/" + name + ":" + revision)
                .endContainer()
                .endSpec()
                .build();
    }

    private static Deployment deployment(String name, boolean rolledOut, int revision) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withTemplate(template(name, revision))
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(100L)
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .withAvailableReplicas(1)
                .addNewCondition()
                .withType("Progressing")
                .withStatus(rolledOut ? "True" : "False")
                .withReason(rolledOut ? "NewReplicaSetAvailable" : "ProgressDeadlineExceeded")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod pod(String name, String application, String replicaSet, boolean ready, String waiting) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of("app", application))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus();
        if (replicaSet != null) {
            pod.editMetadata()
                    .addNewOwnerReference()
                    .withKind("ReplicaSet")
                    .withName(replicaSet)
                    .endOwnerReference()
                    .endMetadata();
        }
        return waiting == null
                ? pod.build()
                : pod.editStatus()
                        .addNewContainerStatus()
                        .withName("main")
                        .withReady(false)
                        .withNewState()
                        .withNewWaiting()
                        .withReason(waiting)
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }
}
