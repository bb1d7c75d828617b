package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.local.aws.EksCluster;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.cloudflare.EmbeddedCloudflare;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.kubernetes.KubernetesOptions;
import dev.lifeboat.local.tls.SecureEndpoint;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that an incident is played in: the cluster of k8s/ with PostgreSQL and the applications, Cloudflare with their
 * records, and the AWS account of template.yaml. Closing it ends every process; so does the end of this process.
 */
final class DrillEnvironment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DrillLock lock;
    private final Workspace workspace;
    private final Names names = Names.random();
    private final EmbeddedCloudflare cloudflare;
    private final EmbeddedKubernetes kubernetes;
    private final LiveDatabase database;
    private final boolean archiving;
    private final SecureEndpoint secureEndpoint;
    private final Thread hook;
    private volatile EmbeddedCloud cloud;

    private DrillEnvironment(DrillOptions options, DrillData data, DrillLock lock) {
        this.lock = lock;
        Path programs = PostgresPrograms.find();
        workspace = Workspace.create();
        hook = new Thread(this::release, "clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        cloudflare = EmbeddedCloudflare.start(names.apiToken());
        kubernetes = EmbeddedKubernetes.start(new KubernetesOptions(
                workspace.repository(),
                workspace.directory().resolve("k8s"),
                options.output().resolve("logs/pods"),
                programs,
                this::identity,
                data.probeQuery(),
                Clock.systemUTC()));
        database = new LiveDatabase(kubernetes, programs, names);
        archiving = options.archiving();
        // Before the account starts: PostgreSQL's pod, which starts meanwhile, has to know where it will archive.
        secureEndpoint = archiving
                ? SecureEndpoint.open(
                        kubernetes.certificate(), workspace.directory().resolve("tls"))
                : null;
    }

    private Map<String, String> identity() {
        Map<String, String> identity = new HashMap<>(cloud == null ? Map.of() : cloud.clientEnvironment());
        if (archiving) {
            identity.putAll(EmbeddedCloud.pgBackRestEnvironment(secureEndpoint));
        }
        return identity;
    }

    /** Starts it all, when no other drill runs on this machine; PostgreSQL is empty, and nothing is scheduled. */
    static DrillEnvironment start(DrillOptions options, DrillData data, IncidentWatch watch, Console console) {
        DrillLock lock = DrillLock.take(console);
        DrillEnvironment environment;
        try {
            environment = new DrillEnvironment(options, data, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            console.running("starting the cluster of k8s/");
            environment.deploy();
            console.running("starting the AWS account of template.yaml");
            environment.cloud = environment.startCloud(options, data, watch);
            environment.addSecrets();
            environment.nameTheKeys();
            console.running("waiting for PostgreSQL");
            Waiting.until("pod postgres-0 to be ready", PATIENCE, environment.database::ready);
            return environment;
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private void deploy() {
        Path manifests = workspace.repository().resolve("k8s");
        try (Stream<Path> files = Files.list(manifests)) {
            kubernetes.apply(config(Files.readString(manifests.resolve("configmap.yaml"))));
            kubernetes.apply(secrets(manifests.resolve("secrets.yaml.template")));
            // The list of the others is no object of Kubernetes.
            files.filter(file -> file.toString().endsWith(".yaml")
                            && !file.endsWith("kustomization.yaml")
                            && !file.endsWith("configmap.yaml"))
                    .sorted()
                    .forEach(kubernetes::apply);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + manifests, e);
        }
        // By hand in a drill: half past the hour must not make a backup in the middle of a disaster.
        kubernetes.suspendCronJobs();
        cloudflare.addZone(Names.ZONE);
        cloudflare.addRecord(Names.ZONE, "CNAME", Names.APP_HOST, loadBalancer(), true);
        // Left behind by a load balancer that is gone: the recovery has to find and repoint it.
        cloudflare.addRecord(Names.ZONE, "CNAME", Names.API_HOST, "gone-0000.elb.us-east-1.amazonaws.com", true);
    }

    /** Only a drill that needs WAL pays for archiving it. */
    private String config(String manifest) {
        return archiving ? manifest : manifest.replace("archive-mode: \"on\"", "archive-mode: \"off\"");
    }

    private String secrets(Path template) throws IOException {
        return Files.readString(template)
                .replace("${POSTGRES_PASSWORD}", names.superuserPassword())
                .replace("${APP_DATABASE_PASSWORD}", names.applicationPassword())
                .replace("${PGBACKREST_CIPHER_PASS}", names.cipherPass())
                .replace("${JWT_SECRET}", names.apiToken());
    }

    /** The load balancer's host name, as the Service's status says. */
    String loadBalancer() {
        return Waiting.value(
                "the load balancer's host name",
                PATIENCE,
                () -> kubernetes
                        .find(Service.class, Names.NAMESPACE, Names.LOAD_BALANCER)
                        .map(Service::getStatus)
                        .filter(status -> status.getLoadBalancer() != null)
                        .flatMap(status ->
                                status.getLoadBalancer().getIngress().stream().findFirst())
                        .map(ingress -> ingress.getHostname()));
    }

    private EmbeddedCloud startCloud(DrillOptions options, DrillData data, IncidentWatch watch) {
        String authority = Base64.getEncoder()
                .encodeToString(kubernetes.certificateAuthority().getBytes(StandardCharsets.US_ASCII));
        return EmbeddedCloud.builder(workspace.template())
                .secureEndpoint(secureEndpoint)
                .parameters(options.parameters())
                .workDirectory(workspace.directory().resolve("aws"))
                .speed(options.speed())
                .parameter("HealthUrls", String.join(",", healthUrls()))
                .parameter("ProbeQuery", data.probeQuery())
                .parameter("PointInTimeRecovery", archiving ? "on" : "off")
                .parameter("Mode", options.mode().name().toLowerCase(Locale.ROOT))
                // A minute of being well, as fast as all other times.
                .parameter("HealthySeconds", Long.toString(Math.max(1, Math.round(60 / options.speed()))))
                .extraEnvironment(
                        "QUARKUS_REST_CLIENT_CLOUDFLARE_URL",
                        cloudflare.endpoint().toString())
                .eksCluster(
                        Names.CLUSTER,
                        () -> new EksCluster(kubernetes.endpoint().toString(), authority))
                .listener(watch)
                .start();
    }

    private void addSecrets() {
        cloud.putSecret(Names.ADMIN_SECRET, login(Names.SUPERUSER, names.superuserPassword()));
        cloud.putSecret(Names.APPLICATION_SECRET, login(Names.APPLICATION_ROLE, names.applicationPassword()));
        cloud.putSecret(Names.REPOSITORY_SECRET, Json.compact(Map.of("cipherPass", names.cipherPass())));
        cloud.putSecret(Names.CLOUDFLARE_SECRET, Json.compact(Map.of("apiToken", names.apiToken())));
    }

    /** From the stack's outputs into the ConfigMap, as whoever installs Lifeboat does: the backup script refuses to do without. */
    private void nameTheKeys() {
        Path config = workspace.repository().resolve("k8s").resolve("configmap.yaml");
        try {
            kubernetes.apply(config(Files.readString(config))
                    .replace("backup-kms-key-id: \"\"", "backup-kms-key-id: " + cloud.keyArn("BackupKey"))
                    .replace(
                            "backup-globals-kms-key-id: \"\"",
                            "backup-globals-kms-key-id: " + cloud.keyArn("ConfigKey")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + config, e);
        }
    }

    private static String login(String user, String password) {
        return Json.compact(Map.of("username", user, "password", password));
    }

    /** Where the applications' health is asked, as from outside. */
    List<String> healthUrls() {
        return Stream.of(Names.APP_HOST, Names.API_HOST)
                .map(host -> kubernetes.externalAddress(Names.NAMESPACE, Names.LOAD_BALANCER, host) + "/health")
                .toList();
    }

    /** Whether every application answers 200 from outside. */
    boolean healthy() {
        return healthUrls().stream().allMatch(DrillEnvironment::answers);
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(2000);
            connection.setReadTimeout(4000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    EmbeddedCloud cloud() {
        return cloud;
    }

    EmbeddedKubernetes kubernetes() {
        return kubernetes;
    }

    EmbeddedCloudflare cloudflare() {
        return cloudflare;
    }

    LiveDatabase database() {
        return database;
    }

    ObjectStore bucket() {
        return new ObjectStore(cloud.endpoint(), Names.BUCKET);
    }

    /** Where the S3 server keeps its files. */
    Path storage() {
        return workspace.directory().resolve("aws");
    }

    /** Requests that no fake knew. */
    List<String> unknownRequests() {
        return Stream.of(
                        kubernetes.unknownRequests().stream(),
                        cloudflare.unknownRequests().stream(),
                        cloud == null ? Stream.<String>empty() : cloud.unknownRequests().stream())
                .flatMap(requests -> requests)
                .toList();
    }

    private synchronized void release() {
        if (cloud != null) {
            cloud.close();
            cloud = null;
        }
        kubernetes.close();
        if (secureEndpoint != null) {
            secureEndpoint.close();
        }
        cloudflare.close();
        workspace.close();
        lock.close();
    }

    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook has its own turn.
            return;
        }
    }
}
