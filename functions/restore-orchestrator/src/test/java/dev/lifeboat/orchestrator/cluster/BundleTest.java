package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels with the function: the template and the manifests of this repository, as they are. */
final class BundleTest {
    private static final ConfigBackup NOTHING =
            new ConfigBackup(1, "cloudtolocalllm", Instant.parse("2026-11-23T03:00:00Z"), List.of(), List.of());

    @Test
    void everyManifestIsReadInAnOrderInWhichEachFindsWhatItNeeds() {
        List<String> names = names(Bundle.manifests());

        assertThat(names)
                .containsSubsequence(
                        "Namespace cloudtolocalllm",
                        "NetworkPolicy postgres",
                        "StorageClass postgres",
                        "ConfigMap cloudtolocalllm-config",
                        "StatefulSet postgres",
                        "Deployment api-backend",
                        "IngressClass nginx",
                        "Deployment ingress-nginx-controller",
                        "Service ingress-nginx-controller",
                        "Ingress cloudtolocalllm");
        assertThat(names).as("Secrets are no manifests").noneMatch(name -> name.startsWith("Secret "));
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream()
                .map(each -> each.getKind() + " " + each.getMetadata().getName())
                .toList();
    }

    @Test
    void aRebuiltClusterHasAllThatItsLoadBalancerNeeds() {
        List<HasMetadata> objects = Bundle.manifests();
        Service front = one(objects, Service.class, "ingress-nginx-controller");

        assertThat(front.getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(front.getMetadata().getAnnotations())
                .as("made by EKS itself, without a controller that has to be installed")
                .containsEntry("service.beta.kubernetes.io/aws-load-balancer-type", "nlb");
        assertThat(one(objects, Deployment.class, "ingress-nginx-controller")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(front.getSpec().getSelector());
    }

    @Test
    void theVolumeThatIsBroughtIsOfTheClassThatKeepsIt() {
        Bundle.Database database = Bundle.database();
        assertThat(database.claim()).isEqualTo("data-postgres-0");
        List<HasMetadata> planned = ManifestPlan.of(
                        Bundle.manifests(), NOTHING, Part.BASE, new VolumeBrought(true, "vol-1", "us-east-1b", 20))
                .objects();

        PersistentVolumeClaim claim = one(planned, PersistentVolumeClaim.class, database.claim());
        StorageClass storage = one(planned, StorageClass.class, claim.getSpec().getStorageClassName());
        assertThat(storage.getReclaimPolicy()).isEqualTo("Retain");
        assertThat(claim.getSpec().getVolumeName()).isEqualTo("lifeboat-vol-1");
    }

    private static <T extends HasMetadata> T one(List<HasMetadata> objects, Class<T> type, String name) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTemplateIsOneThatCloudFormationTakesInARequest() {
        assertThat(Bundle.clusterTemplate()).contains("AWS::EKS::Cluster").hasSizeLessThan(51_200);
    }
}
