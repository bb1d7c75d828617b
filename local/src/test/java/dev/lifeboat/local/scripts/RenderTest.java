package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code k8s/render}: the manifests with another team's names. */
class RenderTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    @Test
    void everyManifestGetsTheNamespaceAndTheImages() throws Exception {
        List<String> files = new ArrayList<>();
        try (Stream<Path> manifests = Files.walk(ROOT.resolve("k8s"))) {
            manifests
                    .filter(file -> file.toString().matches(".*\\.yaml(\\.template)?"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThan(8);

        String rendered = run(Map.of("NAMESPACE", "shop", "REGISTRY", "registry.example:5000/team"), files);

        String original = run(Map.of(), files);
        assertThat(lines(rendered, "namespace: "))
                .hasSameSizeAs(lines(original, "namespace: "))
                .containsOnly("namespace: shop", "namespace: kube-system");
        assertThat(lines(rendered, "image: "))
                .hasSameSizeAs(lines(original, "image: "))
                .allMatch(line -> line.startsWith("image: registry.example:5000/team/"))
                .contains("image: registry.example:5000/team/lifeboat-backup:15");
        assertThat(rendered).contains("kind: Namespace\nmetadata:\n  name: shop\n");
        assertThat(rendered).as("names that are no namespaces").contains("database-name: cloudtolocalllm\n");
        assertThat(original).as("without names").contains("kind: Namespace\nmetadata:\n  name: cloudtolocalllm\n");
    }

    @Test
    void whatIsNoNameIsRefused() throws Exception {
        assertThat(run(
                        Map.of("NAMESPACE", "a|b"),
                        List.of(ROOT.resolve("k8s/rbac.yaml").toString())))
                .isEqualTo(
                        "k8s/render: NAMESPACE is 'a|b', which is no name of a namespace. HINT: Lower-case letters, digits and hyphens, 63 at most.\n");
        assertThat(run(Map.of(), List.of("k8s/none.yaml")))
                .startsWith("k8s/render: there is no file 'k8s/none.yaml'. HINT: ");
    }

    private static List<String> lines(String text, String beginning) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    private static String run(Map<String, String> environment, List<String> files) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", ROOT.resolve("k8s/render").toString()));
        command.addAll(files);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("NAMESPACE", "REGISTRY"));
        builder.environment().putAll(new TreeMap<>(environment));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
