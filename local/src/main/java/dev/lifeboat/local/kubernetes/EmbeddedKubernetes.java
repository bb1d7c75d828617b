package dev.lifeboat.local.kubernetes;

import dev.lifeboat.local.tls.LoopbackCertificate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A Kubernetes cluster on loopback whose pods are processes of this machine. Closing it ends every one of them; they end
 * too when this process dies, however it dies. Thread-safe.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    private static final long TICK_MILLIS = 100;

    private final ApiObjects objects;
    private final TypedObjects typed;
    private final ApiServer server;
    private final PodNetwork network = new PodNetwork();
    private final StubImages images = new StubImages();
    private final Nodes nodes;
    private final Volumes volumes;
    private final Kubelet kubelet;
    private final CronJobController cronJobs;
    private final LoadBalancerController loadBalancers;
    private final List<Controller> controllers;
    private final LoopbackCertificate certificate;
    private final ProcessContainers processes;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Thread loop;
    private volatile boolean closed;
    private volatile boolean controlPlaneLost;
    private volatile boolean isolated;

    private EmbeddedKubernetes(KubernetesOptions options) {
        UnprivilegedUser user = UnprivilegedUser.forThisProcess();
        objects = new ApiObjects(options.clock());
        typed = new TypedObjects(objects);
        ContainerEnvironment environments = new ContainerEnvironment(typed);
        nodes = new Nodes(typed, options.clock());
        volumes = new Volumes(options.directory().resolve("volumes"), typed, user, nodes, options.cloud());
        ImageFiles image =
                new ImageFiles(options.repository(), options.directory().resolve("image"), options.postgresPrograms());
        processes = new ProcessContainers(image, volumes, environments, user, options.logs(), () -> identity(options));
        StubApplications stubs = new StubApplications(
                environments,
                options.healthQuery(),
                images,
                (pod, container) -> processes.logFile(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container.getName()));
        kubelet = new Kubelet(typed, network, nodes, volumes, options.clock(), container -> starter(container, stubs));
        cronJobs = new CronJobController(typed, options.clock());
        loadBalancers = new LoadBalancerController(typed, network);
        controllers = List.of(
                new StatefulSetController(typed),
                new ClaimController(typed, nodes, options.cloud()),
                new DeploymentController(typed, options.clock()),
                new ReplicaSetController(typed),
                cronJobs,
                new JobController(typed, options.clock()),
                new GarbageCollector(typed),
                new RootCertificates(typed, this::certificateAuthority),
                loadBalancers,
                new Scheduler(typed),
                kubelet::tick);
        certificate = LoopbackCertificate.create(options.directory());
        CloudCluster cloud = options.cloud();
        server = new ApiServer(
                certificate,
                new ApiRequests(objects, this::log),
                cloud == null
                        ? EksToken::isWellFormed
                        : token -> EksToken.isFor(token, cloud.name(), cloud.secretKey()));
        if (cloud == null) {
            nodes.join(List.of("us-east-1a", "us-east-1b"));
        }
        loop = ApiServer.daemon(this::run, "kubernetes-controllers");
    }

    /** Of AWS, and where every pod finds the API server. */
    private Map<String, String> identity(KubernetesOptions options) {
        Map<String, String> identity = new HashMap<>(options.identity().get());
        identity.put("KUBERNETES_SERVICE_HOST", endpoint().getHost());
        identity.put("KUBERNETES_SERVICE_PORT", Integer.toString(endpoint().getPort()));
        return identity;
    }

    private ContainerStarter starter(Container container, StubApplications stubs) {
        // What an image starts by itself is not in this repository, whatever it is told.
        return container.getCommand().isEmpty() ? stubs : processes;
    }

    /** Starts an empty cluster. */
    public static EmbeddedKubernetes start(KubernetesOptions options) {
        EmbeddedKubernetes cluster = new EmbeddedKubernetes(options);
        cluster.loop.start();
        return cluster;
    }

    private void run() {
        while (!closed) {
            // Without a control plane nothing is decided any more, and what runs runs on.
            (controlPlaneLost ? List.<Controller>of(kubelet::tick) : controllers).forEach(this::step);
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void step(Controller controller) {
        try {
            controller.reconcile();
        } catch (RuntimeException e) {
            // One bad object must not stop the cluster; it is told once, and fails the drill.
            String fault = controller.getClass().getSimpleName() + ": " + e;
            if (!closed && !faults.contains(fault)) {
                faults.add(fault);
            }
        }
    }

    /** The API server's address, {@code https://127.0.0.1:...}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The PEM of the certificate authority that a client has to trust. */
    public String certificateAuthority() {
        return certificate.authorityPem();
    }

    /** What the API server shows; of use to other servers of the same run. */
    public LoopbackCertificate certificate() {
        return certificate;
    }

    /** A token of a service account, as {@code kubectl create token} gives it. */
    public String token(String namespace, String serviceAccount) {
        return typed.token(namespace, serviceAccount);
    }

    /** Creates or updates every object of a manifest, as {@code kubectl apply -f} does. */
    public void apply(String manifest) {
        for (String document : manifest.split("(?m)^---\\s*$", -1)) {
            Object object = document.isBlank() ? null : TypedObjects.SERIALIZATION.unmarshal(document);
            if (object instanceof HasMetadata resource) {
                apply(resource);
            }
        }
    }

    private void apply(HasMetadata resource) {
        ResourcePath path = ResourcePath.of(resource);
        if (objects.find(path).isEmpty()) {
            objects.create(path.withName(""), TypedObjects.node(resource));
        } else {
            objects.update(
                    path,
                    current -> Patches.apply("application/apply-patch+yaml", current, TypedObjects.node(resource)));
        }
    }

    /** As {@link #apply(String)}, from a file. */
    public void apply(Path manifest) {
        try {
            apply(Files.readString(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the manifest " + manifest, e);
        }
    }

    /** The images of applications, which are healthy ones unless they are told otherwise. */
    public StubImages images() {
        return images;
    }

    /** An object as it is now. */
    public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return typed.find(type, namespace, name);
    }

    /** Every object of a kind in a namespace. */
    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return typed.list(type, namespace, object -> true);
    }

    /**
     * Starts a CronJob's Job now, as {@code kubectl create job --from=cronjob/NAME} does.
     *
     * @return the Job's name
     */
    public String trigger(String namespace, String cronJob) {
        CronJob found = typed.find(CronJob.class, namespace, cronJob)
                .orElseThrow(() -> new IllegalArgumentException("No CronJob " + namespace + "/" + cronJob));
        return cronJobs.trigger(found).getMetadata().getName();
    }

    /** From now on no CronJob starts by its schedule; {@link #trigger} still does. */
    public void suspendCronJobs() {
        typed.list(CronJob.class)
                .forEach(cronJob ->
                        typed.edit(cronJob, current -> current.getSpec().setSuspend(true)));
    }

    /** Whether the Job ended well; empty while it has not ended. */
    public Optional<Boolean> jobSucceeded(String namespace, String job) {
        return typed.find(Job.class, namespace, job)
                .filter(JobController::finished)
                .map(found -> JobController.holds(found, "Complete"));
    }

    /**
     * A disaster: kills every process of the pod with SIGKILL, and does what comes with it before a container is started
     * again.
     *
     * @param meanwhile while nothing of the pod runs
     */
    public void kill(String namespace, String pod, Runnable meanwhile) {
        Pod found = typed.find(Pod.class, namespace, pod)
                .orElseThrow(() -> new IllegalArgumentException("No pod " + namespace + "/" + pod));
        kubelet.worker(found)
                .orElseThrow(() -> new IllegalStateException("Pod " + namespace + "/" + pod + " does not run"))
                .kill(meanwhile);
    }

    /** A disaster: every process of the pod is held where it is. It takes connections, and answers nobody. */
    public void hang(String namespace, String pod) {
        Pod found = typed.find(Pod.class, namespace, pod)
                .orElseThrow(() -> new IllegalArgumentException("No pod " + namespace + "/" + pod));
        kubelet.worker(found)
                .orElseThrow(() -> new IllegalStateException("Pod " + namespace + "/" + pod + " does not run"))
                .pause(true);
    }

    /** Nodes join, one in each of these availability zones. */
    public void join(List<String> zones) {
        kubelet.restart();
        nodes.join(zones);
    }

    /** A disaster: the API server answers nobody any more, and no controller works. What runs on nodes runs on. */
    public void loseControlPlane() {
        controlPlaneLost = true;
        server.close();
    }

    /** A disaster: every node fails, and every process on it. Volumes are given back. */
    public void loseNodes() {
        kubelet.fail();
        nodes.lost();
        for (Pod pod : typed.list(Pod.class)) {
            typed.edit(pod, current -> {
                if (current.getStatus() != null) {
                    current.getStatus().getConditions().stream()
                            .filter(condition -> condition.getType().equals("Ready"))
                            .forEach(condition -> condition.setStatus("False"));
                }
            });
        }
    }

    /** A disaster: nothing gets in from outside any more. What runs is not touched. */
    public void loseLoadBalancers() {
        loadBalancers.close();
    }

    /** The nodes leave, as when their node group is deleted. */
    public void drain() {
        loseNodes();
        nodes.remove();
    }

    /** Whether nothing reaches its pods, nor they each other: what closed security groups do. */
    public void isolate(boolean now) {
        if (isolated != now) {
            isolated = now;
            kubelet.pause(now);
        }
    }

    /** Whether that is so. */
    public boolean isolated() {
        return isolated;
    }

    /** Holds every pod while a volume of one of them is copied; other clusters' volumes are none of its business. */
    public void hold(String volume, Runnable meanwhile) {
        if (!volumes.has(volume) || isolated) {
            meanwhile.run();
            return;
        }
        kubelet.pause(true);
        try {
            meanwhile.run();
        } finally {
            kubelet.pause(isolated);
        }
    }

    /** The loopback address of each load balancer, by its host name; it listens on port 8080 there, and looks at the Host header. */
    public Map<String, String> loadBalancerAddresses() {
        return loadBalancers.addresses();
    }

    /** The directory that stands for a PersistentVolumeClaim. */
    public Path claim(String namespace, String claim) {
        return volumes.claim(namespace, claim);
    }

    /** Deletes all that a PersistentVolumeClaim holds. */
    public void destroyClaim(String namespace, String claim) {
        volumes.deleteClaim(namespace, claim);
    }

    /** A disaster: a directory on a claim's volume is gone, and the volume is not. */
    public void destroyDirectory(String namespace, String claim, String directory) {
        Volumes.deleteTree(volume(namespace, claim).resolve(directory));
    }

    /** Where the files of a claim's volume lie. */
    public Path volume(String namespace, String claim) {
        return volumes.claim(namespace, claim);
    }

    /** Where requests from outside for a host name go, as DNS and the load balancer would lead them. */
    public String externalAddress(String namespace, String loadBalancer, String host) {
        Service service = typed.find(Service.class, namespace, loadBalancer)
                .orElseThrow(() -> new IllegalArgumentException("No Service " + namespace + "/" + loadBalancer));
        return loadBalancers.address(service, host);
    }

    /** Requests that were answered 501, and controllers that failed: whatever ran meanwhile has failed. */
    public List<String> unknownRequests() {
        return Stream.concat(server.unknownRequests().stream(), faults.stream()).toList();
    }

    private String log(ResourcePath path) {
        Pod pod = typed.find(Pod.class, path.namespace(), path.name()).orElseThrow(() -> ApiFault.notFound(path));
        return log(pod);
    }

    /** What a pod's first container has printed. */
    public String log(Pod pod) {
        return log(pod, pod.getSpec().getContainers().get(0).getName());
    }

    /** What a container has printed. */
    public String log(Pod pod, String container) {
        Path file = processes.logFile(
                pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.interrupt();
        try {
            loop.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kubelet.close();
        loadBalancers.close();
        server.close();
        network.close();
    }
}
