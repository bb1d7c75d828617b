package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import java.util.Map;

/**
 * What Kubernetes says of an instance of PostgreSQL, which is a StatefulSet of one pod.
 *
 * @param name the StatefulSet's
 * @param wanted the plain values of PostgreSQL's environment that the StatefulSet's next pod gets
 * @param actual the same of the pod that is there; empty when there is none
 * @param pod null when there is none
 * @param endpoint where it listens; null when the pod has no address, or is on its way out
 */
public record InstanceState(
        String name, Map<String, String> wanted, Map<String, String> actual, PodState pod, PostgresEndpoint endpoint) {
    public InstanceState {
        Require.text("name", name);
        wanted = Map.copyOf(wanted);
        actual = Map.copyOf(actual);
    }
}
