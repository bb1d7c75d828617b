package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * Stands in for application images, which are not in this repository: a container without a command gets a stub that
 * answers on the container's port, and asks the database that its environment names.
 */
final class StubApplications implements ContainerStarter {
    private final ContainerEnvironment environments;
    private final String healthQuery;

    /** @param healthQuery what a healthy application can ask as its own role */
    StubApplications(ContainerEnvironment environments, String healthQuery) {
        this.environments = environments;
        this.healthQuery = healthQuery;
    }

    @Override
    public RunningContainer start(Pod pod, Container container) {
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
