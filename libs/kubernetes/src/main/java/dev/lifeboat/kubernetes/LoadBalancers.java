package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Finds the address of a Service's load balancer. */
public final class LoadBalancers {
    private final String cluster;
    private final KubernetesClient client;

    LoadBalancers(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * The first address in {@code status.loadBalancer.ingress}.
     *
     * @throws KubernetesUnavailableException when the API does not answer, or the load balancer has no address yet
     * @throws MisconfiguredException when the Service does not exist or is of another type
     */
    public LoadBalancerAddress find(String namespace, String service) {
        String name = namespace + "/" + service;
        KubernetesFaults faults = new KubernetesFaults(cluster);
        Service found = faults.translating(
                "read Service " + name,
                () -> client.services().inNamespace(namespace).withName(service).get());
        if (found == null) {
            throw faults.missing(
                    "Service " + name, "Set the target's 'loadBalancer' to the Service that takes outside traffic.");
        }
        String type = found.getSpec() == null ? null : found.getSpec().getType();
        if (!"LoadBalancer".equals(type)) {
            throw new MisconfiguredException(
                    "Service " + name + " in cluster " + cluster + " is of type " + type + ", expected LoadBalancer.",
                    "Set the target's 'loadBalancer' to the Service that takes outside traffic.");
        }
        return addresses(found).stream()
                .filter(ingress -> ingress.getHostname() != null || ingress.getIp() != null)
                .map(ingress -> new LoadBalancerAddress(ingress.getHostname(), ingress.getIp()))
                .findFirst()
                .orElseThrow(() -> new KubernetesUnavailableException(
                        "The load balancer of Service " + name + " in cluster " + cluster + " has no address yet.",
                        "Wait for AWS to make it; 'kubectl describe service -n " + namespace + " " + service
                                + "' shows what it waits for."));
    }

    private static List<LoadBalancerIngress> addresses(Service service) {
        return Optional.ofNullable(service.getStatus())
                .map(ServiceStatus::getLoadBalancer)
                .map(LoadBalancerStatus::getIngress)
                .orElse(List.of());
    }
}
