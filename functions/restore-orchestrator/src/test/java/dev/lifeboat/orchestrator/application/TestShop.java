package dev.lifeboat.orchestrator.application;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.HealthyRevisions.InUse;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.testsupport.S3MockServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A cluster with a shop in it, as its API server holds it; what its containers print; where its health is asked; and what is recorded of it. */
public final class TestShop implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String BUCKET = "assess-application";

    // Held here: the log manager forgets the level of a logger that nobody refers to.
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    public final KubernetesClient client;
    final S3Client s3;
    final HealthyRevisions records;
    final String name = "shop-" + UUID.randomUUID().toString().substring(0, 8);
    /** What a pod's container prints, by the pod's name. */
    public final Map<String, String> logs = new ConcurrentHashMap<>();
    /** How often a disruption budget still refuses to let a pod go, by the pod's name. */
    final Map<String, Integer> refusals = new ConcurrentHashMap<>();

    public volatile int status = 200;
    /** What an eviction leads to, besides the pod's end. */
    volatile Runnable evicted = () -> {};

    public ApplicationPolicy policy = ApplicationPolicy.DEFAULT;

    private final KubernetesMockServer server;
    private final HttpServer outside;
    private final List<String> deployments = new ArrayList<>();

    public TestShop(S3MockServer storage) {
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
        records = records(CLOCK);
        MOCK_LOG.setLevel(Level.WARNING);
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new WithLogsAndEvictions(), false);
        server.init();
        client = server.createClient();
        try {
            outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        node("n1");
        create(pod("postgres-0", "postgres", null, true, null));
    }

    /** What the CRUD dispatcher lacks of an API server. */
    private final class WithLogsAndEvictions extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getPath().replaceFirst("\\?.*", "");
            String pod = path.replaceFirst(".*/pods/([^/]+).*", "$1");
            if (path.endsWith("/log")) {
                return new MockResponse().setResponseCode(200).setBody(logs.getOrDefault(pod, ""));
            }
            if (!path.endsWith("/eviction")) {
                return super.dispatch(request);
            }
            if (refusals.merge(pod, -1, Integer::sum) >= 0) {
                return new MockResponse().setResponseCode(429).setBody("{\"kind\":\"Status\",\"code\":429}");
            }
            MockResponse deleted = handleDelete(path.replaceFirst("/eviction$", ""));
            if (deleted.code() == 200) {
                // Whoever dispatches cannot wait for an answer of his own.
                var unused = CompletableFuture.runAsync(evicted);
            }
            return deleted.code() == 200
                    ? new MockResponse().setResponseCode(201).setBody("{}")
                    : deleted;
        }
    }

    HealthyRevisions records(Clock clock) {
        return new HealthyRevisions(new Journal(s3, BUCKET), clock);
    }

    ClusterConnection connection(String cluster) {
        return new ClusterConnection(cluster, client.getMasterUrl().toString(), null, () -> "token");
    }

    KubernetesAccess access() {
        return KubernetesAccess.open(connection("shop-eks"));
    }

    public ApplicationAssessment assess(TriedRevision... tried) {
        return assess("incident", "41", tried);
    }

    /** @param schema what the database answers to the query for its version */
    public ApplicationAssessment assess(String incident, String schema, TriedRevision... tried) {
        String endpoint = client.getMasterUrl().toString();
        return new AssessApplication(
                        cluster -> new ClusterConnection(cluster, endpoint, null, () -> "token"),
                        () -> records,
                        asked -> asked.policy().schemaQuery() == null ? Found.NOT_ASKED : new Found(true, schema, null),
                        CLOCK)
                .assess(new RecoveryScope(incident, target(), 3), List.of(tried));
    }

    public Target target() {
        return new Target(
                name,
                Target.Purpose.LIVE,
                "shop-eks",
                "shop",
                "postgres",
                "shop",
                "shop",
                "shop/admin",
                deployments,
                List.of(health()),
                null,
                null,
                null,
                policy);
    }

    String health() {
        return "http://127.0.0.1:" + outside.getAddress().getPort() + "/health";
    }

    public void create(Pod... pods) {
        for (Pod pod : pods) {
            client.resource(pod).create();
        }
    }

    /** A pod as the API server writes it down. */
    public void createPod(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    void node(String node) {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    /** As the probe would have, over more than a minute. */
    public void healthy(String deployment, int revision) {
        Revision seen = new Revision(
                revision,
                deployment + "-" + revision,
                fingerprint(deployment, revision),
                List.of("shop/" + deployment + ":" + revision),
                NOW,
                Map.of());
        for (int seconds : new int[] {0, 30, 61}) {
            records(Clock.fixed(created(revision).plusSeconds(seconds), ZoneOffset.UTC))
                    .well(target(), Map.of(deployment, new InUse(seen, null)));
        }
    }

    public String fingerprint(String deployment, int revision) {
        try (KubernetesAccess access = access()) {
            WorkloadState state = access.rollOuts().state("shop", deployment);
            return Stream.concat(Stream.of(state.current()), state.earlier().stream())
                    .filter(each -> each.number() == revision)
                    .findFirst()
                    .orElseThrow()
                    .fingerprint();
        }
    }

    static Instant created(int revision) {
        return NOW.minusSeconds(3600).plusSeconds(300L * revision);
    }

    Deployment deployment(String deployment) {
        return client.apps()
                .deployments()
                .inNamespace("shop")
                .withName(deployment)
                .get();
    }

    /** As somebody, or a controller, changes it. */
    void edit(String deployment, UnaryOperator<DeploymentBuilder> change) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName(deployment)
                .edit(found -> change.apply(new DeploymentBuilder(found)).build());
    }

    /** @param rolledOut whether the newest revision is; otherwise it is past its deadline */
    public void deploy(String deployment, boolean rolledOut, int revisions) {
        deployments.add(deployment);
        Deployment made =
                client.resource(deployment(deployment, rolledOut, revisions)).create();
        for (int revision = 1; revision <= revisions; revision++) {
            client.resource(new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName(deployment + "-" + revision)
                            .withLabels(Map.of("app", deployment))
                            .withCreationTimestamp(created(revision).toString())
                            .addToAnnotations("deployment.kubernetes.io/revision", Integer.toString(revision))
                            .addNewOwnerReference()
                            .withKind("Deployment")
                            .withUid(made.getMetadata().getUid())
                            .endOwnerReference()
                            .endMetadata()
                            .withNewSpec()
                            .withTemplate(template(deployment, revision))
                            .endSpec()
                            .build())
                    .create();
        }
    }

    /** As the Deployment's controller does after a roll-back: the revision gets the next number. */
    void renumber(String replicaSet, int revision) {
        client.apps()
                .replicaSets()
                .inNamespace("shop")
                .withName(replicaSet)
                .edit(set -> set.edit()
                        .editMetadata()
                        .addToAnnotations("deployment.kubernetes.io/revision", Integer.toString(revision))
                        .endMetadata()
                        .build());
    }

    static PodTemplateSpec template(String deployment, int revision) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", deployment))
                .withAnnotations(Map.of("lifeboat.dev/schema-version", "41"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("shop/" + deployment + ":" + revision)
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

    public static Pod pod(String name, String application, String replicaSet, boolean ready, String waiting) {
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

    /** A Secret of the shop's namespace, as the API server holds it. */
    public void secret(String name, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withData(values.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> Base64.getEncoder()
                                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))))
                        .build())
                .create();
    }

    /** The API does not answer any more. */
    void stopKubernetes() {
        server.destroy();
    }

    @Override
    public void close() {
        s3.close();
        outside.stop(0);
        client.close();
        server.destroy();
    }
}
