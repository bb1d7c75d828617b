package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives every Service of type LoadBalancer a load balancer, and its host name to the Service's status, as the
 * cloud provider of EKS does.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer">type: LoadBalancer</a>
 */
final class LoadBalancerController implements Controller, AutoCloseable {
    private final TypedObjects objects;
    private final PodNetwork network;
    private final Map<String, LoadBalancer> balancers = new ConcurrentHashMap<>();

    LoadBalancerController(TypedObjects objects, PodNetwork network) {
        this.objects = objects;
        this.network = network;
    }

    @Override
    public void reconcile() {
        for (Service service : objects.list(Service.class)) {
            String uid = service.getMetadata().getUid();
            if ("LoadBalancer".equals(service.getSpec().getType()) && !balancers.containsKey(uid)) {
                balancers.put(uid, new LoadBalancer(objects, network, service));
                objects.edit(
                        service,
                        current -> current.setStatus(new ServiceStatusBuilder()
                                .withNewLoadBalancer()
                                .withIngress(new LoadBalancerIngressBuilder()
                                        .withHostname(hostname(current))
                                        .build())
                                .endLoadBalancer()
                                .build()));
            }
        }
    }

    private static String hostname(Service service) {
        return "k8s-" + service.getMetadata().getName() + "-"
                + service.getMetadata().getUid().substring(0, 8) + ".elb.us-east-1.amazonaws.com";
    }

    /** The address of each load balancer, by its host name. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        for (Service service : objects.list(Service.class)) {
            LoadBalancer balancer = balancers.get(service.getMetadata().getUid());
            if (balancer != null) {
                addresses.put(hostname(service), balancer.address());
            }
        }
        return addresses;
    }

    /** Where requests for a host name go, as DNS and the load balancer would lead them: {@code http://127.1.2.3:4567}. */
    String address(Service service, String host) {
        LoadBalancer balancer = balancers.get(service.getMetadata().getUid());
        if (balancer == null) {
            throw new IllegalStateException("Service " + service.getMetadata().getName() + " has no load balancer yet");
        }
        return balancer.address(host);
    }

    @Override
    public void close() {
        balancers.values().forEach(LoadBalancer::close);
    }
}
