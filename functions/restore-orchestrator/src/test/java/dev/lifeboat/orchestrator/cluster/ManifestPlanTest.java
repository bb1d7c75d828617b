package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.ManifestPlan.Planned;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManifestPlanTest {
    private static final String RECORDED = """
            {"version": 1, "namespace": "cloudtolocalllm", "takenAt": "2026-11-23T03:00:00Z",
             "objects": [
               {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cloudtolocalllm-config"}, "data": {"k": "recorded"}},
               {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "cloudtolocalllm-secrets"}, "type": "Opaque",
                "data": {"jwt-secret": "c2VjcmV0"}},
               {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "kube-root-ca.crt"}, "data": {"ca.crt": "of the old one"}}],
             "workloads": [
               {"kind": "Deployment", "name": "api-backend", "replicas": 5, "containers": {"api-backend": "api:4711"}},
               {"kind": "CronJob", "name": "postgres-backup-recent", "containers": {"postgres-backup": "backup:7"}}]}
            """;

    private static final List<String> MANIFESTS = List.of(
            "{apiVersion: v1, kind: Namespace, metadata: {name: cloudtolocalllm}}",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: cloudtolocalllm-config, namespace: cloudtolocalllm}, data: {k: fresh}}",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: other, namespace: cloudtolocalllm}}",
            "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: postgres, namespace: cloudtolocalllm}, spec: {serviceName:"
                    + " postgres, selector: {matchLabels: {app: postgres}}, template: {spec: {containers: [{name: postgres, image: pg}]}},"
                    + " volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]}}",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: api-backend, namespace: cloudtolocalllm}, spec: {replicas: 2,"
                    + " template: {spec: {containers: [{name: api-backend, image: 'api:latest'}]}}}}",
            "{apiVersion: batch/v1, kind: CronJob, metadata: {name: postgres-backup-recent, namespace: cloudtolocalllm}, spec:"
                    + " {schedule: '* * * * *', jobTemplate: {spec: {template: {spec: {containers: [{name: postgres-backup, image: b}]}}}}}}");

    private static Planned plan(Part part, VolumeBrought volume) {
        List<HasMetadata> manifests = new ArrayList<>();
        MANIFESTS.forEach(each -> manifests.add(Bundle.KUBERNETES.unmarshal("---\n" + each)));
        ConfigBackup recorded = ConfigBackup.parse("sample", RECORDED.getBytes(StandardCharsets.UTF_8));
        return ManifestPlan.of(manifests, recorded, part, volume);
    }

    private static List<String> names(Planned planned) {
        return planned.objects().stream()
                .map(each -> each.getKind() + "/" + each.getMetadata().getName())
                .toList();
    }

    @Test
    void whatWasRecordedComesAfterTheNamespaceAndInPlaceOfWhatTheManifestsHave() {
        Planned planned = plan(Part.BASE, null);

        assertThat(names(planned))
                .containsExactly(
                        "Namespace/cloudtolocalllm",
                        "ConfigMap/cloudtolocalllm-config",
                        "Secret/cloudtolocalllm-secrets",
                        "ConfigMap/other",
                        "StatefulSet/postgres",
                        "Deployment/api-backend");
        assertThat(((ConfigMap) planned.objects().get(1)).getData()).containsEntry("k", "recorded");
        assertThat(((Secret) planned.objects().get(2)).getData()).containsEntry("jwt-secret", "c2VjcmV0");
        assertThat(planned.objects().get(2).getMetadata().getNamespace()).isEqualTo("cloudtolocalllm");
    }

    @Test
    void imagesAndScalesAreThoseThatWereRecorded() {
        Planned planned = plan(Part.BASE, null);

        Deployment api = (Deployment) planned.objects().get(5);
        assertThat(api.getSpec().getReplicas()).isEqualTo(5);
        assertThat(api.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
                .isEqualTo("api:4711");
        assertThat(planned.images()).isEqualTo(2);
    }

    @Test
    void backupsBeginByThemselves() {
        assertThat(names(plan(Part.BACKUPS, null))).containsExactly("CronJob/postgres-backup-recent");
    }

    @Test
    void aBroughtVolumeIsBoundToTheClaimOfTheFirstPodBeforeItIsMade() {
        Planned planned = plan(Part.BASE, new VolumeBrought(true, "vol-1", "us-east-1a", 20));

        assertThat(names(planned).subList(4, 7))
                .containsExactly(
                        "PersistentVolume/lifeboat-vol-1",
                        "PersistentVolumeClaim/data-postgres-0",
                        "StatefulSet/postgres");
        PersistentVolume volume = (PersistentVolume) planned.objects().get(4);
        assertThat(volume.getSpec().getCsi().getVolumeHandle()).isEqualTo("vol-1");
        assertThat(volume.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
        assertThat(volume.getSpec().getClaimRef().getName()).isEqualTo("data-postgres-0");
        PersistentVolumeClaim claim = (PersistentVolumeClaim) planned.objects().get(5);
        assertThat(claim.getSpec().getVolumeName()).isEqualTo("lifeboat-vol-1");
        assertThat(claim.getSpec().getStorageClassName())
                .isEqualTo(volume.getSpec().getStorageClassName());
    }
}
