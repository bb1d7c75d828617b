package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Stands in for application images, which are not in this repository: a container without a command gets a stub that
 * answers on the container's port, and asks the database that its environment names.
 */
final class StubApplications implements ContainerStarter {
    private final ContainerEnvironment environments;
    private final String healthQuery;
    private final StubImages images;
    private final BiFunction<Pod, Container, Path> logs;

    /**
     * @param healthQuery what a healthy application can ask as its own role
     * @param images those that are no healthy applications
     * @param logs where a container's output goes
     */
    StubApplications(
            ContainerEnvironment environments,
            String healthQuery,
            StubImages images,
            BiFunction<Pod, Container, Path> logs) {
        this.environments = environments;
        this.healthQuery = healthQuery;
        this.images = images;
        this.logs = logs;
    }

    @Override
    public RunningContainer start(Pod pod, Container container) {
        if (images.isMissing(container.getImage())) {
            throw new ImageMissingFault(container.getImage());
        }
        if (images.lastWords(container.getImage()) != null) {
            return new CrashingApplication(logs.apply(pod, container), images.lastWords(container.getImage()));
        }
        if (container.getPorts().isEmpty()) {
            throw ApiFault.invalid("container " + container.getName() + " has neither a command nor a port: no stub");
        }
        Map<String, String> environment = environments.of(pod, container, Map.of());
        DatabaseClient database = environment.containsKey("DATABASE_HOST")
                ? new DatabaseClient(
                        () -> environments.addressOf(
                                pod.getMetadata().getNamespace(), environment.get("DATABASE_HOST")),
                        environment,
                        healthQuery)
                : null;
        return new StubApplication(
                pod.getStatus().getPodIP(), container.getPorts().get(0).getContainerPort(), pod, container, database);
    }
}
