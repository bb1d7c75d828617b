package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Runs the pods that the API server holds, and stops those that it no longer does. */
final class Kubelet implements AutoCloseable {
    private final TypedObjects objects;
    private final PodNetwork network;
    private final Nodes nodes;
    private final Volumes volumes;
    private final Clock clock;
    private final Function<Container, ContainerStarter> starters;
    private volatile boolean paused;
    private volatile boolean down;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Set<String> stopping = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newCachedThreadPool(task -> ApiServer.daemon(task, "kubelet"));

    /** @param starters which one starts a container */
    Kubelet(
            TypedObjects objects,
            PodNetwork network,
            Nodes nodes,
            Volumes volumes,
            Clock clock,
            Function<Container, ContainerStarter> starters) {
        this.objects = objects;
        this.network = network;
        this.nodes = nodes;
        this.volumes = volumes;
        this.clock = clock;
        this.starters = starters;
    }

    void tick() {
        if (down || paused || !nodes.anyReady()) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (Pod pod : objects.list(Pod.class)) {
            String uid = pod.getMetadata().getUid();
            known.add(uid);
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                stopInBackground(uid, () -> objects.purge(pod), pod);
            } else if (pod.getSpec().getNodeName() != null) {
                run(pod);
            }
        }
        for (String uid : workers.keySet()) {
            if (!known.contains(uid)) {
                stopInBackground(uid, () -> {}, null);
            }
        }
    }

    private void run(Pod pod) {
        PodWorker worker = workers.computeIfAbsent(pod.getMetadata().getUid(), uid -> create(pod));
        PodStatus status = worker.tick(pod);
        if (status != null) {
            objects.edit(pod, current -> current.setStatus(status));
        }
    }

    private PodWorker create(Pod pod) {
        return new PodWorker(
                pod,
                network.allocate(),
                clock,
                container -> new ContainerWorker(container, starters.apply(container), clock, background));
    }

    private void stopInBackground(String uid, Runnable afterwards, Pod pod) {
        if (!stopping.add(uid)) {
            return;
        }
        background.execute(() -> {
            PodWorker worker = workers.get(uid);
            if (worker != null) {
                worker.stop();
            }
            workers.remove(uid);
            afterwards.run();
            if (pod != null) {
                volumes.deletePodVolumes(pod);
            }
            stopping.remove(uid);
        });
    }

    /** Holds every pod, or lets them go on; nothing is started meanwhile. */
    synchronized void pause(boolean now) {
        paused = now;
        workers.values().forEach(worker -> worker.pause(now));
    }

    /** The machine fails: every process is gone at once, and none is started again. */
    synchronized void fail() {
        down = true;
        workers.values().forEach(worker -> worker.kill(() -> {}));
        volumes.detachAll();
    }

    /** Back with the next node, and without a memory of what ran. */
    synchronized void restart() {
        if (down) {
            workers.clear();
            down = false;
        }
    }

    Optional<PodWorker> worker(Pod pod) {
        return Optional.ofNullable(workers.get(pod.getMetadata().getUid()));
    }

    /** Stops every pod; nothing is started after it. */
    @Override
    public void close() {
        workers.values().parallelStream().forEach(PodWorker::stop);
        background.shutdownNow();
    }
}
