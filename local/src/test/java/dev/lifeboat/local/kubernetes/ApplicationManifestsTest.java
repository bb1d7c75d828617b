package dev.lifeboat.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the manifests of k8s/ come to together: who reaches whom, and what becomes of volumes.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network Policies</a>
 */
class ApplicationManifestsTest {
    private static final Path ROOT = TestCluster.repository();
    private static final String INTERNET = "203.0.113.9";
    private static final String FUNCTION = "10.0.241.17";
    private static final String NODE = "10.0.70.4";

    private final List<HasMetadata> objects = objects();
    private final List<NetworkPolicy> policies = all(NetworkPolicy.class);

    private static List<HasMetadata> objects() {
        try {
            String order = Files.readString(ROOT.resolve("k8s/kustomization.yaml"));
            List<HasMetadata> objects = new ArrayList<>();
            Matcher files = Pattern.compile("(?m)^ {2}- (.+)$").matcher(order);
            while (files.find()) {
                String text = Files.readString(ROOT.resolve("k8s").resolve(files.group(1)));
                for (String document : text.split("(?m)^---\\s*$", -1)) {
                    objects.add(TypedObjects.SERIALIZATION.unmarshal(document));
                }
            }
            return objects;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Of every workload, by its name. */
    private Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
        all(Deployment.class)
                .forEach(each ->
                        pods.put(each.getMetadata().getName(), each.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(each ->
                        pods.put(each.getMetadata().getName(), each.getSpec().getTemplate()));
        all(CronJob.class)
                .forEach(each -> pods.put(
                        each.getMetadata().getName(),
                        each.getSpec().getJobTemplate().getSpec().getTemplate()));
        return pods;
    }

    private Map<String, String> labels(String workload) {
        return pods().get(workload).getMetadata().getLabels();
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        boolean match = selector.getMatchLabels() == null
                || selector.getMatchLabels().entrySet().stream()
                        .allMatch(each -> each.getValue().equals(labels.get(each.getKey())));
        return match
                && (selector.getMatchExpressions() == null
                        || selector.getMatchExpressions().stream().allMatch(each -> {
                            assertThat(each.getOperator()).isEqualTo("In");
                            return each.getValues().contains(labels.get(each.getKey()));
                        }));
    }

    /** @param from labels of a pod of the namespace, or null for an address */
    private boolean reaches(Map<String, String> from, String address, String to, int port) {
        List<NetworkPolicy> about = policies.stream()
                .filter(policy -> selects(policy.getSpec().getPodSelector(), labels(to)))
                .toList();
        return about.isEmpty()
                || about.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> admits(rule, from, address, port));
    }

    private static boolean admits(NetworkPolicyIngressRule rule, Map<String, String> from, String address, int port) {
        return rule.getPorts().stream().anyMatch(each -> each.getPort().getIntVal() == port)
                && (rule.getFrom().isEmpty() || rule.getFrom().stream().anyMatch(peer -> is(peer, from, address)));
    }

    private static boolean is(NetworkPolicyPeer peer, Map<String, String> from, String address) {
        if (peer.getIpBlock() != null) {
            return address != null && isWithin(address, peer.getIpBlock().getCidr());
        }
        return from != null && selects(peer.getPodSelector(), from);
    }

    private static boolean isWithin(String address, String cidr) {
        String[] block = cidr.split("/", 2);
        int bits = Integer.parseInt(block[1]);
        return number(address) >>> (32 - bits) == number(block[0]) >>> (32 - bits);
    }

    private static int number(String address) {
        int number = 0;
        for (String part : address.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }

    @Test
    void postgresIsReachedByTheApiByBackupsAndByTheFunctionsAlone() {
        assertThat(reaches(labels("api-backend"), null, "postgres", 5432)).isTrue();
        assertThat(reaches(labels("postgres-backup-recent"), null, "postgres", 5432))
                .isTrue();
        assertThat(reaches(null, FUNCTION, "postgres", 5432)).isTrue();

        assertThat(reaches(labels("web-app"), null, "postgres", 5432)).isFalse();
        assertThat(reaches(labels("ingress-nginx-controller"), null, "postgres", 5432))
                .isFalse();
        assertThat(reaches(null, NODE, "postgres", 5432)).isFalse();
        assertThat(reaches(null, INTERNET, "postgres", 5432)).isFalse();
        assertThat(reaches(null, FUNCTION, "postgres", 22)).isFalse();
    }

    @Test
    void applicationsAreReachedThroughTheControllerAlone() {
        for (String application : List.of("web-app", "api-backend")) {
            assertThat(reaches(labels("ingress-nginx-controller"), null, application, 8080))
                    .isTrue();
            assertThat(reaches(null, INTERNET, application, 8080)).isFalse();
            assertThat(reaches(labels("postgres"), null, application, 8080)).isFalse();
        }
        assertThat(reaches(null, INTERNET, "ingress-nginx-controller", 8443)).isTrue();
        assertThat(reaches(null, INTERNET, "postgres-backup-daily", 8080)).isFalse();
    }

    @Test
    void theFunctionsBlockIsThatOfTheNetworksTemplate() throws IOException {
        String template = Files.readString(ROOT.resolve("config/cloudformation/vpc-networking.yaml"));
        Matcher block = Pattern.compile("FunctionCidr:\\s+Type: String\\s+Default: (\\S+)")
                .matcher(template);
        assertThat(block.find()).isTrue();
        assertThat(policies.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .flatMap(rule -> rule.getFrom().stream())
                        .filter(peer -> peer.getIpBlock() != null)
                        .map(peer -> peer.getIpBlock().getCidr()))
                .containsExactly(block.group(1));
    }

    @Test
    void everyPortThatIsNamedIsOneOfTheContainers() {
        pods().forEach((name, pod) -> pod.getSpec().getContainers().forEach(container -> {
            if (container.getReadinessProbe() != null
                    && container.getReadinessProbe().getHttpGet() != null) {
                assertThat(NetworkProbe.port(
                                container.getReadinessProbe().getHttpGet().getPort(), container))
                        .as(name)
                        .isPositive();
            }
        }));
    }

    @Test
    void theVolumesOfPostgresOutliveTheirClaim() {
        StatefulSet postgres = all(StatefulSet.class).stream()
                .filter(each -> each.getMetadata().getName().equals("postgres"))
                .findFirst()
                .orElseThrow();
        assertThat(postgres.getSpec().getVolumeClaimTemplates())
                .extracting(PersistentVolumeClaim::getSpec)
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(all(StorageClass.class))
                        .filteredOn(each -> each.getMetadata().getName().equals(claim.getStorageClassName()))
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.getReclaimPolicy()).isEqualTo("Retain");
                            assertThat(each.getParameters()).containsEntry("encrypted", "true");
                            assertThat(each.getVolumeBindingMode()).isEqualTo("WaitForFirstConsumer");
                        }));
    }
}
