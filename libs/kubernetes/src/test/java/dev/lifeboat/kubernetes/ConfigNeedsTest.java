package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfigNeedsTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  imagePullSecrets: [{name: registry}]
                  initContainers:
                    - {name: migrate, image: "shop/api:7", envFrom: [{secretRef: {name: migration}}, {configMapRef: {name: plain}}]}
                  containers:
                    - name: web
                      image: shop/web:1
                      env:
                        - {name: A, valueFrom: {secretKeyRef: {name: secrets, key: jwt}}}
                        - {name: B, valueFrom: {configMapKeyRef: {name: config, key: host}}}
                        - {name: C, valueFrom: {secretKeyRef: {name: maybe, key: x, optional: true}}}
                        - {name: D, value: text}
                  volumes:
                    - {name: tls, secret: {secretName: certificate}}
                    - {name: files, configMap: {name: files, items: [{key: one, path: one}]}}
                    - name: account
                      projected: {sources: [{configMap: {name: kube-root-ca.crt}}, {secret: {name: projected}}]}
            """;

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of("Deployment", Deployment.class, "StatefulSet", StatefulSet.class, "CronJob", CronJob.class);

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @Test
    void everythingThatAPodTemplateNamesIsNeededUnlessItIsOptional() {
        cluster.create(Serialization.unmarshal(DEPLOYMENT, Deployment.class));

        WorkloadNeeds needs = cluster.access().configNeeds().of("shop").get(0);

        assertThat(needs.kind() + "/" + needs.name()).isEqualTo("Deployment/web");
        assertThat(needs.images()).isEqualTo(Map.of("web", "shop/web:1", "migrate", "shop/api:7"));
        assertThat(needs.needs())
                .extracting(WorkloadNeeds.Need::toString)
                .containsExactlyInAnyOrder(
                        "Secret/migration",
                        "ConfigMap/plain",
                        "Secret/secrets key jwt",
                        "ConfigMap/config key host",
                        "Secret/certificate",
                        "ConfigMap/files key one",
                        "Secret/projected",
                        "Secret/registry");
    }

    @Test
    void thoseOfOurOwnManifestsAreRead() throws IOException {
        for (String file : List.of(
                "web-deployment", "api-backend-deployment", "postgres-statefulset", "postgres-backup-cronjob")) {
            for (String document : Files.readString(Path.of(System.getProperty("lifeboat.root"), "k8s", file + ".yaml"))
                    .split("\n---\n", -1)) {
                KINDS.forEach((kind, type) -> {
                    if (document.contains("kind: " + kind + "\n")) {
                        cluster.create(Serialization.unmarshal(document, type));
                    }
                });
            }
        }

        List<WorkloadNeeds> all = cluster.access().configNeeds().of("cloudtolocalllm");

        assertThat(all).extracting(WorkloadNeeds::kind).contains("Deployment", "StatefulSet", "CronJob");
        assertThat(all)
                .filteredOn(each -> each.name().equals("postgres-backup-daily"))
                .singleElement()
                .satisfies(backup -> assertThat(backup.needs())
                        .contains(new WorkloadNeeds.Need("Secret", "cloudtolocalllm-secrets", "postgres-password")));
        assertThat(all).allSatisfy(each -> assertThat(each.images()).isNotEmpty());
    }
}
