package dev.lifeboat.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.local.storage.BlockSnapshot;
import dev.lifeboat.local.storage.BlockStorage;
import dev.lifeboat.local.storage.BlockVolume;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Two clusters of one account beside each other: what they share is the volumes, which outlive both. */
class GenerationsTest {
    private static final String DATABASE = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              serviceName: db
              replicas: 1
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                    - name: db
                      image: db
                      command: [sh, -c, 'while :; do echo x >> $DATA/rows; sleep 0.02; done']
                      env: [{name: DATA, value: /data}]
                      volumeMounts: [{name: data, mountPath: /data}]
              volumeClaimTemplates:
                - metadata: {name: data}
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
            """;
    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: shop}
            spec: {type: LoadBalancer, ports: [{port: 80, targetPort: 8080}], selector: {app: edge}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: edge, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: edge}}
              template:
                metadata: {labels: {app: edge}}
                spec:
                  containers: [{name: edge, image: edge, ports: [{containerPort: 8080}]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{port: 80, targetPort: 8080}], selector: {app: web}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec:
              rules:
                - host: shop.example
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]
            """;
    private static final String KEY = "secret";

    private Path directory;
    private BlockStorage storage;
    private EmbeddedKubernetes old;
    private EmbeddedKubernetes next;

    @BeforeEach
    void start() throws Exception {
        directory = Files.createTempDirectory("lifeboat-test");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        storage = new BlockStorage(directory.resolve("ebs"), Clock.systemUTC(), 1000);
        old = cluster("shop");
        next = cluster("shop-g2");
        storage.freezer((volume, meanwhile) -> old.hold(volume, meanwhile));
    }

    @AfterEach
    void stop() {
        old.close();
        next.close();
        Volumes.deleteTree(directory);
    }

    private EmbeddedKubernetes cluster(String name) throws java.io.IOException {
        return EmbeddedKubernetes.start(new KubernetesOptions(
                TestCluster.repository(),
                directory.resolve(name),
                directory.resolve(name + "-logs"),
                TestCluster.postgresPrograms(),
                Map::of,
                "SELECT 1",
                Clock.systemUTC(),
                new CloudCluster(name, storage, KEY)));
    }

    private static String token(String cluster) {
        URI signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create("AKID", KEY))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(URI.create("https://sts.us-east-1.amazonaws.com/"))
                                .appendRawQueryParameter("Action", "GetCallerIdentity")
                                .appendRawQueryParameter("Version", "2011-06-15")
                                .putHeader("x-k8s-aws-id", cluster)
                                .build())
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, java.time.Duration.ofSeconds(60)))
                .request()
                .getUri();
        return "k8s-aws-v1."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static KubernetesClient client(EmbeddedKubernetes cluster, String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.endpoint().toString())
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(cluster.certificateAuthority().getBytes(StandardCharsets.UTF_8)))
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static void until(String what, java.util.function.BooleanSupplier holds) throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(20);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(limit);
            Thread.sleep(50);
        }
    }

    private long rows(EmbeddedKubernetes cluster) {
        try {
            Path file = cluster.claim("shop", "data-db-0").resolve("rows");
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (ApiFault e) {
            return 0;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTokenIsForOneClusterAlone() {
        old.join(List.of("us-east-1a"));
        try (KubernetesClient right = client(old, token("shop"));
                KubernetesClient wrong = client(next, token("shop"))) {
            assertThat(right.nodes().list().getItems()).hasSize(1);
            assertThatThrownBy(() -> wrong.nodes().list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(401));
        }
    }

    @Test
    void dataOutliveTheClusterInASnapshot() throws Exception {
        old.join(List.of("us-east-1b"));
        old.apply(DATABASE);
        until("rows", () -> rows(old) > 10);
        BlockVolume volume = storage.volumes().get(0);
        assertThat(volume.zone()).isEqualTo("us-east-1b");
        assertThat(volume.gibibytes()).isEqualTo(5);
        assertThat(volume.attached()).isTrue();
        assertThat(volume.tags())
                .containsEntry("kubernetes.io/created-for/pvc/name", "data-db-0")
                .containsEntry("KubernetesCluster", "shop");

        // Its control plane is lost: what runs runs on, and its data can be had all the same.
        old.loseControlPlane();
        long lost = rows(old);
        until("more rows", () -> rows(old) > lost);
        try (KubernetesClient client = client(old, token("shop"))) {
            assertThatThrownBy(() -> client.nodes().list()).isInstanceOf(KubernetesClientException.class);
        }
        BlockSnapshot snapshot = storage.createSnapshot(volume.id(), "", Map.of());
        until("the snapshot", () -> snapshot.progress(Instant.now()) == 100);
        long saved = rows(old);
        BlockVolume copy = storage.createVolume("us-east-1a", 0, snapshot.id(), Map.of(), "once");
        assertThat(storage.createVolume("us-east-1a", 0, snapshot.id(), Map.of(), "once"))
                .isEqualTo(copy);

        next.apply(reserved(copy.id()));
        next.apply(DATABASE);
        Thread.sleep(300);
        assertThat(rows(next)).as("nothing runs without nodes").isLessThanOrEqualTo(saved);
        next.join(List.of("us-east-1a"));
        until("the next generation's rows", () -> rows(next) > saved);
        assertThat(next.find(PersistentVolumeClaim.class, "shop", "data-db-0")
                        .orElseThrow()
                        .getSpec()
                        .getVolumeName())
                .isEqualTo("brought");
        assertThat(next.find(PersistentVolume.class, null, "brought")
                        .orElseThrow()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Bound");
    }

    private static String reserved(String volume) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: brought}
                spec:
                  capacity: {storage: 5Gi}
                  accessModes: [ReadWriteOnce]
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: shop, name: data-db-0}
                  csi: {driver: ebs.csi.aws.com, volumeHandle: %s}
                """.formatted(volume);
    }

    @Test
    void aClusterThatIsCutOffWritesNothing() throws Exception {
        old.join(List.of("us-east-1a"));
        old.apply(DATABASE);
        until("rows", () -> rows(old) > 10);

        old.isolate(true);
        Thread.sleep(200);
        long then = rows(old);
        Thread.sleep(300);
        assertThat(rows(old)).isEqualTo(then);
        old.isolate(false);
        until("rows again", () -> rows(old) > then);
    }

    @Test
    void nodesThatAreLostTakeTheirPodsWithThem() throws Exception {
        old.join(List.of("us-east-1a", "us-east-1b"));
        old.apply(DATABASE);
        until("rows", () -> rows(old) > 10);

        old.loseNodes();
        long then = rows(old);
        Thread.sleep(500);
        assertThat(rows(old)).isEqualTo(then);
        assertThat(storage.volumes().get(0).attached()).isFalse();
        assertThat(old.list(Node.class, ""))
                .hasSize(2)
                .allMatch(node ->
                        node.getStatus().getConditions().get(0).getStatus().equals("Unknown"));
    }

    @Test
    void eachHasALoadBalancerThatRoutesByHostName() throws Exception {
        for (EmbeddedKubernetes cluster : List.of(old, next)) {
            cluster.join(List.of("us-east-1a"));
            cluster.apply(WEB);
        }
        until(
                "load balancers",
                () -> old.loadBalancerAddresses().size() == 1
                        && next.loadBalancerAddresses().size() == 1);
        assertThat(old.loadBalancerAddresses().keySet())
                .doesNotContainAnyElementsOf(next.loadBalancerAddresses().keySet());
        String address = next.loadBalancerAddresses().values().iterator().next();
        until("an answer", () -> status(address, "shop.example:8080") == 200);
        assertThat(status(address, "other.example")).isEqualTo(503);

        next.isolate(true);
        assertThat(status(address, "shop.example")).isEqualTo(502);
    }

    /** By hand: Java's clients do not let the Host header be set. */
    private static int status(String address, String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 8080), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (java.io.IOException e) {
            return HttpURLConnection.HTTP_GATEWAY_TIMEOUT;
        }
    }
}
