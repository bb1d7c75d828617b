package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.local.aws.EksCluster;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.cloudflare.EmbeddedCloudflare;
import dev.lifeboat.local.kubernetes.CloudCluster;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.kubernetes.KubernetesOptions;
import dev.lifeboat.local.storage.BlockStorage;
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
    /** Where embedded load balancers listen. */
    private static final int PORT = 8080;

    private final DrillLock lock;
    private final Workspace workspace;
    private final Names names = Names.random();
    private final EmbeddedCloudflare cloudflare;
    private final LiveDatabase database;
    /** Of a drill that may lose a cluster; null in the others, whose one cluster stands alone. */
    private final DrillClusters clusters;

    private final Hosts hosts;
    private final boolean archiving;
    private final SecureEndpoint secureEndpoint;
    private volatile EmbeddedKubernetes kubernetes;
    private final Thread hook;
    private volatile EmbeddedCloud cloud;

    /** @param eksSpeed how much faster than in the cloud clusters and volumes come; 0 for one cluster that stands alone */
    private DrillEnvironment(DrillOptions options, DrillData data, double eksSpeed, DrillLock lock) {
        this.lock = lock;
        Path programs = PostgresPrograms.find();
        workspace = Workspace.create();
        hook = new Thread(this::release, "clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        cloudflare = EmbeddedCloudflare.start(names.apiToken());
        if (eksSpeed == 0) {
            clusters = null;
            hosts = null;
            kubernetes = EmbeddedKubernetes.start(kubernetesOptions("k8s", options, data, programs, null));
        } else {
            BlockStorage storage = new BlockStorage(workspace.directory().resolve("ebs"), Clock.systemUTC(), eksSpeed);
            clusters = new DrillClusters(
                    storage, cluster -> kubernetesOptions(cluster.name(), options, data, programs, cluster));
            hosts = new Hosts(workspace.directory().resolve("hosts"), cloudflare, clusters::loadBalancers);
        }
        database = new LiveDatabase(() -> kubernetes, programs, names);
        archiving = options.archiving();
        // Before the account starts: PostgreSQL's pod, which starts meanwhile, has to know where it will archive.
        secureEndpoint = archiving
                ? SecureEndpoint.open(
                        kubernetes.certificate(), workspace.directory().resolve("tls"))
                : null;
    }

    private KubernetesOptions kubernetesOptions(
            String name, DrillOptions options, DrillData data, Path programs, CloudCluster cloudCluster) {
        Path directory = workspace.directory().resolve(name);
        String logs = cloudCluster == null ? "logs/pods" : "logs/pods-" + name;
        // A cluster that is made in another one's place has its name, and neither its disks nor its logs.
        boolean again = Files.exists(directory);
        return new KubernetesOptions(
                workspace.repository(),
                again ? workspace.directory().resolve(name + "-again") : directory,
                options.output().resolve(again ? logs + "-again" : logs),
                programs,
                this::identity,
                data.probeQuery(),
                Clock.systemUTC(),
                cloudCluster);
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
        return start(options, data, 0, watch, console);
    }

    /**
     * The same, with a cluster that the stacks of config/cloudformation have made, so that another can be made beside it.
     *
     * @param eksSpeed how much faster than in the cloud clusters and volumes come, 1 or more
     */
    static DrillEnvironment startInCloud(
            DrillOptions options, DrillData data, double eksSpeed, IncidentWatch watch, Console console) {
        return start(options, data, eksSpeed, watch, console);
    }

    private static DrillEnvironment start(
            DrillOptions options, DrillData data, double eksSpeed, IncidentWatch watch, Console console) {
        DrillLock lock = DrillLock.take(console);
        DrillEnvironment environment;
        try {
            environment = new DrillEnvironment(options, data, eksSpeed, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            if (environment.clusters == null) {
                console.running("starting the cluster of k8s/");
                environment.deploy();
            }
            console.running("starting the AWS account of template.yaml");
            environment.cloud = environment.startCloud(options, data, eksSpeed, watch);
            if (environment.clusters != null) {
                console.running("filling the cluster of config/cloudformation with k8s/");
                environment.lookInto(Names.CLUSTER);
                environment.deploy();
            }
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
        // Left behind by a load balancer that is gone: the recovery has to find and repoint it. Where names are
        // resolved users would miss it
        // before anything is lost.
        cloudflare.addRecord(
                Names.ZONE,
                "CNAME",
                Names.API_HOST,
                hosts == null ? "gone-0000.elb.us-east-1.amazonaws.com" : loadBalancer(),
                true);
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

    private EmbeddedCloud startCloud(DrillOptions options, DrillData data, double eksSpeed, IncidentWatch watch) {
        EmbeddedCloud.Builder builder = EmbeddedCloud.builder(workspace.template())
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
                .listener(watch);
        if (clusters == null) {
            String authority = Base64.getEncoder()
                    .encodeToString(kubernetes.certificateAuthority().getBytes(StandardCharsets.US_ASCII));
            builder.eksCluster(
                    Names.CLUSTER, () -> new EksCluster(kubernetes.endpoint().toString(), authority));
        } else {
            addStacks(builder, eksSpeed);
        }
        return builder.start();
    }

    /** As README's installation makes them. */
    private void addStacks(EmbeddedCloud.Builder builder, double eksSpeed) {
        Path templates = workspace.repository().resolve("config/cloudformation");
        String network = Names.CLUSTER + "-vpc";
        builder.clusterHost(clusters)
                .storage(clusters.storage())
                .clusterCompression(eksSpeed)
                .hostsFile(hosts.file())
                .stack(network, templates.resolve("vpc-networking.yaml"), outputs -> Map.of())
                .stack(Names.CLUSTER + "-iam", templates.resolve("iam-roles.yaml"), outputs -> Map.of())
                .stack(
                        Names.CLUSTER,
                        templates.resolve("eks-cluster.yaml"),
                        outputs -> Map.of("SubnetIds", outputs.of(network, "NodeSubnetIds")));
    }

    /** From now on this cluster is the one that everything here is about. */
    void lookInto(String cluster) {
        kubernetes = clusters.get(cluster);
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
        if (hosts != null) {
            return Stream.of(Names.APP_HOST, Names.API_HOST)
                    .map(host -> "http://" + host + ":" + PORT + "/health")
                    .toList();
        }
        return Stream.of(Names.APP_HOST, Names.API_HOST)
                .map(host -> kubernetes.externalAddress(Names.NAMESPACE, Names.LOAD_BALANCER, host) + "/health")
                .toList();
    }

    /** Whether every application answers 200 from outside. */
    boolean healthy() {
        return healthUrls().stream().allMatch(url -> hosts == null ? answers(url) : hosts.answers(url));
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

    /** Of a drill that may lose a cluster. */
    DrillClusters clusters() {
        return clusters;
    }

    /** Where the S3 server keeps its files. */
    Path storage() {
        return workspace.directory().resolve("aws");
    }

    /** Requests that no fake knew. */
    List<String> unknownRequests() {
        return Stream.of(
                        (clusters == null ? List.of(kubernetes) : clusters.all())
                                .stream().flatMap(cluster -> cluster.unknownRequests().stream()),
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
        if (clusters == null) {
            kubernetes.close();
        } else {
            hosts.close();
            clusters.close();
        }
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
