package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * A cluster's API, opened for one step and closed with it: nothing of it outlives an invocation, so no snapshot of the
 * process carries a connection or a token. Thread-safe.
 */
public final class KubernetesAccess implements AutoCloseable {
    private static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), 2);
    private static final Duration FIRST_RETRY_AFTER = Duration.ofMillis(200);

    private final String cluster;
    private final KubernetesClient client;

    /** For a client that was made elsewhere; {@link #close()} closes it. */
    KubernetesAccess(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * How long an answer is waited for.
     *
     * @param connect how long a connection may take to come about
     * @param request how long an answer may take then
     * @param retries how often one that does not come, or is a 5xx, is asked for again; 0 for never
     */
    public record Patience(Duration connect, Duration request, int retries) {}

    /** Opens the API; nothing is sent before the first question. */
    public static KubernetesAccess open(ClusterConnection connection) {
        return open(connection, USUAL);
    }

    /** As {@link #open(ClusterConnection)}, for whoever has no more time than this. */
    public static KubernetesAccess open(ClusterConnection connection, Patience patience) {
        return new KubernetesAccess(
                connection.cluster(),
                new KubernetesClientBuilder()
                        .withConfig(config(connection, patience))
                        .build());
    }

    private static Config config(ClusterConnection connection, Patience patience) {
        // Without auto-configuration: no kubeconfig and no variable of the machine may change where this leads.
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(connection.endpoint())
                .withCaCertData(connection.certificateAuthority() == null ? null : base64(connection))
                .withOauthTokenProvider(() -> connection.token().get())
                .withConnectionTimeout((int) patience.connect().toMillis())
                .withRequestTimeout((int) patience.request().toMillis())
                .withRequestRetryBackoffLimit(patience.retries())
                .withRequestRetryBackoffInterval((int) FIRST_RETRY_AFTER.toMillis())
                .withHttp2Disable(true)
                .build();
    }

    private static String base64(ClusterConnection connection) {
        return Base64.getEncoder()
                .encodeToString(connection.certificateAuthority().getBytes(StandardCharsets.US_ASCII));
    }

    /** What workloads need of ConfigMaps and Secrets. */
    public ConfigNeeds configNeeds() {
        return new ConfigNeeds(cluster, client);
    }

    /** PostgreSQL's pods. */
    public PostgresPods postgres() {
        return new PostgresPods(cluster, client);
    }

    /** PostgreSQL's instances beside each other. */
    public PostgresInstances instances() {
        return new PostgresInstances(cluster, client);
    }

    /** Deployments. */
    public Workloads workloads() {
        return new Workloads(cluster, client);
    }

    /** Deployments with their revisions. */
    public RollOuts rollOuts() {
        return new RollOuts(cluster, client);
    }

    /** What containers have printed. */
    public PodLogs logs() {
        return new PodLogs(cluster, client);
    }

    /** The machines that pods run on. */
    public Nodes nodes() {
        return new Nodes(cluster, client);
    }

    /** Services of type LoadBalancer. */
    public LoadBalancers loadBalancers() {
        return new LoadBalancers(cluster, client);
    }

    /** Nodes, the system's pods, and the API server itself. */
    public ClusterState state() {
        return new ClusterState(cluster, client);
    }

    /** Objects that are applied as they are written down. */
    public Manifests manifests() {
        return new Manifests(cluster, client);
    }

    /** Everything of a namespace that runs. */
    public WorkloadStop workloadStop() {
        return new WorkloadStop(cluster, client);
    }

    /** The Jobs that make backups. */
    public BackupJobs backupJobs() {
        return new BackupJobs(cluster, client);
    }

    @Override
    public void close() {
        client.close();
    }
}
