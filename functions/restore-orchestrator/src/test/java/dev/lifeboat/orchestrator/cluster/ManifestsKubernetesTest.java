package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.backup.ConfigObject;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.testsupport.NeedsKubernetes;
import dev.lifeboat.testsupport.ProgramResult;
import dev.lifeboat.testsupport.RealKubernetes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code k8s/} on a real API server of the version that {@code eks-cluster.yaml} makes: once by kubectl, once by a rebuild. */
@NeedsKubernetes
class ManifestsKubernetesTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String NAMESPACE = "cloudtolocalllm";
    private static final String KINDS = "namespaces,serviceaccounts,configmaps,secrets,services,persistentvolumeclaims,"
            + "deployments,statefulsets,cronjobs,ingresses,ingressclasses,networkpolicies,poddisruptionbudgets,storageclasses,"
            + "roles,rolebindings,clusterroles,clusterrolebindings";
    /** What an API server gives an object itself, or allots to it. */
    private static final Set<String> OWN_METADATA =
            Set.of("uid", "resourceVersion", "creationTimestamp", "managedFields");

    private static RealKubernetes byKubectl;
    private static RealKubernetes byRebuild;
    private static ProgramResult applied;

    @BeforeAll
    static void applyBoth() throws IOException {
        byKubectl = RealKubernetes.start();
        applied = apply(byKubectl, rendered());
        byRebuild = RealKubernetes.start();
        ConfigBackup recorded = recorded();
        rebuild(recorded);
    }

    @AfterAll
    static void stop() {
        if (byKubectl != null) {
            byKubectl.close();
        }
        if (byRebuild != null) {
            byRebuild.close();
        }
    }

    @Test
    void everyManifestIsValidAndNoPodBreaksTheRestrictedStandard() {
        assertThat(applied.errors()).as("errors and warnings").isEmpty();
        assertThat(applied.exitCode()).isZero();
        assertThat(applied.output().lines()).hasSameSizeAs(objects(byKubectl).keySet());
    }

    /** What the test above would see. */
    @Test
    void aFieldThatDoesNotExistIsRefusedAndAPodThatMayGainPrivilegesIsWarnedOf() throws IOException {
        String web = Files.readString(ROOT.resolve("k8s/web-deployment.yaml"));

        ProgramResult unknown = apply(byKubectl, web.replace("replicas: 2", "replicaz: 2"), "--dry-run=server");
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.errors()).contains("spec.replicaz");

        ProgramResult privileged = apply(
                byKubectl,
                web.replace("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
                "--dry-run=server");
        assertThat(privileged.errors())
                .startsWith(
                        "Warning: would violate PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false");
    }

    @Test
    void aRebuildMakesTheObjectsThatKubectlMakes() {
        Map<String, JsonNode> expected = objects(byKubectl);

        assertThat(objects(byRebuild)).containsExactlyEntriesOf(expected);
        assertThat(expected.keySet())
                .as("all that is written down, and the Secret")
                .containsAll(Bundle.manifests().stream()
                        .map(ManifestsKubernetesTest::reference)
                        .toList())
                .contains("Secret " + NAMESPACE + "/cloudtolocalllm-secrets");
    }

    @Test
    void bothMayBeAppliedAgainOneOverTheOther() throws IOException {
        Map<String, String> versions = versions(byRebuild);

        rebuild(recorded());
        assertThat(versions(byRebuild)).as("a rebuild over itself").isEqualTo(versions);

        // Of a list that the server completes by defaults it says that two who write the same differ: a person who
        // applies
        // k8s/ to a rebuilt cluster says that they mean it, as docs/runbooks/cluster-lost.md does.
        ProgramResult over = apply(byRebuild, rendered(), "--force-conflicts");
        assertThat(over.errors()).as("errors and warnings").isEmpty();
        assertThat(objects(byRebuild)).isEqualTo(objects(byKubectl));
    }

    private static ProgramResult apply(RealKubernetes kubernetes, String manifests, String... more) {
        List<String> arguments = new ArrayList<>(List.of("apply", "--server-side", "--validate=strict"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-f", "-"));
        return kubernetes.kubectl(manifests, arguments.toArray(String[]::new));
    }

    /** The manifests in their order, and the Secret as its template says. */
    private static String rendered() throws IOException {
        Map<?, ?> kustomization =
                Bundle.KUBERNETES.unmarshal(Files.readString(ROOT.resolve("k8s/kustomization.yaml")), Map.class);
        List<String> command = new ArrayList<>(List.of("k8s/render"));
        ((List<?>) kustomization.get("resources")).forEach(file -> command.add("k8s/" + file));
        command.add("k8s/secrets.yaml.template");
        Process render = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        render.getOutputStream().close();
        return new String(render.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceAll("\\$\\{[A-Z_]+}", "not-a-real-value");
    }

    /** As the backup's script records it: what the cluster gave is not in it. */
    private static ConfigBackup recorded() {
        List<ConfigObject> objects = items(byKubectl, "configmaps,secrets", "--namespace=" + NAMESPACE).stream()
                .map(item -> {
                    ((ObjectNode) item.get("metadata")).remove(OWN_METADATA);
                    return ConfigObject.of(item);
                })
                .toList();
        return new ConfigBackup(1, NAMESPACE, Instant.parse("2026-11-27T00:00:00Z"), objects, List.of());
    }

    private static void rebuild(ConfigBackup recorded) {
        ApplyManifests manifests = new ApplyManifests(
                cluster -> new ClusterConnection(
                        cluster,
                        byRebuild.endpoint().toString(),
                        byRebuild.certificateAuthority(),
                        byRebuild::administrator),
                backup -> recorded,
                Bundle::manifests,
                target -> Optional.empty(),
                scope -> {});
        Target target = new Target(
                NAMESPACE,
                Target.Purpose.LIVE,
                "lost",
                NAMESPACE,
                "postgres",
                "cloudtolocalllm",
                "cloudtolocalllm",
                "cloudtolocalllm/admin",
                List.of(),
                List.of(),
                null,
                null,
                null);
        RecoveryScope scope = new RecoveryScope("cluster-cloudtolocalllm-20261127T000000Z", target, 7);
        Generation generation = new Generation("g2", "lost-g2", "lost-g2", "lost", false);
        for (Part part : Part.values()) {
            manifests.apply(new ClusterRequest.Apply(scope, generation, part, "backup_20261127_000000", null));
        }
    }

    /** Every object of the application's or of Lifeboat's, without what an API server gives or allots, by kind and name. */
    private static Map<String, JsonNode> objects(RealKubernetes kubernetes) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (JsonNode item : items(kubernetes, KINDS, "--all-namespaces", "--selector=app.kubernetes.io/part-of")) {
            ObjectNode metadata = (ObjectNode) item.get("metadata");
            metadata.remove(OWN_METADATA);
            if (metadata.get("annotations") instanceof ObjectNode annotations) {
                // The recovery's fencing token, which is a rebuild's alone.
                annotations.remove("lifeboat.dev/" + NAMESPACE + ".fence");
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
            if (item.path("kind").asText().equals("Service") && item.get("spec") instanceof ObjectNode spec) {
                spec.remove(Set.of("clusterIP", "clusterIPs"));
                spec.path("ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
            }
            objects.put(reference(item.path("kind").asText(), metadata), item);
        }
        return objects;
    }

    /** Of claims none: the server writes one once more by itself, whoever applies it again. */
    private static Map<String, String> versions(RealKubernetes kubernetes) {
        return items(kubernetes, KINDS, "--all-namespaces", "--selector=app.kubernetes.io/part-of").stream()
                .filter(item -> !item.path("kind").asText().equals("PersistentVolumeClaim"))
                .collect(Collectors.toMap(
                        item -> reference(item.path("kind").asText(), item.get("metadata")),
                        item -> item.at("/metadata/resourceVersion").asText()));
    }

    private static List<JsonNode> items(RealKubernetes kubernetes, String kinds, String... which) {
        List<String> arguments = new ArrayList<>(List.of("get", kinds, "--output=json"));
        arguments.addAll(List.of(which));
        String json = kubernetes
                .kubectl("", arguments.toArray(String[]::new))
                .orFail()
                .output();
        try {
            List<JsonNode> items = new ArrayList<>();
            Json.mapper().readTree(json).get("items").forEach(items::add);
            return items;
        } catch (JsonProcessingException e) {
            throw new AssertionError("kubectl printed no JSON: " + json, e);
        }
    }

    private static String reference(String kind, JsonNode metadata) {
        String namespace = metadata.path("namespace").asText();
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + metadata.path("name").asText();
    }

    private static String reference(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }
}
