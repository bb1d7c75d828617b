package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoadBalancersTest {
    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @Test
    void findsTheHostnameThatAwsGave() {
        cluster.create(service("LoadBalancer", "nlb-1.elb.us-east-1.amazonaws.com", null));

        assertThat(cluster.access().loadBalancers().find("ingress", "nginx"))
                .isEqualTo(new LoadBalancerAddress("nlb-1.elb.us-east-1.amazonaws.com", null));
    }

    @Test
    void findsAnIpWhereThatIsWhatItHas() {
        cluster.create(service("LoadBalancer", null, "203.0.113.7"));

        assertThat(cluster.access().loadBalancers().find("ingress", "nginx"))
                .isEqualTo(new LoadBalancerAddress(null, "203.0.113.7"));
    }

    @Test
    void oneThatAwsStillMakesIsRetryable() {
        cluster.create(service("LoadBalancer", null, null));

        assertThatExceptionOfType(KubernetesUnavailableException.class)
                .isThrownBy(() -> cluster.access().loadBalancers().find("ingress", "nginx"))
                .withMessage("The load balancer of Service ingress/nginx in cluster test-eks has no address yet."
                        + " HINT: Wait for AWS to make it; 'kubectl describe service -n ingress nginx' shows what it"
                        + " waits for.");
    }

    @Test
    void aServiceOfAnotherTypeIsAMisconfiguration() {
        cluster.create(service("ClusterIP", null, null));

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().loadBalancers().find("ingress", "nginx"))
                .withMessage("Service ingress/nginx in cluster test-eks is of type ClusterIP, expected LoadBalancer."
                        + " HINT: Set the target's 'loadBalancer' to the Service that takes outside traffic.");
    }

    @Test
    void aMissingServiceIsAMisconfiguration() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().loadBalancers().find("ingress", "nginx"))
                .withMessage("Service ingress/nginx does not exist in cluster test-eks."
                        + " HINT: Set the target's 'loadBalancer' to the Service that takes outside traffic.");
    }

    private static Service service(String type, String hostname, String ip) {
        ServiceBuilder service = new ServiceBuilder(new Service())
                .withNewMetadata()
                .withNamespace("ingress")
                .withName("nginx")
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .endSpec();
        if (hostname == null && ip == null) {
            return service.build();
        }
        return service.withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withHostname(hostname)
                .withIp(ip)
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}
